"""Steps over chunks that every walk through a clause needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, IN, MANNER, NP, TIME, VG
from processors.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.chunks import Chunk

CLAUSE_PREPOSITIONS = words("clause_prepositions")
REACH = 40
"""Chunks that a walk looks at before it gives up."""

LEVELS = 3
"""Districts, provinces and countries that may stand behind a place."""

LISTING = ("and", "or", "&", "nor")
"""Conjunctions that end a list; "but" opens something else."""

SKIP = (MANNER, TIME)
"""Chunks that part nothing."""


def governed(chunks: Sequence[Chunk], at: int) -> int:
    """Return the index of the preposition in front of the noun phrase at `at`, or -1."""
    j = at - 1
    while j >= 0 and chunks[j].kind in SKIP:
        if chunks[j].kind == TIME and j and chunks[j - 1].kind == IN:
            return -1  # "In October 2017 the army": the preposition has its noun
        j -= 1
    return j if j >= 0 and chunks[j].kind == IN else -1


def looks_on(chunks: Sequence[Chunk], prep: int) -> bool:
    """Tell whether who only looks on follows the preposition at a chunk: "signed in the presence of B"."""
    return chunks[prep].word == "in" and prep + 2 < len(chunks) and chunks[prep + 1].word == "presence"


def following(chunks: Sequence[Chunk], j: int) -> int:
    """Return the index of the first chunk from `j` on that is neither adverb nor time expression."""
    while j < len(chunks) and chunks[j].kind in SKIP:
        j += 1
    return j


def opens_clause(chunks: Sequence[Chunk], np: int) -> bool:
    """Tell whether a finite verb follows the noun phrase, or its phrases: then it opens a clause of its own."""
    j = np + 1
    for _ in range(8):
        j = following(chunks, j)
        if j >= len(chunks):
            return False
        c = chunks[j]
        if c.kind == VG:
            return c.form == "fin"
        if (
            c.kind == IN
            and c.word not in CLAUSE_PREPOSITIONS
            and j + 1 < len(chunks)
            and chunks[j + 1].kind == NP
        ) or (c.kind == AND and j + 1 < len(chunks) and chunks[j + 1].kind == NP):
            j += 2
        else:
            return False
    return False


def added_country(chunks: Sequence[Chunk], at: int) -> str | None:
    """Return the country that stands in apposition behind a place: "Kisii, Nyanza Province, Kenya"; None in a list."""
    j = at + 1
    for _ in range(LEVELS):
        if j + 1 >= len(chunks) or chunks[j].kind != COMMA or chunks[j + 1].kind != NP:
            return None
        inner = chunks[j + 1]
        last = inner.actors[-1] if inner.actors else None
        if last is not None and last.kind == "state":
            whole = len(inner.actors) == 1 and inner.end - inner.start == last.text.count(" ") + 1
            alone = j + 2 >= len(chunks) or chunks[j + 2].kind not in (AND, VG)
            return last.country if whole and alone else None
        j += 2
    return None


def list_goes_on(chunks: Sequence[Chunk], comma: int) -> bool:
    """Tell whether the comma parts the members of a list that ends in "and X"."""
    j = comma + 1
    for _ in range(12):
        j = following(chunks, j)
        if j >= len(chunks):
            return False
        if chunks[j].kind == AND:
            k = following(chunks, j + 1)
            return chunks[j].word in LISTING and k < len(chunks) and chunks[k].kind == NP
        if chunks[j].kind != NP:
            return False
        j += 1
        while j + 1 < len(chunks) and chunks[j].kind == IN and chunks[j + 1].kind == NP:
            j += 2
        if j < len(chunks) and chunks[j].kind == COMMA:
            j += 1
        elif j >= len(chunks) or chunks[j].kind != AND:
            return False
    return False
