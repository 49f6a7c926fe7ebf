"""A file's bytes to raw records: what each format is, how it is told, how it becomes a RawArticle.

What is already JSON goes on verbatim, whatever it holds, and so does what can't be read as the format that it claims to be: the
clean stage judges it, and what it can't use stands in the dead letters with these bytes.
"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

BOM = codecs.BOM_UTF8
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)


class Format(StrEnum):
    """What a file holds."""

    JSON_LINES = "jsonl"
    JSON = "json"
    TEXT = "text"
    HTML = "html"


BY_SUFFIX = {
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
}


def by_content(head: bytes) -> Format | None:
    """Tell the format from a file's first bytes; None for what is no text at all."""
    text = head.removeprefix(BOM).lstrip()
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Format.TEXT
    if b"\0" in head:
        return None
    if text.startswith(b"{"):
        return Format.JSON_LINES
    return Format.HTML if _HTML.match(text) else Format.TEXT


def split_json(value: bytes) -> Iterator[bytes]:
    """Yield the records of a `.json` file: an object as it stands, the elements of an array, or lines after all."""
    value = value.removeprefix(BOM).strip()
    try:
        data = orjson.loads(value)
    except orjson.JSONDecodeError:
        lines = [line for line in value.splitlines() if line.strip()]
        if len(lines) > 1 and _is_json(lines[0]):
            yield from lines
            return
        yield value
        return
    try:
        yield from [orjson.dumps(element) for element in data] if isinstance(data, list) and data else [value]
    except TypeError:  # nested deeper than can be written: as it stands, for the clean stage to refuse
        yield value


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def wrap(value: bytes, kind: Format, name: str) -> bytes:
    """Return a text or a page as the JSON of a RawArticle whose id is its name; as it stands where it can't be decoded."""
    body = decode_text(value, kind)
    if body is None:
        return value
    content_type = "text/html" if kind is Format.HTML else "text/plain"
    return orjson.dumps({"id": name, "body": body, "content_type": content_type})


def decode_text(value: bytes, kind: Format) -> str | None:
    """Decode by byte-order mark, as UTF-8, by the charset that a page names, else by detection; None where nothing fits."""
    for mark, encoding in (
        (BOM, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if value.startswith(mark):
            return _decode(value[len(mark) :], encoding)
    text = _decode(value, "utf-8")
    if text is None and kind is Format.HTML and (named := _CHARSET.search(value[:4096])):
        text = _decode(value, named[1].decode("ascii", "replace"))
    if text is None and b"\0" not in value:
        from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - rare, and slow to load

        text = _decode(value, detect_encoding(value) or "utf-8")
    return text


def _decode(value: bytes, encoding: str) -> str | None:
    try:
        return value.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def key_of(value: bytes) -> bytes | None:
    """Return the record key of a raw record: its url, else its id; None where it has neither or is no JSON object."""
    try:
        data = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(data, dict):
        return None
    for field in ("url", "id"):
        found = data.get(field)
        if isinstance(found, str) and found:
            return found.encode()
    return None
