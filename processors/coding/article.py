"""What only the whole article tells: which talks a vague line means, whose peace talks they are, whom a visitor addresses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processors.coding.who import Who, unique

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.draft import Draft
    from processors.coding.frames import Rules
    from processors.coding.view import View

VAGUE = frozenset(
    "consult.talk consult.engage-talks consult.discussion-noun consult.discuss consult.talks-noun".split()
)
"""Frames that say that two sides talked, not how."""

KNOWN = frozenset("the this that these those its his her their".split())
"""Words before a noun that may name what was told before."""

CALL = "phone-call-held"

NAMED = ("person", "name")
"""Kinds of actor that bear a name of their own."""

Coded = tuple["View", "Draft"]


def complete(coded: list[Coded], rules: Rules) -> list[Coded]:
    """Return the drafts of an article with what the article as a whole says of them, in the order of the text."""
    coded = _calls(_retold(coded))
    _namesakes(coded)
    _interlocutors(coded)
    _parties(coded, rules)
    return coded


def _retold(coded: Sequence[Coded]) -> list[Coded]:
    """Leave out what a noun with a definite article only names again: "the deal between A and B worries C"."""
    told: dict[str, list[set[str]]] = {}
    out: list[Coded] = []
    for view, draft in coded:
        lands = {w.country for w in (*draft.source, *draft.target) if w.country}
        before = told.setdefault(draft.type, [])
        if draft.noun >= 0 and draft.weak and view.field == "text":
            first = view.tokens.lower[view.chunks[draft.noun].start]
            if first in KNOWN and any(lands <= other for other in before):
                continue
        before.append(lands)
        out.append((view, draft))
    return out


def _namesakes(coded: Sequence[Coded]) -> None:
    """Give people of name the country that another sentence tells of them, where all that tell of one agree."""
    known: dict[str, set[tuple[str, str | None, str]]] = {}
    bare = False
    for _, draft in coded:
        for who in (*draft.source, *draft.target):
            if who.kind in NAMED and who.country:
                known.setdefault(who.name, set()).add((who.country, who.sector, who.key))
            bare = bare or (who.kind in NAMED and not who.country)
    if not bare or not known:
        return
    for _, draft in coded:
        draft.source = [_known_as(who, known) for who in draft.source]
        draft.target = [_known_as(who, known) for who in draft.target]


def _known_as(who: Who, known: dict[str, set[tuple[str, str | None, str]]]) -> Who:
    told = known.get(who.name, ()) if who.kind in NAMED and not who.country else ()
    if len({country for country, _, _ in told}) != 1:
        return who
    country, sector, key = min(told, key=str)
    return who._replace(country=country, sector=who.sector or sector, key=key)


def _pairs(draft: Draft) -> set[frozenset[str]]:
    everyone = unique((*draft.source, *draft.target))
    return {frozenset((a.key, b.key)) for a in everyone for b in everyone if a.key != b.key}


def _calls(coded: Sequence[Coded]) -> list[Coded]:
    """Give a vague line the kind of talk that the article tells of the same two people, one draft for each pair."""
    known: dict[frozenset[str], Draft] = {}
    for _, draft in coded:
        if draft.type == CALL and not draft.negated:
            for pair in sorted(_pairs(draft), key=sorted):
                known.setdefault(pair, draft)
    out: list[Coded] = []
    for view, draft in coded:
        if draft.frame.id not in VAGUE or draft.negated or draft.planned or not known:
            out.append((view, draft))
            continue
        pairs = [(a, b) for a in draft.source for b in draft.target if frozenset((a.key, b.key)) in known]
        if not pairs or len(pairs) < len(draft.target):
            out.append((view, draft))
            continue
        for a, b in pairs:
            copy = clone(draft)
            copy.type, copy.code = CALL, known[frozenset((a.key, b.key))].code
            copy.source, copy.target = [a], [b]
            out.append((view, copy))
    return out


def clone(draft: Draft) -> Draft:
    """Return a copy of a draft."""
    return replace(
        draft, source=list(draft.source), target=list(draft.target), operators=list(draft.operators)
    )


def _interlocutors(coded: Sequence[Coded]) -> None:
    """Fill the target of what was said in a talk, to a host, or of an event just named."""
    for view, draft in coded:
        if (
            draft.target
            or not draft.source
            or draft.type not in ("peace-intent-expressed", "position-stated")
        ):
            continue
        keys = {w.key for w in draft.source}
        lands = {w.country for w in draft.source}
        for other_view, other in coded:
            if other_view is not view or other is draft:
                continue
            if draft.type == "peace-intent-expressed" and other.type not in (
                CALL,
                "talks-held",
                "meeting-held",
            ):
                continue
            there = unique((*other.source, *other.target))
            mine = keys & {w.key for w in there} or lands & {w.country for w in there if w.country}
            rest = [w for w in there if w.key not in keys and w.country not in lands]
            if (
                mine
                and rest
                and other.type in (CALL, "talks-held", "meeting-held", "visit-made", "prisoners-exchanged")
            ):
                draft.target = rest
                break


def _parties(coded: Sequence[Coded], rules: Rules) -> None:
    """Fill the sides of peace talks that the text leaves unnamed, where the article has one war only."""
    named = {w.country: w for _, d in coded for w in (*d.source, *d.target) if w.country}
    for view, draft in coded:
        if (
            draft.source
            or draft.target
            or draft.frame.id != "consult.talks-noun"
            or "peace" not in view.lemmas(*draft.reach)
        ):
            continue
        fits = [c for c in rules.conflicts if all(p in named for p in c["parties"])]
        if len(fits) == 1:
            one, two = zip(fits[0]["parties"], fits[0]["names"], strict=True)
            draft.source, draft.target = [_state(*one, view)], [_state(*two, view)]


def _state(code: str, name: str, view: View) -> Who:
    return Who(name, code, code, "GOV", "state", view.start)
