"""What harms without an act of violence: crashes, fires, blasts of gas or in a factory, culls of animals, disasters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.loosely import holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processors.coding.draft import Draft
    from processors.coding.view import View
    from schemas.tags import Tag


EMERGENCY = "1724"
"""CAMEO code of martial law and states of emergency."""

RELIEVED = ("disaster", "health")
"""Topics over which an emergency is declared to help."""

MANNED = frozenset(
    ("tank", "sniper", "army", "rebel", "police", "friendly", "machine-gun", "mortar", "artillery")
)
"""Words before "fire" that tell who or what fired; a nation does so too: "Israeli fire"."""


def is_mishap(draft: Draft, view: View, sets: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether the dead of an attack by nobody died of a crash or a fire: "were killed when a helicopter crashed"."""
    clause = draft.clause
    if draft.code[:2] not in ("18", "19") or draft.code == "196" or clause is None:
        return False  # nor does a truce that collapses kill anybody
    if not draft.source and holds(view, sets["beast"], 0, len(view.tokens)):
        return True
    if draft.noun >= 0 and _of_animals(draft.noun, view, sets):
        return True
    if draft.noun >= 0:
        return not draft.source and _by_itself([draft.noun], view, sets)
    near = [clause, *(c for c in view.clauses if c.parent is clause)]
    if clause.parent is not None and clause.link in ("adv", "ing", "mod", "and", "co"):
        near.append(clause.parent)
    chunks = view.chunks
    struck = any(p in ("after", "following") and chunks[i].word in sets["strikes"] for p, i in clause.phrases)
    if not (clause.verb.passive or struck) and any(_happens(i, view, sets) for i in clause.subject):
        return True  # "a plane crash in Kenya kills six": no Kenyan did
    crash = any(
        c.verb.lemma in sets["mishap_verb"]
        and (not draft.source or (c is not clause and c.subject == clause.subject))
        and not view.chunk_lemmas(c.subject) & sets["ammunition"]
        for c in near
    )
    blown = [i for c in near if c.verb.lemma == "explode" for i in c.subject]
    if blown and not draft.source and _burns(view, sets):
        return True
    joined = [c for c in near if c.parent is clause and c.link in ("and", "co", "")]
    causes = [i for c in (clause, *joined) for _, i in c.phrases]
    causes += [] if clause.verb.passive else clause.subject
    mishap = any(_happens(i, view, sets) for i in causes) or _by_itself(causes, view, sets)
    return crash or (not draft.source and mishap)


def is_relief(draft: Draft, topics: Sequence[Tag]) -> bool:
    """Tell whether a state of emergency is declared in an article that is above all about a disaster or a disease: it oppresses nobody."""
    return draft.code == EMERGENCY and bool(topics) and topics[0].key in RELIEVED


def _happens(at: int, view: View, sets: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a noun phrase names a mishap, and no fire of weapons: "was killed in an exchange of fire"."""
    c = view.chunks[at]
    if c.word != "fire":
        return c.word in sets["mishap"]
    named = view.chunk_lemmas([at])
    of_arms = not (named.isdisjoint(sets["weapon"]) and named.isdisjoint(MANNED))
    exchanged = at > 1 and view.chunks[at - 2].word == "exchange"
    return not (of_arms or exchanged or any(a.kind == "adjective" for a in c.actors))


def _of_animals(noun: int, view: View, sets: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a killing is one of animals: "ordered the killing of 300,000 minks"."""
    chunks = view.chunks
    of = noun + 2 < len(chunks) and chunks[noun + 1].word == "of"
    return of and not view.chunk_lemmas([noun + 2]).isdisjoint(sets["animal"])


def _by_itself(causes: list[int], view: View, sets: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether what blew up did so by itself: "after a boiler explosion", "in a blast at a steel plant"."""
    return any(view.chunks[i].word in ("explosion", "blast") for i in causes) and _burns(view, sets)


def _burns(view: View, sets: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a sentence names what burns, and nobody who set it on fire."""
    words = view.lemmas(0, len(view.tokens))
    return bool(words & sets["combustible"]) and not words & sets["explosive"]
