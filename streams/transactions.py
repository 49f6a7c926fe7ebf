"""Exactly once: what a stage makes of a batch, its state and the offsets of the batch become visible in one Kafka transaction.

A lane is one source partition of one stage, and has a producer of its own with the transactional id `{group}-{stage}-{partition}`.
What that rests on:

- KIP-98: a producer that starts under a transactional id aborts what an older one left open and fences it: the older one's next
  request fails. Whoever is assigned a lane starts its producer before it reads offsets or state, so what it then reads can't change.
- KIP-98 again: outputs, changelog records and consumed offsets of one transaction all count or none does, for readers at
  `read_committed`, which all of ours are.
- KIP-447 would fence by the generation of the consumer group and spare one producer per partition; aiokafka does not send the
  generation along, so here the id of the source partition fences (as in Kafka Streams before 2.6).

Not promised: the partitions of one transaction become readable one after the other, so that a reader may see an event before the
verdict it follows from. Docs: docs/exactly-once.md.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.partitioner import DefaultPartitioner

from streams.client import client_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aiokafka.producer.message_accumulator import BatchBuilder

    from streams.records import OutRecord
    from streams.settings import Settings

logger = logging.getLogger(__name__)

BATCH_BYTES = 256 * 1024
"""A request carries one batch per partition: large batches mean few requests."""

ABORT_SECONDS = 5.0
"""How long a lane that failed tries to abort before its worker ends."""

Place = tuple[str, int]
"""Topic, by its name on the broker, and partition."""

_NO_OFFSETS: Mapping[Place, int] = MappingProxyType({})
_partitioner = DefaultPartitioner()

KEYS = 4096
"""Keys whose hash is remembered: one key goes to several topics, and the client computes murmur2 in Python."""


class LaneLostError(RuntimeError):
    """The lane's partition is not this worker's any more: nothing of the batch was written, and another worker does it."""


class Written(NamedTuple):
    """Where a run of records stands: offset of the first and of the last one, in a partition that only this lane writes to."""

    first: int
    last: int


class Lane:
    """One transactional producer. Calls must not overlap."""

    def __init__(self, producer: AIOKafkaProducer, group: str, partitions: Mapping[str, int]) -> None:
        """Take a producer with a transactional id, the consumer group, and how many partitions each topic has."""
        self._producer = producer
        self._group = group
        self._counts = dict(partitions)

    async def open(self) -> None:
        """Start the producer: whatever an older one of this id left open is aborted, and that one fenced, when this returns."""
        await self._producer.start()
        # Waits for the producer id. The broker hears of a transaction at its first write, so that one is always begun here.
        await self._producer.begin_transaction()

    async def commit(
        self,
        records: Sequence[OutRecord],
        changes: Sequence[OutRecord] = (),
        offsets: Mapping[Place, int] = _NO_OFFSETS,
    ) -> Written | None:
        """Write records and state changes and commit the offsets, all or nothing.

        Args:
            records: The stage's outputs, `topic` being the name on the broker; without a partition the key decides.
            changes: Changelog records, all of one partition.
            offsets: The next offset to read of each source partition.

        Returns:
            Where the changelog records stand; None without any.

        Raises KafkaError where it did not happen, ProducerFenced where the lane is another worker's; the producer is of no more use
        then.

        """
        producer = self._producer
        try:
            sent = [await self._send(records), await self._send(changes)]
            if offsets:
                await producer.send_offsets_to_transaction(
                    {TopicPartition(*place): offset for place, offset in offsets.items()}, self._group
                )
            # aiokafka commits though a batch was refused, which would lose its records: so every answer is awaited first.
            acks = [[(await future, count) for future, count in batches] for batches in sent][1]
        except BaseException:
            await self._abort()
            raise
        await producer.commit_transaction()
        await producer.begin_transaction()
        if not acks:
            return None
        return Written(acks[0][0].offset, acks[-1][0].offset + acks[-1][1] - 1)

    async def _abort(self) -> None:
        """Abort, so that readers need not wait for the next holder; where that fails, that one does it."""
        with suppress(
            KafkaError, OSError, TimeoutError, AssertionError
        ):  # aiokafka asserts that it is not fenced
            async with asyncio.timeout(ABORT_SECONDS):
                await self._producer.abort_transaction()

    async def close(self) -> None:
        """Let go of the connection; a transaction that is open is left for the next producer of this id to abort."""
        with suppress(KafkaError, OSError):
            await self._producer.stop()

    async def _send(self, records: Iterable[OutRecord]) -> list[tuple[asyncio.Future[Any], int]]:
        """Hand records over in batches, keeping their order per partition; return each batch's future and its size."""
        producer = self._producer
        sent: list[tuple[asyncio.Future[Any], int]] = []
        filling: dict[Place, BatchBuilder] = {}

        async def send(place: Place) -> None:
            batch = filling.pop(place)
            future = await producer.send_batch(batch, place[0], partition=place[1])
            # Where several fail, the first one ends the transaction, and nobody asks the others.
            future.add_done_callback(lambda done: done.cancelled() or done.exception())
            sent.append((future, batch.record_count()))

        for record in records:
            topic, key, value, headers, timestamp, partition = record
            if partition is None:
                partition = _partition_of(key, self._counts[topic])
            place = (topic, partition)
            row = {"timestamp": timestamp, "key": key, "value": value, "headers": list(headers)}
            batch = filling.get(place)
            if batch is not None and batch.append(**row) is not None:
                continue
            if batch is not None:
                await send(place)
            batch = filling[place] = producer.create_batch()
            batch.append(**row)  # an empty batch takes a record of any size
        for place in list(filling):
            await send(place)
        return sent


@lru_cache(KEYS)
def _partition_of(key: bytes | None, count: int) -> int:
    every = list(range(count))
    return int(_partitioner(key, every, every))


class Lanes:
    """The lanes that are assigned to this worker."""

    def __init__(self, settings: Settings, stages: Mapping[str, str], partitions: Mapping[str, int]) -> None:
        """Take the stage that reads each topic, and how many partitions each topic has, both by the name on the broker."""
        self._settings = settings
        self._stages = stages
        self._partitions = partitions
        self._lanes: dict[tuple[str, int], Lane] = {}

    async def take(self, assigned: Iterable[Place]) -> None:
        """Open the lanes of the partitions that are assigned, each under its id; returns when all older holders are fenced."""
        await self.leave()
        wanted = {(self._stages[topic], partition) for topic, partition in assigned if topic in self._stages}
        opened = {lane: self._new(*lane) for lane in sorted(wanted)}
        try:
            await asyncio.gather(*(lane.open() for lane in opened.values()))
        except BaseException:
            await asyncio.gather(*(lane.close() for lane in opened.values()))
            raise
        self._lanes = opened

    async def leave(self) -> None:
        """Close all lanes; no batch may be under way."""
        lanes, self._lanes = self._lanes, {}
        await asyncio.gather(*(lane.close() for lane in lanes.values()))

    def lane(self, stage: str, partition: int) -> Lane:
        """Return a lane. Raises LaneLostError where it is not this worker's."""
        try:
            return self._lanes[stage, partition]
        except KeyError:
            raise LaneLostError(f"{stage}/{partition} is not assigned here") from None

    def _new(self, stage: str, partition: int) -> Lane:
        return new_lane(self._settings, transactional_id(self._settings, stage, partition), self._partitions)


def new_lane(settings: Settings, name: str, partitions: Mapping[str, int]) -> Lane:
    """Return a lane, not open, under a transactional id; `partitions` are those of each topic, by its name on the broker."""
    return Lane(
        AIOKafkaProducer(
            **client_options(settings),
            transactional_id=name,
            transaction_timeout_ms=round(1000 * settings.transaction_timeout),
            acks="all",
            max_batch_size=min(BATCH_BYTES, settings.max_record_bytes),  # topics take no larger one
            max_request_size=settings.max_record_bytes + 64 * 1024,
            compression_type=None if settings.compression == "none" else settings.compression,
            request_timeout_ms=60_000,
        ),
        settings.group,
        partitions,
    )


def transactional_id(settings: Settings, stage: str, partition: int) -> str:
    """Return the transactional id of a lane; it must not depend on anything but the lane, or a zombie would not be fenced."""
    return f"{settings.group}-{stage}-{partition}"
