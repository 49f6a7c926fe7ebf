"""Log: values by consecutive numbers, packed in pages, since a bytes object of its own costs each value 50 bytes more."""

from array import array
from dataclasses import dataclass
from typing import Final

_PAGE: Final = 64
_COMPACT: Final = 64
"""Dead pages at the front before the list of pages is cut."""


@dataclass(slots=True)
class Page:
    """The values of a page in one piece, where each of them ends, after a 0, and bit i of `alive` for value i."""

    data: bytes
    ends: "array[int]"
    alive: int


class Log:
    """A list of values that begins at any number; a value can be written anew, or taken out for good; the dead front is dropped."""

    def __init__(self) -> None:
        """Start empty, at 0."""
        self._first = self._dead = 0
        self._pages: list[Page | None] = []
        self._tail: list[bytes | None] = []

    @property
    def next(self) -> int:
        """Return the number after the last one."""
        return self._first + len(self._pages) * _PAGE + len(self._tail)

    def begin(self, first: int) -> None:
        """Let an empty log begin at or a little before `first`, which is the next number then."""
        self._first = first - first % _PAGE
        self._tail = [None] * (first % _PAGE)

    def append(self, value: bytes | None) -> None:
        """Put a value under the next number."""
        self._tail.append(value)
        if len(self._tail) > 2 * _PAGE:
            self._pages.append(_pack(self._tail[:_PAGE]))
            del self._tail[:_PAGE]

    def get(self, number: int) -> bytes | None:
        """Return a value, None if there is none."""
        at = number - self._first
        if at < 0:
            return None
        page, place = divmod(at, _PAGE)
        if page < len(self._pages):
            packed = self._pages[page]
            if packed is None or not packed.alive >> place & 1:
                return None
            return packed.data[packed.ends[place] : packed.ends[place + 1]]
        at -= len(self._pages) * _PAGE
        return self._tail[at] if at < len(self._tail) else None

    def set(self, number: int, value: bytes | None) -> None:
        """Write a value anew or take it out; its number must have been given."""
        page, place = divmod(number - self._first, _PAGE)
        if page >= len(self._pages):
            self._tail[number - self._first - len(self._pages) * _PAGE] = value
            return
        packed = self._pages[page]
        if packed is not None and value is None:
            packed.alive &= ~(1 << place)
            if not packed.alive:
                self._pages[page] = None
            return
        start = self._first + page * _PAGE
        values = [self.get(n) for n in range(start, start + _PAGE)]
        values[place] = value
        self._pages[page] = _pack(values)

    def first(self) -> int:
        """Return a number before which all values are gone; drops the pages that are empty."""
        while self._dead < len(self._pages) and self._pages[self._dead] is None:
            self._dead += 1
        if self._dead >= max(_COMPACT, len(self._pages) // 2):
            del self._pages[: self._dead]
            self._first, self._dead = self._first + self._dead * _PAGE, 0
        return self._first + self._dead * _PAGE


def _pack(values: list[bytes | None]) -> Page | None:
    ends = array("I", [0])
    alive = 0
    for place, value in enumerate(values):
        ends.append(ends[-1] + len(value or b""))
        alive |= (value is not None) << place
    return Page(b"".join(value or b"" for value in values), ends, alive) if alive else None
