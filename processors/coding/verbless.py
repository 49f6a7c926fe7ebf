"""Verbs that pass for nouns in a clause that would have none: "when an earthquake strikes near X", "while rebels attack Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.text.morphology import (
    ADJ,
    ADV,
    BE,
    DET,
    DO,
    HAVE,
    MODAL,
    NOUN,
    NUM,
    PLURAL,
    POSSPRON,
    PREP,
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

MANY = ("people", "police", "men", "children")
"""Ends of plurals that have no s."""

SCORES = words("scores")
"""Counts that stand for people: "Thousands march in Lima"."""

OPENERS = ("when", "while")
"""Words that open nothing but a clause."""
PARTICLES = ("out", "off", "up", "down")
"""Words behind a verb that no noun has there."""

FINITE = VB | VBZ | VBD | MODAL | BE | HAVE | DO


_OBJECT = DET | POSSPRON | NUM | NOUN | ADJ
"""What an object may begin with."""


def rescue_sentence(tokens: Tokens, tags: list[int], actor: Sequence[int], end: int) -> None:
    """Find the verb of a sentence, or of what stands before its infinitive at `end`, that seems to have none; changes `tags`.

    "Students protest in Nairobi", "A, B ink deal to end row", "Attack sets depot ablaze".
    """
    for i in range(1, end):
        flags = tokens.word[i].flags
        if tags[i] != NOUN or not flags & (VB | VBZ) or actor[i]:
            continue
        j = i - 1
        while j > 0 and tags[j] & ADV:
            j -= 1  # "jets accidentally attack a village"
        follow = tokens.word[i + 1].flags if i + 1 < end else 0
        object_follows = bool(follow & _OBJECT) and not follow & PREP
        if tokens.text[j] == "," and j > 0 and (subject := _closes(tokens, tags, j, actor)) >= 0:
            several = bool(tokens.word[subject].flags & PLURAL)
            verb = flags & (VB if several else VBZ)
            if verb and (object_follows or follow & PREP):
                tags[i] = verb
                return
        if not tags[j] & (NOUN | NUM) or not tokens.text[j][-1].isalnum():
            continue
        if end < len(tags) and not object_follows:
            continue  # "talks in Cairo to resume"
        plural = (
            bool(tokens.word[j].flags & PLURAL) or tokens.lower[j].endswith(MANY) or tokens.lower[j] in SCORES
        )
        joined = _joined(tokens, j, actor)
        # "the RSF launch"
        body = actor[j] and object_follows and tokens.text[j].isupper() and len(tokens.text[j]) > 1
        if flags & VB and (plural or joined or body):
            tags[i] = VB
            return
        named = actor[j] and (not (plural or joined) or tokens.text[j][0].isupper())
        # A noun has no particle behind it: "fighting breaks out in"
        out = i + 2 < end and tokens.lower[i + 1] in PARTICLES and tokens.word[i + 2].flags & PREP
        if flags & VBZ and (named or ((object_follows or out) and not plural)):
            tags[i] = VBZ
            return


def _closes(tokens: Tokens, tags: Sequence[int], comma: int, actor: Sequence[int]) -> int:
    """Return the subject before a comma that closes the name of a land, else -1: "Clashes in Gao, Mali, leave six dead"."""
    first = tokens.text.index(",")
    listed = tokens.lower[first + 1] == "including"
    if first == comma or not (actor[comma - 1] or listed):
        return -1
    subject = next((k for k in range(comma) if tags[k] & NOUN and not tags[k + 1] & NOUN), comma)
    return subject if tags[subject + 1] & PREP or (listed and subject + 1 == first) else -1


def _joined(tokens: Tokens, last: int, actor: Sequence[int]) -> bool:
    """Tell whether what ends at a token is the last of a list: "clashes between the police and the Fano militia break out"."""
    at = last - 1
    while at > 0 and actor[last] and (actor[at] or tokens.word[at].flags & DET or tokens.lower[at] == "of"):
        at -= 1
    return at >= 0 and tokens.lower[at] in ("and", ",")


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
        if tags[last] & FINITE:
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
