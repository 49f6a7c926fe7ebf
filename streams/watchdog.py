"""The watchdog: a worker that stops committing while there is work must end, so that its supervisor starts a fresh one."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Partition = tuple[str, int]

UNSETTLED_FACTOR = 2
"""A rebalance, and each step of recovering state, may take so many times as long as a commit: slow members are waited for."""

TURN_FACTOR = 5
"""A partition whose records wait in the queue of a stage that commits others may wait so many times as long: on a slow machine a stage
works for minutes on what was read ahead."""


class Position(NamedTuple):
    """How far one assigned partition is: the offset last committed (None before the first), and the end of the log."""

    committed: int | None
    end: int
    oldest_ms: int | None = None
    """Timestamp of the oldest record that was fetched and is not committed; None where there is none."""
    queued: bool = False
    """Whether records of it wait in the queue of its stage, or for room in it."""

    @property
    def lag(self) -> int:
        """Records not yet committed, markers of transactions among them."""
        return max(0, self.end - (self.committed or 0))

    def lag_seconds(self, now: float) -> float:
        """Return for how long the oldest record that is not committed has waited, given Unix seconds; 0 where none waits."""
        return 0.0 if self.oldest_ms is None else max(0.0, now - self.oldest_ms / 1000)


class Watchdog:
    """Tells which assigned partitions have a backlog whose committed offset has not moved for too long."""

    def __init__(
        self,
        limit: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        readers: Mapping[str, str] | None = None,
    ) -> None:
        """Take the limit in seconds, the clock, and the stage that reads each topic: by default each topic has its own."""
        self._limit = limit
        self._clock = clock
        self._readers = readers or {}
        self._moved: dict[Partition, tuple[int | None, float]] = {}
        self._commits: dict[str, float] = {}
        self._settled = clock()
        self._recovered = 0

    def check(
        self, positions: Mapping[Partition, Position], *, settled: bool = True, recovered: int = 0
    ) -> str | None:
        """Return why the process must end, in one line, or None.

        `positions` are the assigned partitions; one that is new here starts its time now. `settled` is false while
        partitions are being reassigned and state recovered, when nothing can be committed; `recovered` is then how far recovery is,
        in any measure that moves with it.
        """
        now = self._clock()
        if not settled:
            self._moved.clear()
            if recovered != self._recovered:
                self._recovered, self._settled = recovered, now
            waited = now - self._settled
            if waited > self._limit * UNSETTLED_FACTOR:
                return f"watchdog: no partitions and state for {waited:.0f} s"
            return None
        self._settled = now
        self._moved = {p: moved for p, moved in self._moved.items() if p in positions}
        for partition, position in sorted(positions.items()):
            known = self._moved.get(partition)
            moved = known is None or known[0] != position.committed
            if moved and known is not None:
                self._commits[self._reader(partition)] = now
            if moved or (position.committed or 0) >= position.end:
                self._moved[partition] = (position.committed, now)
        for (topic, number), age in sorted(self.overdue(positions).items()):
            backlog = positions[topic, number].end - (positions[topic, number].committed or 0)
            return f"watchdog: {topic}/{number} has {backlog} records and no commit for {age:.0f} s"
        return None

    def overdue(self, positions: Mapping[Partition, Position]) -> dict[Partition, float]:
        """Return the seconds without a commit of those partitions that have stood still for too long."""
        now, moved = self._clock(), dict(self._moved)
        busy = {stage for stage, at in dict(self._commits).items() if now - at <= self._limit}
        ages = {p: now - moved[p][1] for p in positions if p in moved}
        return {
            p: age
            for p, age in ages.items()
            if age > self._limit * (TURN_FACTOR if positions[p].queued and self._reader(p) in busy else 1)
        }

    def _reader(self, partition: Partition) -> str:
        return self._readers.get(partition[0], partition[0])

    def ages(self) -> dict[Partition, float]:
        """Return the seconds since each partition last moved or had nothing to do."""
        now = self._clock()
        return {partition: now - since for partition, (_, since) in sorted(self._moved.items())}


class WatchThread(threading.Thread):
    """Calls `look` every so often, outside the event loop, which may be what hangs."""

    def __init__(
        self, look: Callable[[], str | None], fail: Callable[[str], object], interval: float
    ) -> None:
        """Take what looks, what ends the process with the reason found, and the seconds between looks."""
        super().__init__(name="watchdog", daemon=True)
        self._look = look
        self._fail = fail
        self._interval = interval
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until stopped."""
        while not self._ended.wait(self._interval):
            reason = self._look()
            if reason is not None:
                self._fail(reason)
                return

    def stop(self) -> None:
        """End the thread soon."""
        self._ended.set()
