"""What gives somebody described by a common noun a country: the title beside a name, an owner, an adjective that two share, a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, IN, NP
from processors.coding.envoys import OWN
from processors.coding.pronouns import pronoun
from processors.coding.several import at_odds, of_several
from processors.coding.strangers import introduced, key_with
from processors.coding.titles import titled
from processors.coding.who import Who, bare, slug

if TYPE_CHECKING:
    from processors.coding.roles import Roles


HOLDING = {"belong": "to", "own": "by", "operate": "by", "run": "by", "use": "by"}
"""Verbs that tell whose something is, each with the preposition before the owner."""


def held_by(roles: Roles, at: int) -> list[Who]:
    """Return whose a thing is by the participle right behind it: "trucks belonging to X"; of a ship, the ship, of his country."""
    chunks = roles.view.chunks
    verb = chunks[at + 1] if at + 3 < len(chunks) else None
    if verb is None or verb.lemma not in HOLDING or verb.form not in ("ing", "part"):
        return []
    if HOLDING[verb.lemma] != chunks[at + 2].word or chunks[at + 2].kind != IN or chunks[at + 3].kind != NP:
        return []
    owners = [at + 3]
    while [c.kind for c in chunks[owners[-1] + 1 : owners[-1] + 3]] == [AND, NP]:
        owners.append(owners[-1] + 2)
    found = [w for w in roles.phrases(owners) if w.country or w.kind == "org"]
    c = chunks[at]
    if not found or c.word not in roles.memory.vessels:
        return found
    name, land = bare(roles.view.slice(c.start, c.end)), found[0].country  # a ship is told of by itself
    key = f"{land or '---'}.{slug(name)}"
    return [Who(name, key, land, None, "nominal", roles.view.tokens.start[c.start])]


def attach(roles: Roles, at: int, whos: list[Who]) -> list[Who]:
    """Give a nominal without a country the one that its own phrase states: "rebels in Yemen"; a name what its title says."""
    if len(whos) != 1:
        return whos
    (who,) = whos
    if who.kind in ("person", "name") and not (who.country and who.sector):
        return [titled(roles, at, introduced(roles, at, who))]
    if who.country is not None or who.kind not in ("nominal", "people"):
        return whos
    c = roles.view.chunks[at]
    country = _owner(roles, at) if who.kind == "nominal" else None
    country = country or _shared(roles, at, who)
    if country is None and not (_hosted(roles, at) and (of_several(who.name) or at_odds(who.name))):
        country = roles.country_after(at)
    country = country or next((a.country for a in c.actors if a.country), None)
    return [who._replace(country=country, key=key_with(who, country))] if country is not None else whos


def _hosted(roles: Roles, at: int) -> bool:
    """Tell whether a phrase is followed by a place, which may be where they are and not whose they are."""
    return at + 1 < len(roles.view.chunks) and roles.view.chunks[at + 1].word in ("at", "in")


def _owner(roles: Roles, at: int) -> str | None:
    """Return the country of whom "his", "their" in front of people or a body leads back to."""
    view = roles.view
    c = view.chunks[at]
    own = view.tokens.lower[c.start]
    if own not in OWN or c.word not in roles.memory.collective:
        return None
    owner = _commander(roles, at)
    if owner is not None:
        return owner.country
    return next((w.country for w in pronoun(own, view, at, roles) if w.country), None)


def _shared(roles: Roles, at: int, who: Who) -> str | None:
    """Return the country of the adjective that two nouns share: "American diplomats and soldiers in Iraq"."""
    chunks = roles.view.chunks
    if (
        at <= 1
        or chunks[at - 1].kind != AND
        or chunks[at - 2].kind != NP
        or who.sector in (None, "REB", "CRM")
    ):
        return None
    if who.at > roles.view.tokens.start[chunks[at].start]:
        return None  # a determiner or a number opens a phrase of its own
    one = roles.view.spans[chunks[at - 2].head]
    ruling = one is not None and one.kind == "nominal" and one.sector not in (None, "REB", "CRM")
    return one.country if one is not None and ruling else None


def _commander(roles: Roles, at: int) -> Who | None:
    """Return the head of a state whose act has "its troops" for an object: they are his state's, whatever has been named."""
    clauses = [c for c in roles.view.clauses if at in c.object or at in [i for _, i in c.phrases]]
    whos = roles.phrases(clauses[0].subject) if clauses else []
    return whos[0] if whos and whos[0].country and whos[0].sector == "GOV" else None
