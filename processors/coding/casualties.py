"""Whom an attack hit: the dead and wounded that nobody names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import NP, VG
from processors.coding.claims import DOWNED
from processors.coding.grammar import words
from processors.coding.homes import places
from processors.coding.killers import NEXT
from processors.coding.retold import referred
from processors.coding.who import WHERE, Who, bare, slug
from processors.text.morphology import NOUN, NUM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.coding.draft import Draft
    from processors.coding.match import Matcher
    from processors.coding.roles import Roles
    from processors.coding.view import View

HARM = words("harm")
AT_HOME = ("COP", "REB", "CRM")
"""Sectors of those whose victims are mostly of their own country."""
SCORES = words("scores")
"""Words that count people by themselves."""
OWN_TOWN = ("capital", "country")
"""What without a name of its own is that of those who act there."""
AGAINST = ("against", "on", "at")
"""Prepositions that lead to what is attacked."""


def told_already(draft: Draft, before: Iterable[Draft]) -> bool:
    """Tell whether an attack's dead have been told of with its wounded: "four were killed and two injured by X"."""
    return (
        draft.code[:2] in ("18", "19")
        and draft.clause is not None
        and draft.clause.verb.passive
        and any(
            (d.type, d.code, d.negated) == (draft.type, draft.code, draft.negated)
            and d.clause is not None
            and d.clause.verb.passive
            and {w.key for w in d.source} == {w.key for w in draft.source}
            and {w.key for w in d.target} >= {w.key for w in draft.target}
            for d in before
        )
    )


def victims(draft: Draft, view: View, roles: Roles, matcher: Matcher) -> None:
    """Fill the target of an attack whose victims nobody names."""
    if draft.code[:2] in ("18", "19"):
        _followed(draft, view, roles)
        _victims(draft, view, roles, matcher)
        _struck(draft, view, roles)


def _victims(draft: Draft, view: View, roles: Roles, matcher: Matcher) -> None:
    """Name the dead of an attack after the one country that the sentence places it in."""
    clause = draft.clause
    if clause is None:
        return
    casualty = matcher.rules.sets["casualty"]
    hurt = clause.subject if clause.verb.passive or clause.verb.lemma == "die" else []
    if draft.noun < 0 or clause.verb.lemma in casualty:  # "the strike killed six people"
        hurt = hurt or clause.object
    hurt = hurt or [i for p, i in clause.phrases if p in AGAINST][:1]  # "opened fire on protesters"
    counted = [i for n, i in enumerate(hurt) if _counted(i, roles) and (not n or roles.governor(i) == "")]
    if not counted:
        return
    if any(_is_victim(w, draft, view, hurt) for w in draft.target):
        if counted[0] == hurt[0] and all(
            w.at > view.tokens.start[view.chunks[hurt[0]].start] for w in draft.target
        ):
            draft.target = [w for w in draft.target if _is_victim(w, draft, view, hurt)]
            nameless = [i for i in counted[:1] if not roles.phrase(i)]
            lands = _lands(draft, view, roles)
            draft.target = (
                [*_people(nameless, lands[0], view), *draft.target] if len(lands) == 1 else draft.target
            )
        return
    if counted[0] != hurt[0]:
        return
    lands = _lands(draft, view, roles)
    if len(lands) == 1 or (not lands and draft.source and not any(w.country for w in draft.target)):
        draft.target = _people(counted, lands[0] if lands else None, view)


def _counted(at: int, roles: Roles) -> bool:
    """Tell whether a noun phrase counts people whom nobody names."""
    chunks, people = roles.view.chunks, roles.memory.victims
    if at + 2 < len(chunks) and chunks[at + 1].word == "of":
        some = chunks[at].word in people or chunks[at].word in roles.memory.measure
        return (some or chunks[at].word in SCORES) and chunks[
            at + 2
        ].word in people  # "one of two drones" is nobody
    number = bool(roles.view.tags[chunks[at].head] & NUM) and not roles.governor(at)  # unlike "at 8pm"
    return number or chunks[at].word in people or chunks[at].word in SCORES  # "40 killed in an attack"


def _is_victim(who: Who, draft: Draft, view: View, hurt: list[int]) -> bool:
    """Tell whether a target is one of those who were hurt, and not where it was or whom it was aimed at."""
    passive = draft.clause is not None and draft.clause.verb.passive
    chunks, starts, ends = view.chunks, view.tokens.start, view.tokens.end
    among = any(starts[chunks[i].start] <= who.at < ends[chunks[i].end - 1] for i in hurt)
    if not who.country or (who.kind in WHERE and not among):
        return False
    if who.sector == "CRM" and len(hurt) > 1:
        return False  # "five people, including the gunman"
    if passive:
        return _within(who, view, hurt)
    return (
        bool(who.sector) or who.kind != "nominal" or who.at < view.tokens.end[view.chunks[hurt[-1]].end - 1]
    )


def _lands(draft: Draft, view: View, roles: Roles) -> list[str]:
    """Return the countries in which an attack may have been: where the sentence says, else of its target or the article."""
    found = {p for p in places(view, roles, located=True) if p}
    lands = sorted(found - {w.country for w in draft.source}) or sorted(found)
    lands = lands or sorted({w.country for w in draft.target if w.country})  # "a Kabul bombing"
    attack = referred(draft, view, roles)
    if not lands and attack is not None:
        lands = sorted({w.country for w in attack.target if w.country})
    foreign = roles.memory.country not in {w.country for w in draft.source if w.sector not in AT_HOME}
    if not lands and roles.memory.country and not any(w.country for w in draft.target) and foreign:
        lands = [roles.memory.country]
    return lands


def _people(phrases: list[int], land: str | None, view: View) -> list[Who]:
    """Return those whom some noun phrases count, as people of a country; of none on the high seas, or where nobody says."""
    home, found = land or "---", []
    for n, i in enumerate(phrases):
        c = view.chunks[i]
        whole = view.chunks[i + 2] if i + 2 < len(view.chunks) and view.chunks[i + 1].word == "of" else c
        name = view.slice(c.start, whole.end)
        sector = "REB" if c.word == "fighter" else "CVL"
        key = f"{home}.{sector}" if n == 0 else f"{home}.{slug(name)}"
        found.append(Who(name, key, land, sector, "nominal", view.tokens.start[c.start]))
    return found


def _followed(draft: Draft, view: View, roles: Roles) -> None:
    """Fill the target of an attack from what it did next: "launched a raid and sank a Tanzanian boat"."""
    clause = draft.clause
    if not draft.source or clause is None or clause.verb.passive:
        return
    if any(w.kind not in WHERE or not _around(w, view, roles) for w in draft.target):
        return
    lands = {w.country for w in draft.source}
    rebels = all(w.sector in ("REB", "CRM") for w in draft.source)
    for other in view.clauses:
        hurt = other.verb.lemma in HARM or not draft.target
        if hurt and other.parent is clause and other.link in NEXT and other.subject == clause.subject:
            hit = [
                w
                for w in roles.phrases(other.object)
                if w.country
                and w.kind not in WHERE
                and (w.country not in lands or (w.sector and rebels != (w.sector in ("REB", "CRM"))))
            ]
            if hit:
                draft.target = hit
                return


def _around(who: Who, view: View, roles: Roles) -> bool:
    """Tell whether a place is only where something was, and not at what it was aimed: "strikes across X", unlike "on X"."""
    at = next(
        (i for i, c in enumerate(view.chunks) if c.kind == NP and who.at < view.tokens.end[c.end - 1]), -1
    )
    return at > 0 and roles.governor(at) in ("in", "across", "near", "around", "over", "inside", "at")


def _struck(draft: Draft, view: View, roles: Roles) -> None:
    """Name a thing that was attacked after the one country in which it stands: "an ambush against a patrol near Mokha, Yemen"."""
    clause = draft.clause
    if draft.target or clause is None:
        return
    memory, chunks = roles.memory, view.chunks
    weapon = any(
        chunks[i].word in memory.strikes or chunks[i].word in memory.arms for i in clause.subject[:1]
    )
    if not draft.source and (not weapon or clause.verb.passive):
        return  # "in Odesa, drones hit a school": nobody says whose
    downed = clause.verb.lemma in DOWNED
    things = ([] if downed else [i for p, i in clause.phrases if p in AGAINST]) or clause.object
    if clause.verb.passive:
        struck = view.chunk_lemmas([i for _, i in clause.phrases]) & roles.memory.strikes
        ship = clause.subject and view.chunks[clause.subject[0]].word in roles.memory.vessels
        things = clause.subject if struck or ship else []
    if things and view.chunks[things[0]].word == "control":
        things = [i for p, i in roles.behind(things[0]) if p == "of"]
    lands = {p for p in places(view, roles, located=True) if p}
    if things and not lands and view.chunks[things[0]].word in OWN_TOWN:
        lands = {w.country for w in draft.source if w.country}
    if (
        len(lands) > 1
        or not things
        or view.chunks[things[0]].word in (roles.memory.deeds - roles.memory.arms) | roles.memory.victims
    ):
        return
    c, land = view.chunks[things[0]], next(iter(lands), None)
    land = (
        None if c.word in roles.memory.arms else land
    )  # a missile is not of the land in which it comes down
    nobodys = c.word in roles.memory.vessels or (downed and c.word in roles.memory.arms)
    if not view.tags[c.head] & NOUN or (land is None and not nobodys):
        return
    name = bare(view.slice(c.start, c.end))
    key = f"{land or '---'}.{slug(name)}"
    draft.target = [Who(name, key, land, None, "nominal", view.tokens.start[c.start])]


def _within(who: Who, view: View, chunks: list[int]) -> bool:
    """Tell whether an actor is named between the first of some noun phrases and the verb behind the last."""
    starts, ends = view.tokens.start, view.tokens.end
    last = max((view.chunks[i].end for i in chunks), default=0)
    verb = next((c.start for c in view.chunks if c.kind == VG and c.start >= last), len(view.tokens))
    return any(starts[view.chunks[i].start] <= who.at < ends[verb - 1] for i in chunks)
