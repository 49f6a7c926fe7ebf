"""Of which country those are whom the text names by a common noun: by who stands beside them, where it happens, or the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import NP
from processors.text.morphology import VERB

if TYPE_CHECKING:
    from processors.coding.draft import Draft
    from processors.coding.roles import Roles
    from processors.coding.view import View

LOCATIVE = frozenset(("in", "at", "near", "outside", "inside", "across", "on", "over"))
BY = frozenset(("by", "from", "with", "of"))
"""Prepositions that lead to a place where it happened, and those that lead away from it."""
OFFICE = ("GOV", "ELI", "MIL", "JUD", "COP", "OPP", "LEG")
"""Sectors of persons whose acts are mostly on people of their own country."""
DOMESTIC = ("08", "09", "14", "17")
"""Roots of acts that are nearly always between actors of one country."""


def countries(draft: Draft, view: View, roles: Roles) -> None:
    """Give nominals without a country the one that the sentence or the article leaves no doubt of."""
    sides = (draft.source, draft.target)
    assault = draft.code[:2] in ("18", "19", "20")
    there: list[str] | None = None  # looked up once, and only where somebody needs a country
    located: list[str] | None = None
    for side, other in (sides, sides[::-1]):
        for n, who in enumerate(side):
            attacked = assault and side is draft.target and who.kind in ("name", "person")
            if who.country is not None or not (
                who.kind in ("nominal", "people")
                or (who.kind == "person" and who.sector is not None)
                or attacked
            ):
                continue
            country = None
            others = sorted({o.country for o in other if o.country})
            if there is None or located is None:
                there = sorted({p for p in places(view, roles) if p})
                located = sorted({p for p in places(view, roles, located=True) if p})
            beside = sorted({o.country for o in side if o.country})
            if not beside and side is draft.source and who.sector in ("MIL", "COP", "GOV"):
                beside = sorted(
                    {w.country for w in draft.speaker if w.country}
                )  # "Ruritania says that troops ..."
            elsewhere = [p for p in there if p not in others]
            if len(beside) == 1:
                country = beside[0]
            elif (who.sector == "CVL" or attacked) and len(located) == 1:
                country = located[0]
            elif who.kind == "person" and who.sector not in OFFICE and not attacked:
                country = roles.memory.country  # "the archbishop said" in an article on Argentina
            elif attacked and who.sector not in OFFICE:
                continue  # a town or a person that no list holds is of the place where it happened, or of nowhere known
            elif len(there) == 1 or (len(elsewhere) == 1 and who.kind == "nominal"):
                country = (elsewhere or there)[0]
            elif len(others) == 1 and (who.kind == "nominal" or draft.code[:2] in DOMESTIC):
                country = others[0]
            elif roles.memory.country:
                country = roles.memory.country
            if country is not None and country not in ("IGO", "EUR", "NGO", "IMG"):
                key = who.key.replace("---.", f"{country}.", 1) if who.key.startswith("---.") else who.key
                side[n] = who._replace(country=country, key=key)


def places(view: View, roles: Roles, *, located: bool = False) -> list[str | None]:
    """Return the countries of the places of a sentence; with `located` of those only that "in" or "near" leads to."""
    found: list[str | None] = []
    inside = False
    ends = {view.tokens.end[c.end - 1] for c in view.chunks if c.kind == NP}
    for i in range(len(view.tokens)):
        word = view.tokens.lower[i]
        place = roles.memory.place(view, i, i + 1)
        inside = word in LOCATIVE or (inside and (word not in BY and not view.tags[i] & VERB))
        # "in a Kenyan air strike", "in Kenya's army" tell no place: it must end its phrase
        if place is not None and (not located or (inside and place.end in ends)):
            found.append(place.country)
    return found
