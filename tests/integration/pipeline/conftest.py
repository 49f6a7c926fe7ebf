"""One log on the real broker, and what tests do with it: produce, run workers, wait, read, hold against the in-memory pipeline."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
import pytest
from aiokafka import AIOKafkaProducer

from processors.pipeline import Pipeline
from schemas.article import RawPosition
from schemas.codec import decode
from schemas.dead_letter import DeadLetter
from schemas.event_codec import decode_event
from schemas.mention import Mentions
from schemas.verdict import Verdict
from streams import topics
from streams.cluster import Cluster
from streams.drain import drained
from streams.records import from_ms
from streams.settings import Settings
from streams.topics import provision
from streams.worker import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from schemas.event import GeopoliticalEvent
    from streams.broker import EmbeddedBroker

PAIRS = (
    ("Peruvian President Dina Boluarte", "Chilean President Gabriel Boric", "Lima"),
    ("Kenyan President William Ruto", "French President Emmanuel Macron", "Nairobi"),
    ("Japanese Prime Minister Shigeru Ishiba", "Indian Prime Minister Narendra Modi", "Tokyo"),
    ("Polish Prime Minister Donald Tusk", "German Chancellor Olaf Scholz", "Warsaw"),
)
THINGS = (
    "lithium exports",
    "wheat tariffs",
    "a fishing treaty",
    "rail links",
    "flood relief",
    "visa rules",
    "a gas pipeline",
)


class Found(NamedTuple):
    """All that stands on the topics of one log, each record once; `repeated` counts those that stand there again."""

    raw: list[Any]
    verdicts: dict[int, Verdict]
    mentions: dict[int, Mentions]
    events: dict[bytes, GeopoliticalEvent]
    dead: dict[tuple[str, str, int, int], Any]
    repeated: int

    @property
    def told(self) -> set[tuple[str, str, tuple[str, ...]]]:
        """The last revision of each event, by what can be compared across runs: type, status, what tells of it."""
        last = {e.event_id: e for e in sorted(self.events.values(), key=lambda e: e.revision)}
        return {(e.type, str(e.status), tuple(sorted(e.mentions))) for e in last.values()}

    def check(self) -> None:
        """Every raw record ends in exactly one place, numbers have no gap, and each coded article has its record."""
        kinds = Counter(verdict.kind.value for verdict in self.verdicts.values())
        stages = Counter(stage for stage, *_ in self.dead)
        assert len(self.raw) == stages["clean"] + stages["dedupe"] + sum(kinds.values())
        assert sorted(self.verdicts) == list(range(len(self.verdicts)))
        wanted = {seq for seq, verdict in self.verdicts.items() if verdict.kind.goes_on}
        assert set(self.mentions) == wanted
        assert sum(m.error is not None for m in self.mentions.values()) == stages["code"]

    def told_in_memory(self) -> set[tuple[str, str, tuple[str, ...]]]:
        """Return what the in-memory pipeline tells of the raw records in the order in which deduplication had them."""
        by_position = {(r.partition, r.offset): r for r in self.raw}
        pipeline = Pipeline()
        events: dict[bytes, GeopoliticalEvent] = {}
        for _, verdict in sorted(self.verdicts.items()):
            record = by_position[(verdict.raw.partition, verdict.raw.offset)]
            position = RawPosition(partition=record.partition, offset=record.offset)
            for event in pipeline.feed(record.value, from_ms(record.timestamp), position).events:
                events[f"{event.event_id}.{event.revision}".encode()] = event
        return self._replace(events=events).told


class Log:
    """The topics of one test, and the workers on them."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; the topics exist."""
        self.settings = settings

    def but(self, **changes: object) -> Log:
        """Return the same log under other settings."""
        return Log(Settings.model_validate(self.settings.model_dump() | changes))

    @contextmanager
    def worker(self, name: str = "worker") -> Iterator[WorkerProcess]:
        """Run a worker that is ready, and end it whatever happens."""
        process = WorkerProcess(self.settings, self.settings.data_dir / f"{name}.log")
        process.start()
        try:
            process.wait_ready(60)
            yield process
        finally:
            process.kill()

    def produce(self, values: Sequence[bytes | None]) -> None:
        """Write raw records; the key is the URL where there is one, so that versions of an article keep their order."""

        async def write() -> None:
            async with AIOKafkaProducer(bootstrap_servers=self.settings.broker) as producer:
                acks = []
                for n, value in enumerate(values):
                    try:
                        key = str(orjson.loads(value or b"")["url"]).encode()
                    except (ValueError, KeyError, TypeError):
                        key = str(n).encode()
                    acks.append(await producer.send(self.settings.topic(topics.RAW), value, key=key))
                await asyncio.gather(*acks)

        asyncio.run(write())

    def drain(self) -> Found:
        """Wait until the workers have done everything, and return what they made."""

        async def wait() -> Found:
            async with Cluster(self.settings) as cluster:
                async with asyncio.timeout(120):
                    await drained(cluster, self.settings)
                raw = await self.read(cluster, topics.RAW)
                dead_letters = await self.read(cluster, topics.DEAD_LETTERS)
                verdicts = await self.read(cluster, topics.VERDICTS)
                mentions = await self.read(cluster, topics.MENTIONS)
                events = await self.read(cluster, topics.EVENTS)
            dead = {}
            for record in dead_letters:
                letter = DeadLetter.from_headers(list(record.headers))
                dead[(letter.stage, letter.topic, letter.partition, letter.offset)] = record
            by_id: dict[bytes, Any] = {}
            for record in events:
                same = by_id.setdefault(dict(record.headers)["ce_id"], record)
                assert (same.key, same.value) == (record.key, record.value), (
                    "a repeated event must be the same bytes"
                )
                assert (same.headers, same.timestamp) == (record.headers, record.timestamp)
            judged = {v.seq: v for v in (decode(Verdict, r.value) for r in verdicts)}
            coded = {m.seq: m for m in (decode(Mentions, r.value) for r in mentions)}
            pairs = ((events, by_id), (verdicts, judged), (mentions, coded), (dead_letters, dead))
            return Found(
                raw,
                judged,
                coded,
                {ce_id: decode_event(r.value) for ce_id, r in by_id.items()},
                dead,
                sum(len(written) - len(different) for written, different in pairs),
            )

        return asyncio.run(wait())

    async def read(self, cluster: Cluster, name: str) -> list[Any]:
        """Return all records of a topic."""
        partitions = await cluster.partitions(self.settings.topic(name))
        return [
            r
            async for r in cluster.read(await cluster.beginnings(partitions), await cluster.ends(partitions))
        ]

    def wait_for(self, name: str, count: int) -> None:
        """Wait until a topic holds so many records."""

        async def wait() -> None:
            async with Cluster(self.settings) as cluster, asyncio.timeout(60):
                partitions = await cluster.partitions(self.settings.topic(name))
                while sum((await cluster.ends(partitions)).values()) < count:  # noqa: ASYNC110 - a broker's log
                    await asyncio.sleep(0.02)

        asyncio.run(wait())


def make_articles(count: int) -> list[bytes]:
    """Return a feed: reports on meetings, every seventh copied by another outlet, every eleventh corrected."""
    feed = []
    for n in range(count):
        left, right, place = PAIRS[n % len(PAIRS)]
        day = 1 + n % 27
        body = (
            f"{left} met {right} in {place} on {day} February 2025. The two sides spoke about {THINGS[n % 7]}, "
            f"{THINGS[n % 5]} and case {n * 7919} of their joint list, said a spokesman. {left} will visit "
            f"{right.split()[0]} counterparts in {n % 50 + 2} weeks."
        )
        article = {
            "id": f"a{n}",
            "url": f"https://o{n % 3}.example/{n}",
            "source": f"Outlet {n % 3}",
            "body": body,
        }
        article["published_at"] = f"2025-02-{day:02d}T10:00:00Z"
        feed.append(orjson.dumps(article))
        if n % 7 == 3:
            feed.append(
                orjson.dumps(
                    article | {"id": f"c{n}", "url": f"https://copy.example/{n}", "source": "Copyist"}
                )
            )
        if n % 11 == 5:
            corrected = body.replace(f"on {day} February", f"on {day + 1} February").replace("weeks", "days")
            feed.append(orjson.dumps(article | {"body": corrected}))
    feed.append(orjson.dumps({"url": "https://o1.example/1", "withdrawn": True}))
    return feed


@pytest.fixture
def log(kafka: EmbeddedBroker, topic_prefix: str, tmp_path: Path) -> Log:
    """Give a log of its own, with its topics on the broker."""
    made = Settings(
        broker=kafka.bootstrap,
        topic_prefix=topic_prefix,
        data_dir=tmp_path,
        metrics_port=0,
        session_timeout=6,
        batch_records=20,
        commit_interval=0.2,
    )
    asyncio.run(provision(made))
    return Log(made)


@pytest.fixture
def articles() -> Callable[[int], list[bytes]]:
    """Give what makes a feed of so many reports, with copies, corrections and a withdrawal."""
    return make_articles
