"""Insertions that have no part in the syntax around them.

They stand between an auxiliary and its verb ("has in the past rejected", "had days earlier agreed", "have both signed"), or say
whose word follows ("condemned what it called Bordurian aggression").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.text.morphology import (
    ADJ,
    ADV,
    BE,
    DET,
    NOUN,
    NUM,
    POSSPRON,
    PREP,
    PUNCT,
    TO,
    VB,
    VBD,
    VBN,
    VBZ,
    VERB,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.text.tokens import Tokens

LONGEST = 6
"""Tokens of an insertion."""

TOGETHER = frozenset(("all", "both", "each"))
"""Words that count the subject once more."""

BEFORE = frozenset(("ago", "before", "earlier", "later"))
"""Words that close a stretch of time: "hours earlier"."""

OPENING = frozenset("after at before by during for in on over since until till within".split())
"""Prepositions that open one: "in the past", "until now", "on several occasions"."""

NAMING = words("naming")
"""Verbs that give a thing a name, with nothing between: "what it called an act of war"."""
NAMING_AS = words("naming_as")
"""Verbs that do so with "as"."""
STATING = words("stating")
"""Verbs that state what it is: "what the army said was an ambush"."""

LONGEST_NAME = 6
"""Tokens between "what" and the verb."""

_PHRASE = DET | POSSPRON | ADJ | NOUN | NUM | ADV


def insertion_end(tokens: Tokens, i: int, actor: Sequence[int], date: Sequence[bool], *, modal: bool) -> int:
    """Return the token at which the verb of the auxiliary at `i` stands where something is inserted, else `i + 1`.

    After "has" the verb is a participle, after a modal verb (`modal`) it is bare; names of actors end the search.
    """
    known, lower = tokens.word, tokens.lower
    first = i + 1
    last = min(len(known), first + LONGEST)
    if first + 1 >= last or (known[first].flags & (VERB | BE) and not known[first].flags & (ADV | PREP)):
        return first
    j = first
    comma = lower[j] == ","
    if comma:
        j += 1
        while j < last and lower[j] != ",":
            if known[j].flags & VERB and not known[j].flags & _PHRASE:
                return first
            j += 1
        j += 1
    elif lower[j] in TOGETHER:
        j += 1
    elif date[j] or (lower[j] in OPENING and not known[j].flags & TO):
        j = _phrase_end(tokens, j, last, date)
    elif known[j].flags & (NOUN | NUM | ADV):
        while j < last and lower[j] not in BEFORE and known[j].flags & (NOUN | NUM | ADV) and not date[j]:
            j += 1
        if j < last and date[j]:  # "will later this week"
            j = _phrase_end(tokens, j, last, date)
        elif j < last and lower[j] in BEFORE and j > first:
            j += 1
        else:
            return first
    if j >= len(known) or j == first or any(actor[first : j + 1]):
        return first
    return j if _is_verb(known[j].flags, modal=modal) else first


def whose_word_end(tokens: Tokens, i: int) -> int:
    """Return where the words that say whose word follows end: behind "what it called" where "what" stands at `i`; else `i`."""
    known, lower = tokens.word, tokens.lower
    for j in range(i + 1, min(i + 2 + LONGEST_NAME, len(known) - 1)):
        verb, following = known[j].verb, known[j + 1].flags
        if verb in ("appear", "seem") and j == i + 1 and lower[j + 1 : j + 3] == ("to", "be"):
            return j + 3  # "in what appeared to be a raid"
        if not known[j].flags & (VBD | VBZ | VB) or j == i + 1:
            if known[j].flags & (PUNCT | PREP | TO) and lower[j] not in ("at", "in", "of"):
                return i
            continue
        if verb in NAMING:
            return j + 1
        if verb in NAMING_AS and lower[j + 1] == "as":
            return j + 2
        if verb in STATING and following & BE:
            return j + 2
        if not known[j].flags & NOUN:
            return i
    return i


def _phrase_end(tokens: Tokens, j: int, last: int, date: Sequence[bool]) -> int:
    """Return where a phrase of time that starts at `j` ends: before the first word that can be no part of it."""
    j += 1
    while j < last:
        flags = tokens.word[j].flags
        within = flags & _PHRASE or tokens.lower[j] == "of"
        over = date[j - 1] or not within or (flags & (VBN | VBD) and not flags & (NOUN | DET))
        if not date[j] and over:
            break
        j += 1
    return j


def _is_verb(flags: int, *, modal: bool) -> bool:
    if modal:
        return bool(flags & VB)
    return bool(flags & (VBN | BE)) and not flags & NOUN
