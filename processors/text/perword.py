"""What is known of each word that has been read, made once for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from processors.text.morphology import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT = 65_536
"""Words that are kept by default: more than a language has in daily use; their entries take some 40 MB."""

V = TypeVar("V")


class PerWord(dict[str, V]):
    """A dictionary that makes the value of a word when it is first asked for; emptied once it holds `kept` words.

    A look-up costs a quarter of what one in an `lru_cache` does, and there is one for each word of a text.
    """

    def __init__(self, make: Callable[[str], V], kept: int = KEPT) -> None:
        """Take what makes the value of a word, and how many words to keep."""
        super().__init__()
        self._make = make
        self._most = kept

    def __missing__(self, text: str) -> V:
        """Make the value of a word, and keep it unless the word is too long for one."""
        value = self._make(text)
        if len(text) <= LONGEST:  # no page of one word stays in memory
            if len(self) >= self._most:
                self.clear()
            self[text] = value
        return value
