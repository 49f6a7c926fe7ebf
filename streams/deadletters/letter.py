"""Dead letters: a record that could not be used, with its bytes as they were and the reason in its headers."""

from __future__ import annotations

from schemas.dead_letter import HEADER_PREFIX, DeadLetter
from schemas.errors import Rejected
from streams.records import InRecord, OutRecord
from streams.topics import DEAD_LETTERS

ATTEMPT = HEADER_PREFIX + "attempt"


def dead_letter(record: InRecord, stage: str, reason: str, rules_version: str | None = None) -> OutRecord:
    """Return the dead letter of `record`: key, value and headers as they were, and `dl-*` headers that tell why.

    A record that comes from the dead letters again carries its last `dl-attempt`; the new one counts on from there.
    """
    letter = DeadLetter(
        stage=stage,
        reason=reason,
        attempt=_attempts(record) + 1,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        record_time=record.time,
        rules_version=rules_version,
        null_value=record.value is None,
    )
    kept = [(name, value) for name, value in record.headers if not name.startswith(HEADER_PREFIX)]
    headers = (*kept, *letter.headers())
    key = (
        b"" if record.key is None and record.value is None else record.key
    )  # aiokafka sends no record without both
    return OutRecord(DEAD_LETTERS, key, record.value, headers, record.timestamp_ms)


def reason_of(error: Exception) -> str:
    """Return why a record failed, in one line: a rejection's own reason, else the kind of the error and its message."""
    if isinstance(error, Rejected):
        return error.reason
    return Rejected(f"{type(error).__name__}: {error}").reason


def _attempts(record: InRecord) -> int:
    given = record.header(ATTEMPT) or b""
    return int(given) if given.isdigit() and len(given) < len("1000000") else 0
