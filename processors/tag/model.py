"""What the tagger gives: stretches of a field that name actors and places, and the tags of the article.

Nobody changes a stretch once it is made. They are not frozen, because an article has a hundred, and a frozen one takes
three times as long to make.
"""

from dataclasses import dataclass
from typing import Literal

from schemas.tags import Tags

Kind = Literal["state", "adjective", "people", "person", "org", "group", "nominal", "capital", "seat"]
Field = Literal["title", "text"]


@dataclass(slots=True)
class ActorSpan:
    """One stretch of a field that names or describes an actor; offsets are Unicode code points of the field.

    `kind` tells what the words are, not what they do: an "adjective" ("Russian" in "Russian gas") and a "capital"
    become actors only by syntax, which is the coder's part. `key` is stable across articles; a nominal that states
    no country has a key that starts with "---.", which identifies nobody outside its article.
    """

    start: int
    end: int
    text: str
    name: str
    key: str
    country: str | None
    sector: str | None
    kind: Kind
    members: tuple["ActorSpan", ...] = ()


@dataclass(slots=True)
class PlaceSpan:
    """One stretch of a field that names a place, with its position in degrees (WGS 84)."""

    start: int
    end: int
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    granularity: Literal["city", "region", "country", "sea", "building"]
    field: Field


@dataclass(frozen=True, slots=True)
class Tagged:
    """All that the tagger found in one article. Actors of a field do not overlap and come in order; so do places."""

    title: tuple[ActorSpan, ...]
    text: tuple[ActorSpan, ...]
    tags: Tags
    places: tuple[PlaceSpan, ...]
