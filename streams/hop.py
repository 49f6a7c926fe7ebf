"""A hop: one stage as a Faust agent. Batch in, stage, records and state out, acknowledge: in this order, each step awaited."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from faust.types import TP

from streams.outbox import Work
from streams.records import InRecord
from streams.state import own_key
from streams.transactions import LaneLostError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence

    from streams.batches import BatchStream, Event, Limits
    from streams.consumer import Consumer
    from streams.metrics import Meter
    from streams.outbox import Outbox, Table
    from streams.stages import Stage

logger = logging.getLogger(__name__)

T = TypeVar("T")

EXIT_STUCK = 70
"""Exit status of a worker that can't go on (EX_SOFTWARE): whoever started it should start it again."""

SLICE = 0.02
"""Seconds that a stage may hold the event loop before heartbeats, health and other stages get their turn."""

HELD = 2000
"""Records that may wait in the state of a stage before the topic that brings them is held; it flows again at half as many."""


class Hop:
    """Runs one stage over a stream.

    What counts of a batch that was cut short is the outbox's part: nothing of it, or what will be repeated with the same bytes, since
    stages are deterministic and recognise what they have had.
    """

    def __init__(
        self,
        name: str,
        make_stage: Callable[[], Stage],
        outbox: Outbox,
        meter: Meter,
        limits: Limits,
        *,
        names: Mapping[str, str],
        table: Table | None = None,
        hold: str | None = None,
        fail: Callable[[str], NoReturn] | None = None,
    ) -> None:
        """Take what the hop is made of.

        Args:
            name: The stage's name.
            make_stage: Makes the stage; for a stage with state, again after each rebalance.
            outbox: Where records and state go.
            meter: What counts.
            limits: When a batch is full.
            names: Catalogue name of each topic read, by its name on the broker.
            table: Holds the state of a stage that has some.
            hold: Catalogue name of the topic, of one partition, whose records may wait in the state for those of another.
            fail: Ends the process with a reason, where going on could lose records.

        """
        self.name = name
        self._make_stage = make_stage
        self._outbox = outbox
        self._meter = meter
        self._limits = limits
        self._names = names
        self._table = table
        self._hold = tuple(TP(full, 0) for full, topic in names.items() if topic == hold)
        self._fail = fail or end_process
        self._stage: Stage | None = None
        self._mine: Collection[int] | None = None

    async def run(self, stream: BatchStream) -> None:
        """Work through a stream until it ends or the task is cancelled; a batch that was begun is finished first.

        Whatever goes wrong ends the process, which begins again at the last commit: records after the one that could not be written may
        have been written, and going on from there would pass it over.
        """
        try:
            async for batch in stream.batches(self._limits):
                left: Sequence[Event] = batch
                while left:
                    left = await _uninterrupted(self._work(stream, left))
        except Exception as error:  # noqa: BLE001 - Faust would restart the agent, behind what was lost
            self._fail(f"{self.name}: {error}")

    def reset(self, mine: Collection[int] | None = None) -> None:
        """Drop the state: another worker may have it next. It is read from the table again when the next record comes.

        `mine` are the partitions of the table whose state is this worker's from now on, if that has changed: the table has more where
        it follows the state of others, to take over sooner.
        """
        if self._table is not None:
            self._stage = None
            self._mine = self._mine if mine is None else mine

    @property
    def reads(self) -> Collection[str]:
        """The topics that it reads, by their names on the broker."""
        return self._names.keys()

    @property
    def pending(self) -> int:
        """Records that wait in the state."""
        return self._stage.pending if self._stage is not None else 0

    def ready_stage(self) -> Stage:
        """Return the stage, made and restored from its table if need be."""
        if self._stage is None:
            stage = self._make_stage()
            if self._table is not None:
                stage.restore(self._state(self._table), self._table.data.get)
            self._stage = stage
        return self._stage

    def _state(self, table: Table) -> Iterable[tuple[bytes, bytes]]:
        """Return the items of the table that are this worker's."""
        items, mine, count = table.data.items(), self._mine, table.partitions or 1
        if mine is None or count == 1:
            return items
        return (item for item in items if own_key(count, item[0])[0] in mine)

    async def _work(self, stream: BatchStream, batch: Sequence[Event]) -> Sequence[Event]:
        """Work on a batch for as long as it may take, and return what is left of it to be worked on next."""
        consumer = cast("Consumer", stream.app.consumer)
        consumer.begin(batch)
        started, done = time.perf_counter(), 0
        try:
            done = await self._finish(stream, batch)
        except LaneLostError as lost:
            logger.warning("%s: %s", self.name, lost)
            self.reset()
        finally:
            consumer.abandon(batch)
        if done:
            self._meter.batch(self.name, done, time.perf_counter() - started)
        self._balance(consumer)
        # A rebalance and a stop wait for what was done, not for the rest: whoever has the partitions then fetches it again.
        return batch[done:] if done and stream.flows() else ()

    async def _finish(self, stream: BatchStream, batch: Sequence[Event]) -> int:
        """Process the first events of a batch and write what comes of them; return how many, 0 where nothing counts."""
        stage = self.ready_stage()
        parts, done = await self._process(stage, batch)
        if not stream.is_current(batch[-1]):
            self.reset()  # the partitions went elsewhere meanwhile; whoever has them does this batch
            return 0
        batch = batch[:done]
        last = {event.message.partition: event for event in batch}
        writes = (self._write(stream, last[partition], work) for partition, work in parts.items())
        # All are waited for, whatever becomes of one: the state may be read from the table again when this returns.
        outcomes = await asyncio.gather(*writes, return_exceptions=True)
        failed = [outcome for outcome in outcomes if outcome is not None]
        if failed:
            raise min(
                failed, key=lambda error: isinstance(error, LaneLostError)
            )  # one that ends the worker first
        for event in batch:
            event.ack()
        for work in parts.values():
            self._meter.records(self.name, work.records, 0)
        self._meter.records(self.name, (), stage.repeats)
        stage.repeats = 0
        return done

    async def _process(self, stage: Stage, batch: Sequence[Event]) -> tuple[dict[int, Work], int]:
        """Give events to the stage until the time of a batch is over; return what it made, by partition, and of how many."""
        parts: dict[int, Work] = {}
        done, worked = 0, 0.0
        turn = time.monotonic()
        for event in batch:
            done += 1
            message = event.message
            work = parts.get(message.partition)
            if work is None:
                work = parts[message.partition] = Work(self.name, message.partition, table=self._table)
            record = self._record(event)
            work.records += stage.process(record)
            work.offsets[message.topic, message.partition] = message.offset + 1
            work.timestamp_ms = record.timestamp_ms
            lasted = time.monotonic() - turn
            if worked + lasted > self._limits.work:
                break
            if lasted > SLICE:
                worked += lasted
                await asyncio.sleep(0)
                turn = time.monotonic()
        if self._table is not None:
            for key, value in stage.changes():
                parts[own_key(self._table.partitions or 1, key)[0]].changes.append((key, value))
        return parts, done

    async def _write(self, stream: BatchStream, event: Event, work: Work) -> None:
        """Write what was made of one partition; `event` is of that partition. Runs as a task, which has a current event of its own."""
        if work.table is not None:
            stream.set_current(event)
        await self._outbox.write(work)

    def _balance(self, consumer: Consumer) -> None:
        """Hold the topic whose records wait in the state while too many do: a slow stage elsewhere must not fill the memory here."""
        if not self._hold:
            return
        held = consumer.holds(self._hold)
        if not held and self.pending > HELD:
            consumer.hold(self._hold)
        elif held and self.pending < HELD // 2:
            consumer.release(self._hold)

    def _record(self, event: Event) -> InRecord:
        message = event.message
        given: Any = message.headers or ()
        headers = given.items() if isinstance(given, dict) else given
        return InRecord(
            self._names.get(message.topic, message.topic),
            message.partition,
            message.offset,
            round((message.timestamp or 0) * 1000),
            message.key,
            message.value,
            tuple([(name, bytes(value or b"")) for name, value in headers]),
        )


def end_process(reason: str) -> NoReturn:
    """Log one line and end the process at once, without the cleaning up that might commit what isn't done."""
    logger.critical("%s; the worker ends", reason)
    logging.shutdown()
    os._exit(EXIT_STUCK)


async def _uninterrupted(work: Coroutine[object, object, T]) -> T:
    """Await `work`; if the caller is cancelled meanwhile, let it finish before giving way."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done():
            await task
        raise
