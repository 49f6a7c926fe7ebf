"""Numbers by key, and by key and day: multimaps that are small where most keys have one number."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processors.resolve.days import Span

_BITS = 32
_NUMBER = (1 << _BITS) - 1


class Numbers:
    """From integers of any size to numbers below 2**32, in the order in which they came."""

    def __init__(self) -> None:
        """Start empty."""
        self._all: dict[int, int | array[int]] = {}

    def __iter__(self) -> Iterator[int]:
        """Go through the keys."""
        return iter(self._all)

    def get(self, key: int) -> Sequence[int]:
        """Return the numbers of a key."""
        held = self._all.get(key, ())
        return (held,) if isinstance(held, int) else held

    def add(self, key: int, number: int) -> None:
        """Give a key a number that it does not have."""
        held = self._all.get(key)
        if held is None:
            self._all[key] = number
            return
        if isinstance(held, int):
            held = self._all[key] = array("I", (held,))
        held.append(number)

    def remove(self, key: int, number: int) -> None:
        """Take a number that it has from a key."""
        held = self._all[key]
        if isinstance(held, int) or len(held) == 1:
            del self._all[key]
        else:
            held.remove(number)

    def pop(self, key: int) -> Sequence[int]:
        """Take a key away with its numbers, and return them."""
        numbers = self.get(key)
        self._all.pop(key, None)
        return numbers


class DatedNumbers:
    """From integers of any size to numbers below 2**32 and a day each, in the order of days; a key may have a number on several."""

    def __init__(self) -> None:
        """Start empty."""
        self._all: dict[int, int | array[int]] = {}

    def between(self, key: int, days: Span) -> list[int]:
        """Return the numbers of a key on the days from the first to the last, once for each day."""
        first, end = days[0] << _BITS, days[1] + 1 << _BITS
        held = self._all.get(key)
        if held is None:
            return []
        if isinstance(held, int):
            return [held & _NUMBER] if first <= held < end else []
        at = bisect_left(held, first)
        return [dated & _NUMBER for dated in held[at : bisect_left(held, end, at)]]

    def add(self, key: int, day: int, number: int) -> None:
        """Give a key a number on a day, if it does not have it."""
        dated, held = day << _BITS | number, self._all.get(key)
        if held is None:
            self._all[key] = dated
            return
        if isinstance(held, int):
            if held == dated:
                return
            held = self._all[key] = array("Q", (held,))
        at = bisect_left(held, dated)
        if at == len(held) or held[at] != dated:
            held.insert(at, dated)

    def remove(self, key: int, day: int, number: int) -> None:
        """Take a number that a key has on a day from it."""
        held = self._all[key]
        if isinstance(held, int) or len(held) == 1:
            del self._all[key]
        else:
            del held[bisect_left(held, day << _BITS | number)]
