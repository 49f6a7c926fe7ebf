"""Verb or noun? The rules for a word that can be both and stands behind a noun, the case that headlines are full of."""

from __future__ import annotations

from processors.coding.grammar import words
from processors.coding.spot import ADJECTIVE, STARTS_OBJECT, Spot
from processors.text.morphology import (
    ADJ,
    ADV,
    BE,
    CC,
    DET,
    HAVE,
    MODAL,
    NAME,
    NOUN,
    NUM,
    PLURAL,
    POSSPRON,
    PREP,
    TO,
    VB,
    VBD,
    VBG,
    VBN,
    VBZ,
    VERB,
)

OF_CONTENT = words("of_content")
FIRST_VERBS = words("first_verbs")
PHRASES = words("verb_phrases")
BY_FORCES = words("by_forces")
"""Words that are verbs behind several who bear arms, whatever verb comes later: "forces launch drone strikes"."""

SELDOM_NOUNS = words("seldom_nouns")
"""Words that are verbs between a noun and what may be their object."""


def _in_phrase(s: Spot) -> bool:
    """Tell whether the actor before the word only says of what country something is: "a U.S. arms embargo"."""
    j = s.i - 1
    while j > 0 and s.actor[j]:
        j -= 1
    return j < s.i - 1 and not {"a", "an"}.isdisjoint(s.tokens.lower[j : j + 2])


def _of_a_sum(s: Spot) -> bool:
    """Tell whether an amount that "a" leads to stands before the word: "a 60 million euro deal", "a 20 million rupees loan"."""
    tokens, j, number = s.tokens, s.i - 1, False
    while j > 0 and tokens.word[j].flags & (NUM | NOUN) and tokens.lower[j] not in ("a", "an"):
        number = number or bool(tokens.word[j].flags & NUM)
        j -= 1
    return number and tokens.lower[j] in ("a", "an")


def _titled(s: Spot) -> bool:
    """Tell whether the word follows a name of two words or more that no list holds: "the Immigration Institute grants asylum"."""
    if s.headline or s.i < 2:  # noqa: PLR2004 - both words of the name
        return False
    one, two = s.tokens.text[s.i - 2 : s.i]
    return (
        one[0].isupper() and two[0].isupper() and two.isalpha() and not s.tokens.word[s.i - 1].flags & PLURAL
    )


def _goes_on(s: Spot) -> bool:
    """Tell whether a noun goes on the phrase or the object before it.

    "A U.S. arms embargo", "dismissed calls to resign", "asked the Sudanese sides to", "shrugged off U.S. calls to".
    """
    flags = s.flags
    if s.prev & VERB and not flags & (VBG | VBD):
        return True
    if flags & VBZ and s.actor[s.i - 1] == ADJECTIVE and s.seen:
        return True
    if _of_a_sum(s):
        return True
    if _in_phrase(s) and not (flags & VBZ and s.object_follows):
        return True  # but "a Kenyan drone attacks a lorry": "a" leads to no plural
    return bool(s.follow & TO and s.actor[s.i - 1]) and s.in_object()


def _named_verb(s: Spot) -> int:
    """Choose a verb that only its neighbours show: "rebels backed by Rwanda take control", "Israel also launches targeted strikes"."""
    if s.flags & VBZ and s.i > 1 and s.tokens.word[s.i - 1].flags == ADV and s.actor[s.i - 2] == 1:
        return VBZ
    verb = s.prev & NOUN and s.follow & (NOUN | DET | ADJ) and s.tokens.lower[s.i] in SELDOM_NOUNS
    pair = "_".join(s.tokens.lower[s.i : s.i + 2]) in PHRASES
    if pair and s.flags & (VB | VBZ) and (s.after_plural or s.after_actor):
        return VBZ if s.flags & VBZ else VB
    forces = s.after_actor and s.after_plural and s.follow & NOUN and s.tokens.lower[s.i] in BY_FORCES
    return VB if verb or (forces and s.flags & VB) else 0


def _of_as(s: Spot) -> int:
    """Choose the verb of a clause that "as" opens: "were killed as gunmen open fire"."""
    fights = s.follow & PREP and not s.follow & TO and s.after_actor  # "as rebels clash with"
    if not s.flags & VB or not (s.follow & (NOUN | DET | ADJ | NUM | POSSPRON) or s.next_actor or fights):
        return 0
    return VB if s.after_plural and s.prev & NOUN and s.subject_of_as() else 0


def _after_noun(s: Spot) -> int:
    """Choose behind a noun: "Iran plans to", "air strikes on"."""
    flags, follow = s.flags, s.follow
    if flags & NOUN and _goes_on(s):
        return NOUN
    if flags & VBG:
        about = s.tokens.lower[s.i] in OF_CONTENT and follow & PREP
        return VBG if follow & STARTS_OBJECT or s.next_actor or about else NOUN
    if follow & TO and s.word_after_next() and not (s.word_after_next() & VB and not s.actor[s.i + 2]):
        s.follow = follow = PREP
    if s.headline and not s.actor[s.i - 1] and flags & NOUN:
        return NOUN
    if s.object_follows and (s.next_actor or not (follow & VERB and not follow & (NOUN | DET | ADJ))):
        plural = s.after_plural
        several = s.after_actor and (s.joined() or s.after_several)
        named = s.after_actor and s.tokens.text[s.i - 1][:1].isupper()  # "Hamas returns the bodies"
        if flags & VBZ and (not plural or named):
            return VBZ
        if flags & VB and (
            plural or s.headline or several or (named and s.tokens.lower[s.i - 1].endswith("is"))
        ):
            return VB  # "the Houthis raid", "Israelis attack"
    if (
        flags & VB
        and s.after_actor
        and follow & CC
        and s.word_after_next() & VB
        and not s.word_after_next() & NOUN
        and s.tokens.word[s.i - 1].flags & PLURAL
    ):
        return VB  # "pirates attack and seize"
    if follow & CC and not s.seen and _does_two(s):
        return flags & (VB | VBZ)
    if (
        flags & VB
        and s.after_actor
        and follow & (NOUN | ADJ)
        and not follow & (VBD | MODAL | BE | HAVE | PREP | VB)
        and s.joined()
        and not s.seen
    ):
        return VB  # "Oman and the UAE report losses"
    after_adverb = s.i > 0 and bool(s.tokens.word[s.i - 1].flags & ADV)
    plain = not follow & (VBD | VB | MODAL | BE | HAVE) or follow & NOUN
    if (
        flags & VBZ
        and (after_adverb or (s.after_actor and not flags & ADJ) or _titled(s))
        and plain
        and follow & (NOUN | ADJ | NAME)
    ):
        return VBZ
    bare = not follow & (VBD | VB | VBZ | MODAL | BE | HAVE) or (follow & PREP and not flags & ADJ)
    verb = (s.headline and bare) or (not s.seen and _governs(s))
    return VBZ if flags & VBZ and s.after_actor and verb else 0


def _of_several(s: Spot) -> int:
    """Choose behind several in small letters, or a count of them: "Chadian troops and tanks advance into", "dozens of Serbs rally in"."""
    made = s.follow & VBN and s.word_after_next() & NOUN  # "launch coordinated attacks"
    if not s.flags & VB or not (s.follow & PREP or made) or s.follow & TO or s.seen or s.headline:
        return 0
    if s.after_actor and s.after_several:
        return VB
    lower, first = s.tokens.lower, s.i - 3
    joined = first >= 0 and s.actor[first] == 1 and lower[first + 1] == "and"
    small = s.after_plural and s.tokens.text[s.i - 1].islower()
    return VB if small and (s.after_actor or joined) else 0


def _does_two(s: Spot) -> bool:
    """Tell whether two verbs share an object: "the Netherlands boards and searches the ship", "armed men ambush and kill ten"."""
    at = s.i + 2  # of the second verb, "and completely destroys" too
    at += at < len(s.tokens.text) and s.tokens.word[at].flags == ADV
    second, third = (s.tokens.word[j].flags if j < len(s.tokens.text) else 0 for j in (at, at + 1))
    if not third & (DET | NUM | POSSPRON):
        return False
    if s.flags & VBZ:
        return bool((s.after_actor or not s.after_plural) and second & VBZ)
    return bool(s.flags & VB and second & VB and s.after_plural)


def _governs(s: Spot) -> bool:
    """Tell whether a particle and what follows it show a verb: "rules out sending troops", "calls on the sides to talk"."""
    following = s.tokens.lower[s.i + 1] if s.i + 1 < len(s.tokens) else ""
    if f"{s.tokens.lower[s.i]}_{following}" in FIRST_VERBS:
        return True
    return following in ("out", "off", "up") and bool(s.word_after_next() & VBG)


RULES = (_named_verb, _of_as, _after_noun, _of_several)
"""In the order in which they are asked; each gives a tag, or 0 where it has no answer."""
