"""CloudEvents 1.0, Kafka binary content mode: an event's attributes as `ce_*` headers, its data as the value."""

from collections.abc import Mapping
from typing import Any

SOURCE = b"urn:dragoman:resolve"
CONTENT_TYPE = b"application/json"


def event_headers(event: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    """Return the headers of a `geo.events` record, given its event as JSON values (`GeopoliticalEvent`).

    Attributes of CloudEvents: id (`event_id.revision`, unique per source), type (with its major version), subject, time
    (when it happened; where that is unknown, when it was recorded). Extensions: causationid (the article or override that made this
    revision), recordedtime, countries, modality, status. So a consumer can filter without reading the value.
    """
    date, recorded = event["date"], event["record_time"]
    day = date["start"] if date else None
    countries = {actor["country"] for actor in (*event["source"], *event["target"])} - {None}
    when = f"{day}T00:00:00Z" if day else recorded
    return [
        ("content-type", CONTENT_TYPE),
        ("ce_specversion", b"1.0"),
        ("ce_id", f"{event['event_id']}.{event['revision']}".encode()),
        ("ce_type", f"dragoman.{event['type']}.v1".encode()),
        ("ce_source", SOURCE),
        ("ce_subject", event["event_id"].encode()),
        ("ce_time", when.encode()),
        ("ce_causationid", event["cause"]["id"].encode()),
        ("ce_recordedtime", recorded.encode()),
        ("ce_countries", (",".join(sorted(countries)) or "-").encode()),
        ("ce_modality", event["modality"].encode()),
        ("ce_status", event["status"].encode()),
    ]
