"""Which nouns a pronoun may go on about: holders of an office, those who speak for a body, surnames alone, a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import VG
from processors.coding.grammar import words
from processors.coding.platforms import PLATFORMS
from processors.coding.who import of_span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.coding.who import Who
    from processors.tag import ActorSpan

SPEECH = words("speech")
HOUSES = words("houses")
STATE_NAMES = ("state", "capital", "seat")
"""Kinds of names that stand for a state."""
OFFICES = ("GOV", "OPP", "LEG", "MIL")
"""Sectors whose common nouns mostly stand for one person: "the minister"."""


def is_state(who: Who) -> bool:
    """Tell whether an actor is a state, or acts for one."""
    return who.kind in STATE_NAMES or who.sector == "GOV"


def is_office(who: Who) -> bool:
    """Tell whether a common noun names one who holds an office: bodies have the key of their sector, "USA.GOV", or are called so."""
    held = who.kind == "nominal" and who.sector in OFFICES and who.key.count(".") > 1
    return held and HOUSES.isdisjoint(who.name.lower().partition(" of ")[0].split())


def spoken_for(view: View, at: int, roles: Roles) -> list[Who]:
    """Return who speaks for a body right before chunk `at`: "the army spokesman said it had ..."; what he is, it is."""
    told = next((c for c in reversed(view.clauses) if c.verb.form == "fin" and c.at < at), None)
    if told is None or told.verb.lemma not in SPEECH or len(told.subject) != 1:
        return []
    spokes = any("spokes" in a.text for a in view.chunks[told.subject[0]].actors)
    return [w._replace(kind="nominal") for w in roles.phrases(told.subject) if w.country] if spokes else []


def own_country(view: View, at: int, roles: Roles) -> list[Who]:
    """Return for which country an official speaks who says what "the country" does: "the minister said that the country would withdraw".

    Nobody where another country has been named before: it may be that one.
    """
    chunks = view.chunks
    verb = at - 2 if chunks[at - 1].word == "that" else at - 1
    if verb < 1 or chunks[verb].kind != VG or chunks[verb].lemma not in SPEECH:
        return []
    told = next((c for c in view.clauses if c.at == verb), None)
    whos = [w for w in roles.phrases(told.subject) if w.country] if told is not None else []
    named = {land for a in view.actors if a.start < view.tokens.start[chunks[at].start] for land in lands(a)}
    official = all(w.sector in OFFICES or w.kind in STATE_NAMES for w in whos)
    return whos if len(named) == 1 and official and {w.country for w in whos} == named else []


def lands(span: ActorSpan) -> list[str]:
    """Return the country of an actor, or those of its members where it is a compound."""
    if span.members:
        return [land for member in span.members for land in lands(member)]
    return [span.country] if span.country else []


def surname(who: Who) -> bool:
    """Tell whether a name that no list holds can be that of a person: one word, and no company."""
    return who.kind == "name" and who.sector is None and who.name.isalpha() and not who.name.isupper()


def two(whos: Iterable[Who]) -> list[Who]:
    """Return the first actor of each country where the actors are of just two."""
    first: dict[str, Who] = {}
    for who in whos:
        if who.country:
            first.setdefault(who.country, who)
    return list(first.values()) if len(first) == 2 else []  # noqa: PLR2004 - a pair


def named_in(view: View, i: int) -> list[Who]:
    """Return the actors that a noun phrase names by more than an adjective."""
    c = view.chunks[i]
    return [
        w
        for s in c.actors
        if s.kind != "adjective"
        and s.name.lower() not in PLATFORMS
        and (s.name != "military" or view.spans[c.head] is s)
        for w in of_span(s)
    ]
