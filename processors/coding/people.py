"""The last word on who: events shared out over several sides, gaps filled from the sentence, those with nobody in them dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.article import clone
from processors.coding.casualties import victims
from processors.coding.claims import claimed
from processors.coding.envoys import movers
from processors.coding.grammar import words
from processors.coding.homes import countries
from processors.coding.killers import killers
from processors.coding.private import PRIVATE, UNPLACED, is_interview, is_political, played
from processors.coding.retold import referred
from processors.coding.sharing import said, share
from processors.coding.striking import attackers
from processors.coding.unsaid import at_home, examined, marched, moved, protesters, third_place
from processors.coding.who import Who, unique, without

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.match import Matcher
    from processors.coding.roles import Roles
    from processors.coding.view import View

ENVOYS = ("relations-severed", "diplomats-expelled")
"""Types of acts on envoys, who are called home or sent away."""
REBELS = ("REB", "OPP", "SEP")
"""Sectors that are a side of their own beside the government of their country."""
EACH = words("each")
OTHER = frozenset((("each", "other"), ("one", "another"), ("the", "other"), ("each_other",)))
"""Objects that stand for the other one of two."""
ASYLUM = "075"
_AUTHORITY = ("08", "16", "17", "09", "15", "11")
"""Roots whose passive without an agent is an act of the authorities of the place: "was arrested in Rwanda"."""


def settle(draft: Draft, view: View, roles: Roles, matcher: Matcher) -> list[Draft]:
    """Return the draft, or several where it is shared out, or none where it names nobody."""
    if draft.clause is not None:
        draft.speaker = matcher.speaker(draft.clause)
    _talks(draft, roles, matcher)
    if draft.noun >= 0 and not draft.target and draft.code[:2] == "12":
        draft.target = matcher.whose_doing(draft.noun, draft)  # "rejected a truce proposed by B"
    moved(draft, roles)
    marched(draft, view, roles)
    examined(draft, roles)
    _fill_source(draft, view, roles, matcher)
    if draft.frame.symmetric and not draft.source and len(draft.target) > 1:
        draft.source, draft.target = draft.target, []
    elif (
        draft.clause is not None
        and draft.clause.verb.passive
        and not draft.source
        and len(draft.target) == TWO_SIDES
        and draft.code[:2] == "16"
    ):
        draft.source, draft.target = (
            draft.target[:1],
            draft.target[1:],
        )  # "relations between A and B were broken off"
    if draft.code == "040" and draft.type == "meeting-held":
        third_place(draft, roles)
    said(draft)
    share(draft, view, matcher)
    _mutual(draft, view, roles)
    draft.source = unique(draft.source)
    draft.target = without(unique(draft.target), draft.source)
    joint = draft.frame.symmetric or draft.mutual or draft.type == "agreement-reached"
    if joint and len({(w.country, w.sector in REBELS) for w in draft.source}) > 1:
        draft.target = [
            w
            for w in without(draft.target, draft.speaker)
            if w.kind != "place"
            and not _met_there(w, view)
            and not (w.kind == "nominal" and None in (w.sector, w.country))
        ]  # "A and B signed a treaty in New York"
    countries(draft, view, roles)
    protesters(draft, view, roles)
    at_home(draft, view, roles)
    victims(draft, view, roles, matcher)
    if is_interview(draft):
        return []
    nobody = not any(_known(w) for w in (*draft.source, *draft.target))
    if nobody and not (draft.frame.id == "consult.talks-noun" and draft.negated):
        return []
    if not nobody and not is_political(draft, view, matcher.doers(draft), roles.memory.nature):
        return []
    if not nobody and draft.code[:2] in (*PRIVATE, *UNPLACED) and not _placed(draft):
        return []
    if played(draft, view, matcher.rules.sets):
        return []
    loose = (
        draft.frame.trigger == "verb"
        and not draft.frame.object
        and not draft.frame.near
        and not draft.operators
    )
    if loose and not draft.target and draft.code[:2] in ("18", "19", "20") and not draft.frame.subject:
        return []  # "attacked early": a sentence that names no victim is more often of sport or of an idea
    if loose and not draft.target and draft.code in ("0841", "050"):
        return []
    return _share(draft, view)


def _placed(draft: Draft) -> bool:
    """Tell whether anybody has a country, or is known by name."""
    everyone = (*draft.source, *draft.target)
    return any(w.country or w.kind in ("org", "group", "person") for w in everyone)


TWO_SIDES = 2
"""As many as relations have: those between A and B."""


def _mutual(draft: Draft, view: View, roles: Roles) -> None:
    """See that two do to each other what one verb says of both: "accused each other", "both sides blame the other"."""
    clause = draft.clause
    if clause is None or clause.verb.passive or draft.noun >= 0 or draft.frame.symmetric:
        return
    lower = view.tokens.lower
    for at in (*clause.object[:1], *(i for _, i in clause.phrases[:2])):
        c = view.chunks[at]
        phrase = tuple(lower[c.start : c.end + (lower[c.start] == "one")])  # "one another" makes two phrases
        if phrase[:2] in OTHER and len(phrase) > 2 and phrase[2] in ("'s", "’s"):  # noqa: PLR2004 - "each other's envoys"
            phrase = phrase[:2]
        if phrase not in OTHER:
            continue
        doers = draft.source
        if len({w.country for w in doers if w.country}) < TWO_SIDES:
            doers = roles.memory.both(view, at) if phrase != ("the", "other") else doers
        if len({w.country for w in doers if w.country}) == TWO_SIDES:
            draft.source, draft.target, draft.mutual = doers, [], True
        return


def _known(who: Who) -> bool:
    return (
        who.country is not None
        or not who.key.startswith("---.")
        or who.kind in ("group", "org", "person", "nominal", "name")
    )


def _talks(draft: Draft, roles: Roles, matcher: Matcher) -> None:
    """Fill the sides of a talk that a bare noun tells of: who spoke, and with whom."""
    if (
        draft.noun < 0
        or not draft.frame.symmetric
        or draft.clause is None
        or not draft.frame.free
        or draft.operators
    ):
        return
    subject = roles.phrases(draft.clause.subject)
    if draft.source and draft.target:
        return
    if draft.target:
        draft.source = without(subject, draft.target) or draft.source
    elif not draft.source:
        speaker = matcher.speaker(draft.clause)
        if speaker:
            draft.source, draft.target = speaker, without(subject, speaker)


def _met_there(who: Who, view: View) -> bool:
    """Tell whether a capital or seat of power is only where something was: "signed in Doha", unlike "signed with Doha"."""
    before = view.text[view.start : who.at].lower().removesuffix("the ").rstrip()
    return who.kind in ("capital", "seat") and before.endswith((" in", " at"))


def _fill_source(draft: Draft, view: View, roles: Roles, matcher: Matcher) -> None:
    clause = draft.clause
    if clause is None:
        return
    if draft.source:
        if clause.verb.lemma == "claim" and not draft.target and (told := referred(draft, view, roles)):
            draft.target = without(
                told.target, draft.source
            )  # "the attack was claimed by X": the one just told
        return
    above = clause.parent
    if clause.link == "adv" and above is not None and above.verb.passive and draft.code[:2] in ("18", "19"):
        draft.source = attackers(roles, above)  # "were killed in a raid by X, targeting Y"
    elif (clause.verb.passive or clause.verb.lemma == "die") and draft.code[:2] in ("18", "19"):
        draft.source = killers(draft, view, roles, matcher)
    if clause.verb.passive and not draft.source and draft.code[:2] == "07":
        given = [w for at in clause.subject[:1] for w in roles.modifiers(at)]
        draft.source = without(given, draft.target)  # "Iranian drones were sent to X"
    if clause.verb.passive and not draft.source and (draft.type in ENVOYS or clause.verb.lemma == "summon"):
        moved_by = movers(roles, clause.subject, home=draft.type == "relations-severed")
        draft.source = [w for w in moved_by if w.country not in {t.country for t in draft.target}]
    attack = referred(draft, view, roles) if not draft.source else None
    if attack is not None:
        draft.source = without(attack.source, draft.target)
        draft.target = draft.target or without(attack.target, draft.source)
    draft.source = draft.source or claimed(draft)
    if clause.verb.passive and (draft.code[:2] in _AUTHORITY or draft.code == ASYLUM):
        _authorities(draft, clause, view, roles)


def _authorities(draft: Draft, clause: Clause, view: View, roles: Roles) -> None:
    """Take as the source of a passive the authorities of the place that it names: "was arrested in Rwanda"."""
    there = [*clause.phrases]
    if draft.code[:3] in ("081", "085"):
        owners = [w for at in clause.subject for w in roles.modifiers(at) if w.kind in ("state", "capital")]
        if owners:
            draft.source, draft.target = owners, without(draft.target, owners)
            return  # "Kampala's curfew was lifted"
        there += [
            place for at in clause.subject for place in roles.behind(at)
        ]  # "the curfew in X was lifted"
    for prep in ("in", "at", "from"):
        for i in (i for p, i in there if p == prep):
            c = view.chunks[i]
            whos = [w for w in roles.phrase(i) if w.kind in ("state", "capital")]
            place = roles.memory.place(view, c.start, c.end)
            country = whos[0].country if whos else place.country if place is not None else None
            if country:
                name = whos[0].name if whos else country
                draft.source = [Who(name, country, country, "GOV", "state", view.tokens.start[c.start])]
                draft.weak = True
                return


def _share(draft: Draft, view: View) -> list[Draft]:
    """Return one draft for each member of a side where the text says that each acted for itself."""
    if draft.noun >= 0 and len(draft.target) > 1 and draft.frame.symmetric:
        c = view.chunks[draft.noun]
        if view.lemmas(c.start, c.end) & EACH:
            return [_with(draft, target=[w]) for w in draft.target]
    if (
        len(draft.source) > 1
        and not draft.frame.symmetric
        and draft.clause is not None
        and draft.type == "peace-intent-expressed"
    ):
        words = view.chunk_lemmas(draft.clause.subject)
        if words & EACH:
            return [_with(draft, source=[w]) for w in draft.source]
    return [draft]


def _with(draft: Draft, source: list[Who] | None = None, target: list[Who] | None = None) -> Draft:
    copy = clone(draft)
    if source is not None:
        copy.source = source
    if target is not None:
        copy.target = target
    return copy
