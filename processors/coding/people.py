"""The last word on who: events shared out over several sides, gaps filled from the sentence, those with nobody in them dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.article import clone
from processors.coding.chunks import IN, NP, VG
from processors.coding.grammar import words
from processors.coding.roles import Who, slug, unique, without
from processors.coding.unsaid import at_home, marched, moved, third_place
from processors.text.morphology import PRON, VERB

if TYPE_CHECKING:
    from processors.coding.draft import Draft
    from processors.coding.match import Matcher
    from processors.coding.roles import Roles
    from processors.coding.view import View

EACH = words("each")
CONDUCT = frozenset(("carry", "carry_out", "conduct", "launch", "stage", "perpetrate", "claim", "order"))
"""Verbs whose agent is that of the attack they govern."""
LOCATIVE = frozenset(("in", "at", "near", "outside", "inside", "across", "on", "over"))
BY = frozenset(("by", "from", "with", "of"))
"""Prepositions that lead to a place where it happened, and those that lead away from it."""
_DOMESTIC = ("08", "09", "14", "17")
"""Roots of acts that are nearly always between actors of one country."""
_AUTHORITY = ("08", "16", "17", "09", "15", "11")
"""Roots whose passive without an agent is an act of the authorities of the place: "was arrested in Rwanda"."""


def settle(draft: Draft, view: View, roles: Roles, matcher: Matcher) -> list[Draft]:
    """Return the draft, or several where it is shared out, or none where it names nobody."""
    if draft.clause is not None:
        draft.speaker = matcher.speaker(draft.clause)
    _talks(draft, roles, matcher)
    moved(draft, roles)
    marched(draft, view, roles)
    _fill_source(draft, view, roles)
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
    draft.source = unique(draft.source)
    draft.target = without(unique(draft.target), draft.source)
    if draft.frame.symmetric and len({w.country for w in draft.source}) > 1:
        draft.target = [w for w in draft.target if w.kind != "place"]  # "A and B signed a treaty in New York"
    _countries(draft, view, roles)
    at_home(draft)
    _victims(draft, view, roles)
    nobody = not any(_known(w) for w in (*draft.source, *draft.target))
    if nobody and not (draft.frame.id == "consult.talks-noun" and draft.negated):
        return []
    if not nobody and not _political(draft, view, matcher.rules.sets["violence_victim"]):
        return []
    placed = any(w.country or w.kind in ("org", "group", "person") for w in (*draft.source, *draft.target))
    if not placed and not nobody and draft.code[:2] in _PRIVATE + _UNPLACED:
        return []
    if (
        draft.code[:2] in _PLAYED
        and view.lemmas(0, len(view.tokens)) & matcher.rules.sets["sport"]
        and not _armed(draft)
    ):
        return []
    loose = (
        draft.frame.trigger == "verb"
        and not draft.frame.object
        and not draft.frame.near
        and not draft.operators
    )
    if loose and not draft.target and draft.code[:2] in ("18", "19", "20") and not draft.frame.subject:
        return []  # "attacked early": a sentence that names no victim is more often of sport or of an idea
    if loose and not draft.target and draft.code == "0841":
        return []
    return _share(draft, view)


TWO_SIDES = 2
"""As many as relations have: those between A and B."""

_OFFICE = ("GOV", "ELI", "MIL", "JUD", "COP", "OPP", "LEG")
"""Sectors of persons whose acts are mostly on people of their own country."""

_PLAYED = ("04", "05", "06", "08", "16", "17", "18", "19")
"""Roots whose words sport uses as well."""


def _armed(draft: Draft) -> bool:
    """Tell whether anybody is there by office: of violence, those who bear arms; of all else, those who govern and judge too."""
    office = {"MIL", "COP", "REB", "UAF", "SEP"}
    if draft.code[:2] not in ("18", "19"):
        office |= {"GOV", "JUD"}
    return any(w.sector in office for w in (*draft.source, *draft.target))


_CIVIL = frozenset({None, "CVL", "BUS", "EDU", "MED", "LAB", "REL", "AGR", "HLH", "CRM"})
_UNPLACED = ("01", "02", "16", "18", "19")
"""Roots that, with no country and no known name on either side, are hardly ever of public life."""
_CRIMINAL = ("11", "17", "18")
"""Roots of which crime reports are full."""
_PRIVATE = ("04", "05", "06", "07", "09")
"""Roots of acts that private people do as well, which are no business of this coder: to meet, praise, give, examine."""


def _political(draft: Draft, view: View, persons: frozenset[str]) -> bool:
    """Tell whether anybody in the event acts or suffers in public life: a doctor who treats a player does not."""
    everyone = (*draft.source, *draft.target)
    clause = draft.clause
    if (
        clause is not None
        and draft.noun < 0
        and not draft.source
        and clause.subject
        and not clause.verb.passive
        and not draft.operators
    ):
        heads = {view.chunks[i].word for i in clause.subject}
        words = view.chunk_lemmas(clause.subject)
        pronoun = any(view.tags[view.chunks[i].head] & PRON for i in clause.subject)
        doers = draft.frame.subject | persons
        if not pronoun and draft.frame.source == ("subject",) and not (heads & persons or words & doers):
            return False  # a thing did it: a storm hits no one in the sense meant here
    if (
        draft.code[:2] in _CRIMINAL
        and not any(
            w.country or w.kind in ("org", "group", "person", "name") or w.sector not in _CIVIL
            for w in draft.source
        )
        and not any(w.country for w in draft.target)
    ):
        return False  # a court report of no country is no affair of states
    if draft.code[:2] not in _PRIVATE:
        return True
    return any(
        w.kind in ("state", "capital", "seat", "org", "group", "people", "name")
        or w.sector not in _CIVIL
        or (w.kind == "person" and not w.key.startswith("---"))
        for w in everyone
    )


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


def _fill_source(draft: Draft, view: View, roles: Roles) -> None:
    clause = draft.clause
    if draft.source or clause is None:
        return
    if clause.verb.passive and draft.code[:2] in ("18", "19"):
        draft.source = _attacker(draft, view, roles)
    if clause.verb.passive and draft.code[:2] in _AUTHORITY:
        for prep in ("in", "at", "from"):
            for p, i in clause.phrases:
                if p != prep:
                    continue
                whos = [w for w in roles.phrase(i) if w.kind in ("state", "capital")]
                place = roles.memory.place(view, view.chunks[i].start, view.chunks[i].end)
                if whos or (place is not None and place.country):
                    country = whos[0].country if whos else place.country if place is not None else None
                    if country:
                        draft.source = [
                            Who(
                                whos[0].name if whos else country,
                                country,
                                country,
                                "GOV",
                                "state",
                                view.tokens.start[view.chunks[i].start],
                            )
                        ]
                        draft.weak = True
                        return


def _attacker(draft: Draft, view: View, roles: Roles) -> list[Who]:
    """Return who carried out the attack in which somebody was killed: "in strikes conducted by X"."""
    chunks = view.chunks
    for j in range(draft.at + 1, len(chunks) - 1):
        if chunks[j].kind == IN and chunks[j].word == "by" and chunks[j + 1].kind == NP:
            verbs = {c.lemma for c in chunks[max(draft.at + 1, j - 2) : j] if c.kind == VG}
            if verbs & CONDUCT:
                return roles.phrase(j + 1)
    return []


def _countries(draft: Draft, view: View, roles: Roles) -> None:
    """Give nominals without a country the one that the sentence or the article leaves no doubt of."""
    sides = (draft.source, draft.target)
    for side, other in (sides, sides[::-1]):
        for n, who in enumerate(side):
            if who.country is not None or not (
                who.kind in ("nominal", "people") or (who.kind == "person" and who.sector in _OFFICE)
            ):
                continue
            country = None
            others = sorted({o.country for o in other if o.country})
            places = sorted({p for p in (_place_country(view, roles)) if p})
            beside = sorted({o.country for o in side if o.country})
            if not beside and side is draft.source and who.sector in ("MIL", "COP", "GOV"):
                beside = sorted(
                    {w.country for w in draft.speaker if w.country}
                )  # "Ruritania says that troops ..."
            elsewhere = [p for p in places if p not in others]
            if len(beside) == 1:
                country = beside[0]
            elif len(places) == 1 or (len(elsewhere) == 1 and who.kind == "nominal"):
                country = (elsewhere or places)[0]
            elif len(others) == 1 and (who.kind == "nominal" or draft.code[:2] in _DOMESTIC):
                country = others[0]
            elif roles.memory.country:
                country = roles.memory.country
            if country is not None and country not in ("IGO", "EUR", "NGO", "IMG"):
                key = who.key.replace("---.", f"{country}.", 1) if who.key.startswith("---.") else who.key
                side[n] = who._replace(country=country, key=key)


def _victims(draft: Draft, view: View, roles: Roles) -> None:
    """Name the dead of an attack after the one country that the sentence places it in."""
    clause = draft.clause
    if (
        clause is None
        or any(w.kind != "place" and w.country and _within(w, view, clause.subject) for w in draft.target)
        or draft.code[:2] not in ("18", "19")
        or not clause.verb.passive
        or not clause.subject
        or view.chunks[clause.subject[0]].word not in roles.memory.victims
    ):
        return
    found = {p for p in _place_country(view, roles, located=True) if p}
    lands = sorted(found - {w.country for w in draft.source}) or sorted(found)
    if len(lands) == 1:
        counted = [view.chunks[i] for i in clause.subject]
        draft.target = [
            Who(
                view.slice(c.start, c.end),
                f"{lands[0]}.CVL" if n == 0 else f"{lands[0]}.{slug(view.slice(c.start, c.end))}",
                lands[0],
                "CVL",
                "nominal",
                view.tokens.start[c.start],
            )
            for n, c in enumerate(counted)
            if c.word in roles.memory.victims and (not n or roles.governor(clause.subject[n]) == "")
        ]


def _within(who: Who, view: View, chunks: list[int]) -> bool:
    """Tell whether an actor is named between the first of some noun phrases and the verb behind the last."""
    starts, ends = view.tokens.start, view.tokens.end
    last = max((view.chunks[i].end for i in chunks), default=0)
    verb = next((c.start for c in view.chunks if c.kind == VG and c.start >= last), len(view.tokens))
    return any(starts[view.chunks[i].start] <= who.at < ends[verb - 1] for i in chunks)


def _place_country(view: View, roles: Roles, *, located: bool = False) -> list[str | None]:
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
