"""One part of speech for each token, by lexicon and the words beside it.

A single left-to-right pass of hand-written rules in the manner of Brill (1992), kept to the distinctions that event coding
needs: is this word the verb of a clause, or does it belong to a noun phrase?
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from processors.coding.ambiguous import choose_open
from processors.coding.counting import COUNTING, counts
from processors.coding.grammar import words
from processors.coding.homographs import BESIDE, beside
from processors.coding.insertions import insertion_end, whose_word_end
from processors.coding.spot import ADJECTIVE
from processors.coding.verbless import FINITE, rescue_clauses, rescue_sentence
from processors.text.morphology import (
    ADJ,
    ADV,
    BE,
    CC,
    DET,
    DO,
    HAVE,
    MODAL,
    NEG,
    NOUN,
    NUM,
    POSS,
    POSSPRON,
    PREP,
    PRON,
    PUNCT,
    REL,
    SUB,
    TO,
    VB,
    VBD,
    VBN,
    VBZ,
    VERB,
)  # fmt: skip
from processors.text.perword import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.text import Tokens

DATE = 1 << 26
"""The tag of tokens inside a time expression."""


_OPEN = VERB | ADJ | NOUN
_NEVER_OPEN = BE | HAVE | DO | MODAL | NEG
_EITHER = ADV | PREP | DET | PRON
_BY_FORM = TO | POSS | REL
"""What words are that are told by themselves, beside "that"."""

HEADLINE = 3
"""Such words that a sentence must have to be judged."""


YIELDING = words("yielding")
TIMES = words("times")

MANDATIVE = words("mandative")
"""Verbs whose "that" clause has a bare verb."""


_VERBAL = VERB | MODAL | BE | HAVE | DO
_STILL = DET | PREP | CC | PRON | POSSPRON | SUB | REL | ADJ | NUM | NOUN | PUNCT
"""Words that tell nothing of how the sentence goes on, where they can be one thing only."""
_INSERTING = HAVE | MODAL
"""Auxiliaries that an insertion may part from their verb."""
_BEFORE_NOUN = DET | POSSPRON | ADJ
_BESIDE = ADV | NEG
"""Words between the others, past which the word before is looked for."""


def is_headline(tokens: Tokens) -> bool:
    """Tell whether most longer words have a capital, as in a title-case headline."""
    loud, quiet = tokens.capital.count(True), tokens.capital.count(False)
    return loud > 3 * quiet and loud + quiet >= HEADLINE


def tag(  # noqa: C901, PLR0912 - one branch for each kind of token
    tokens: Tokens, actor: Sequence[int], date: Sequence[bool], *, headline: bool
) -> list[int]:
    """Return one flag per token (constants of `processors.text.morphology`, or `DATE`).

    `actor[i]` is 0 outside actor names, 1 inside one, 2 inside a bare adjective of nationality; `date[i]` is true in a
    time expression.
    """
    tags: list[int] = []
    prev = PUNCT
    before = PUNCT
    subjunctive = mandative = False
    seen = 0
    first = -1  # the first finite verb
    texts, lowers, entries = tokens.text, tokens.lower, tokens.word
    inserted = 0
    for i, (alone, named, dated) in enumerate(zip(tokens.alone, actor, date, strict=True)):
        if alone & _STILL and not (named or dated or subjunctive or i < inserted):
            tags.append(alone)
            before, prev = prev, alone
            continue
        if not alone and lowers[i] == "what":
            inserted = whose_word_end(tokens, i)
        if i < inserted:
            tags.append(ADV)
            continue
        if dated:
            # "an overnight strike", "the October attacks": the date is part of the phrase; "in overnight attacks": nothing
            # happens "in overnight"
            if (prev & _BEFORE_NOUN and not entries[i].flags & (DET | PREP)) or (
                prev == PREP and _attributive(tokens, i, actor)
            ):
                before, prev = prev, ADJ
                tags.append(ADJ)
                continue
            tags.append(DATE)
            if prev not in (HAVE, BE):
                before, prev = prev, NOUN
            continue
        chosen = NOUN if named else alone
        if not chosen:
            chosen = _choose(tokens, i, prev, before, actor, headline=headline, seen=seen)
        if subjunctive:
            chosen = _bare(tokens, i, chosen, prev, mandative=mandative)
        if chosen & _VERBAL:
            subjunctive = False
            seen |= chosen & _VERBAL
            if first < 0 and prev != TO and chosen & FINITE:
                first = i
            if chosen & _INSERTING:
                inserted = insertion_end(tokens, i, actor, date, modal=chosen == MODAL)
        elif chosen == SUB and lowers[i] == "that" and prev & VERB:
            subjunctive, mandative = True, entries[i - 1].verb in MANDATIVE
        tags.append(chosen)
        if not chosen & _BESIDE and not (chosen == PUNCT and texts[i] in "\"“”'‘’"):
            before, prev = prev, chosen
    end = tags.index(TO) if TO in tags else len(tags)
    if not 0 <= first < end:
        rescue_sentence(tokens, tags, actor, end)
    rescue_clauses(tokens, tags, actor)
    return tags


def _bare(tokens: Tokens, i: int, chosen: int, prev: int, *, mandative: bool) -> int:
    """Choose again for a word behind "that": of what is demanded, the verb is bare."""
    flags, beyond = tokens.word[i].flags, i + 1 < len(tokens.text)
    if chosen & (NOUN | ADJ | ADV) and flags & VB and prev & NOUN:
        object_follows = _opens_object(tokens, i + 1) or (mandative and i + 2 < len(tokens.text))
        return VB if object_follows else chosen  # "demanded that Belarus free the leader"
    if mandative and chosen == VBZ and flags & NOUN and beyond and tokens.word[i + 1].flags & VB:
        return (
            NOUN if _opens_object(tokens, i + 2) else chosen
        )  # "insisted that its EU partners share the costs"
    return chosen


def _attributive(tokens: Tokens, i: int, actor: Sequence[int]) -> bool:
    """Tell whether a time of day or a day of the week behind "in" says which attacks or talks are meant, and not when."""
    if (
        tokens.lower[i] not in TIMES
        or i + 1 == len(tokens.text)
        or tokens.lower[i - 1] not in ("in", "by", "from")
    ):
        return False
    return bool(actor[i + 1]) or bool(tokens.word[i + 1].flags & (NOUN | ADJ))


def _opens_object(tokens: Tokens, i: int) -> bool:
    return i < len(tokens.text) and bool(tokens.word[i].flags & (DET | POSSPRON | NUM | PRON))


def _choose(
    tokens: Tokens, i: int, prev: int, before: int, actor: Sequence[int], *, headline: bool, seen: int
) -> int:
    words, lower = tokens.word, tokens.lower[i]
    flags = words[i].flags
    if flags & PUNCT:
        return PUNCT
    if (
        tokens.text[i][0].isupper()
        and i
        and not headline
        and not (prev == PUNCT and tokens.text[i - 1] in '"“:—-')
    ):
        return NOUN
    follow = words[i + 1].flags if i + 1 < len(words) else PUNCT
    if lower == "so" and i + 1 < len(tokens.text) and tokens.lower[i + 1] == "far":
        return ADV
    if lower in BESIDE and (chosen := beside(tokens, i, prev, follow, actor)):
        return chosen
    if lower in COUNTING and counts(tokens, i):
        return NUM  # "at least 23 people", "more than 1,500 people"
    if flags & _BY_FORM or lower == "that":
        chosen = _by_form(tokens, i, prev, follow, actor)
        if chosen:
            return chosen
    if flags & POSSPRON and (lower != "her" or follow & (NOUN | ADJ | VBN)):
        return POSSPRON
    if flags & _OPEN and not flags & _NEVER_OPEN:
        if flags & _EITHER and not (flags & VERB and prev in (TO, MODAL)):
            return _closed(flags, ADJ if i and actor[i - 1] == ADJECTIVE else prev, follow)
        return choose_open(tokens, i, prev, before, actor, headline=headline, seen=seen)
    return _closed(flags, ADJ if i and actor[i - 1] == ADJECTIVE else prev, follow)


def _by_form(tokens: Tokens, i: int, prev: int, follow: int, actor: Sequence[int]) -> int:
    """Choose for the words that are told by themselves: to, 's, that, who."""
    flags = tokens.word[i].flags
    if flags & TO:
        if _takes_noun(tokens, i):
            return PREP
        bare = follow & VB and not (i + 1 < len(tokens.text) and actor[i + 1])
        if follow & ADV and not follow & (DET | NOUN | NUM) and i + 2 < len(tokens.text):
            bare = tokens.word[i + 2].flags & VB and not actor[i + 2]  # "to partially lift"
        return TO if bare else PREP
    if flags & POSS:
        return BE if prev == PRON else POSS
    if tokens.lower[i] == "that":
        return _that(prev, follow) if i else PRON
    return REL if flags & REL else 0


def _takes_noun(tokens: Tokens, i: int) -> bool:
    """Tell whether the verb before a "to" goes with a noun, never with an infinitive: "bow to pressure", "give in to pressure"."""
    if not i:
        return False
    if tokens.lower[i - 1] == "in" and i > 1:
        return f"{tokens.word[i - 2].verb}_in" in YIELDING
    return tokens.word[i - 1].verb in YIELDING


def _that(prev: int, follow: int) -> int:
    if prev & VERB:
        return SUB
    if follow & (VBZ | VBD | MODAL | BE | HAVE | DO) and not follow & (DET | NOUN):
        return REL if prev & (NOUN | PUNCT | NUM) else SUB
    return DET if prev & (PREP | TO) else SUB


@lru_cache(KEPT)
def _closed(flags: int, prev: int, follow: int) -> int:
    if flags & MODAL:
        return NOUN if prev & _BEFORE_NOUN else MODAL
    if (
        flags & ADV
        and not flags & (PREP | SUB | NEG | DET | PRON)
        and prev & _BEFORE_NOUN
        and follow & (PREP | PUNCT)
    ):
        return NOUN  # "the home of"
    for flag in (BE, HAVE, DO, NEG, CC):
        if flags & flag:
            return flag
    if flags & PRON and flags & NUM and follow & NOUN and not follow & VERB:
        return NUM  # "one person"
    if flags & PREP and flags & ADV and follow & (PUNCT | MODAL | BE | HAVE):
        return ADV
    if flags & ADV and flags & (NUM | ADJ) and prev & (MODAL | TO | HAVE):
        return ADV
    if flags & PREP and flags & SUB and prev == HAVE and follow & VBN:
        return ADV  # "has since ordered"
    if flags & PREP and flags & (VERB | ADJ) and prev == DET:
        return ADJ  # "the following statement"
    for flag in (PREP, SUB, DET, PRON, NUM, ADV, ADJ):
        if flags & flag:
            return flag
    return NOUN
