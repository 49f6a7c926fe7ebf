"""The outbox: where a stage's records and state changes go, at least once and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from faust.types import TP

from streams.records import OutRecord
from streams.topics import catalogue, changelog

if TYPE_CHECKING:
    from collections.abc import Sequence

    import faust
    from faust.tables.manager import TableManager as Tables
    from faust.types.stores import StoreT
    from faust.types.tables import TableT

    from streams.settings import Settings
    from streams.stages import Change
    from streams.transport import Producer

Table: TypeAlias = "TableT[bytes, bytes]"

LANE = 0
"""A stage with state has one partition in, and so has its table."""


class Outbox(Protocol):
    """What a hop needs: both calls return when the broker has everything."""

    async def send(self, records: Sequence[OutRecord]) -> None:
        """Write records, `topic` being the name in the catalogue."""

    async def save(self, table: Table, changes: Sequence[Change], timestamp_ms: int) -> None:
        """Write state changes to the table's changelog, then to its local copy."""


class KafkaOutbox:
    """The outbox of a Faust app.

    Records are written before the state that remembers them, and both before the input is committed: after a crash at
    any point the input comes again, and the records that repeat are the same bytes.
    """

    def __init__(self, app: faust.App, settings: Settings) -> None:
        """Take the app, whose producer is used once it runs."""
        self._app = app
        self._settings = settings
        self._names = {name: topic.full_name for name, topic in catalogue(settings).items()}

    async def send(self, records: Sequence[OutRecord]) -> None:
        """Write records and wait for the broker. Raises KafkaError."""
        await self._producer.deliver([record._replace(topic=self._names[record.topic]) for record in records])

    async def save(self, table: Table, changes: Sequence[Change], timestamp_ms: int) -> None:
        """Write changes and wait for the broker; `timestamp_ms` is that of the last record they follow from. Raises KafkaError.

        The table's own item assignment would take the changelog partition from whichever event is current and leave
        through a buffer that nobody waits for; so the changelog is written here and the table's store after it.
        """
        topic = changelog(self._settings, table.name)
        written = await self._producer.deliver(
            [OutRecord(topic, key, value, (), timestamp_ms, LANE) for key, value in changes]
        )
        store = cast("StoreT[bytes, bytes]", table.data)
        for key, value in changes:
            if value is None:
                store.pop(key, None)
            else:
                store[key] = value
        tp = TP(topic, LANE)
        store.set_persisted_offset(tp, written[-1].offset)
        # What was written here need not be read back after the next rebalance, if nobody else wrote in between.
        read = cast("Tables", self._app.tables).recovery.active_offsets
        if read.get(tp) == written[0].offset - 1:
            read[tp] = written[-1].offset

    @property
    def _producer(self) -> Producer:
        return cast("Producer", self._app.producer)
