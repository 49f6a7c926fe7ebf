"""Character-level repair: what encodings, editors and web pages did to a text on its way here."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate
from typing import Final
from unicodedata import is_normalized, normalize

_INVISIBLE = r"\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
_SPACES = r"\t\r\x0b\x0c\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROLS = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"

_LEAD = "ÂÃÄÅÎÏÐÑØÙâãðï"
_CONTINUATION = "\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"  # bytes 0x80-0xBF, as Latin-1 and as windows-1252
_MOJIBAKE = re.compile(f"[{_LEAD}][{_CONTINUATION}]")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_GLUED_ENDS = ".!?"
_GLUED_REST = r"(?<=[a-z]{2}.)[\"”’)]*(?=[\"“‘(]?[A-Z][a-z])"
_GLUED = re.compile(f"[{_GLUED_ENDS}]{_GLUED_REST}")
_ODD = re.compile(rf"[{_INVISIBLE}{_SPACES}{_CONTROLS}\u200c\u200d\ufb00-\ufb06\ufffd\u0300-\u036f]")
_DOUBLE = "  "
_SPACE_RUN = re.compile(r"\s\s+|[^\S ]")
_LOST_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\ufffd(?=(?:s|t|d|m|re|ve|ll)\b)")
_ADDRESS = re.compile(r"[/@_]|www|\.(?:com|net|org|gov|edu|info|biz|io|co|uk|js|ru|ua)\b", re.IGNORECASE)

_BMP = "".join(map(chr, range(0x10000)))
_TRANSLATION: Final[dict[int, str | None]] = {
    **{ord(char): None for char in re.findall(f"[{_INVISIBLE}{_CONTROLS}]", _BMP)},
    **{ord(char): " " for char in re.findall(f"[{_SPACES}]", _BMP)},
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
}
_LEGACY: Final[dict[int, str]] = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
}
"""C1 controls are windows-1252 read as Latin-1, by the WHATWG encoding standard."""
_JOINERS = re.compile(r"(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])")
_LONGEST = 20_000
"""Longer lines are not looked at for mojibake as one: the repair tries several decodings of the whole."""
_PLAIN = bytes([*range(0x20, 0x7F), 0x0A])
_CHECKS = (("&", _ENTITY), *((end, re.compile(re.escape(end) + _GLUED_REST)) for end in _GLUED_ENDS))
"""Patterns, each with the character that all its matches start with: to look for one character takes next to no time, and a
pattern that starts with a certain one is searched several times faster than one that starts with a set."""


def unusual(text: str) -> str:
    """Return the characters of a text that are neither printable ASCII nor line feeds, in their order."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return rest.decode("utf-8", "surrogatepass")


def suspicions(text: str, rest: str | None = None) -> list[int]:
    """Return where damage may begin in `text`, in no order: nowhere means that `repair` has only white space to strip.

    `rest` are the unusual characters of the text, if they are known already; more do no harm.
    """
    rest = unusual(text) if rest is None else rest
    found = _places(text, _DOUBLE)
    for sign, check in _CHECKS:
        if sign in text:
            found += [match.start() for match in check.finditer(text)]
    if rest:
        for odd in set(_ODD.findall(rest)):
            found += _places(text, odd)
        if _MOJIBAKE.search(rest):
            found += [match.start() for match in _MOJIBAKE.finditer(text)]
    return found


def _places(text: str, part: str) -> list[int]:
    """Return where `part` stands in a text, overlapping ones too."""
    places = []
    at = text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + 1)
    return places


def repair_lines(lines: list[str], rest: str) -> list[str]:
    """Return the repaired forms of `lines`, which are stripped: one search of them all tells which ones to look at.

    `rest` are the unusual characters of the text that they were taken from.
    """
    damage = suspicions("\n".join(lines), rest)
    if not damage:
        return lines
    ends = list(accumulate(len(line) + 1 for line in lines))
    repaired = lines.copy()
    for place in {bisect_right(ends, at) for at in damage}:
        repaired[place] = repair(lines[place])
    return repaired


def repair(line: str) -> str:
    """Return one line of text repaired, white space collapsed and stripped.

    In this order: mojibake (by ftfy), windows-1252 in C1 controls, entities (also escaped twice), invisible and control
    characters, all kinds of spaces, ligatures, apostrophes lost to U+FFFD, NFC, and the space that a sentence end lost.
    """
    if not suspicions(line):
        return line.strip()
    if _ENTITY.search(line):
        line = unescape(line)
        line = unescape(line) if _ENTITY.search(line) else line
    if _MOJIBAKE.search(line):
        line = _decoded(line)
    if _ODD.search(line):
        line = line.translate(_LEGACY).translate(_TRANSLATION)
        line = _JOINERS.sub("", line)
        line = _LOST_APOSTROPHE.sub("’", line)
    if not is_normalized("NFC", line):
        line = normalize("NFC", line)
    line = _GLUED.sub(_parted, line)
    return _SPACE_RUN.sub(" ", line).strip()


def _decoded(line: str) -> str:
    from ftfy import fix_encoding  # noqa: PLC0415 - 80 ms to import, and most runs never meet mojibake

    return "".join(fix_encoding(line[at : at + _LONGEST]) for at in range(0, len(line), _LONGEST))


def _parted(end: re.Match[str]) -> str:
    """Return the sentence end with a space behind it, unless it stands within an address or a name with a dot."""
    text, at = end.string, end.start()
    token = text[max(0, at - 40) : at].rpartition(" ")[2] + text[at : at + 40].partition(" ")[0]
    return end[0] if _ADDRESS.search(token) else end[0] + " "
