"""Which place a name of the gazetteer means, and whether it means a place at all, by what stands around it.

Three kinds of names: those of `places.tsv` are places wherever they stand; a name that only GeoNames gives must not be
part of a longer name ("Musa Kaya", "Batna University"); and a name that is also a word, a person or a company ("Reading",
"Hamilton") must be placed: "in Reading", "Reading, England", or "from Reading" where the article names the country.
"""

import re
from collections.abc import Sequence
from math import cos, hypot, radians
from typing import Any

from processors.tag.lexicon import Entry
from processors.tag.scan import Hit
from processors.tag.tables import Place
from processors.tag.words import INITIAL

RIVAL = 0.1
"""A namesake this much smaller than the usual bearer of a name is meant only where its country stands behind the name."""

WIDE = 8.0
"""Degrees of latitude from the middle of a region, beyond which a place is none of that region."""

REACH = 24
"""Letters that the word before a name may have."""


_BETWEEN = re.compile(r", [A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}, ")
_UNIT = re.compile(
    r" (?:Oblast|Province|Region|Governorate|District|State|Department|Prefecture|Raion|County)\b"
)
"""What a region is called that bears the name of its town."""


class Placing:
    """The compiled lists `placing`, `placing_known`, `claimed`, `not_names` and `stops` of words.toml."""

    def __init__(self, words: dict[str, Any]) -> None:
        """Take words.toml as read."""
        self._placing = frozenset(words["placing"])
        self._known = frozenset(words["placing_known"])
        self._small = self._placing | frozenset(words["stops"]) | frozenset(words["determiners"])
        self._claimed = frozenset(words["claimed"])
        self._days = frozenset(words["not_names"])

    def resolve(
        self, texts: Sequence[str], fields: Sequence[list[Hit]], *, headline: bool
    ) -> list[list[Hit]]:
        """Return the hits of all fields of one article with each name as the place that it means, or without it.

        `texts` are title and text; `headline` tells that the title is written in capitals, so that capitals around a
        name say nothing there.
        """
        asked = [
            [at for at, hit in enumerate(hits) if hit.entry.namesakes or _is_placed(hit.entry)]
            for hits in fields
        ]
        if not any(asked):
            return list(fields)
        lands = {land for hits in fields for hit in hits if (land := _land(hit.entry)) is not None}
        resolved: list[list[Hit]] = []
        for n, (text, hits, shared) in enumerate(zip(texts, fields, asked, strict=True)):
            kept: list[Hit | None] = list(hits)
            for at in shared:
                kept[at] = self._placed(text, hits, at, lands, loud=headline and not n)
            resolved.append([hit for hit in kept if hit is not None])
        return resolved

    def _placed(self, text: str, hits: list[Hit], at: int, lands: set[str], *, loud: bool) -> Hit | None:
        hit = hits[at]
        entry = hit.entry
        stated, place = _behind(text, hits, at)
        if place is None and entry.trust == "always" and _is_placed(entry):
            if stated and self._is_abroad(text, entry, hits[at + 1]):
                return hit if entry.has_other else None
            if not entry.namesakes:
                return hit
        if place is None:
            place = _meant(entry, lands)
            if entry.trust != "always" and (stated or not self._is_place(text, hit, place, lands, loud=loud)):
                return hit if entry.has_other else None
        if place is entry.place:
            return hit
        return Hit(hit.start, hit.end, Entry(entry.surface, place=place))

    def _is_abroad(self, text: str, entry: Entry, land: Hit) -> bool:
        """Tell whether the country or region behind a place is in another country than the one we know it in: "Acre, Brazil".

        A country that only goes on a list ("Acre, Brazil and Peru") says nothing, nor does one that claims the place.
        """
        region = land.entry.place
        country = land.entry.country or (region.country if region is not None else None)
        own = entry.place.country if entry.place is not None else None
        if own is None or country is None or own == country or f"{own} {country}" in self._claimed:
            return False
        if land.entry.country is None:
            return True
        rest = text[land.end : land.end + 3]
        return not (rest[:1] == " " or (rest[:2] == ", " and rest[2:].isupper()))

    def _is_place(self, text: str, hit: Hit, place: Place, lands: set[str], *, loud: bool) -> bool:
        guarded = hit.entry.trust == "placed"
        word = _word_before(text, hit.start)
        leads = word.lower()
        if guarded and text[hit.end : hit.end + 2] in {"'s", "’s"}:
            return False
        if guarded and leads not in self._placing and not (leads in self._known and place.country in lands):
            return False
        if not guarded and (loud or leads in self._placing):
            return True
        if text[hit.end : hit.end + 1] in {" ", "-", "–"} and text[hit.end + 1 : hit.end + 2].isupper():
            follows = text[hit.end + 1 : hit.end + REACH].split(None, 1)[0].rstrip(".,;:")
            if follows not in self._days:
                return False
        return not word[:1].isupper() or leads in self._small or word.endswith(("'s", "’s"))


def _word_before(text: str, start: int) -> str:
    """Return the word or initial one space before `start`, empty where a mark stands between."""
    if not start or text[start - 1] != " ":
        return ""
    words = text[max(0, start - REACH) : start - 1].rsplit(None, 1)
    word = words[-1].lstrip("\"“‘'(") if words else ""
    return word if word[-1:].isalnum() or len(word) == INITIAL else ""


def _is_placed(entry: Entry) -> bool:
    return entry.place is not None and entry.place.granularity != "country" and not entry.land


def _land(entry: Entry) -> str | None:
    return entry.land or entry.people


def _behind(text: str, hits: list[Hit], at: int) -> tuple[bool, Place | None]:
    """Tell whether a country or region stands right behind the name, and return the namesake there if one is known.

    "Tripoli, Lebanon" and "Springfield, Illinois" are so told, also "Victoria, Entre Ríos, Argentina" with a region that we do not
    know between; "Fremont, Nebraska" is none of those that we know.
    """
    if at + 1 == len(hits):
        return False, None
    hit, after = hits[at], hits[at + 1]
    if text[after.end : after.end + 2] in {"'s", "’s"} or not _leads_on(text, hit.end, after.start):
        return False, None
    region = after.entry.place
    if after.entry.country is not None and region is None:
        return True, next((p for p in hit.entry.namesakes if p.country == after.entry.country), None)
    # A region may go by its town: "Samar, Dnipropetrovsk Oblast"
    if region is None or not (region.granularity == "region" or _UNIT.match(text, after.end)):
        return False, None
    inside = [p for p in hit.entry.namesakes if p.country == region.country]
    nearest = min(inside, key=lambda p: distance(p, region), default=None)
    return True, nearest if nearest is not None and distance(nearest, region) <= WIDE else None


def _leads_on(text: str, start: int, end: int) -> bool:
    """Tell whether between a place and the next name stands no more than a comma, or a region between commas."""
    return text[start:end] in {", ", " ("} or _BETWEEN.fullmatch(text, start, end) is not None


def _meant(entry: Entry, lands: set[str]) -> Place:
    """Return the usual bearer of a name, or a rival where the article names only the rival's country."""
    usual = entry.namesakes[0]
    if usual.country in lands or entry.capital is not None:
        return usual
    least = max(usual.population * RIVAL, 1)
    rivals = [p for p in entry.namesakes if p.country in lands and p.population >= least and usual.population]
    return rivals[0] if rivals else usual


def distance(one: Place, other: Place) -> float:
    """Return how far two places lie apart, in degrees of latitude, on a flat map between them."""
    turn = abs(one.lon - other.lon)
    east = min(turn, 360.0 - turn) * cos(radians((one.lat + other.lat) / 2))
    return hypot(one.lat - other.lat, east)
