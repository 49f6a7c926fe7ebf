"""The headers of an event are CloudEvents 1.0, read here with the reference SDK."""

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

from schemas import contract
from schemas.cloudevents import event_headers
from schemas.codec import encode
from schemas.event import EVENT_MODELS, GeopoliticalEvent
from schemas.registry import event_types


def event(name: str = "talks-held", **fields: object) -> GeopoliticalEvent:
    """Return the golden event of a type, with some fields changed."""
    return EVENT_MODELS[name].model_validate(contract.golden(event_types()[name]).model_dump() | fields)


@pytest.mark.parametrize("name", ["talks-held", "protest-held", "goal-dismissed"])
def test_reference_sdk_reads_headers_and_data(name: str) -> None:
    """Attributes, extensions and data of the binary mode come out as they went in."""
    sent = event(name)
    read = from_binary_event(
        KafkaMessage(
            headers=dict(event_headers(sent.model_dump(mode="json"))),
            key=sent.event_id.encode(),
            value=encode(sent),
        )
    )
    attributes = read.get_attributes()
    assert attributes["id"] == f"{sent.event_id}.1"
    assert attributes["type"] == f"dragoman.{name}.v1"
    assert attributes["subject"] == sent.event_id
    assert attributes["countries"] == ",".join(sent.countries)
    assert attributes["causationid"] == sent.cause.id
    data = read.get_data()
    assert isinstance(data, dict)
    assert data["evidence"][0]["sentence"] == sent.evidence[0].sentence


def test_time_falls_back_to_the_recording() -> None:
    """An event without a date states when it was recorded."""
    headers = dict(event_headers(event(date=None).model_dump(mode="json")))
    assert headers["ce_time"] == headers["ce_recordedtime"]


def test_a_side_without_country_leaves_a_dash() -> None:
    """A header is never empty, so that a filter need not tell missing from empty."""
    assert dict(event_headers(event(source=(), target=()).model_dump(mode="json")))["ce_countries"] == b"-"
