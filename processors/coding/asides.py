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

FEW = 2
"""Words in quotation marks that are part of the sentence around them whatever leads to them."""

MARKS = frozenset("\"“”„«»`'‘’")
"""Quotation marks."""


def without_asides(words: Words) -> Words:
    """Return the words without short brackets (acronyms, parties, agencies) and without marks as in `a "special law"`."""
    texts = words.text
    quoted = not MARKS.isdisjoint(texts)
    bracketed = "(" in texts
    if not (quoted or bracketed):
        return words
    aside = [False] * len(texts)
    if bracketed:
        _mark_brackets(texts, aside)
    if quoted:
        _mark_quotes(texts, aside)
    return words.keep([i for i, mark in enumerate(aside) if not mark]) if True in aside else words


def _opens(texts: Sequence[str], at: int) -> bool:
    """Tell whether the double quotation mark at `at` opens what is quoted, right behind a word."""
    mark = texts[at]
    opening = mark == "“" or (mark == '"' and texts[:at].count('"') % 2 == 0)
    return opening and at > 0 and texts[at - 1].isalnum()


def _mark_brackets(texts: Sequence[str], aside: list[bool]) -> None:
    """Mark short bracketed insertions."""
    opened = -1
    for i, text in enumerate(texts):
        if text == "(":
            opened = i
        elif text == ")" and opened >= 0:
            if i - opened <= LONGEST:
                aside[opened : i + 1] = [True] * (i + 1 - opened)
            opened = -1


def _mark_quotes(texts: Sequence[str], aside: list[bool]) -> None:
    """Mark the quotation marks around a few words that an article or possessive leads to; others part a sentence."""
    n, behind = len(texts), 1
    for first in [i for i, text in enumerate(texts) if text in MARKS]:
        if first < behind:
            continue
        i = first + 1
        while i < n and texts[i] in MARKS:
            i += 1
        behind = i
        end = next((j for j in range(i, min(n, i + LONGEST)) if not texts[j][0].isalnum()), n)
        led = first > 0 and ENTRIES[texts[first - 1]].word.flags & (DET | POSSPRON)
        # 'launched "precise" strikes', 'were "terminated"': what is so short and small is no sentence of somebody's
        if not led and not (end - i <= FEW and _opens(texts, first) and "".join(texts[i:end]).islower()):
            continue
        last = end
        while last < n and texts[last] in MARKS:
            last += 1
        if end > i and last > end:
            aside[first:i], aside[end:last] = [True] * (i - first), [True] * (last - end)
        behind = max(last, i) if last < n else i + 1
