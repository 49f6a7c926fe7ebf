"""Raw records to Kafka: bounded in flight, acknowledged, and what is too large for `articles.raw` to the dead letters."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from schemas.dead_letter import DeadLetter
from streams.client import client_options
from streams.cluster import Cluster
from streams.failure import Failure
from streams.ingest.formats import key_of
from streams.topics import DEAD_LETTERS, RAW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from streams.ingest.sources import Item, Source
    from streams.settings import Settings

IN_FLIGHT = 500
"""Records sent and not yet acknowledged: enough to fill batches, few enough to hold in memory at a megabyte each."""
READ_AHEAD = 64
"""Records read and not yet sent."""
BATCH_BYTES = 256 * 1024
"""Below the size limit of `articles.raw`, so that a batch of small records is never refused as too large."""
REQUEST_BYTES = 64 * 1024 * 1024
"""The client refuses no record that the broker might take; the topic's own limit decides."""
STAGE = "ingest"
T = TypeVar("T")


@dataclass(slots=True)
class IngestReport:
    """What became of the records: every one read was produced, put to the dead letters, or refused with a reason."""

    read: int = 0
    produced: int = 0
    dead: int = 0
    refused: list[str] = field(default_factory=list)


async def ingest(
    sources: Iterable[Source],
    settings: Settings,
    progress: Callable[[Source, Item], None] = lambda _source, _item: None,
) -> IngestReport:
    """Produce every record of the sources, in their order, keyed by url or id; return the account when all are acknowledged.

    Raises Failure where the broker can't be reached, the topics aren't there, or a source can't be read; what was sent before stays sent.
    """
    async with Cluster(
        settings
    ) as cluster:  # the producer itself would wait a minute for a topic that isn't there
        await cluster.partitions(settings.topic(RAW), settings.topic(DEAD_LETTERS))
    report = IngestReport()
    producer = AIOKafkaProducer(
        **client_options(settings),
        enable_idempotence=True,
        linger_ms=20,
        max_batch_size=BATCH_BYTES,
        max_request_size=REQUEST_BYTES,
    )
    try:
        await producer.start()
        sender = _Sender(producer, settings, report)
        async for source, item in _in_background((s, i) for s in sources for i in s.items()):
            report.read += 1
            await sender.send(item)
            progress(source, item)
        await sender.drain(0)
    except KafkaError as error:
        message = f"{settings.broker}: {error}"
        raise Failure(message) from None
    finally:
        with suppress(KafkaError):
            await producer.stop()
    return report


class _Sender:
    def __init__(self, producer: AIOKafkaProducer, settings: Settings, report: IngestReport) -> None:
        self._producer = producer
        self._raw = settings.topic(RAW)
        self._dead_letters = settings.topic(DEAD_LETTERS)
        self._report = report
        self._flying: deque[tuple[Item, bytes | None, asyncio.Future[Any]]] = deque()

    async def send(self, item: Item) -> None:
        key = key_of(item.value)
        try:
            sent = await self._producer.send(self._raw, item.value, key=key)
        except MessageSizeTooLargeError:
            await self._bury(item, key)
            return
        self._flying.append((item, key, sent))
        await self.drain(IN_FLIGHT)

    async def drain(self, leave: int) -> None:
        while len(self._flying) > leave:
            item, key, sent = self._flying.popleft()
            try:
                await sent
            except MessageSizeTooLargeError:
                await self._bury(item, key)
            else:
                self._report.produced += 1

    async def _bury(self, item: Item, key: bytes | None) -> None:
        """Put a record that the topic is too small for to the dead letters; where that is too small as well, say so."""
        reason = f"{item.place}: {len(item.value)} bytes, more than {self._raw} takes"
        letter = DeadLetter(
            stage=STAGE,
            reason=reason,
            topic=STAGE,
            partition=0,
            offset=item.number,
            record_time=datetime.now(UTC),
        )
        try:
            await self._producer.send_and_wait(
                self._dead_letters, item.value, key=key, headers=letter.headers()
            )
        except MessageSizeTooLargeError:
            self._report.refused.append(f"{reason}, and more than the dead letters take")
        else:
            self._report.dead += 1


async def _in_background(items: Iterable[T]) -> AsyncIterator[T]:
    """Iterate in a thread, so that waiting for a slow pipe keeps nobody from sending; a daemon, so that it can be left."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[T | None, BaseException | None]] = asyncio.Queue()
    room = threading.Semaphore(READ_AHEAD)

    def put(item: T | None, error: BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody wants it any more
            loop.call_soon_threadsafe(queue.put_nowait, (item, error))

    def read() -> None:
        try:
            for item in items:
                room.acquire()
                put(item, None)
        except Exception as error:  # noqa: BLE001 - goes to the reader
            put(None, error)
        else:
            put(None, None)

    threading.Thread(target=read, name="ingest-reader", daemon=True).start()
    while True:
        item, error = await queue.get()
        if error is not None:
            raise error
        if item is None:
            return
        room.release()
        yield item
