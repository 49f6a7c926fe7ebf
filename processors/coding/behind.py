"""What stands behind a noun phrase: its phrases with a preposition, taken apart, and what a preposition leads to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, IN, NP, VG
from processors.coding.coordination import begins_clause
from processors.coding.walks import governed, list_goes_on, looks_on

if TYPE_CHECKING:
    from processors.coding.coreference import Memory
    from processors.coding.view import View

MOST = 10
"""Phrases behind a noun that are looked at."""

BY_WHOM = ("by", "against")
"""Prepositions that go on with an attack behind the place where it happened."""

CAUSES = frozenset(("over", "after", "following", "about", "amid", "despite", "into"))
"""Prepositions of what an act is about or comes of: "summoned over remarks by X", "an inquiry into killings by X" are none of X's."""


class Behind:
    """Finds the phrases behind the noun phrases of one sentence, of each once."""

    def __init__(self, view: View, memory: Memory) -> None:
        """Take the sentence and what is remembered of the article before it."""
        self.view, self.memory = view, memory
        self._behind: dict[int, list[tuple[str, int]]] = {}

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """The prepositions of the sentence: what none of them leads to need not be looked for."""
        return frozenset(c.word for c in self.view.chunks if c.kind == IN)

    def behind(self, at: int) -> list[tuple[str, int]]:
        """Return the (preposition, noun phrase) pairs right behind a noun phrase, lists taken apart; not to be changed."""
        found = self._behind.get(at)
        if found is None:
            found = self._behind[at] = self._find_behind(at)
        return found

    def _find_behind(self, at: int) -> list[tuple[str, int]]:
        chunks = self.view.chunks
        found: list[tuple[str, int]] = []
        j = at + 1
        prep = ""
        called = False  # within "as the dawn of X": what something is called is about nobody
        while j < len(chunks) and len(found) < MOST:
            c = chunks[j]
            if c.kind == IN:
                prep = c.word
                called = prep == "as" or (called and prep not in BY_WHOM)
                if (prep == "to" and self.is_reason(j)) or looks_on(chunks, j):
                    break
            elif c.kind == NP and prep:
                if not called:
                    found.append((prep, j))
            elif c.kind == COMMA and found and begins_clause(chunks, j - 1, j + 2):
                break  # "sent a plane to the area, and Bordurie said ..."
            elif (c.kind == AND and found and j + 1 < len(chunks) and chunks[j + 1].kind in (NP, IN)) or (
                c.kind == COMMA and found and list_goes_on(chunks, j)
            ):
                pass
            elif c.kind == COMMA and found and self._larger(j + 1):
                while chunks[j].kind == COMMA and self._larger(j + 1):
                    j += 2  # "an attack on a post in Cali, Colombia, by dissidents"
                prep = ""
            elif c.kind == VG or (c.kind == NP and not prep) or c.kind not in (8, 9):
                break
            j += 1
        return found

    def is_reason(self, prep: int) -> bool:
        """Tell whether the preposition at a chunk is that of "due to": what follows is why, and not to whom."""
        c = self.view.chunks[prep]
        return c.word == "to" and c.start > 0 and self.view.tokens.lower[c.start - 1] == "due"

    def _larger(self, at: int) -> bool:
        """Tell whether a larger place between commas follows, and then another phrase: ", Colombia, by"."""
        chunks = self.view.chunks
        return (
            at + 2 < len(chunks)
            and chunks[at].kind == NP
            and chunks[at + 1].kind == COMMA
            and (chunks[at + 2].word in BY_WHOM or self._larger(at + 2))
            and (self.memory.place(self.view, chunks[at].start, chunks[at].end) is not None)
        )

    def of_a_cause(self, by: int) -> bool:
        """Tell whether the phrase that begins behind "by" says whose remarks or deed a cause was: "over the burning of a flag by X"."""
        chunks, noun = self.view.chunks, by - 2
        while noun > 0 and chunks[noun].kind == NP and chunks[noun - 1].kind == IN:
            if chunks[noun - 1].word in CAUSES:
                # But who is "killed after an ambush by X" was killed by X.
                return chunks[noun].word not in self.memory.strikes
            if chunks[noun - 1].word != "of":
                return False
            noun -= 2
        return False

    def governor(self, at: int) -> str:
        """Return the preposition in front of a noun phrase, or an empty string."""
        prep = governed(self.view.chunks, at)
        return self.view.chunks[prep].word if prep >= 0 else ""
