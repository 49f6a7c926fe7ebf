"""The raw records that a replay asks for: each partition read forward once, so that memory stays the same however long the log."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from aiokafka import TopicPartition
    from aiokafka.structs import ConsumerRecord

    from streams.cluster import Cluster, Offsets

POLL_MS = 500


class RawLog:
    """`articles.raw` by position. Within a partition, positions must be asked for in rising order."""

    def __init__(self, cluster: Cluster, start: Offsets, end: Offsets) -> None:
        """Take where each partition is read from, and where it ends."""
        self._consumer = cluster.consumer()
        self._start = start
        self._end = end
        self._read: dict[TopicPartition, deque[ConsumerRecord]] = {p: deque() for p in start}

    async def __aenter__(self) -> Self:
        """Connect, and start to read ahead."""
        await self._consumer.start()
        self._consumer.assign(sorted(self._start))
        for partition, offset in self._start.items():
            self._consumer.seek(partition, offset)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        await self._consumer.stop()

    async def at(self, partition: TopicPartition, offset: int) -> ConsumerRecord | None:
        """Return the record that stands at `offset`, or None where it is no longer there."""
        read = self._read.get(partition)
        if read is None:
            return None
        while True:
            while read and read[0].offset < offset:
                read.popleft()
            if read:
                return read.popleft() if read[0].offset == offset else None
            if await self._consumer.position(partition) >= self._end[partition]:
                return None
            for records in (await self._consumer.getmany(partition, timeout_ms=POLL_MS)).values():
                read.extend(records)
