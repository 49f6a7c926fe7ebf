"""Actors that no list holds: capitalised names, and people whom an apposition introduces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import COMMA, NP
from processors.coding.grammar import words
from processors.coding.titles import titled
from processors.coding.walks import list_goes_on, opens_clause
from processors.coding.who import Who, slug
from processors.text.morphology import DET, NOUN, PRON, VERB

if TYPE_CHECKING:
    from processors.coding.roles import Roles

COMPANY = words("company")
"""Words that end the name of a company."""

ABSTRACT = tuple(words("abstract_ends"))

MONEY = "$€£¥₩₹"
"""Signs of sums, which act and suffer nothing."""


def stranger(roles: Roles, at: int) -> list[Who]:
    """Return the actor of a capitalised name at chunk `at` that no list holds; nobody for a common noun."""
    view = roles.view
    c = view.chunks[at]
    first = c.head
    while (
        first > c.start
        and view.tokens.text[first - 1][:1].isupper()
        and not view.tags[first - 1] & (DET | PRON)
    ):
        first -= 1
    text = view.slice(first, c.head + 1)
    named = view.tokens.text[c.head][:1].isupper()  # "Three people" opens a sentence and is no name
    if text in ("I", "We") or view.headline or not named or not view.tags[c.head] & NOUN:
        return []
    if first == c.head and text.lower() in roles.memory.measure:
        return []  # "Tens of thousands"
    if first == 0 == c.head and (view.tokens.word[0].flags & VERB or text.endswith(ABSTRACT)):
        return []  # "Building on the deal, ...", "Investigations were opened"
    if any(sign in text for sign in MONEY) or not roles.memory.nameless.isdisjoint(text.lower().split()):
        return []  # "US$5", "Storm Kristin", "World War II", "the Red Sea"
    if (
        at > 1
        and view.chunks[at - 1].word in ("of", "on")
        and view.chunks[at - 2].word in roles.memory.nameless
    ):
        return []  # "the Strait of Hormuz", "the Bill of Rights", "the War on Drugs"
    if first < c.head and c.word in roles.memory.regions:
        return [Who(text, f"---.{slug(text)}", None, None, "place", view.tokens.start[first])]
    sector = "BUS" if first < c.head and view.tokens.lower[c.head] in COMPANY else None
    who = Who(text, f"---.{slug(text)}", None, sector, "name", view.tokens.start[first])
    return [titled(roles, at, introduced(roles, at, who))]


def introduced(roles: Roles, at: int, who: Who) -> Who:
    """Give somebody unknown the country and office of the apposition behind him: "X, a commander of the rebels, ..."."""
    chunks = roles.view.chunks
    if at + 2 >= len(chunks) or chunks[at + 1].kind != COMMA or chunks[at + 2].kind != NP:
        return who
    behind = roles.view.spans[chunks[at + 2].head]
    if behind is None and chunks[at + 2].word in roles.memory.measure and not who.country:
        country = roles.country_after(at + 2)  # "Kanze, a town in the east of Ruritania"
        return who._replace(country=country, key=key_with(who, country)) if country else who
    if behind is None or behind.kind != "nominal" or behind.members:
        return who
    if opens_clause(chunks, at + 2) or list_goes_on(chunks, at + 1):
        return who
    country = who.country or behind.country or roles.country_after(at + 2)
    key = key_with(who, country) if country and not who.country else who.key
    return who._replace(country=country, sector=who.sector or behind.sector, key=key)


def key_with(who: Who, country: str) -> str:
    """Return the key of somebody whose country has been found."""
    return who.key.replace("---.", f"{country}.", 1) if who.key.startswith("---.") else who.key
