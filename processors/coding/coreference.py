"""What a pronoun stands for: the nearest fitting actor before it, subjects first (after Lappin and Leass 1994, much reduced)."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from processors.coding.chunks import NP
from processors.coding.roles import Who, of_span, unique

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.tag import ActorSpan, PlaceSpan

_PERSON = frozenset("he she him his her himself herself hers".split())
_MANY = frozenset("they them their themselves theirs".split())
_THING = frozenset("it its itself".split())
_SPEAKER = frozenset("we our us i my me".split())
_SINGLE_KINDS = ("state", "capital", "seat", "org", "group", "name")
MEMORY = 24
"""Actors kept from the sentences before."""


class Memory:
    """What the article has named so far. One for each article."""

    def __init__(
        self,
        spans: Sequence[ActorSpan],
        places: Sequence[PlaceSpan],
        sets: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        """Take all actor spans and places of the article, and the word sets of the rules."""
        self.collective = sets.get("collective", frozenset())  # "his country" stands for its owner
        self.measure = sets.get("measure", frozenset()) | sets.get("settlement", frozenset())
        self.nature = sets.get("nature", frozenset())
        self.victims = sets.get("victims", frozenset())
        self.pair_nouns = sets.get("pair", frozenset())
        self.pair: list[Who] = []
        self.recent: list[Who] = []
        self.subjects: list[Who] = []
        self.places: dict[tuple[str, int], PlaceSpan] = {(p.field, p.start): p for p in places}
        count: Counter[str] = Counter(w.country for s in spans for w in of_span(s) if w.country)
        self.country: str | None = None
        top = count.most_common(2)
        if top and top[0][1] >= 2 and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):  # noqa: PLR2004 - twice is leading
            self.country = top[0][0]

    def place(self, view: View, first: int, last: int) -> PlaceSpan | None:
        """Return the place that begins within the tokens [first, last)."""
        for i in range(first, last):
            found = self.places.get((view.field, view.tokens.start[i]))
            if found is not None:
                return found
        return None

    def note(self, view: View, roles: Roles) -> None:
        """Remember the actors of a sentence that has been coded."""
        subjects = [w for c in view.clauses if c.verb.form == "fin" for w in roles.phrases(c.subject)]
        if subjects:
            self.subjects = unique(subjects)
        named = [
            w
            for c in view.chunks
            if c.kind == NP
            for s in c.actors
            if s.kind != "adjective"
            for w in of_span(s)
        ]
        if named:
            self.recent = (named[::-1] + self.recent)[:MEMORY]
        self.pair = _two([*subjects, *named]) or self.pair

    def both(self, view: View, at: int) -> list[Who]:
        """Return the two whom "the two leaders", "both sides" at chunk `at` means: those of its sentence, else the last pair."""
        return (
            _two([w for i in range(at) if view.chunks[i].kind == NP for w in self._named(view, i)])
            or self.pair
        )

    def pronoun(self, word: str, view: View, at: int, roles: Roles) -> list[Who]:
        """Return the actors that a pronoun at chunk `at` stands for."""
        if word not in _PERSON | _MANY | _THING:
            return []
        subject_first = [
            w for c in view.clauses if c.at < at for i in c.subject if i < at for w in roles.phrase(i)
        ]  # fmt: skip
        inside = [w for i in range(at - 1, -1, -1) if view.chunks[i].kind == NP for w in self._named(view, i)]
        if word in _MANY:
            return self._many(subject_first, inside)
        fits = self._fits(word)
        for who in (*subject_first, *inside, *self.subjects, *self.recent):
            if fits(who):
                return [who]
        return []

    def _many(self, subject_first: list[Who], inside: list[Who]) -> list[Who]:
        plural = [w for w in subject_first if w.kind in ("people", "nominal", "group")]
        if plural:
            return plural[-1:]
        if len(self.subjects) > 1 and not inside:
            return self.subjects
        people = unique(w for w in reversed(inside) if w.kind == "person")
        if len(people) > 1:
            return people[-2:]
        if len(unique(subject_first)) > 1:
            return unique(subject_first)
        for who in (*inside, *self.subjects, *self.recent):
            if who.kind in ("people", "nominal", "group", "org"):
                return [who]
        return self.subjects[:2]

    @staticmethod
    def _named(view: View, i: int) -> list[Who]:
        return [w for s in view.chunks[i].actors if s.kind != "adjective" for w in of_span(s)]

    @staticmethod
    def _fits(word: str):  # type: ignore[no-untyped-def]  # noqa: ANN205
        if word in _PERSON:
            return lambda who: (
                who.kind == "person"
                or (who.kind == "nominal" and (who.sector or "") in ("GOV", "OPP", "LEG", "MIL"))
            )
        return lambda who: who.kind in _SINGLE_KINDS or (who.kind == "nominal")


def _two(whos: Sequence[Who]) -> list[Who]:
    """Return the first actor of each country where the actors are of just two."""
    first: dict[str, Who] = {}
    for who in whos:
        if who.country:
            first.setdefault(who.country, who)
    return list(first.values()) if len(first) == 2 else []  # noqa: PLR2004 - a pair
