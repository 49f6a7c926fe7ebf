"""Envoys stand between two states: "its ambassador to Chad" belongs to who sends him, and is recalled from where he is posted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.coding.pronouns import pronoun
from processors.coding.who import Who, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.coding.roles import Roles

OWN = frozenset("his her its their".split())
"""Possessive pronouns that lead to an antecedent."""

RANKS = words("envoy_title")
_POST = re.compile(r"\b(?:to|from|in) (?:the )?(?P<state>[A-Z].*)$")


def posts(roles: Roles, indices: Iterable[int]) -> list[Who]:
    """Return the states to which the envoys of some noun phrases are posted: Chad for "its ambassador to Chad"."""
    found = []
    for at in indices:
        c = roles.view.chunks[at]
        for span in c.actors:
            post = _POST.search(span.text)
            if span.kind == "nominal" and span.country and post is not None:
                start = span.start + post.start("state")
                place = roles.memory.places[roles.view.field].get(start)
                country = place.country if place is not None and place.country else span.country
                found.append(Who(post["state"], country, country, None, "state", start))
        if not found and c.word in RANKS:
            found = roles.following(at, ("in", "to"))
    return found


def movers(roles: Roles, indices: Iterable[int], *, home: bool) -> list[Who]:
    """Return who moved an envoy that nobody is said to have moved: his own state calls him `home`, that of his post expels him."""
    if not home:
        return posts(roles, indices)
    found = []
    for at in indices:
        for span in roles.view.chunks[at].actors:
            if span.kind == "nominal" and span.country and _POST.search(span.text):
                owner, possessive, _ = span.text.replace("’", "'").partition("'s ")
                name = owner if possessive else span.name
                found.append(Who(name, span.country, span.country, None, "state", span.start))
    return found


def sent(roles: Roles, at: int, whos: list[Who]) -> list[Who]:
    """Give an envoy the country that sends him: "its ambassador to Chad", "the ambassador to Chad" are none of Chad."""
    view = roles.view
    if len(whos) != 1 or whos[0].kind != "nominal" or " to " not in whos[0].name:
        return whos
    who = whos[0]
    own = view.tokens.lower[view.chunks[at].start]
    if own in OWN:
        country = next((w.country for w in pronoun(own, view, at, roles)), None)
        return [who._replace(country=country, key=f"{country}.{slug(who.name)}")] if country else whos
    title, _, post = who.name.partition(" to ")
    if not post[:1].isupper() or not title or not RANKS.issuperset(title.lower().split()):
        return whos
    country = roles.memory.country if roles.memory.country != who.country else None
    return [who._replace(country=country, key=f"{country or '---'}.{slug(who.name)}")]
