"""Log: values by consecutive numbers, packed in pages, since a bytes object of its own costs each value 50 bytes more.

Where the values can be read back from elsewhere by their number, only those at the end of the log are kept here.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_PAGE: Final = 64
_COMPACT: Final = 64
"""Dead pages at the front before the list of pages is cut."""
_READY: Final = 128
"""Pages that are kept of a log whose values are elsewhere: the last 8,000 values, which are asked for most."""
_READ: Final = 2048
"""Values read back that are kept until the next `release`: what one article asks for, the next one often does too."""


@dataclass(slots=True)
class Page:
    """The values of a page in one piece, where each of them ends, after a 0, and bit i of `alive` for value i.

    No ends: the values are elsewhere.
    """

    data: bytes
    ends: "array[int] | None"
    alive: int


class Log:
    """A list of values that begins at any number; a value can be written anew, or taken out for good; the dead front is dropped."""

    def __init__(self) -> None:
        """Start empty, at 0."""
        self._first = self._dead = self._released = 0
        self._pages: list[Page | None] = []
        self._tail: list[bytes | None] = []
        self._fetch: Callable[[int], bytes | None] | None = None
        self._read: dict[int, bytes | None] = {}

    @property
    def next(self) -> int:
        """Return the number after the last one."""
        return self._first + len(self._pages) * _PAGE + len(self._tail)

    def lean_on(self, fetch: Callable[[int], bytes | None]) -> None:
        """Let `fetch` read back by its number any living value that was there at a `release`, as it was then."""
        self._fetch = fetch

    def begin(self, first: int) -> None:
        """Let an empty log begin at or a little before `first`, which is the next number then."""
        self._first = self._released = first - first % _PAGE
        self._tail = [None] * (first % _PAGE)

    def append(self, value: bytes | None) -> None:
        """Put a value under the next number."""
        self._tail.append(value)
        if len(self._tail) > 2 * _PAGE:
            self._pages.append(_pack(self._tail[:_PAGE]))
            del self._tail[:_PAGE]

    def alive(self, number: int) -> bool:
        """Tell whether there is a value."""
        at = number - self._first
        page, place = divmod(at, _PAGE)
        if page >= len(self._pages):
            at -= len(self._pages) * _PAGE
            return at < len(self._tail) and self._tail[at] is not None
        packed = self._pages[page] if at >= 0 else None
        return packed is not None and bool(packed.alive >> place & 1)

    def get(self, number: int) -> bytes | None:
        """Return a value, None if there is none."""
        at = number - self._first
        page = at // _PAGE
        if page >= len(self._pages):
            at -= len(self._pages) * _PAGE
            return self._tail[at] if at < len(self._tail) else None
        packed = self._pages[page] if at >= 0 else None
        place = at % _PAGE
        if packed is None or not packed.alive >> place & 1:
            return None
        ends = packed.ends
        return self._read_back(number) if ends is None else packed.data[ends[place] : ends[place + 1]]

    def set(self, number: int, value: bytes | None) -> None:
        """Write a living value anew or take it out."""
        page, place = divmod(number - self._first, _PAGE)
        if page >= len(self._pages):
            self._tail[number - self._first - len(self._pages) * _PAGE] = value
            return
        packed = self._pages[page]
        if packed is None:
            msg = f"value {number} of the log is gone"
            raise LookupError(msg)
        if value is None:
            packed.alive &= ~(1 << place)
            self._read.pop(number, None)
            if not packed.alive:
                self._pages[page] = None
        elif packed.ends is None:
            self._read[number] = value
        else:
            _splice(packed, packed.ends, place, value)

    def release(self) -> None:
        """Let go of all values but the last ones, if they are elsewhere too."""
        if self._fetch is None:
            return
        self._read.clear()
        last = len(self._pages) - _READY
        for page in range((self._released - self._first) // _PAGE, last):
            packed = self._pages[page]
            if packed is not None:
                packed.data, packed.ends = b"", None
        self._released = max(self._released, self._first + last * _PAGE)

    def first(self) -> int:
        """Return a number before which all values are gone; drops the pages that are empty."""
        while self._dead < len(self._pages) and self._pages[self._dead] is None:
            self._dead += 1
        if self._dead >= max(_COMPACT, len(self._pages) // 2):
            del self._pages[: self._dead]
            self._first, self._dead = self._first + self._dead * _PAGE, 0
            self._released = max(self._released, self._first)
        return self._first + self._dead * _PAGE

    def _read_back(self, number: int) -> bytes:
        value = self._read.get(number)
        if value is None:
            value = self._fetch(number) if self._fetch is not None else None
            if value is None:
                msg = f"value {number} of the log is gone"
                raise LookupError(msg)
            if len(self._read) < _READ:
                self._read[number] = value
        return value


def _pack(values: list[bytes | None]) -> Page | None:
    ends = array("I", [0])
    alive = 0
    for place, value in enumerate(values):
        ends.append(ends[-1] + len(value or b""))
        alive |= (value is not None) << place
    return Page(b"".join(value or b"" for value in values), ends, alive) if alive else None


def _splice(page: Page, ends: "array[int]", place: int, value: bytes) -> None:
    """Put another value in the place of one."""
    start, end = ends[place], ends[place + 1]
    page.data = b"".join((page.data[:start], value, page.data[end:]))
    more = start + len(value) - end
    if more:
        for i in range(place + 1, len(ends)):
            ends[i] += more
