"""Kafka records as plain data: what a stage takes and gives, without a client library."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

Headers = tuple[tuple[str, bytes], ...]

RECORD_FRAME = 128
"""Bytes at most of Kafka's own around one record in a batch of its own: 61 of the batch, and numbers of variable length."""

HEADER_FRAME = 10
"""The same around one header: two lengths of at most five bytes."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class InRecord(NamedTuple):
    """A record as it was read; `topic` is its name in the catalogue."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    @property
    def time(self) -> datetime:
        """The record's timestamp, in UTC."""
        return from_ms(self.timestamp_ms)

    def header(self, name: str) -> bytes | None:
        """Return the value of the first header of that name, or None."""
        return next((value for key, value in self.headers if key == name), None)


class OutRecord(NamedTuple):
    """A record to be written; `topic` is its name in the catalogue, the partition follows from the key unless given."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp_ms: int
    partition: int | None = None

    @property
    def size(self) -> int:
        """The most bytes that the record takes on the broker, alone in its batch: what `max.message.bytes` is held against."""
        size = len(self.key or b"") + len(self.value or b"") + RECORD_FRAME
        for name, value in self.headers:
            size += len(name.encode()) + len(value) + HEADER_FRAME
        return size


def from_ms(milliseconds: int) -> datetime:
    """Return the UTC datetime of Unix milliseconds, exactly."""
    return EPOCH + timedelta(milliseconds=milliseconds)


def to_ms(moment: datetime) -> int:
    """Return Unix milliseconds of an aware datetime, rounded down."""
    return (moment - EPOCH) // timedelta(milliseconds=1)
