"""What there is to read: files, folders, standard input, gzipped or not."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from streams.failure import Failure
from streams.ingest.formats import BOM, BY_SUFFIX, Format, by_content, split_json, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = Path("-")
SNIFF = 4096
MOST_BYTES = 64 * 1024 * 1024
"""Bytes of one line, or of a file that is read whole, after decompression: a small file can unpack to more than there is memory."""


class Item(NamedTuple):
    """One raw record: its bytes, where they stand (file and line), and how many bytes of the file were read by then."""

    value: bytes
    place: str
    number: int
    read: int


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input, and the format to read it in."""

    path: Path
    name: str
    format: Format
    size: int = 0

    def items(self) -> Iterator[Item]:
        """Yield the records in the order of the file. Raises Failure where it can't be read."""
        try:
            with _open_raw(self.path) as raw:
                gzipped = self.path.suffix == ".gz"
                stream: IO[bytes] = gzip.open(raw) if gzipped else raw  # type: ignore[assignment]  # noqa: SIM115 - ends with `raw`
                if self.format is Format.JSON_LINES:
                    yield from self._lines(stream, raw if gzipped else None)
                else:
                    content = stream.read(MOST_BYTES + 1)
                    if len(content) > MOST_BYTES:
                        raise Failure(
                            f"{self.name}: more than {MOST_BYTES} bytes in one piece; use JSON lines"
                        )
                    yield from self._whole(content)
        except (OSError, EOFError, zlib.error) as error:
            message = f"{self.name}: {getattr(error, 'strerror', None) or error}"
            raise Failure(message) from None

    def _lines(self, stream: IO[bytes], compressed: IO[bytes] | None) -> Iterator[Item]:
        read = 0
        lines = iter(lambda: stream.readline(MOST_BYTES + 1), b"")
        for number, line in enumerate(lines, 1):
            if len(line) > MOST_BYTES:
                raise Failure(f"{self.name} line {number}: longer than {MOST_BYTES} bytes")
            read = compressed.tell() if compressed else read + len(line)
            value = line.rstrip(b"\r\n")
            value = value.removeprefix(BOM) if number == 1 else value
            if value.strip():
                yield Item(value, f"{self.name} line {number}", number, read)

    def _whole(self, content: bytes) -> Iterator[Item]:
        if self.format is Format.JSON:
            for number, value in enumerate(split_json(content), 1):
                yield Item(value, f"{self.name} record {number}", number, self.size)
        else:
            yield Item(wrap(content, self.format, self.name), self.name, 1, self.size)


def _open_raw(path: Path) -> IO[bytes]:
    # A file object of our own: the interpreter would wait at exit for a thread that reads `sys.stdin`.
    return open(0, "rb", closefd=False) if path == STDIN else path.open("rb")


def find_sources(paths: Iterable[Path], forced: Format | None = None) -> tuple[list[Source], list[str]]:
    """Return what is to be read, and a line for each file of a folder that is passed over since it is no text.

    Files of a folder come in the order of their paths, hidden ones not at all; a file that is named is always read. `-` is standard
    input, JSON lines unless `forced` says otherwise. Raises Failure where a path isn't there.
    """
    sources: list[Source] = []
    skipped: list[str] = []
    for path in paths:
        if path == STDIN:
            sources.append(Source(path, "stdin", forced or Format.JSON_LINES))
        elif path.is_dir():
            for file in _walk(path):
                name = file.relative_to(path).as_posix()
                kind = forced or detect(file)
                if kind is None:
                    skipped.append(f"{name}: no text, passed over")
                else:
                    sources.append(Source(file, name, kind, file.stat().st_size))
        elif path.exists():
            kind = forced or detect(path) or Format.TEXT
            sources.append(Source(path, path.name, kind, path.stat().st_size))
        else:
            message = f"{path}: no such file or folder"
            raise Failure(message)
    return sources, skipped


def _walk(folder: Path) -> list[Path]:
    files = (
        p for p in folder.rglob("*") if not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    return sorted((p for p in files if p.is_file()), key=lambda p: p.relative_to(folder).as_posix())


def detect(path: Path) -> Format | None:
    """Tell a file's format by its name, else by its first bytes; None for what is no text."""
    suffixes = [s.lower() for s in path.suffixes]
    gzipped = bool(suffixes) and suffixes[-1] == ".gz"
    suffix = (suffixes[-2:-1] if gzipped else suffixes[-1:]) or [""]
    known = BY_SUFFIX.get(suffix[0])
    if known is not None:
        return known
    try:
        with gzip.open(path) if gzipped else path.open("rb") as stream:
            return by_content(stream.read(SNIFF))
    except (OSError, EOFError, zlib.error) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}"
        raise Failure(message) from None
