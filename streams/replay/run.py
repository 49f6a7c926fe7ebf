"""One replay, from the recorded topics of a log into those of another prefix."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from schemas.article import ArticleHead
from schemas.base import rfc3339
from schemas.codec import decode
from streams.client import client_options
from streams.cluster import Cluster
from streams.dedupe_lanes import lane_count
from streams.failure import Failure
from streams.records import InRecord, OutRecord, to_ms
from streams.replay.chain import Chain
from streams.replay.order import position, recorded_order
from streams.replay.rawlog import RawLog
from streams.stages import make_stages
from streams.stages.clean import HEAD
from streams.topics import CLEAN, RAW, VERDICTS, catalogue, provision

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from datetime import datetime
    from typing import Self

    from aiokafka.structs import ConsumerRecord

    from streams.cluster import Offsets
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

    Raises Failure where the prefix is that of the live log, its topics already hold records, or the log was made with other lanes.
    """
    if prefix == settings.topic_prefix:
        message = f"--into: {prefix!r} is the log that is replayed"
        raise Failure(message, status=2)
    if start and end and start >= end:
        message = f"--from {rfc3339(start)} is not before --to {rfc3339(end)}"
        raise Failure(message, status=2)
    into = settings.model_copy(update={"topic_prefix": prefix})
    report = ReplayReport()
    async with Cluster(settings) as cluster:
        clean = await cluster.partitions(settings.topic(CLEAN))
        raw = await cluster.partitions(settings.topic(RAW))
        verdicts = await cluster.partitions(settings.topic(VERDICTS))
        _refuse_other_lanes(len(clean), settings)
        await provision(into)
        await _refuse_full(cluster, into)
        stretches = [await _stretch(cluster, partitions, start) for partitions in (clean, verdicts, raw)]
        chain = Chain({name: make() for name, make in make_stages(into).items()})

        def wanted(record: ConsumerRecord) -> bool:
            return not (
                (start and record.timestamp < to_ms(start)) or (end and record.timestamp >= to_ms(end))
            )

        async with AsyncExitStack() as stack:
            # The lanes are not equally far in the raw log, so that each has one of its own to read forward.
            raws = [await stack.enter_async_context(RawLog(cluster, *stretches[2])) for _ in clean]
            writer = await stack.enter_async_context(_Writer(into, report))
            records = await stack.enter_async_context(
                aclosing(recorded_order(cluster, stretches[0], stretches[1], wanted))
            )
            done: dict[tuple[int, int], int] = {}
            async for record in records:
                lane, (partition, offset) = record.partition, position(record)
                if offset <= done.get((lane, partition), -1):
                    report.redelivered += 1
                    continue
                done[lane, partition] = offset
                source = await raws[lane].at(TopicPartition(settings.topic(RAW), partition), offset)
                counted = len(clean) == 1 or _counts(record, len(clean))
                report.articles += counted
                if source is None:
                    report.without_raw += counted
                    given = _in_record(CLEAN, record)
                    await writer.write(
                        OutRecord(CLEAN, given.key, given.value, given.headers, given.timestamp_ms, lane)
                    )
                else:
                    given = _in_record(RAW, source)
                for output in chain.feed(given, lane):
                    await writer.write(output)
                progress(report)
    return report


async def _refuse_full(cluster: Cluster, into: Settings) -> None:
    partitions = await cluster.partitions(*(topic.full_name for topic in catalogue(into).values()))
    full = sorted({p.topic for p, offset in (await cluster.ends(partitions)).items() if offset})
    if full:
        message = f"--into: {full[0]} already holds records; take another prefix"
        raise Failure(message, status=2)


def _refuse_other_lanes(recorded: int, settings: Settings) -> None:
    if recorded != lane_count(settings):
        message = (
            f"the log has {recorded} lanes of deduplication, and DRAGOMAN_DEDUPE_LANES={settings.dedupe_lanes}:"
            " set what it was made with"
        )
        raise Failure(message, status=2)


async def _stretch(
    cluster: Cluster, partitions: list[TopicPartition], start: datetime | None
) -> tuple[Offsets, Offsets]:
    """Return from where to where partitions are read."""
    end = await cluster.ends(partitions)
    if start is None:
        return await cluster.beginnings(partitions), end
    return await cluster.at_time(partitions, to_ms(start)), end


def _counts(record: ConsumerRecord, lanes: int) -> bool:
    """Tell whether a record of several lanes counts as an article: a withdrawal stands in all of them and counts in the last."""
    if record.partition == lanes - 1:
        return True
    head = next((value for name, value in record.headers if name == HEAD), None)
    return not decode(ArticleHead, head).withdrawn


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
