"""Faust's Kafka consumer, corrected where it loses records: what is fetched, what is held back, what is committed.

What was seen in faust-streaming 0.15.3:

- After a rebalance with state to recover, flow is resumed twice, and each time every queue is cleared. Records that came between are
  gone, though their offsets count as read: the first records of a partition are skipped. (Committing then stops at the hole for good,
  which is the symptom of #596.) Here a second resume clears nothing.
- Records below the last offset read are dropped, and that offset can be from before the rebalance: what was read then, thrown away
  with the queues and fetched again is dropped the second time. Here everything fetched goes on, and `admit` sorts out what was had;
  it also notices any record that did not arrive.
- What a rebalance threw away is fetched again by a seek to the committed offset, which does nothing for a partition that has none: the
  first records of a new topic are skipped. Here such a partition begins at its beginning.
- Acknowledged offsets are collected one by one, and the longest run without a hole is committed. A hole that the log itself has
  (transaction markers, compaction) is filled up to and including the record after it, which may not be processed yet. Our stages finish the
  records of a partition in the order of the log, so the last one finished is all that needs to be known.
- With transactions, the end of a changelog is a marker that no consumer is ever given, and recovery waits for it. Here recovery ends at
  the last record. Consumers read committed records only.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, cast

from aiokafka import TopicPartition
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.watchdog import Partition, Position

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from streams.transport import App


FETCH_WAIT_MS = 100
"""How long a broker keeps a fetch that finds nothing. It answers the requests of a connection one after the other, so that at Faust's
1.5 s each question for offsets during a rebalance took as long."""

HELD_POLL = 0.05
"""Seconds between fetches while all that could be fetched is held."""

FULL_POLL = 0.005
"""Seconds between looks whether there is room again, while what was read ahead of every partition waits for its stage."""

TURN = 100
"""Messages that are passed on before others have their turn in the event loop."""


class LostRecordError(RuntimeError):
    """A record was fetched and did not reach its stage: the worker must end, and begin again at the last commit."""


class _NothingRead(dict[Any, Any]):
    """Stands for the offsets last read, by which Faust drops records: says of every partition that none was."""

    def __getitem__(self, tp: object) -> None:
        """Say that nothing was read."""


class ConsumerThread(driver.AIOKafkaConsumerThread):
    """The thread of the client that fetches, at `read_committed`."""

    def _create_worker_consumer(self, transport: Any) -> Any:  # noqa: ANN401 - as untyped as in Faust
        client = super()._create_worker_consumer(transport)
        # Faust has no setting for the one, and sets the other by its own way of transactions only.
        client._isolation_level = "read_committed"  # noqa: SLF001
        client._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001
        return client

    async def on_start(self) -> None:
        """Start the client."""
        await super().on_start()
        # The client would ask a broker for nothing for 100 ms after a fetch of which some has not been passed on.
        self._ensure_consumer()._fetcher._prefetch_backoff = 0.0  # noqa: SLF001


class Consumer(driver.Consumer):
    """Commits, per partition, the offset after the last record that was acknowledged; they come in order.

    Where the app has lanes, their transactions have committed the offsets already.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed through
        """Take what Faust's consumer takes."""
        super().__init__(*args, **kwargs)
        self._read_offset = _NothingRead()
        self._fetched: dict[Partition, int] = {}
        self._highest: dict[Partition, int] = {}
        self._held: set[Partition] = set()
        self._waiting: dict[Partition, deque[tuple[int, int]]] = {}
        self._waiting_lock = threading.Lock()  # asked by the event loop and by the watchdog

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        if cast("App", self.app).lanes is not None:
            return True  # committing them again, late, could turn an offset back
        return bool(await super()._commit(offsets))

    async def highwaters(self, *partitions: TP) -> Mapping[TP, int]:
        """Return the offset after the last record of each partition, which is where the recovery of a table is done."""
        found = await cast("App", self.app).after_last([TopicPartition(*tp) for tp in partitions])
        return {tp: found[TopicPartition(*tp)] for tp in partitions}

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go to the committed offset of each partition, and to the beginning of one that has none; return the committed ones."""
        committed = await super().seek_to_committed()
        new = [
            TP(*tp) for tp, offset in committed.items() if not offset and not self._is_changelog_tp(TP(*tp))
        ]
        if new:
            begins = await self.earliest_offsets(*new)
            await self.seek_wait({tp: begins[TopicPartition(*tp)] for tp in new})
        return committed

    def hold(self, partitions: Iterable[TP]) -> None:
        """Fetch no more of some partitions for now; what was fetched of them still comes.

        Faust's own pause would drop it: what is paused between a fetch and its delivery is not delivered, and not fetched again.
        """
        self._held |= {(tp.topic, tp.partition) for tp in partitions}

    def holds(self, partitions: Iterable[TP]) -> bool:
        """Tell whether all of some partitions are held: none is after a rebalance."""
        return all((tp.topic, tp.partition) in self._held for tp in partitions)

    def release(self, partitions: Iterable[TP]) -> None:
        """Fetch held partitions again."""
        self._held -= {(tp.topic, tp.partition) for tp in partitions}

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ANN401, ASYNC109 - Faust's signature
        if self._buffered_partitions and not self._get_active_partitions():
            await asyncio.sleep(FULL_POLL)  # where Faust sleeps for a second
            return {}, set()
        return await super()._wait_next_records(timeout)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ANN401, ASYNC109 - Faust's signature
        if self._held and active_partitions:
            wanted = {tp for tp in active_partitions if (tp.topic, tp.partition) not in self._held}
            if not wanted:  # which the client would take for all
                await asyncio.sleep(HELD_POLL)
                return {}
            active_partitions = wanted
        return await super()._getmany(active_partitions, timeout)

    def _new_offset(self, tp: TP) -> int | None:
        acked = self._acked[tp]
        if not acked:
            return None
        highest = max(acked)
        acked.clear()
        self._acked_index[tp].clear()
        return highest + 1

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Offsets that the log does not have need no book-keeping here."""

    async def verify_all_partitions_active(self) -> None:
        """Leave it to `streams.watchdog`: this check needs a sensor call per event, and only logs."""

    def begin(self, events: Iterable[Any]) -> None:
        """Note that `events` are being worked on: a rebalance and a stop wait until they are acknowledged."""
        for event in events:
            event.message.tracked = True
            self._unacked_messages.add(event.message)

    def abandon(self, events: Iterable[Any]) -> None:
        """Forget that `events` are being worked on; they stay unacknowledged and will come again."""
        for event in events:
            self._unacked_messages.discard(event.message)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Any]]:  # noqa: ASYNC109 - Faust's signature
        """Pass on what was fetched, and yield the messages that have to wait for room.

        Faust waits for every message it passes on in four tasks, in case flow is suspended meanwhile, which costs more than all else
        that it does. Where there is room nothing is waited for, and so nothing can happen meanwhile.
        """
        passed = 0
        async for tp, message in super().getmany(timeout):
            if not self._has_room(tp):
                yield tp, message
                continue
            await self.callback(message)
            passed += 1
            if passed % TURN == 0:
                await asyncio.sleep(0)

    def _has_room(self, tp: TP) -> bool:
        return cast("App", self.app).flow_control.is_active() and not self._is_full(tp)

    def _is_full(self, tp: TP) -> bool:
        channels = self.app.topics._tp_index.get(tp, ())  # type: ignore[attr-defined]  # noqa: SLF001 - who gets the messages of `tp`
        return any(channel.queue.full() for channel in channels)

    def _to_message(self, tp: TP, record: Any) -> Any:  # noqa: ANN401 - as untyped as in Faust
        message: Any = super()._to_message(tp, record)
        key = (tp.topic, tp.partition)
        before = self._fetched.get(key)
        message.follows = (
            before if before is not None and before < record.offset else None
        )  # else fetched again
        self._fetched[key] = record.offset
        with self._waiting_lock:
            waiting = self._waiting.setdefault(key, deque())
            while waiting and waiting[-1][0] >= record.offset:
                waiting.pop()  # fetched before
            waiting.append((record.offset, record.timestamp))
        return message

    def admit(self, message: Any) -> bool:  # noqa: ANN401
        """Tell whether a message that has come through the queues is to be processed; False where it was before.

        Raises LostRecordError where the one fetched before it has not come through.
        """
        follows = getattr(message, "follows", None)
        key = (message.topic, message.partition)
        done = max(self._highest.get(key, -1), (self._committed_offset.get(message.tp) or 0) - 1)
        if follows is not None and follows > done:
            msg = f"{key[0]}/{key[1]}: offset {message.offset} came without {follows} before it"
            raise LostRecordError(msg)
        if message.offset <= self._highest.get(key, -1):
            return False  # recovery seeks to the committed offset while records flow, which brings some again
        self._highest[key] = message.offset
        return True

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Forget the partitions that are gone."""
        await super().on_partitions_revoked(revoked)
        self._held.clear()
        for tp in revoked:
            for known in (self._fetched, self._highest, self._waiting):
                known.pop((tp.topic, tp.partition), None)

    def positions(self) -> dict[Partition, Position]:
        """Return how far each assigned partition is, changelogs apart; those of which nothing is known yet are left out.

        A partition is at its end when all that was fetched is committed and the position is at the end: the last offsets
        of a log can be markers of a transaction, which are never delivered and so never committed.
        """
        client = self._thread._consumer  # noqa: SLF001 - the client that this consumer drives
        subscription = client and client._subscription.subscription  # noqa: SLF001
        if not subscription or not subscription.assignment:
            return {}
        found = {}
        for tp in self.assignment():
            state = subscription.assignment.state_value(TopicPartition(tp.topic, tp.partition))
            if (
                self._is_changelog_tp(tp)
                or (tp.topic, tp.partition) in self._held
                or state is None
                or state.highwater is None
                or not state.has_valid_position
            ):
                continue
            key, committed, end = (tp.topic, tp.partition), self._committed_offset.get(tp), state.highwater
            fetched = self._fetched.get(key)
            if state.position >= end and (fetched is None or (committed or 0) > fetched):
                committed = end
            queued = self._is_full(tp) or (fetched is not None and fetched > self._highest.get(key, -1))
            found[key] = Position(committed, end, self._oldest(key, committed or 0), queued)
        return found

    def _oldest(self, key: Partition, committed: int) -> int | None:
        """Return the timestamp of the first record fetched that is at or after `committed`, forgetting those before."""
        with self._waiting_lock:
            waiting = self._waiting.get(key)
            while waiting and waiting[0][0] < committed:
                waiting.popleft()
            return waiting[0][1] if waiting else None
