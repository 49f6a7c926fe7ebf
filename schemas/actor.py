"""Actor, location, date and evidence: the parts that mentions and events share."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from schemas.base import Record, Utc


class Modality(StrEnum):
    """How the text stands to the act that the event type names."""

    FACTUAL = "factual"
    PLANNED = "planned"
    PROPOSED = "proposed"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    UNCERTAIN = "uncertain"


class Span(Record):
    """A stretch of a cleaned field, in Unicode code points: `field[start:end] == text`."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Actor(Record):
    """One side of an event, or one of several on that side."""

    name: str = Field(description="as the article says, pronouns and short names resolved")
    key: str = Field(description="stable actor id")
    country: str | None = Field(None, description="ISO 3166-1 alpha-3, or a CAMEO supranational code")
    sector: str | None = Field(None, description="CAMEO sector: GOV, MIL, OPP, REB, CVL, ...")
    role: str | None = Field(None, description="the role of the registry that this actor fills")
    implied: bool = Field(
        default=False,
        description="the text names nobody, and a rule says who it must be, as the people under a curfew; `name` is ours then",
    )


class Location(Record):
    """Where it happened."""

    name: str
    country: str | None = None
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    granularity: Literal["city", "region", "country", "sea", "building"] = "city"


class EventDate(Record):
    """When it happened or is to happen: both ends included, UTC."""

    start: date | None = None
    end: date | None = None
    precision: Literal["day", "week", "month", "year", "interval", "before", "after"] = "day"
    basis: Literal["explicit", "relative", "publication"] = "publication"
    text: str | None = Field(None, description="the words of the text that say so")


class Evidence(Record):
    """The sentence that an event was coded from: enough to check it offline against the cleaned article."""

    article_id: str
    version: str
    url: str | None = None
    source: str | None = None
    published_at: Utc | None = None
    field: Literal["title", "text"] = "text"
    sentence: str
    start: int = Field(ge=0, description="start of the sentence in the field, Unicode code points")
    end: int = Field(ge=0)
    sha256: str = Field(description="SHA-256 of the sentence in UTF-8, hex")
    trigger: Span
    rule: str = Field(description="id of the rule that fired")
