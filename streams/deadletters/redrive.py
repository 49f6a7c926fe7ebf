"""Redriving and dropping dead letters, exactly once.

One Kafka transaction writes the redriven records and, to the compacted topic `dead-letters.handled`, that they were: a crash
before its commit leaves neither, after it both. All runs share one transactional id, so that a run which starts fences one that is still
under way (KIP-98) before it reads what has been handled: two at once can't redrive a letter twice. A consumer-group offset would be
smaller, but says only how far one has come, and letters are handled in any order.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from aiokafka.errors import KafkaError, ProducerFenced

from schemas.base import rfc3339
from schemas.codec import encode
from schemas.dead_letter import Handled
from streams.cluster import Cluster
from streams.deadletters.log import LetterFilter, read_handled, read_letters
from streams.deadletters.routes import NoWayError, Router
from streams.failure import Failure
from streams.records import OutRecord, to_ms
from streams.topics import HANDLED, catalogue
from streams.transactions import new_lane

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from streams.deadletters.log import Letter, Place
    from streams.settings import Settings
    from streams.transactions import Lane

BATCH = 100
"""Letters in one transaction: few enough that it ends long before its time is up."""

Action = Literal["redriven", "dropped"]
Plan: TypeAlias = "Callable[[Letter], Awaitable[OutRecord | None]]"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: which letters, who asks and why, and what is done although it looks like a mistake."""

    wanted: LetterFilter
    by: str | None = None
    why: str | None = None
    again: bool = False
    """Handle letters that have been handled before."""
    force: bool = False
    """Redrive letters that have been tried too often, or whose article has a newer version."""


@dataclass(slots=True)
class Done:
    """What became of the letters that were meant, by place: done (and where to), or the reason why not."""

    handled: dict[Place, str] = field(default_factory=dict)
    before: dict[Place, str] = field(default_factory=dict)
    refused: dict[Place, str] = field(default_factory=dict)


async def redrive(settings: Settings, order: Order) -> Done:
    """Put the articles of the letters back into the flow, each once; return what became of each.

    Refused are letters that have been tried `max_attempts` times (unless forced) and those that have no way back. Raises Failure where
    Kafka fails or another run has taken over; all that is told as done is done, and nothing of the rest.
    """
    async with _session(settings) as (cluster, lane):
        router = Router(cluster, settings, force=order.force)
        limit = settings.max_attempts

        async def plan(letter: Letter) -> OutRecord:
            if letter.about.attempt >= limit and not order.force:
                raise NoWayError(
                    f"tried {letter.about.attempt} times, the limit is {limit}; --force tries once more"
                )
            return await router.route(letter)

        return await _Run(cluster, lane, settings, order, "redriven", plan).run()


async def drop(settings: Settings, order: Order) -> Done:
    """Mark letters as handled, so that they are not listed or redriven any more; they stay where they are."""

    async def plan(_: Letter) -> None:
        return None

    async with _session(settings) as (cluster, lane):
        return await _Run(cluster, lane, settings, order, "dropped", plan).run()


@asynccontextmanager
async def _session(settings: Settings) -> AsyncIterator[tuple[Cluster, Lane]]:
    """Give a connection and a lane that has fenced every other one of its kind."""
    partitions = {topic.full_name: topic.partitions for topic in catalogue(settings).values()}
    lane = new_lane(settings, f"{settings.group}-dead-letters", partitions)
    try:
        await lane.open()
        async with Cluster(settings) as cluster:
            try:
                yield cluster, lane
            except ProducerFenced:
                raise Failure(
                    "another run on the dead letters has taken over; what it did not do can be asked again"
                ) from None
    except (KafkaError, OSError) as error:
        raise Failure(f"{settings.broker}: {error}") from None
    finally:
        await lane.close()


class _Run:
    def __init__(
        self,
        cluster: Cluster,
        lane: Lane,
        settings: Settings,
        order: Order,
        action: Action,
        plan: Plan,
    ) -> None:
        self._cluster = cluster
        self._lane = lane
        self._settings = settings
        self._order = order
        self._action = action
        self._plan = plan
        self._done = Done()
        self._written: set[tuple[str, bytes | None, bytes | None]] = set()

    async def run(self) -> Done:
        known = await read_handled(self._cluster, self._settings)
        batch: list[tuple[Letter, OutRecord | None]] = []
        async for letter in read_letters(self._cluster, self._settings, self._order.wanted):
            before = known.get(letter.place)
            if before is not None and not self._order.again:
                self._done.before[letter.place] = f"{before.action} at {rfc3339(before.at)}"
                continue
            try:
                batch.append((letter, await self._plan(letter)))
            except NoWayError as error:
                self._done.refused[letter.place] = str(error)
            if len(batch) == BATCH:
                await self._commit(batch)
                batch = []
        if batch:
            await self._commit(batch)
        return self._done

    async def _commit(self, batch: list[tuple[Letter, OutRecord | None]]) -> None:
        now = datetime.now(UTC)
        marker = encode(Handled(action=self._action, at=now, by=self._order.by, why=self._order.why))
        records = []
        for letter, record in batch:
            if record is not None and self._first(record):
                records.append(self._addressed(record))
            key = f"{letter.place[0]}/{letter.place[1]}".encode()
            records.append(self._addressed(OutRecord(HANDLED, key, marker, (), to_ms(now))))
        await self._lane.commit(records)
        for letter, record in batch:
            self._done.handled[letter.place] = self._settings.topic(record.topic) if record else self._action

    def _first(self, record: OutRecord) -> bool:
        """Tell whether a record is not yet written in this run: two letters may be about one article."""
        same = (record.topic, record.key, record.value)
        new = same not in self._written
        self._written.add(same)
        return new

    def _addressed(self, record: OutRecord) -> OutRecord:
        return record._replace(topic=self._settings.topic(record.topic))
