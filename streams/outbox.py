"""The outbox: where a stage's records and state changes go, and what makes them count: a transaction, or the order of the writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from faust.types import TP

from streams.disk import Store as DiskStore
from streams.records import OutRecord
from streams.topics import catalogue, changelog
from streams.transactions import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import faust
    from faust.tables.manager import TableManager as Tables
    from faust.types.stores import StoreT
    from faust.types.tables import TableT

    from streams.settings import Settings
    from streams.stages import Change
    from streams.transactions import Lanes, Place
    from streams.transport import Producer

Table: TypeAlias = "TableT[bytes, bytes]"


@dataclass(slots=True)
class Work:
    """What a stage made of the records of one source partition in one batch.

    `records` go to topics by their catalogue names; `changes` belong to `table`; `offsets` are the next to read, by topic on the broker
    and partition; `timestamp_ms` is that of the last record read. A table has a partition for each that its stage reads.
    """

    stage: str
    partition: int
    records: list[OutRecord] = field(default_factory=list)
    offsets: dict[Place, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    table: Table | None = None
    timestamp_ms: int = 0


class Outbox(Protocol):
    """What a hop needs."""

    async def write(self, work: Work) -> None:
        """Write everything and return when the broker has it. Raises KafkaError, LaneLostError."""


class TransactionalOutbox:
    """Exactly once: records, changelog and offsets in one transaction of the work's lane."""

    def __init__(self, app: faust.App, settings: Settings, lanes: Lanes) -> None:
        """Take the app, for its tables, and the lanes that it holds."""
        self._app = app
        self._settings = settings
        self._lanes = lanes
        self._names = _names(settings)

    async def write(self, work: Work) -> None:
        """Commit the work, then take its changes into the local copy of the table."""
        lane = self._lanes.lane(work.stage, work.partition)
        records = _addressed(work.records, self._names)
        changes = _changelog_records(work, self._settings)
        written = await lane.commit(records, changes, work.offsets)
        if written is not None:
            _keep(self._app, work, changes[0].topic, written)


class OrderedOutbox:
    """At least once: records are written before the state that remembers them, and both before Faust commits the input.

    After a crash at any point the input comes again, and the records that repeat are the same bytes.
    """

    def __init__(self, app: faust.App, settings: Settings) -> None:
        """Take the app, whose producer is used once it runs."""
        self._app = app
        self._settings = settings
        self._names = _names(settings)

    async def write(self, work: Work) -> None:
        """Write the records, then the changelog, then the local copy of the table."""
        producer = cast("Producer", self._app.producer)
        if work.records:
            await producer.deliver(_addressed(work.records, self._names))
        changes = _changelog_records(work, self._settings)
        if changes:
            acks = await producer.deliver(changes)
            _keep(self._app, work, changes[0].topic, Written(acks[0].offset, acks[-1].offset))


def _names(settings: Settings) -> Mapping[str, str]:
    return {name: topic.full_name for name, topic in catalogue(settings).items()}


def _addressed(records: Iterable[OutRecord], names: Mapping[str, str]) -> list[OutRecord]:
    """Return the records with their topics' names on the broker."""
    return [
        OutRecord(names[topic], key, value, headers, timestamp_ms, partition)
        for topic, key, value, headers, timestamp_ms, partition in records
    ]


def _changelog_records(work: Work, settings: Settings) -> list[OutRecord]:
    """Return the changes as records of the table's changelog.

    The table's own item assignment would take the partition from whichever event is current and leave through a buffer that nobody waits
    for; so the changelog is written here and the table's store after it.
    """
    if work.table is None or not work.changes:
        return []
    topic = changelog(settings, work.table.name)
    return [
        OutRecord(topic, key, value, (), work.timestamp_ms, work.partition) for key, value in work.changes
    ]


def _keep(app: faust.App, work: Work, topic: str, written: Written) -> None:
    """Bring the local copy of the table up to its changelog."""
    store = cast("StoreT[bytes, bytes]", cast("Table", work.table).data)
    if isinstance(store, DiskStore):
        store.write(work.changes)
    else:
        for key, value in work.changes:
            if value is None:
                store.pop(key, None)
            else:
                store[key] = value
    tp = TP(topic, work.partition)
    store.set_persisted_offset(tp, written.last)
    # What was written here need not be read back after the next rebalance, if nobody else wrote in between. One marker of a
    # transaction may stand between two runs of our own.
    read = cast("Tables", app.tables).recovery.active_offsets
    known = read.get(tp)
    if known is not None and written.first - 2 <= known < written.first:
        read[tp] = written.last
