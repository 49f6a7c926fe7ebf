"""Actors that no list holds: capitalised names, and people whom an apposition introduces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import COMMA, NP, VG, WH
from processors.coding.envoys import OWN
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

IN_POST = ("be", "serve")
"""Verbs that lead to the post that somebody has."""
HEADING = (*IN_POST, "lead", "head", "command", "chair", "run")
"""Those, and verbs whose object is whom somebody leads."""

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
    """Give somebody unknown the country and office of what a comma adds: "X, a commander of the rebels", "X, who led the rebels"."""
    chunks = roles.view.chunks
    if at + 2 >= len(chunks) or chunks[at + 1].kind != COMMA:
        return who
    if chunks[at + 2].kind == WH:
        return _posted(roles, at + 2, who)
    if chunks[at + 2].kind != NP:
        return who
    behind = roles.view.spans[chunks[at + 2].head]
    if behind is None and chunks[at + 2].word in roles.memory.measure and not who.country:
        country = roles.country_after(at + 2)  # "Kanze, a town in the east of Ruritania"
        return who._replace(country=country, key=key_with(who, country)) if country else who
    if behind is None or behind.kind not in ("nominal", "adjective") or behind.members:
        return who
    if behind.kind == "adjective" and roles.view.tokens.lower[chunks[at + 2].start] not in ("a", "an"):
        return who  # "X, a Ruritanian convicted of fraud", not "X, Ruritanian officials and Y"
    if opens_clause(chunks, at + 2) or list_goes_on(chunks, at + 1):
        return who
    country = behind.country or roles.country_after(at + 2) or _employer(roles, at + 2)
    return _with(who, country, behind.sector)


def _posted(roles: Roles, wh: int, who: Who) -> Who:
    """Give somebody what "who" says that he is or leads: ", who served as Ruritania's envoy", ", who leads the rebels"."""
    chunks = roles.view.chunks
    if wh + 2 >= len(chunks) or chunks[wh].word != "who" or chunks[wh + 1].kind != VG:
        return who
    verb, post = chunks[wh + 1], wh + 2
    if verb.negated or verb.passive or verb.modal:
        return who
    if verb.lemma == "serve" and chunks[post].word == "as" and post + 1 < len(chunks):
        post += 1
    elif verb.lemma not in HEADING:
        return who
    if chunks[post].kind != NP:
        return who
    span = roles.view.spans[chunks[post].head]
    if verb.lemma in IN_POST and (span is None or span.kind != "nominal"):
        return who
    led = next((w for w in roles.phrase(post) if w.country), None)
    return _with(who, led.country, led.sector) if led is not None else who


def _employer(roles: Roles, at: int) -> str | None:
    """Return the country of the owner of a post: "its spokesman"."""
    if roles.view.tokens.lower[roles.view.chunks[at].start] not in OWN:
        return None
    return next((w.country for w in roles.modifiers(at) if w.country), None)


def _with(who: Who, country: str | None, sector: str | None) -> Who:
    land = who.country or country
    return who._replace(
        country=land, sector=who.sector or sector, key=key_with(who, land) if land else who.key
    )


def key_with(who: Who, country: str) -> str:
    """Return the key of somebody whose country has been found."""
    return (
        who.key.replace("---.", f"{country}.", 1) if who.key.startswith(("---.", "person.---.")) else who.key
    )
