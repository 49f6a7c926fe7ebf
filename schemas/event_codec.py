"""Events out of bytes, each into the model of its type. Apart from `schemas.codec`, since most readers need none of these models."""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from schemas.codec import first_error, parse_json
from schemas.errors import Rejected
from schemas.event import EVENT_MODELS, Event, GeopoliticalEvent, UnknownEvent, is_known


def decode_event(value: bytes | None) -> GeopoliticalEvent:
    """Read an event into the model of its type; of an unknown type or status, into UnknownEvent."""
    data = parse_json(value)
    known = is_known(data.get("type"), data.get("status"))
    model = EVENT_MODELS[data["type"]] if known else UnknownEvent
    try:
        return model.model_validate(data, extra="ignore")
    except ValidationError as error:
        raise Rejected(first_error(error)) from None


@cache
def event_adapter() -> TypeAdapter[GeopoliticalEvent]:
    """Return the adapter of the discriminated union of all event types, for its JSON Schema."""
    return TypeAdapter(Event)
