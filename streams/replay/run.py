"""One replay, from the recorded topics of a log into those of another prefix."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from schemas.base import rfc3339
from streams.client import client_options
from streams.cluster import Cluster
from streams.failure import Failure
from streams.records import InRecord, OutRecord, to_ms
from streams.replay.chain import Chain
from streams.replay.rawlog import RawLog
from streams.stages import make_stages
from streams.stages.clean import RAW_POSITION
from streams.topics import CLEAN, RAW, catalogue, provision

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from datetime import datetime
    from typing import Self

    from aiokafka.structs import ConsumerRecord

    from streams.settings import Settings

IN_FLIGHT = 500


@dataclass(slots=True)
class ReplayReport:
    """What was replayed: articles by how they were had, records written by topic."""

    articles: int = 0
    redelivered: int = 0
    """Records that a restarted worker had cleaned twice: passed over, as the dedupe lane did."""
    without_raw: int = 0
    """Articles whose raw record is gone: taken as they were cleaned then."""
    written: Counter[str] = field(default_factory=Counter)


async def replay(
    settings: Settings,
    prefix: str,
    start: datetime | None,
    end: datetime | None,
    progress: Callable[[ReplayReport], None] = lambda _report: None,
) -> ReplayReport:
    """Replay the articles recorded at or after `start` and before `end` (None: no limit) into the topics of `prefix`.

    Raises Failure where the prefix is that of the live log, or its topics already hold records.
    """
    if prefix == settings.topic_prefix:
        message = f"--into: {prefix!r} is the log that is replayed"
        raise Failure(message, status=2)
    if start and end and start >= end:
        message = f"--from {rfc3339(start)} is not before --to {rfc3339(end)}"
        raise Failure(message, status=2)
    into = settings.model_copy(update={"topic_prefix": prefix})
    await provision(into)
    report = ReplayReport()
    async with Cluster(settings) as cluster:
        await _refuse_full(cluster, into)
        clean = await cluster.partitions(settings.topic(CLEAN))
        raw = await cluster.partitions(settings.topic(RAW))
        end_clean, end_raw = await cluster.ends(clean), await cluster.ends(raw)
        if start:
            begin_clean, begin_raw = (
                await cluster.at_time(clean, to_ms(start)),
                await cluster.at_time(raw, to_ms(start)),
            )
        else:
            begin_clean, begin_raw = await cluster.beginnings(clean), await cluster.beginnings(raw)
        chain = Chain({name: make() for name, make in make_stages(into).items()})
        async with RawLog(cluster, begin_raw, end_raw) as raws, _Writer(into, report) as writer:
            done: dict[int, int] = {}
            async for record in cluster.read(begin_clean, end_clean):
                if (start and record.timestamp < to_ms(start)) or (end and record.timestamp >= to_ms(end)):
                    continue
                partition, offset = _position(record)
                if offset <= done.get(partition, -1):
                    report.redelivered += 1
                    continue
                done[partition] = offset
                source = await raws.at(TopicPartition(settings.topic(RAW), partition), offset)
                report.articles += 1
                if source is None:
                    report.without_raw += 1
                    given = _in_record(CLEAN, record)
                    await writer.write(
                        OutRecord(CLEAN, given.key, given.value, given.headers, given.timestamp_ms)
                    )
                else:
                    given = _in_record(RAW, source)
                for output in chain.feed(given):
                    await writer.write(output)
                progress(report)
    return report


async def _refuse_full(cluster: Cluster, into: Settings) -> None:
    partitions = await cluster.partitions(*(topic.full_name for topic in catalogue(into).values()))
    full = sorted({p.topic for p, offset in (await cluster.ends(partitions)).items() if offset})
    if full:
        message = f"--into: {full[0]} already holds records; take another prefix"
        raise Failure(message, status=2)


def _position(record: ConsumerRecord) -> tuple[int, int]:
    """Return partition and offset of the raw record that an `articles.clean` record was made of."""
    value = next((v for k, v in record.headers if k == RAW_POSITION), b"")
    partition, _, offset = value.decode("ascii", "replace").partition("/")
    if not (partition.isdigit() and offset.isdigit()):
        message = (
            f"{record.topic}[{record.partition}]@{record.offset}: header {RAW_POSITION!r} is {value[:40]!r}"
        )
        raise Failure(message)
    return int(partition), int(offset)


def _in_record(topic: str, record: ConsumerRecord) -> InRecord:
    return InRecord(
        topic,
        record.partition,
        record.offset,
        record.timestamp,
        record.key,
        record.value,
        tuple(record.headers),
    )


class _Writer:
    """Writes outputs in their order, a bounded number unacknowledged."""

    def __init__(self, into: Settings, report: ReplayReport) -> None:
        self._into = into
        self._report = report
        self._producer = AIOKafkaProducer(
            **client_options(into),
            enable_idempotence=True,
            linger_ms=20,
            max_request_size=into.max_record_bytes + 65_536,
        )
        self._flying: deque[asyncio.Future[Any]] = deque()

    async def __aenter__(self) -> Self:
        await self._producer.start()
        return self

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if error is None:
                await self._drain(0)
        finally:
            with suppress(KafkaError):
                await self._producer.stop()

    async def write(self, output: OutRecord) -> None:
        sent = await self._producer.send(
            self._into.topic(output.topic),
            value=output.value,
            key=output.key,
            partition=output.partition,
            timestamp_ms=output.timestamp_ms,
            headers=list(output.headers),
        )
        self._report.written[output.topic] += 1
        self._flying.append(sent)
        await self._drain(IN_FLIGHT)

    async def _drain(self, leave: int) -> None:
        while len(self._flying) > leave:
            await self._flying.popleft()
