"""Tags: who, where and what an article is about."""

from pydantic import Field

from schemas.base import Record


class Tag(Record):
    """One thing that an article names, and how often."""

    key: str = Field(description="ISO code, stable actor id, place id or topic")
    name: str
    count: int = Field(1, ge=1)


class Tags(Record):
    """The tags of one article version; each list by falling count, then by key."""

    countries: tuple[Tag, ...] = ()
    persons: tuple[Tag, ...] = ()
    organisations: tuple[Tag, ...] = ()
    places: tuple[Tag, ...] = ()
    topics: tuple[Tag, ...] = ()
    language: str | None = None
