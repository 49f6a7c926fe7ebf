"""Mention and Mentions: the value of `events.mentions`, one record per article version, possibly without any mention."""

from pydantic import Field

from schemas.actor import Actor, EventDate, Evidence, Location, Modality, Span
from schemas.base import Record, Utc
from schemas.tags import Tags


class Mention(Record):
    """One event as one sentence tells it."""

    mention_id: str
    type: str = Field(description="event type of the registry, kebab-case")
    cameo: str
    plover_event: str | None = None
    plover_mode: str | None = None
    goldstein: float = Field(ge=-10, le=10)
    source: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    symmetric: bool = False
    object: str | None = Field(
        None, description="what is proposed, dismissed or demanded, as the text says it"
    )
    modality: Modality
    modality_cue: Span | None = None
    attributed_to: str | None = Field(None, description="who says so, where it is not the article itself")
    location: Location | None = None
    date: EventDate | None = None
    evidence: Evidence
    confidence: float = Field(ge=0, le=1)


class Mentions(Record):
    """All mentions of one article version. One record each, so that a version without events says so."""

    seq: int = Field(ge=0, description="the number of the article's verdict")
    article_id: str
    version: str
    url: str | None = None
    source: str | None = None
    published_at: Utc | None = None
    record_time: Utc
    tags: Tags = Tags()
    mentions: tuple[Mention, ...] = ()
    rules_version: str
    error: str | None = Field(None, description="why coding failed; the article is in the dead letters then")
