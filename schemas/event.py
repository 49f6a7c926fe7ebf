"""GeopoliticalEvent: the value of `geo.events`, the product. One record per revision of one event."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Union

from pydantic import Discriminator, Field, Tag, create_model

from schemas.actor import Actor, EventDate, Evidence, Location, Modality
from schemas.base import Record, Utc
from schemas.registry import event_types


class Status(StrEnum):
    """Where an event stands in its life."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    REVISED = "revised"
    CONTRADICTED = "contradicted"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class Cause(Record):
    """What made this revision: an article, an edge between articles, an override or other rules."""

    kind: Literal["article", "edge", "withdrawal", "override", "rules"]
    id: str = Field(description="article_id, or the id of the override, or the rules version")
    seq: int | None = Field(None, description="the verdict's number, for article, edge and withdrawal")


class GeopoliticalEvent(Record):
    """One revision of one event. Each event type of the registry has a model of its own below this one."""

    event_id: str
    revision: int = Field(ge=1)
    status: Status
    superseded_by: str | None = None
    fulfils: str | None = None
    thread_id: str | None = None
    cause: Cause
    patch: dict[str, Any] | None = Field(
        None, description="fields that changed since the revision before: {field: value before}"
    )
    type: str
    cameo: str
    plover_event: str | None = None
    plover_mode: str | None = None
    goldstein: float = Field(ge=-10, le=10)
    source: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    symmetric: bool = False
    object: str | None = None
    modality: Modality
    modality_cue: str | None = Field(None, description="the words that give the modality")
    attributed_to: str | None = None
    location: Location | None = None
    date: EventDate | None = None
    mentions: tuple[str, ...] = Field((), description="mention_ids that tell of this event, first first")
    evidence: tuple[Evidence, ...] = ()
    confidence: float = Field(ge=0, le=1)
    independent_sources: int = Field(ge=0)
    rules_version: str
    record_time: Utc

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of either side, sorted, each once."""
        return tuple(sorted({a.country for a in (*self.source, *self.target) if a.country}))


class UnknownEvent(GeopoliticalEvent):
    """An event of a type or status that this version does not know: read, kept, and passed on as it is."""

    status: Annotated[str, Field(description="as written")]  # type: ignore[assignment]


def class_name(type_name: str) -> str:
    """Return the model's name of an event type: `talks-held` becomes `TalksHeld`."""
    return "".join(part.capitalize() for part in type_name.split("-"))


EVENT_MODELS: dict[str, type[GeopoliticalEvent]] = {
    name: create_model(
        class_name(name),
        __base__=GeopoliticalEvent,
        __module__=__name__,
        __doc__=f"{kind.quad}; CAMEO {', '.join(kind.cameo)}; e.g. {kind.example.sentence}",
        type=(Literal[name], name),  # type: ignore[arg-type]
    )
    for name, kind in event_types().items()
}
"""{event type: its model}, for every type of the registry."""


_STATUSES = frozenset(status.value for status in Status)


def is_known(type_name: object, status: object) -> bool:
    """Tell whether this version knows both the event type and the status."""
    return type_name in EVENT_MODELS and status in _STATUSES


def _which(value: Any) -> str:  # noqa: ANN401 - pydantic hands over a dict or a model
    if isinstance(value, dict):
        kind, status = value.get("type"), value.get("status")
    else:
        kind, status = getattr(value, "type", None), getattr(value, "status", None)
    return str(kind) if is_known(kind, status) else "unknown"


_MEMBERS = tuple(Annotated[model, Tag(name)] for name, model in EVENT_MODELS.items())

Event: Any = Annotated[Union[(*_MEMBERS, Annotated[UnknownEvent, Tag("unknown")])], Discriminator(_which)]
"""Any event: one of `EVENT_MODELS` by its `type`, else `UnknownEvent`."""
