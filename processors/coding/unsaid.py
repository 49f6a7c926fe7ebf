"""Sides and places that a sentence leaves unsaid, since everybody knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.homes import places
from processors.coding.who import GROUND, Who, without
from processors.text.morphology import PRON

if TYPE_CHECKING:
    from processors.coding.draft import Draft
    from processors.coding.roles import Roles
    from processors.coding.view import View

IMPLIED = "implied"
"""Kind of an actor that the text does not name; the event says so, for a reader who looks for the name in the evidence."""

TWO_SIDES = 2
"""States that a meeting in a third one takes."""

EXAMINERS = ("LEG", "GOV", "JUD", "COP", "SPY")
"""Sectors of those whose hearings and inquiries are held by them."""

_MOVES = ("074", "0873", "0874", "15", "1661")
"""CAMEO codes of acts whose passive tells whom somebody sent or called back, and mostly not who did."""

_RULERS = ("GOV", "MIL", "COP", "JUD", "LEG", "IGO", "SPY", "ELI")
"""Sectors that act for the state: what they ask of nobody named, they may ask of anybody."""

_POWERS = (*_RULERS, "PTY", "REB")
"""Sectors of those who rule, or mean to: whose offer they refuse is not known where it is not told."""

_NO_HOME = ("IGO", "NGO", "IMG", "EUR", "MNC")
"""Codes that are no country, whose acts have no side at home."""

_ON_OWN_PEOPLE = ("080", "081", "083", "1723", "1724", "123", "1241", "1242", "175", "173", "1711")
"""CAMEO codes of acts that a government, where nobody else is named, does to those it rules."""


def at_home(draft: Draft, view: View, roles: Roles) -> None:
    """Name the other side of an act that has none but the own country: a protest, a curfew, a refusal to resign."""
    lands = sorted({w.country for w in draft.source if w.country})
    if not draft.source or draft.target or len(lands) != 1 or lands[0] in _NO_HOME:
        return
    people = not any(w.sector in _POWERS for w in draft.source)
    first = draft.source[0]
    state = first.kind in ("state", "capital", "seat")
    if draft.type == "protest-held" or (
        draft.code.startswith(("100", "101", "102", "103", "104", "105", "12", "133"))
        and people
        and not state
    ):
        draft.target = [Who("government", f"{lands[0]}.GOV", lands[0], "GOV", IMPLIED, first.at)]
    elif draft.code == "0841" and any(w.sector in (*_RULERS, "REB", "UAF") for w in draft.source):
        clause = draft.clause
        if clause is not None and any(view.tags[view.chunks[i].head] & PRON for i in clause.object):
            return  # "obtained the letters and released them" frees nobody
        draft.target = [Who("detainees", f"{lands[0]}.CVL", lands[0], "CVL", IMPLIED, first.at)]
    elif draft.code.startswith(_ON_OWN_PEOPLE) and (not draft.operators or draft.code[:2] == "12"):
        clause = draft.clause
        if clause is not None and any(view.chunks[i].word in roles.memory.vessels for i in clause.object[:1]):
            return  # a tanker that a navy seizes is seldom its own people's
        draft.target = [Who("people", f"{lands[0]}.CVL", lands[0], "CVL", IMPLIED, first.at)]


def protesters(draft: Draft, view: View, roles: Roles) -> None:
    """Name those who protest where only their government is named, and drop the land in which they do."""
    if draft.type != "protest-held":
        return
    lands = {w.country for w in draft.source if w.country}
    if lands and all(w.kind in GROUND and w.country in lands for w in draft.target):
        draft.target = []
    rulers = [w for w in draft.target if w.country and w.sector in _RULERS and w.country not in _NO_HOME]
    named = draft.noun >= 0 or draft.clause is None or draft.clause.verb.passive
    if not draft.source and rulers and named:
        there = {p for p in places(view, roles, located=True) if p}
        land = there.pop() if len(there) == 1 else str(rulers[0].country)
        draft.source = [Who("protesters", f"{land}.CVL", land, "CVL", IMPLIED, rulers[0].at)]
    elif (
        not draft.source and draft.noun >= 0 and draft.target and all(w.kind in GROUND for w in draft.target)
    ):
        where = draft.target[0]  # "riots erupted in Nicosia": it is those who live there
        if where.country and where.country not in _NO_HOME:
            draft.source = [
                Who("protesters", f"{where.country}.CVL", where.country, "CVL", IMPLIED, where.at)
            ]
            draft.target = []


def third_place(draft: Draft, roles: Roles) -> None:
    """Give a meeting of two states in a third one the code that CAMEO has for it."""
    lands = {w.country for w in (*draft.source, *draft.target) if w.country}
    if draft.clause is None or len(lands) < TWO_SIDES or draft.operators:
        return
    places = [w for p, i in draft.clause.phrases if p == "in" for w in roles.phrase(i)]
    if places and places[0].kind in GROUND and places[0].country not in lands | {None}:
        draft.code = "044"


def moved(draft: Draft, roles: Roles) -> None:
    """Turn "French troops were withdrawn from Mali" round: who is moved belongs to who moves them."""
    clause = draft.clause
    if (
        draft.source
        or clause is None
        or draft.noun >= 0
        or not clause.verb.passive
        or not draft.code.startswith(_MOVES)
    ):
        return
    subject = [w for w in roles.phrases(clause.subject) if w.country]
    if not subject:
        return
    draft.source = subject
    where = roles.phrases(
        i for p, i in clause.phrases if p in ("from", "of", "to", "in", "near", "along", "on")
    )
    draft.target = without([w for w in where if w.country], subject)


def examined(draft: Draft, roles: Roles) -> None:
    """Give a hearing or an inquiry that was held to whose it is: "a Senate hearing was conducted"."""
    clause = draft.clause
    if draft.frame.cameo != "090" or draft.source or clause is None or not clause.verb.passive:
        return
    owners = [w for i in clause.subject for w in roles.modifiers(i) if w.sector in EXAMINERS]
    if owners:
        draft.source = owners
        draft.target = [w for w in without(draft.target, owners) if w.kind not in GROUND]


def marched(draft: Draft, view: View, roles: Roles) -> None:
    """Take those who protest for people of the place: "some 5,000 people demonstrated in Nicosia"."""
    clause = draft.clause
    if (
        draft.source
        or draft.type != "protest-held"
        or clause is None
        or not clause.subject
        or draft.noun >= 0
    ):
        return
    for prep, at in clause.phrases:
        if prep not in ("in", "at", "outside", "near"):
            continue
        c = view.chunks[at]
        head = view.spans[c.head]
        if head is not None and head.kind == "nominal":
            continue  # who protests outside an embassy is of the town in which it stands
        place = roles.memory.place(view, c.start, c.end)
        lands = [w.country for w in roles.phrase(at) if w.kind in GROUND and w.country]
        country = lands[0] if lands else place.country if place is not None else None
        if country:
            who = view.chunks[clause.subject[0]]
            name = view.slice(who.start, who.end)
            draft.source = [
                Who(name, f"{country}.CVL", country, "CVL", "nominal", view.tokens.start[who.start])
            ]
            return
