"""Looking at a Kafka cluster: partitions, ends of logs, committed offsets, and a stretch of a log from here to there."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupCoordinatorNotAvailableError, KafkaError, NotCoordinatorForGroupError

from streams.client import Causes, client_options
from streams.failure import Failure

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping
    from types import TracebackType
    from typing import Self

    from aiokafka.structs import ConsumerRecord

    from streams.settings import Settings

Offsets: TypeAlias = "dict[TopicPartition, int]"
POLL_MS = 500
COORDINATOR_TRIES, COORDINATOR_WAIT = 50, 0.2
"""A broker whose first group this is needs a moment, in seconds, until it has made the topic of the groups' offsets."""


class Cluster:
    """A connection to look through; use it as an async context manager. Kafka's errors leave it as Failure, in one line."""

    def __init__(self, settings: Settings) -> None:
        """Take where the broker is and how to talk to it."""
        self._broker = settings.broker
        self._options = client_options(settings)
        self._admin = AIOKafkaAdminClient(**self._options)
        self._consumer = self.consumer()
        self._open_eyed = self.consumer(isolation_level="read_uncommitted")

    def consumer(self, **options: Any) -> AIOKafkaConsumer:  # noqa: ANN401 - aiokafka's options
        """Return a consumer without a group that reads what is committed, unless asked otherwise; not started."""
        settings = {
            "group_id": None,
            "enable_auto_commit": False,
            "isolation_level": "read_committed",
            "auto_offset_reset": "earliest",
        }
        return AIOKafkaConsumer(**self._options | settings | options)

    async def __aenter__(self) -> Self:
        """Connect. Raises Failure where no broker answers."""
        with Causes() as causes:
            try:
                await self._admin.start()
                await self._consumer.start()
                await self._open_eyed.start()
            except (KafkaError, OSError) as error:
                await self._close()
                message = f"no Kafka at {self._broker}: {causes.of(error)}"
                raise Failure(message) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        await self._close()
        if isinstance(error, KafkaError):
            message = f"{self._broker}: {error}"
            raise Failure(message) from None

    async def _close(self) -> None:
        for client in (self._open_eyed.stop, self._consumer.stop, self._admin.close):
            with suppress(KafkaError, OSError):
                await client()

    async def topics(self) -> set[str]:
        """Return the names of all topics."""
        return set(await self._admin.list_topics())

    async def partitions(self, *topics: str) -> list[TopicPartition]:
        """Return the partitions of the topics, sorted. Raises Failure for a topic that isn't there."""
        found = []
        for described in await self._admin.describe_topics(list(topics)):
            if described["error_code"]:
                message = (
                    f"no topic {described['topic']!r} on {self._broker}; `dragoman topics provision` makes it"
                )
                raise Failure(message)
            found += [TopicPartition(described["topic"], p["partition"]) for p in described["partitions"]]
        return sorted(found)

    async def ends(self, partitions: Iterable[TopicPartition]) -> Offsets:
        """Return the end of each partition for readers of committed records: where the first open transaction begins, if one is."""
        return dict(await self._consumer.end_offsets(list(partitions)))

    async def written_ends(self, partitions: Iterable[TopicPartition]) -> Offsets:
        """Return the end of each partition's log, open transactions included."""
        return dict(await self._open_eyed.end_offsets(list(partitions)))

    async def after_last(self, partitions: Iterable[TopicPartition]) -> Offsets:
        """Return the offset after the last committed record of each partition, its beginning where it has none.

        That is below the end of a log whose last entries are markers of transactions or were aborted.
        """
        begins, ends = await self.beginnings(wanted := list(partitions)), await self.ends(wanted)
        found: Offsets = {}
        left, back = wanted, 2  # the usual tail is one record and one marker
        while left:
            start = {p: max(begins[p], ends[p] - back) for p in left}
            async for record in self.read(start, ends):
                found[TopicPartition(record.topic, record.partition)] = record.offset + 1
            left = [p for p in left if p not in found and start[p] > begins[p]]
            back *= 8
        return begins | found

    async def beginnings(self, partitions: Iterable[TopicPartition]) -> Offsets:
        """Return the offset of the first record of each partition."""
        return dict(await self._consumer.beginning_offsets(list(partitions)))

    async def at_time(self, partitions: Iterable[TopicPartition], timestamp_ms: int) -> Offsets:
        """Return, per partition, the offset of the first record at or after a time; its end where there is none."""
        wanted = list(partitions)
        ends = await self.ends(wanted)
        found = await self._consumer.offsets_for_times(dict.fromkeys(wanted, timestamp_ms))
        return {p: place.offset if (place := found.get(p)) else ends[p] for p in wanted}

    async def committed(self, group: str) -> Offsets:
        """Return the offsets that a consumer group has committed; a partition without one is missing."""
        for _ in range(COORDINATOR_TRIES):
            try:
                stored = await self._admin.list_consumer_group_offsets(group)
                break
            except (GroupCoordinatorNotAvailableError, NotCoordinatorForGroupError):
                await asyncio.sleep(COORDINATOR_WAIT)
        else:
            stored = await self._admin.list_consumer_group_offsets(group)
        return {partition: place.offset for partition, place in stored.items() if place.offset >= 0}

    async def read(
        self, start: Mapping[TopicPartition, int], end: Mapping[TopicPartition, int]
    ) -> AsyncGenerator[ConsumerRecord, None]:
        """Yield the records from `start` up to, not including, `end`; each partition in its order."""
        left = {p for p in start if start[p] < end.get(p, 0)}
        if not left:
            return
        consumer = self.consumer()
        await consumer.start()
        try:
            consumer.assign(sorted(left))
            for partition in left:
                consumer.seek(partition, start[partition])
            while left:
                for partition, records in (await consumer.getmany(timeout_ms=POLL_MS)).items():
                    for record in records:
                        if record.offset < end[partition]:
                            yield record
                # The position also passes over what is no record: compacted offsets and transaction markers.
                for partition in sorted(left):
                    if await consumer.position(partition) >= end[partition]:
                        left.discard(partition)
                        consumer.pause(partition)
        finally:
            await consumer.stop()


async def after_last_records(settings: Settings, partitions: Iterable[TopicPartition]) -> Offsets:
    """Return the offset after the last committed record of each partition, over a connection of its own."""
    wanted = list(partitions)
    if not wanted:
        return {}
    async with Cluster(settings) as cluster:
        return await cluster.after_last(wanted)
