"""Words that belong to a number: "at least 23", "more than 1,500", "about 900 workers"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.text.morphology import CC, NOUN, NUM, PREP, PUNCT, VB, VBD, VBN, VBZ

if TYPE_CHECKING:
    from processors.text.tokens import Tokens

COUNTING = frozenset("least at about around over more less fewer than".split())
"""Words that may belong to a number."""


def counts(tokens: Tokens, i: int) -> bool:
    """Tell whether the word at i belongs to a number: "at least 23", "more than 1,500"."""
    lower = tokens.lower[i]
    if lower not in COUNTING:
        return False
    if lower == "least" or (
        lower == "at" and i + 1 < len(tokens.text) and tokens.lower[i + 1] in ("least", "most")
    ):
        return True
    if lower in ("about", "around", "over"):
        return _roughly(tokens, i)
    if lower == "at":
        return False
    than = i if lower == "than" else i + 1
    if than < 1 or than + 1 >= len(tokens.text) or tokens.lower[than] != "than":
        return False
    return tokens.lower[than - 1] in ("more", "less", "fewer") and bool(tokens.word[than + 1].flags & NUM)


def _roughly(tokens: Tokens, i: int) -> bool:
    """Tell whether "about", "around", "over" belong to the number behind: "about 900 workers", "the killing of over 30 people"."""
    if i + 1 >= len(tokens.text) or not tokens.text[i + 1][0].isdigit():
        return False
    before = tokens.word[i - 1].flags if i else PUNCT
    ends = PREP | PUNCT | CC if tokens.lower[i] == "over" else PREP | PUNCT | CC | VB | VBD | VBN | VBZ
    return bool(before & ends and not before & NOUN)
