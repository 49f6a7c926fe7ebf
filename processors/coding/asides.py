"""What stands in a sentence without a part in its syntax: short brackets, and the marks of words in quotes behind an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.text.morphology import DET, POSSPRON
from processors.text.tokens import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.text.tokens import Words

LONGEST = 7
"""Tokens of a bracket or of a quotation that counts as short."""

MARKS = frozenset("\"“”„«»`'‘’")
"""Quotation marks."""


def without_asides(words: Words) -> Words:
    """Return the words without short brackets (acronyms, parties, agencies) and without marks as in `a "special law"`."""
    texts = words.text
    quoted = not MARKS.isdisjoint(texts)
    if "(" not in texts and not quoted:
        return words
    aside = _brackets(texts)
    if quoted:
        _mark_quotes(texts, aside)
    return words.keep([i for i, mark in enumerate(aside) if not mark]) if any(aside) else words


def _brackets(texts: Sequence[str]) -> list[bool]:
    """Mark short bracketed insertions."""
    marks = [False] * len(texts)
    opened = -1
    for i, text in enumerate(texts):
        if text == "(":
            opened = i
        elif text == ")" and opened >= 0:
            if i - opened <= LONGEST:
                marks[opened : i + 1] = [True] * (i + 1 - opened)
            opened = -1
    return marks


def _mark_quotes(texts: Sequence[str], aside: list[bool]) -> None:
    """Mark the quotation marks around a few words that an article or possessive leads to; others part a sentence."""
    i, n = 1, len(texts)
    while i < n:
        first = i
        while i < n and texts[i] in MARKS:
            i += 1
        if i == first or not ENTRIES[texts[first - 1]].word.flags & (DET | POSSPRON):
            i += i == first
            continue
        end = next((j for j in range(i, min(n, i + LONGEST)) if not texts[j][0].isalnum()), n)
        last = end
        while last < n and texts[last] in MARKS:
            last += 1
        if end > i and last > end:
            aside[first:i], aside[end:last] = [True] * (i - first), [True] * (last - end)
        i = max(last, i) if last < n else i + 1
