"""An ambiguous word and what stands around it, as the rules of `ambiguous` ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.coding.verbless import MANY
from processors.text.morphology import (
    ADJ,
    DET,
    NOUN,
    NUM,
    PLURAL,
    POSSPRON,
    PRON,
    REL,
    SUB,
    TO,
    VBD,
    VBN,
    VBZ,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.text.tokens import Tokens

ASIDE = words("particles") | {"aside"}
SCORES = words("scores")
SPEECH = words("speech")
STARTS_OBJECT = DET | POSSPRON | PRON | TO | NUM
"""What an object or an infinitive can begin with."""

QUANTITIES = ("multiple", "several", "numerous", "various", "many")
"""Adjectives that lead to a plural: "forces raid multiple hideouts"."""

LONGEST_SUBJECT = 6
"""Tokens that are looked through for the "as" before a subject."""

ADJECTIVE = 2
"""Mark of a token in a bare adjective of nationality."""


@dataclass(slots=True)
class Spot:
    """An ambiguous word and what stands around it: flags of the word, tags before it, flags after it."""

    tokens: Tokens
    actor: Sequence[int]
    i: int
    flags: int
    prev: int
    before: int
    follow: int
    headline: bool
    seen: int  # the verb tags of the sentence so far

    @property
    def next_actor(self) -> bool:
        """Tell whether the words of an actor begin behind the word."""
        return self.i + 1 < len(self.tokens.text) and self.actor[self.i + 1] == 1

    @property
    def after_actor(self) -> bool:
        """Tell whether the words of an actor end before the word."""
        return self.i > 0 and self.actor[self.i - 1] == 1

    @property
    def after_plural(self) -> bool:
        """Tell whether the word before is a plural."""
        before = self.i - 1
        return bool(self.tokens.word[before].flags & PLURAL) or self.tokens.lower[before].endswith(MANY)

    @property
    def after_several(self) -> bool:
        """Tell whether those who stand before the word are several, though a name ends their phrase: "representatives of X sign"."""
        tokens, j = self.tokens, self.i - 1
        while j >= 0 and self.actor[j] == 1:
            if (
                tokens.lower[j] == "of"
                and j
                and (tokens.word[j - 1].flags & PLURAL or tokens.lower[j - 1] in SCORES)
            ):
                return True
            j -= 1
        placed = j > 0 and not self.seen and tokens.lower[j] in ("in", "from", "near")
        return placed and bool(tokens.word[j - 1].flags & PLURAL)  # "forces in South Sudan arrest"

    def joined(self) -> bool:
        """Tell whether the actor before the word is the last of a list: "Iran and the European Union sign"."""
        j = self.i - 1
        while j > 0 and (self.actor[j] == 1 or self.tokens.word[j].flags & DET):
            j -= 1
        return self.tokens.lower[j] in ("and", ",")

    @property
    def object_follows(self) -> bool:
        """Tell whether an object or a clause begins behind the word."""
        if self.follow & STARTS_OBJECT or self.next_actor:
            return True
        behind = self.tokens.lower[self.i + 1] if self.i + 1 < len(self.tokens) else ""
        return behind in QUANTITIES or (behind == "that" and bool(self.follow & (SUB | REL)))

    def behind_relative(self) -> bool:
        """Tell whether the comma before the word may close what is told of a subject: "B, which C backs, sign", "B, backed by C, sign"."""
        lower = self.tokens.lower
        if lower[self.i - 1] != ",":
            return False
        comma = next((j for j in range(self.i - 2, 0, -1) if lower[j] == ","), 0)
        if not comma:
            return False
        told = lower[comma + 1] in ("which", "who", "whose") and self.seen > 0
        told = told or (lower[comma + 1] in ("with", "including", "alongside") and not self.seen)
        return told or (bool(self.tokens.word[comma + 1].flags & VBN) and lower[comma + 2] in ("by", "with"))

    def before_object(self) -> bool:
        """Tell whether a determiner or a name stands behind the word."""
        named = self.i + 1 < len(self.tokens.text) and self.tokens.text[self.i + 1][0].isupper()
        return named or bool(self.follow & (DET | POSSPRON))

    def subject_of_as(self) -> bool:
        """Tell whether nothing but a noun phrase stands between "as" and the word: "as Pakistani warplanes launch strikes"."""
        tokens, j = self.tokens, self.i - 1
        while (
            j > 0
            and self.i - j < LONGEST_SUBJECT
            and (self.actor[j] or tokens.word[j].flags & (NOUN | ADJ | DET | NUM) or not tokens.word[j].flags)
        ):
            j -= 1
        return j < self.i - 1 and tokens.lower[j] == "as"

    def word_after_next(self) -> int:
        """Return the flags of the second word behind, 0 where there is none."""
        return self.tokens.word[self.i + 2].flags if self.i + 2 < len(self.tokens.text) else 0

    def in_object(self) -> bool:
        """Tell whether the actor before the word stands right behind a verb that takes no clause: "shrugged off U.S. calls to"."""
        j = self.i - 1
        while j > 0 and self.actor[j]:
            j -= 1
        if self.tokens.lower[j] in ASIDE:
            j -= 1
        elif j != self.i - 2 or not self.before & (VBD | VBZ):
            return False
        word = self.tokens.word[j]
        return bool(word.flags & (VBD | VBZ)) and not word.flags & NOUN and word.verb not in SPEECH
