"""Verb, noun or adjective? The rules for words that can be more than one of them, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.counting import COUNTING, counts
from processors.coding.grammar import words
from processors.coding.spot import ADJECTIVE, STARTS_OBJECT, Spot
from processors.coding.verb_or_noun import FIRST_VERBS, RULES
from processors.coding.verbless import FINITE, SCORES
from processors.text.morphology import (
    ADJ,
    BE,
    CC,
    DET,
    DO,
    HAVE,
    MODAL,
    NAME,
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
    VBG,
    VBN,
    VBZ,
    VERB,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.text.tokens import Tokens

INTRANSITIVE = words("intransitive")
ATTRIBUTIVE = words("attributive")
OF_CONTENT = words("of_content")
_WHEN = ("this", "last", "next")
_ONE = ("another", "each", "every")
"""Words before the singular of a noun."""
_PERIODS = frozenset(
    "year month week summer winter autumn spring morning afternoon evening night weekend monday tuesday wednesday thursday friday"
    " saturday sunday".split()
)


def choose_open(
    tokens: Tokens, i: int, prev: int, before: int, actor: Sequence[int], *, headline: bool, seen: int
) -> int:
    """Choose for a word that may be verb, noun or adjective: the first rule that has an answer decides."""
    flags = tokens.word[i].flags
    if not flags & VERB:
        return ADJ if flags & ADJ and not flags & NOUN else NOUN
    chosen = _after_auxiliary(flags, prev)
    if chosen:
        return chosen
    follow = tokens.word[i + 1].flags if i + 1 < len(tokens.text) else PUNCT
    if i + 1 < len(tokens.text) and tokens.lower[i + 1] in COUNTING and counts(tokens, i + 1):
        follow = NUM
    elif i + 2 < len(tokens.text) and tokens.lower[i + 1] in _WHEN and tokens.lower[i + 2] in _PERIODS:
        follow = PUNCT  # "carried out air strikes this year"
    spot = Spot(tokens, actor, i, flags, prev, before, follow, headline, seen)
    for rule in _RULES:
        chosen = rule(spot)
        if chosen:
            return chosen
    return _nominal(flags)


def _after_auxiliary(flags: int, prev: int) -> int:
    if prev & (TO | MODAL | DO):
        return VB if flags & VB else (VBN if flags & VBN and prev != TO else _nominal(flags))
    if prev == HAVE:
        return VBN if flags & VBN else _nominal(flags)
    if prev == BE:
        return VBN if flags & VBN else VBG if flags & VBG else _nominal(flags)
    return 0


def _after_modifier(s: Spot) -> int:
    flags = s.flags
    if flags & VBZ and s.prev & (DET | PRON) and s.tokens.lower[s.i - 1] in _ONE:
        return VBZ  # "while another crashes": what is one is no plural
    if s.i and s.tokens.lower[s.i - 1] in SCORES and flags & VB and not flags & (NOUN | ADJ):
        return VB  # "thousands flee"
    if s.prev & (DET | POSSPRON | POSS | NUM | ADJ):
        if flags & (VBD | VBN) and not flags & NOUN:
            alone = s.prev == NUM or (
                s.prev == DET and s.tokens.lower[s.i - 1] in ("both", "all", "many", "some")
            )
            return VBD if alone and not s.follow & (NOUN | ADJ) else ADJ
        if flags & VBG:
            return NOUN
        return _finite(flags) if s.prev == ADJ and not flags & (NOUN | ADJ) else _nominal(flags)
    if s.prev == PREP:
        if flags & VBG:
            return NOUN if flags & NOUN and not (s.follow & STARTS_OBJECT or s.next_actor) else VBG
        return _nominal(flags) if flags & (NOUN | ADJ) else ADJ if flags & VBN else _finite(flags)
    return 0


def _participle(s: Spot) -> int:
    if not s.flags & (VBN | VBG):
        return 0
    other = DET | PREP if s.flags & ADJ else DET | PREP | VERB  # "buy liquefied gas": no verb known
    of_land = s.i > 0 and s.actor[s.i - 1] == ADJECTIVE
    if (
        s.flags & VBN
        and not s.flags & NOUN
        and (s.prev & (VBZ | VB) or of_land)
        and s.follow & NOUN
        and not s.follow & (DET | PREP | ADJ | NUM)
    ):
        return ADJ  # "announces revised tariff rates", "launch coordinated attacks", "a Russian guided bomb"
    attribute = s.flags & VBN and not s.flags & NOUN and s.follow & NOUN and not s.follow & other
    if attribute and (
        s.prev & VERB
        or (s.prev == CC and s.before & NOUN)
        or (s.prev & NOUN and s.before & VERB and not s.actor[s.i - 1])
    ):
        # "closed the border and suspended flights": a second act, where the verb is none that mostly says of what kind a thing is
        second = s.prev == CC and s.seen & VBD and s.flags & VBD and not s.headline
        if second and s.tokens.word[s.i].verb not in ATTRIBUTIVE:
            return VBD
        return ADJ  # "the army and allied fighters", "using precision guided missiles"
    if (
        s.flags & VBN
        and s.i + 1 < len(s.tokens.text)
        and s.tokens.lower[s.i + 1] == "by"
        and s.prev & (NOUN | PUNCT)
        and s.tokens.word[s.i].verb not in INTRANSITIVE
    ):
        return VBN
    if (
        s.flags & VBG
        and s.prev & NOUN
        and s.follow & PREP
        and not (s.follow & TO and s.word_after_next() & VB)
        and not s.actor[s.i - 1]
        and s.tokens.text[s.i - 1].islower()
        and s.tokens.lower[s.i] not in OF_CONTENT
    ):
        told = not s.flags & NOUN and (s.after_plural or s.tokens.lower[s.i + 1] == "to")
        return VBG if told else NOUN  # "ships belonging to", "information leading to"; but "a car bombing by"
    return 0


def _unmistakable(s: Spot) -> int:
    """Choose for a past form, or for a word that is no noun."""
    flags, follow = s.flags, s.follow
    if flags & (NOUN | ADJ) and not flags & VBD:
        return 0
    if s.i == 0 and flags & VBN and s.next_actor:
        return ADJ  # "Reinforced British troops remained"
    if (
        flags & (VBD | VBN)
        and flags & ADJ
        and follow & NOUN
        and not follow & (DET | PREP)
        and s.prev & (PUNCT | CC)
    ):
        return ADJ
    if flags & VBG and s.prev == CC and s.before & NOUN and not s.seen and follow & NOUN and not follow & DET:
        return ADJ  # "the mosque and filling station"
    if flags & NOUN and s.prev & NOUN and follow & (VBD | BE | HAVE | MODAL) and not follow & NOUN:
        return NOUN
    if flags & VBD and flags & NOUN and s.prev & (CC | PUNCT | SUB):
        second = s.seen & VBD and s.object_follows  # "closed the border and put its army on alert"
        return NOUN if s.before & NOUN and s.prev == CC and not second else VBD
    return _finite(flags)


def _apposed(s: Spot) -> bool:
    """Tell whether the word goes on with the sentence behind a name between commas: "the ambassador, Ann Ray, calls for"."""
    first = not s.seen and s.i > 1 and s.actor[s.i - 2]
    return bool(first) and "_".join(s.tokens.lower[s.i : s.i + 2]) in FIRST_VERBS


def _after_boundary(s: Spot) -> int:
    flags, follow = s.flags, s.follow
    if s.prev & (PRON | REL):
        return _finite(flags)
    if (
        flags & VBZ
        and ((s.prev == CC and s.seen & VBZ) or (s.prev == PUNCT and not s.seen & FINITE and s.i))
        and (
            follow & (NUM | DET | NAME | POSSPRON)
            or s.next_actor
            or (follow & NOUN and not follow & (VERB | PREP))
        )
    ):
        return VBZ  # "repels an ambush and kills", "a strike in Tyre, Lebanon, kills"
    if s.prev == CC:
        return _finite(flags) if s.before & (VERB | TO) else _nominal(flags)
    if (
        flags & (VB | VBZ)
        and follow & PREP
        and s.i + 1 < len(s.tokens.text)
        and s.tokens.lower[s.i + 1] in ("off", "out", "up", "down")
        and s.word_after_next() & (DET | POSSPRON | NUM | (PREP if flags & VBZ else 0))
    ):
        return VBZ if flags & VBZ else VB  # "call off a strike", "the port of X, Y, shuts down after"
    if s.prev == PUNCT and flags & VBZ and follow & TO and s.word_after_next() & VB:
        return VBZ
    if s.prev == PUNCT and flags & (VB | VBZ) and _apposed(s):
        return flags & (VB | VBZ)  # "the ambassador, Ann Ray, calls for"
    if s.prev & (PUNCT | SUB):
        if flags & VBG:
            noun = flags & NOUN and follow & (PREP | PUNCT | VERB | BE | HAVE) and not follow & (NOUN | DET)
            return NOUN if noun else VBG
        if flags & VB and s.prev == PUNCT and s.before_object() and s.behind_relative():
            return VB  # "A and B, which C backs, sign a deal"
        return _nominal(flags)
    return 0


def _nominal(flags: int) -> int:
    return NOUN if flags & (NOUN | VB | VBZ | VBG) else ADJ


def _finite(flags: int) -> int:
    for flag in (VBD, VBZ, VB, VBN, VBG):
        if flags & flag:
            return flag
    return NOUN


_RULES = (_after_modifier, _participle, _unmistakable, _after_boundary, *RULES)
"""In the order in which they are asked, behind that for words behind an auxiliary."""
