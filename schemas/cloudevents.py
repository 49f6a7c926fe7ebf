"""CloudEvents 1.0, Kafka binary content mode: an event's attributes as `ce_*` headers, its data as the value."""

from datetime import UTC, datetime, time

from schemas.base import rfc3339
from schemas.event import GeopoliticalEvent

SOURCE = "urn:dragoman:resolve"
CONTENT_TYPE = b"application/json"


def event_headers(event: GeopoliticalEvent) -> list[tuple[str, bytes]]:
    """Return the headers of a `geo.events` record.

    Attributes of CloudEvents: id (`event_id.revision`, unique per source), type (with its major version), subject, time
    (when it happened; where that is unknown, when it was recorded). Extensions: causationid (the article or override that made this
    revision), recordedtime, countries, modality, status. So a consumer can filter without reading the value.
    """
    when = event.record_time
    if event.date and event.date.start:
        when = datetime.combine(event.date.start, time(), UTC)
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": f"{event.event_id}.{event.revision}",
        "ce_type": f"dragoman.{event.type}.v1",
        "ce_source": SOURCE,
        "ce_subject": event.event_id,
        "ce_time": rfc3339(when),
        "ce_causationid": event.cause.id,
        "ce_recordedtime": rfc3339(event.record_time),
        "ce_countries": ",".join(event.countries) or "-",
        "ce_modality": event.modality.value,
        "ce_status": str(event.status),
    }
    return [("content-type", CONTENT_TYPE), *((k, v.encode()) for k, v in attributes.items())]
