"""Which common nouns a pronoun may go on about: holders of an office, and those who speak for a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words

if TYPE_CHECKING:
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.coding.who import Who

SPEECH = words("speech")
OFFICES = ("GOV", "OPP", "LEG", "MIL")
"""Sectors whose common nouns mostly stand for one person: "the minister"."""


def is_office(who: Who) -> bool:
    """Tell whether a common noun names one who holds an office: bodies have the key of their sector, "USA.GOV"."""
    return who.kind == "nominal" and who.sector in OFFICES and who.key.count(".") > 1


def spoken_for(view: View, at: int, roles: Roles) -> list[Who]:
    """Return who speaks for a body right before chunk `at`: "the army spokesman said it had ..."; what he is, it is."""
    told = next((c for c in reversed(view.clauses) if c.verb.form == "fin" and c.at < at), None)
    if told is None or told.verb.lemma not in SPEECH or len(told.subject) != 1:
        return []
    spokes = any("spokes" in a.text for a in view.chunks[told.subject[0]].actors)
    return [w._replace(kind="nominal") for w in roles.phrases(told.subject) if w.country] if spokes else []
