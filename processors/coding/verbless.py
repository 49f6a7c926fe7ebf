"""Verbs that pass for nouns in a clause that would have none: "when an earthquake strikes near X", "while rebels attack Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.text.morphology import (
    BE,
    DO,
    HAVE,
    MODAL,
    NOUN,
    NUM,
    PLURAL,
    PUNCT,
    REL,
    SUB,
    VB,
    VBD,
    VBZ,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.text import Tokens

OPENERS = ("when", "while")
"""Words that open nothing but a clause."""
_FINITE = VB | VBZ | VBD | MODAL | BE | HAVE | DO


def rescue_clauses(tokens: Tokens, tags: list[int], actor: Sequence[int]) -> None:
    """Give each clause behind "when" its verb, where all its words have passed for nouns; changes `tags`."""
    for word in OPENERS:
        if word not in tokens.lower:
            continue
        for i, lower in enumerate(tokens.lower):
            if lower == word and tags[i] == SUB:
                _rescue(tokens, tags, actor, i + 1)


def _rescue(tokens: Tokens, tags: list[int], actor: Sequence[int], first: int) -> None:
    """Make a verb of the first word of a clause that may be one, and that agrees with a noun before it."""
    last = first
    while last < len(tags) and not tags[last] & (PUNCT | SUB | REL):
        if tags[last] & _FINITE:
            return
        last += 1
    numbers = 0  # of the nouns before: 1 singular, 2 plural
    for j in range(first, last):
        flags = tokens.word[j].flags
        if tags[j] == NOUN and tags[j - 1] & (NOUN | NUM) and not actor[j] and tokens.text[j].islower():
            if flags & VB and numbers & 2 and tags[j - 1] & NOUN:
                tags[j] = VB
                return
            if flags & VBZ and numbers & 1:
                tags[j] = VBZ
                return
        if tags[j] & NOUN:
            numbers |= 2 if flags & PLURAL else 1
