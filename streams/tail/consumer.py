"""A typed consumer of `geo.events`: no consumer group, committed records only, from anywhere in the log."""

from __future__ import annotations

import asyncio
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from schemas.errors import Rejected
from schemas.event_codec import decode_event
from streams.cluster import Cluster
from streams.tail.filters import EventFilter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from aiokafka import TopicPartition
    from aiokafka.structs import ConsumerRecord

    from schemas.event import GeopoliticalEvent
    from streams.cluster import Offsets
    from streams.settings import Settings

TOPIC = "geo.events"
POLL_MS = 200


class Start(Enum):
    """Where in the log to begin, unless at a time."""

    BEGINNING = "beginning"
    END = "end"


class TailedEvent(NamedTuple):
    """One event as it stands in the log: the model, the bytes it was read from, and its place."""

    event: GeopoliticalEvent
    value: bytes
    partition: int
    offset: int
    timestamp_ms: int


EVERYTHING = EventFilter()


async def tail(
    settings: Settings,
    *,
    wanted: EventFilter = EVERYTHING,
    start: Start | datetime = Start.END,
    until_idle: float | None = None,
    ready: Callable[[], None] = lambda: None,
    passed_over: Callable[[str], None] = lambda _reason: None,
) -> AsyncIterator[TailedEvent]:
    """Yield the events of `geo.events` that pass the filter, those of one poll in the order of their time.

    `until_idle` ends it after so many seconds without any record. `ready` is called once the start is fixed: what is
    written after that is seen. A record that can't be read is told to `passed_over` with its place and reason. Raises Failure
    where the broker or the topic isn't there.
    """
    async with Cluster(settings) as cluster:
        partitions = await cluster.partitions(settings.topic(TOPIC))
        offsets = await _offsets(cluster, partitions, start)
        consumer = cluster.consumer()
        await consumer.start()
        try:
            consumer.assign(partitions)
            for partition, offset in offsets.items():
                consumer.seek(partition, offset)
            ready()
            clock = asyncio.get_running_loop().time
            last = clock()
            while until_idle is None or clock() - last < until_idle:
                polled = await consumer.getmany(timeout_ms=POLL_MS)
                for record in _in_order(polled.values()):
                    if wanted.matches(_headers(record)) and (found := _typed(record, passed_over)):
                        yield found
                if polled:
                    last = clock()
        finally:
            await consumer.stop()


async def _offsets(cluster: Cluster, partitions: list[TopicPartition], start: Start | datetime) -> Offsets:
    if isinstance(start, datetime):
        return await cluster.at_time(partitions, int(start.timestamp() * 1000))
    return await (cluster.beginnings if start is Start.BEGINNING else cluster.ends)(partitions)


def _in_order(batches: Iterable[list[ConsumerRecord]]) -> list[ConsumerRecord]:
    """Merge the partitions by time. Within a partition the order of the log stands, though its times may go back a little."""
    keyed = []
    for batch in batches:
        latest = 0
        for record in batch:
            latest = max(latest, record.timestamp)
            keyed.append((latest, record.partition, record.offset, record))
    return [record for *_, record in sorted(keyed, key=lambda k: k[:3])]


def _headers(record: ConsumerRecord) -> dict[str, str]:
    return {name: value.decode("utf-8", "replace") for name, value in record.headers}


def _typed(record: ConsumerRecord, passed_over: Callable[[str], None]) -> TailedEvent | None:
    try:
        event = decode_event(record.value)
    except Rejected as rejected:
        passed_over(f"{record.topic}[{record.partition}]@{record.offset}: {rejected.reason}")
        return None
    return TailedEvent(event, record.value, record.partition, record.offset, record.timestamp)
