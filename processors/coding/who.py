"""Who: an actor of an event before it becomes part of the record, and lists of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.tag import ActorSpan

_SLUG = re.compile(r"[^\w]+")
_LEADING = re.compile(
    r"(?i)^(?:the|a|an|its|their|his|her|some|several|both|all|these|those|this|that|of)\s+"
)

SAME = 4
"""First letters by which two spellings of a surname are one name."""

GROUND = ("state", "capital", "place")
"""Kinds of actor that may only tell where something was."""

WHERE = (*GROUND, "name")
"""Those, and names that no list holds, which mostly are of places where nothing makes them act."""


class Who(NamedTuple):
    """An actor of an event, before it becomes part of the record."""

    name: str
    key: str
    country: str | None
    sector: str | None
    kind: str
    at: int  # first code point of the words in the field


def of_span(span: ActorSpan) -> list[Who]:
    """Return the actors that a tagged span names: its members where it is a compound."""
    if span.members:
        return [who for member in span.members for who in of_span(member)]
    name = _as_written(span) if span.kind == "person" else span.name
    return [Who(name, span.key, span.country, span.sector, span.kind, span.start)]


def of_land(whos: list[Who], before: Iterable[ActorSpan]) -> list[Who]:
    """Return names that no list holds with the country that stands before what they name: "the Sudanese town of X"."""
    if not whos or any(w.country or w.kind != "name" for w in whos):
        return whos
    land = next((who.country for span in before for who in of_span(span) if who.country), None)
    return [w._replace(country=land, key=f"{land}.{slug(w.name)}") for w in whos] if land else whos


def _as_written(span: ActorSpan) -> str:
    """Return a person's name with the surname in the spelling of the article: transliterations differ."""
    words = span.name.split()
    last = span.text.split()[-1] if span.text.split() else ""
    same = len(words) > 1 and last != words[-1] and last[:SAME] == words[-1][:SAME] and last.isalpha()
    return " ".join((*words[:-1], last)) if same else span.name


def bare(text: str) -> str:
    """Return a phrase as a name: without the words and quotation marks that open it, and no longer than names are."""
    return _LEADING.sub("", text).replace('"', "").lstrip("“„`'")[:80]


def slug(text: str) -> str:
    """Return a text as a part of a key."""
    return _SLUG.sub("-", text.lower()).strip("-")[:40] or "unnamed"


def unique(whos: Iterable[Who]) -> list[Who]:
    """Return actors each once, in order."""
    every = list(whos)
    if len(every) <= 1:
        return every
    seen: dict[str, Who] = {}
    for who in every:
        seen.setdefault(who.key, who)
    return list(seen.values())


def without(whos: Iterable[Who], others: Iterable[Who]) -> list[Who]:
    """Return `whos` without those that stand among `others`."""
    keys = {o.key for o in others}
    places = {o.at for o in others}
    return [w for w in whos if w.key not in keys and w.at not in places]
