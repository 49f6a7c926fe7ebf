"""Words that lead back to somebody, seen from the letters of a sentence alone: most sentences that name nobody have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.text import lexicon
from processors.text.morphology import third_person

if TYPE_CHECKING:
    from collections.abc import Iterable

LED_BACK = frozenset(
    "he she him his her himself herself hers they them their themselves theirs it its itself".split()
)
"""Words that stand for somebody whom another clause or sentence names."""

_SMALL = bytes(ord(c.lower() if c.isascii() and c.isalpha() else " ") for c in map(chr, range(256)))
"""The small letter for each ASCII letter, a space for all else."""


def inflected(lemmas: Iterable[str]) -> frozenset[str]:
    """Return some words and all forms that have one of them as their lemma."""
    wanted = frozenset(lemmas)
    known = (f for f, word in lexicon().items() if not wanted.isdisjoint((f, word.noun, word.verb)))
    return wanted.union(known, map(third_person, wanted))


def letters(text: str) -> list[str]:
    """Return the runs of ASCII letters in a text, in lower case."""
    return text.encode("utf-8", "replace").translate(_SMALL).decode("ascii").split()
