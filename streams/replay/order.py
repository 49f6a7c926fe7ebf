"""The order in which recorded articles are replayed: that of their verdicts, which several lanes wrote side by side."""

from __future__ import annotations

from contextlib import AsyncExitStack, aclosing
from typing import TYPE_CHECKING

from schemas.codec import decode
from schemas.verdict import Verdict
from streams.failure import Failure
from streams.stages.clean import RAW_POSITION

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable

    from aiokafka.structs import ConsumerRecord

    from streams.cluster import Cluster, Offsets

Position = tuple[int, int]
"""Partition and offset of a raw record."""


def position(record: ConsumerRecord) -> Position:
    """Return where the raw record stands that an `articles.clean` record was made of. Raises Failure where that isn't said."""
    value = next((v for k, v in record.headers if k == RAW_POSITION), b"")
    partition, _, offset = value.decode("ascii", "replace").partition("/")
    if not (partition.isdigit() and offset.isdigit()):
        message = (
            f"{record.topic}[{record.partition}]@{record.offset}: header {RAW_POSITION!r} is {value[:40]!r}"
        )
        raise Failure(message)
    return int(partition), int(offset)


async def recorded_order(
    cluster: Cluster,
    clean: tuple[Offsets, Offsets],
    verdicts: tuple[Offsets, Offsets],
    wanted: Callable[[ConsumerRecord], bool],
) -> AsyncGenerator[ConsumerRecord, None]:
    """Yield the wanted records of `articles.clean`, each partition in its order.

    Takes where both topics begin and end. Between the lanes the order of the verdicts decides. Records on which there is no verdict
    (withdrawals of what the lane doesn't know, for one) come before the next of their lane that has one, or at the end.
    """
    begin, end = clean
    if len(begin) == 1:  # a lane's order is its own log
        async with aclosing(cluster.read(begin, end)) as records:
            async for record in records:
                if wanted(record):
                    yield record
        return
    async with AsyncExitStack() as stack:
        lanes = []
        for partition in sorted(begin):
            source = cluster.read({partition: begin[partition]}, {partition: end[partition]})
            lanes.append(Ahead(await stack.enter_async_context(aclosing(source)), wanted))
        judged = await stack.enter_async_context(aclosing(cluster.read(*verdicts)))
        async for record in interleave(lanes, judged, wanted):
            yield record


class Ahead:
    """The wanted records of one lane, with a look at the next."""

    def __init__(
        self, source: AsyncIterator[ConsumerRecord], wanted: Callable[[ConsumerRecord], bool]
    ) -> None:
        """Take the records of the lane, and which of them count."""
        self._source = source
        self._wanted = wanted
        self._next: ConsumerRecord | None = None
        self.taken: dict[int, int] = {}
        """By raw partition, the offset of the last record taken."""

    async def peek(self) -> ConsumerRecord | None:
        """Return the next record without taking it; None at the end."""
        while self._next is None:
            record = await anext(self._source, None)
            if record is None:
                return None
            if self._wanted(record):
                self._next = record
        return self._next

    def take(self) -> ConsumerRecord:
        """Return the record that was peeked at, and go on to the next."""
        record, self._next = self._next, None
        if record is None:
            msg = "nothing was peeked at"
            raise LookupError(msg)
        partition, offset = position(record)
        self.taken[partition] = max(offset, self.taken.get(partition, -1))
        return record


async def interleave(
    lanes: list[Ahead],
    verdicts: AsyncIterator[ConsumerRecord],
    wanted: Callable[[ConsumerRecord], bool],
) -> AsyncGenerator[ConsumerRecord, None]:
    """Yield the records of the lanes in the order of their verdicts; see `recorded_order`."""
    async for record in verdicts:
        if not wanted(record):
            continue
        verdict = decode(Verdict, record.value)
        lane = lanes[verdict.seq % len(lanes)]
        partition, offset = verdict.raw.partition, verdict.raw.offset
        while lane.taken.get(partition, -1) < offset and (ahead := await lane.peek()) is not None:
            at = position(ahead)
            if at[0] == partition and at[1] > offset:
                break  # what this verdict is on is no longer there
            yield lane.take()
    for lane in lanes:
        while await lane.peek() is not None:
            yield lane.take()
