"""Numbers by key: a multimap that is small where most keys have one number."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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
