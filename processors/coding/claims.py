"""Who did it by who says so: an army that tells of the enemy's dead tells of its own deeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.who import Who

SPEECH = words("speech")
FIGHTERS = ("MIL", "REB", "CRM")
"""Sectors whose dead an enemy counts as its own success."""
STATE = ("MIL", "GOV", "COP")
"""Sectors that speak for a state in a war; a state that is only named does so too."""
DOWNED = ("shoot_down", "down", "intercept", "shoot")
"""Verbs of what comes down: who says so defended himself."""


def claimed(draft: Draft) -> list[Who]:
    """Return the speaker of a claim as who did it: "Ruritania says that 40 Bordurian soldiers were killed"."""
    clause = draft.clause
    if (
        draft.type != "attack-carried-out"
        or draft.negated
        or clause is None
        or clause.link != "that"
        or clause.parent is None
        or clause.parent.verb.lemma not in SPEECH
        or not draft.target
    ):
        return []
    sides = [
        w
        for w in draft.speaker
        if w.country and (w.sector in STATE or w.sector == "REB" or w.kind == "state")
    ]
    if len({w.country for w in sides}) != 1:
        return []
    return sides if all(_hostile(w, sides[0], clause) for w in draft.target) else []


def others(draft: Draft, mine: Sequence[Who]) -> bool:
    """Tell whether a "that" clause tells the act of others than those who say it: of another country, or another person."""
    if draft.clause is None or draft.clause.link != "that" or not draft.source:
        return False
    lands, keys = {w.country for w in mine}, {w.key for w in mine}
    return all(
        w.country
        and w.key not in keys
        and (w.country not in lands or w.kind == "person" or w.sector == "OPP")
        for w in draft.source
    )


def _hostile(hit: Who, speaker: Who, clause: Clause) -> bool:
    """Tell whether somebody who was hit is an enemy under arms of who speaks."""
    if not (hit.sector in FIGHTERS or clause.verb.lemma in DOWNED):
        return False
    if hit.country is not None and hit.country != speaker.country:
        return True
    if hit.country is None and clause.verb.lemma == "target" and not clause.verb.passive:
        return True  # an aim is told by who took it
    return {hit.sector, speaker.sector} == {"REB", "MIL"} and hit.key != speaker.key
