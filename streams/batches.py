"""Batches: a Faust stream that is read in micro-batches of events, acknowledged by hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import faust

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from faust.types import ChannelT, EventT

    from streams.consumer import Consumer

Event: TypeAlias = "EventT[Any]"

POLL = 0.002
"""Seconds between looks into the queue while a batch waits to fill."""


class Limits(NamedTuple):
    """When a batch is full: at so many records, or bytes, or so many seconds after its first record.

    `work` is how many seconds may be worked on it: what is not begun by then is left to the next one, so that the records that a slow
    stage has done are committed, and a rebalance is not kept waiting.
    """

    records: int
    size: int
    wait: float
    work: float


class BatchStream(faust.Stream):  # type: ignore[type-arg]
    """A stream with `batches`.

    Faust's own `take` keeps a stop waiting until its buffer is consumed (#162), hands over events of partitions that
    are gone, and acknowledges what it skips. This reads the stream's queue directly and does none of that.
    """

    async def batches(self, limits: Limits) -> AsyncIterator[list[Event]]:
        """Yield lists of events, never empty; each event must be acknowledged, in order, or abandoned.

        Events that were fetched before the last rebalance are passed over: their partition may be another worker's by now,
        and if it is not, they come again.
        """
        started = await self.maybe_start()
        try:
            while not self.should_stop:
                batch = await self._collect(limits)
                if batch:
                    yield batch
        except StopAsyncIteration:
            return  # how a channel tells a waiting reader that it closes
        finally:
            self._channel_stop_iteration(self.channel)
            if started:
                await self.stop()
                self.service_reset()

    def set_current(self, event: Event) -> None:
        """Make `event` the current one, from which a RocksDB table takes the partition that it writes to."""
        self._set_current_event(event)

    async def _collect(self, limits: Limits) -> list[Event]:
        queue = self._queue
        now = asyncio.get_running_loop().time
        batch: list[Event] = []
        size = self._admit(await queue.get(), batch)
        deadline = now() + limits.wait
        while len(batch) < limits.records and size < limits.size:
            if not queue.empty():
                size += self._admit(queue.get_nowait(), batch)
            elif now() < deadline:
                await asyncio.sleep(POLL)
            else:
                break
        # A rebalance while the batch was filling makes all of it stale.
        return [event for event in batch if self.is_current(event)]

    def _admit(self, event: Event, batch: list[Event]) -> int:
        """Add an event that is to be processed, and return its bytes."""
        if not self.is_current(event) or not cast("Consumer", self.app.consumer).admit(event.message):
            return 0
        batch.append(event)
        return len(event.message.value or b"") + len(event.message.key or b"")

    def is_current(self, event: Event) -> bool:
        """Tell whether an event was fetched since the last rebalance."""
        return bool(event.message.generation_id == self.app.consumer_generation_id)

    def flows(self) -> bool:
        """Tell whether records are to be worked on: not during a rebalance, nor after a stop was asked for."""
        return not self.should_stop and self.app.flow_control.is_active()

    @property
    def _queue(self) -> asyncio.Queue[Event]:
        return cast("asyncio.Queue[Event]", cast("ChannelT[bytes]", self.channel).queue)
