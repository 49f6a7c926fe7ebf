"""Of which country those are whom the text names by a common noun: by who stands beside them, where it happens, or the article."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from processors.coding.chunks import NP
from processors.coding.grammar import words
from processors.coding.retold import referred
from processors.coding.several import at_odds, of_several
from processors.text.morphology import VERB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processors.coding.draft import Draft
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.coding.who import Who

LOCATIVE = frozenset(("in", "at", "near", "outside", "inside", "across", "on", "over"))
BY = frozenset(("by", "from", "with", "of"))
"""Prepositions that lead to a place where it happened, and those that lead away from it."""
JUDGED = ("accuse.convict", "coerce.sentence", "concede.pardon", "concede.commute")
"""Frames of what the courts and heads of a state do to those of whom no other country is told."""
AREAS = words("areas")
"""Words behind which "of" names what a place is in."""
OFFICE = ("GOV", "ELI", "MIL", "JUD", "COP", "OPP", "LEG")
"""Sectors of persons whose acts are mostly on people of their own country."""
MOURNERS = ("GOV", "MIL", "COP", "LEG", None)
"""Sectors of those who tell of the dead of their own country."""
NAMED = ("name", "person")
"""Kinds of actor with a name that no list holds, or that may be in none."""
NOWHERE = ("IGO", "EUR", "NGO", "IMG", "WST")
"""Codes that are no home of anybody."""
LOCAL = ("REB", "CRM", "COP", "CVL")
"""Sectors of those who mostly fight within their own country."""
TOWN = ("town of ", "village of ", "city of ", "towns of ", "villages of ", "locality of ")
"""Words before the name of a place that no list holds."""
STATELESS = ("IMG", "NGO", "WST")
"""Codes of those beside whom people of any country stand."""
BORDERS = tuple(f"{line} with {the}" for line in ("border", "frontier") for the in ("", "the "))
RULERS = ("authorities", "cabinet", "government")
"""Names that those who are governed have for their own."""
GOVERNED = ("CVL", "EDU", "LAB", "LEG", "OPP", "PTY")
"""Sectors of those to whom "the government" is that of their own country."""
EMBASSIES = frozenset(("embassy", "consulate"))
"""Words for houses of another state."""
REGAINED = frozenset(("recapture", "retake", "regain"))
FOREIGN = frozenset(("foreign", "foreigner", "foreigners"))
"""Words for people of other countries than that of those who deal with them."""
TO_CONFLICT = " to the "
"""What leads from the parties to their conflict: "the parties to the war in X" are of X."""
RESIGNED = "0831"
"""Code of leaving an office, which is in one's own country."""
DOMESTIC = ("08", "09", "14", "17")
"""Roots of acts that are nearly always between actors of one country."""


def _acting(draft: Draft, view: View) -> Iterator[str]:
    """Yield the countries that act on their own behind "and": nobody is theirs for that, "freed the men, and Ruritania thanked ..."."""
    for clause in view.clauses:
        if clause.link == "co" and clause is not draft.clause:
            for at in clause.subject:
                yield from (
                    a.country for a in view.chunks[at].actors if a.country and a.kind in ("state", "capital")
                )


class _Scene:
    """What a sentence says of places: each looked up once, and only where somebody needs a country."""

    def __init__(self, draft: Draft, view: View, roles: Roles) -> None:
        """Take the act and its sentence."""
        self.draft, self.view, self.roles = draft, view, roles
        self.assault = draft.code[:2] in ("18", "19", "20")

    @cached_property
    def there(self) -> list[str]:
        """The countries of the places that the sentence names, without those that act on their own in it."""
        named = Counter(p for p in places(self.view, self.roles) if p)
        return sorted(named - Counter(_acting(self.draft, self.view))) if named else []

    @cached_property
    def located(self) -> list[str]:
        """The countries of those places of which the sentence says that something was there."""
        return sorted({p for p in places(self.view, self.roles, located=True) if p})

    @cached_property
    def lands(self) -> set[str]:
        """The countries of the actors that the sentence names."""
        return {a.country for a in self.view.actors if a.country and not made(a.text)}

    def beside(self, who: Who, side: list[Who]) -> list[str]:
        """Return the countries of those on the same side; of armed forces and officials else that of who tells of them."""
        found = sorted({o.country for o in side if o.country and o.country not in STATELESS})
        if not found and side is self.draft.source and who.sector in ("MIL", "COP", "GOV"):
            found = sorted(
                {w.country for w in self.draft.speaker if w.country and w.sector != "MED"}
            )  # "Ruritania says that troops ..."
        return found

    def hosts(self, other: list[Who]) -> str | None:
        """Return the country in which the embassy of another is attacked: nobody storms his own."""
        own = self.located[0] if len(self.located) == 1 else self.roles.memory.country
        return own if own not in [o.country for o in other] else None

    def home(  # noqa: PLR0911 - one return for each sign of a country
        self, who: Who, side: list[Who], other: list[Who]
    ) -> str | None:
        """Return the country of somebody, None where nothing leaves no doubt of it."""
        others = sorted({o.country for o in other if o.country})
        beside = self.beside(who, side)
        judged = side is self.draft.target and self.draft.frame.id in JUDGED
        if len(beside) == 1 and not judged:
            return beside[0]
        if len(others) == 1 and who.name.lower() in RULERS and all(w.sector in GOVERNED for w in other):
            return others[0]  # "lawmakers in Accra asked the government to ..."
        if (judged or self.draft.code == RESIGNED) and len(others) == 1:
            return others[0]  # "left the cabinet over sanctions against Ruritania"
        if not self.assault and at_odds(who.name):
            behind = self.view.text[who.at : who.at + len(who.name) + len(TO_CONFLICT) + len("the ")]
            if TO_CONFLICT not in behind:
                return self.roles.memory.country  # "invited the warring parties to Oslo"
        target = self.assault and side is self.draft.target
        again = self._again() if target and not self.located else None
        if again is not None or who.kind == "place":
            return again or self._lies(other, others)
        there = who.sector == "CVL" or (target and (who.kind in NAMED or who.sector in LOCAL))
        if there and len(self.located) == 1:
            return self.located[0]
        if target and (others or not other) and who.sector != "BUS":
            told = {w.country for w in self.draft.speaker if w.country and w.sector in MOURNERS} - {*others}
            if len(told) == 1:
                return told.pop()  # "Bordurian officials say that ten people died in strikes by Ruritania"
        if target and who.kind in NAMED:
            # A town or a person that no list holds is of the place where it happened, or of nowhere known.
            taken = self.draft.type == "territory-seized"
            rebels = others and all(w.sector in ("REB", "CRM") for w in other)
            if rebels and self.view.text.endswith(TOWN, 0, who.at) and others[0] not in NOWHERE:
                return others[0]  # rebels mostly fight at home
            return (
                self._taken_from(others)
                if taken
                else self._guess(who, others)
                if who.sector in OFFICE
                else None
            )
        if who.kind == "person" and who.sector not in OFFICE:
            return self.roles.memory.country  # "the archbishop said" in an article on Argentina
        named = len(self.there) == 1 or len(set(self.there) - set(others)) == 1
        if target and who.sector == "MIL" and not named and len(others) == 1 and _army(other):
            return self.roles.memory.country if self.roles.memory.country not in others else None
        found = self._guess(who, others, abroad=target and all(w.kind == "state" for w in other))
        hardly = who.sector == "MIL" or (who.sector == "BUS" and not self.located)
        # An army hardly fights its own, and nobody seizes a tanker of his own at sea.
        own = target and hardly and found in others and (who.sector == "BUS" or _army(other))
        return None if own else found

    def _again(self) -> str | None:
        """Return where the attack was that the sentence before told and this one goes on with: "the attack wounded a guard"."""
        attack = referred(self.draft, self.view, self.roles)
        lands = sorted({w.country for w in attack.target if w.country} if attack is not None else ())
        return lands[0] if len(lands) == 1 and lands[0] not in STATELESS else None

    def _lies(self, other: list[Who], others: list[str]) -> str | None:
        """Return the country of a district that no list holds: where it is said to lie, that of rebels, or of the article."""
        if len(self.there) == 1:
            return self.there[0]
        if self.draft.type == "territory-seized" and (loser := self._taken_from(others)) is not None:
            return loser
        if len(others) == 1 and all(w.sector in LOCAL for w in other):
            return others[0]
        return self.roles.memory.country if self.roles.memory.country not in others else None

    def _guess(self, who: Who, others: list[str], *, abroad: bool = False) -> str | None:
        """Return the one country that is named, of places first, else that of the article; `abroad` if a state struck."""
        if abroad and len(others) == 1 and len(self.lands - {*others}) == 1:
            return next(
                iter(self.lands - {*others})
            )  # "after Ruritania shelled a school, killing Bordurians"
        elsewhere = [p for p in self.there if p not in others]
        if len(self.there) == 1 or (len(elsewhere) == 1 and who.kind == "nominal"):
            return (elsewhere or self.there)[0]
        if len(others) == 1 and (who.kind == "nominal" or self.draft.code[:2] in DOMESTIC):
            return others[0]
        return self.roles.memory.country

    def _taken_from(self, others: list[str]) -> str | None:
        """Return the country of a town that is seized: that of rebels and of armies that win it back, else the other one."""
        draft = self.draft
        back = draft.clause is not None and draft.clause.verb.lemma in REGAINED
        back = back or any("government" in w.name.lower() for w in draft.source)
        if len(others) == 1 and (back or all(w.sector == "REB" for w in draft.source)):
            return others[0]
        elsewhere = [p for p in self.there if p not in others]
        return elsewhere[0] if len(elsewhere) == 1 else None


def countries(draft: Draft, view: View, roles: Roles) -> None:
    """Give nominals without a country the one that the sentence or the article leaves no doubt of."""
    sides = (draft.source, draft.target)
    scene: _Scene | None = None
    for side, other in (sides, sides[::-1]):
        for n, who in enumerate(side):
            if who.country is not None or not _homeless(who, draft, side):
                continue
            scene = scene or _Scene(draft, view, roles)
            guests = who.sector == "CVL" and any(EMBASSIES & {*w.name.split()} for w in other)
            country = scene.hosts(other) if guests else scene.home(who, side, other)
            if country is not None and country not in NOWHERE:
                key = who.key.replace("---.", f"{country}.", 1) if who.key.startswith("---.") else who.key
                side[n] = who._replace(country=country, key=key)


def _homeless(who: Who, draft: Draft, side: list[Who]) -> bool:
    """Tell whether somebody without a country must have one: not "foreign citizens", who are of any country but this."""
    if not FOREIGN.isdisjoint(who.name.lower().split()) or of_several(who.name):
        return False
    attacked = draft.code[:2] in ("18", "19", "20") and side is draft.target and who.kind in NAMED
    judged = draft.frame.id in JUDGED and side is draft.target
    return (
        judged
        or who.kind in ("nominal", "people", "place")
        or (who.kind == "person" and who.sector is not None)
        or attacked
    )


def _army(side: list[Who]) -> bool:
    """Tell whether a side fights for a state: an army that it hits is another one."""
    return all(w.sector == "MIL" or w.kind in ("state", "capital", "adjective") for w in side)


def beyond(view: View, at: int) -> bool:
    """Tell whether what is named at an offset is so only for its border: what is hit "near the border with X" is not in X.

    Who closes "its border with X" does so to X.
    """
    if not view.text.endswith(BORDERS, 0, at):
        return False
    return not any("border" in view.chunk_lemmas(c.object) for c in view.clauses if c.object)


def made(text: str) -> bool:
    """Tell whether a word only says who made or backs something: a "French-built" tank may be anywhere."""
    return text[1:].partition("-")[2][:1].islower()


def places(view: View, roles: Roles, *, located: bool = False) -> list[str | None]:
    """Return the countries of the places of a sentence; with `located` of those only that "in" or "near" leads to."""
    found: list[str | None] = []
    if not roles.memory.starts(view.field, view.start, view.end):
        return found
    named = roles.memory.places[view.field]
    inside = False
    ends = {view.tokens.end[c.end - 1] for c in view.chunks if c.kind == NP}
    for i, word in enumerate(view.tokens.lower):
        place = named.get(view.tokens.start[i])
        within = word == "of" and i > 0 and view.tokens.word[i - 1].noun in AREAS  # "in the Mawasi area of X"
        inside = word in LOCATIVE or (inside and (within or (word not in BY and not view.tags[i] & VERB)))
        # "in a Kenyan air strike", "in Kenya's army" tell no place: it must end its phrase
        if place is None or beyond(view, view.tokens.start[i]) or made(view.tokens.text[i]):
            continue
        if not located or (inside and place.end in ends):
            found.append(place.country)
    return found
