"""A replay of the recorded log under the same rules is the live log, byte for byte."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete

from streams.accounting import account, mark
from streams.broker import EmbeddedBroker
from streams.cluster import Cluster
from streams.drain import drained
from streams.failure import Failure
from streams.ingest import find_sources, ingest
from streams.records import from_ms
from streams.replay import replay
from streams.settings import Settings
from streams.topics import CLEAN, CURRENT, EVENTS, MENTIONS, RAW, UNIQUE, VERDICTS, provision
from streams.worker import WorkerProcess

pytestmark = pytest.mark.integration

PLACES = ("Nairobi", "Oslo", "Lima", "Tbilisi", "Doha", "Hanoi", "Quito", "Riga")
SENTENCES = (
    "Kenyan President William Ruto met French President Emmanuel Macron in {place} on Monday.",
    "Norway imposed sanctions on Belarus, the foreign ministry in {place} said on Tuesday, day {n} of the dispute.",
    "Sudanese troops shelled a market near {place} on Wednesday, killing {n} people, the health ministry said.",
    "Japan will hold talks with Vietnam in {place} next week about {n} open questions of trade.",
)


def feed() -> list[bytes]:
    """Return sixty articles with copies, corrected versions, a withdrawn one and lines that can't be used."""
    articles = []
    for n in range(60):
        body = " ".join(
            s.format(place=PLACES[(n + k) % 8], n=n + k) for k, s in enumerate(SENTENCES[n % 4 :])
        )
        day = f"2025-02-{n % 6 + 10:02d}T08:00:00Z"
        articles.append(
            {
                "id": f"a{n}",
                "url": f"https://o{n % 5}.example/{n}",
                "source": f"Outlet {n % 5}",
                "body": body,
                "published_at": day,
            }
        )
    copies = [a | {"url": f"https://copy.example/{a['id']}", "id": f"c-{a['id']}"} for a in articles[::9]]
    changed = [
        a | {"body": a["body"].replace("killing", "wounding 40 and killing 1")} for a in articles[2:30:8]
    ]
    gone = [{"url": articles[7]["url"], "withdrawn": True}]
    lines = [orjson.dumps(a) for a in (*articles, *copies, *changed, *gone)]
    return [*lines[:20], b"not json", *lines[20:40], b'{"id": "no body"}', *lines[40:]]


async def table(settings: Settings, name: str) -> list[tuple[Any, ...]]:
    """Return what stands on a topic, by partition and in its order: partition, key, headers, value, timestamp."""
    async with Cluster(settings) as cluster:
        partitions = await cluster.partitions(settings.topic(name))
        found = [
            r
            async for r in cluster.read(await cluster.beginnings(partitions), await cluster.ends(partitions))
        ]
    found.sort(key=lambda r: (r.partition, r.offset))
    return [(r.partition, r.key, tuple(r.headers), r.value, r.timestamp) for r in found]


@pytest.fixture(scope="module")
def live(kafka: EmbeddedBroker, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Give the settings of a log that a worker has made of the feed."""
    folder = tmp_path_factory.mktemp("live")
    prefix = f"live-{uuid.uuid4().hex[:8]}."
    settings = Settings(broker=kafka.bootstrap, topic_prefix=prefix, data_dir=folder, metrics_port=0)
    path = folder / "feed.jsonl"
    path.write_bytes(b"\n".join(feed()))
    asyncio.run(provision(settings))
    worker = WorkerProcess(settings)
    try:
        worker.start()
        worker.wait_ready()
        asyncio.run(fill(settings, path))
    finally:
        worker.stop()
    return settings


async def fill(settings: Settings, path: Path) -> None:
    """Ingest a file and wait until all of it is done."""
    sources, _ = find_sources([path])
    await ingest(sources, settings)
    async with Cluster(settings) as cluster:
        await asyncio.wait_for(drained(cluster, settings), 90)


async def test_replay_of_everything_is_the_live_log(live: Settings, topic_prefix: str) -> None:
    """Key, headers, value, timestamp and partition of every record of every stage are the same, and the account adds up."""
    report = await replay(live, f"again-{topic_prefix}", None, None)
    shadow = live.model_copy(update={"topic_prefix": f"again-{topic_prefix}"})
    log = await table(live, EVENTS)
    assert len(log) >= 20
    assert await table(shadow, EVENTS) == log
    for name in (CLEAN, VERDICTS, CURRENT):
        assert await table(shadow, name) == await table(live, name), name
    for name in (
        UNIQUE,
        MENTIONS,
    ):  # written by partitions side by side: the same records, in an order of their own
        assert sorted(await table(shadow, name)) == sorted(await table(live, name)), name
    assert report.written[EVENTS] == len(log)
    assert (report.without_raw, report.redelivered) == (0, 0)
    async with Cluster(live) as cluster:
        end = await mark(cluster, live)
        found = await account(cluster, live, dict.fromkeys(end, 0), end)
    assert found.balanced
    assert found.raw == len(feed())
    assert found.dead == {"clean": 2}
    assert found.verdicts["withdrawn"] == 1
    assert found.raw - 2 == report.articles


async def test_replay_of_a_stretch(live: Settings, topic_prefix: str) -> None:
    """--from and --to take the articles recorded in between, the start included and the end not."""
    times = [time for *_, time in await table(live, CLEAN)]
    middle = sorted(set(times))[len(set(times)) // 2]
    since = await replay(live, f"since-{topic_prefix}", from_ms(middle), None)
    until = await replay(live, f"until-{topic_prefix}", None, from_ms(middle))
    assert since.articles == sum(time >= middle for time in times)
    assert until.articles == sum(time < middle for time in times)
    assert since.articles + until.articles == len(times)


async def test_replay_refuses_a_log_that_is_not_empty(live: Settings, topic_prefix: str) -> None:
    """Neither the live log nor topics that hold records are written to."""
    with pytest.raises(Failure, match="is the log that is replayed"):
        await replay(live, live.topic_prefix, None, None)
    now = datetime.now(UTC)
    with pytest.raises(Failure, match="is not before"):
        await replay(live, f"x-{topic_prefix}", now, now - timedelta(days=1))
    await replay(live, f"full-{topic_prefix}", None, None)
    with pytest.raises(Failure, match="already holds records"):
        await replay(live, f"full-{topic_prefix}", None, None)


async def test_replay_without_raw_records_takes_what_was_cleaned(live: Settings, topic_prefix: str) -> None:
    """Where retention has taken raw records, the articles are replayed as they were cleaned, to the same events."""
    shadow = live.model_copy(update={"topic_prefix": f"copy-{topic_prefix}"})
    await provision(shadow)
    await copy(live, shadow, RAW)
    await copy(live, shadow, CLEAN)
    async with Cluster(shadow) as cluster:
        partitions = await cluster.partitions(shadow.topic(RAW))
        gone = {
            p: RecordsToDelete(end // 2 + 1) for p, end in (await cluster.ends(partitions)).items() if end
        }
    admin = AIOKafkaAdminClient(bootstrap_servers=live.broker)
    await admin.start()
    try:
        await admin.delete_records(gone)
    finally:
        await admin.close()
    report = await replay(shadow, f"again-{topic_prefix}", None, None)
    assert 0 < report.without_raw < report.articles
    again = live.model_copy(update={"topic_prefix": f"again-{topic_prefix}"})
    assert await timeless(again, EVENTS) == await timeless(live, EVENTS)


async def test_replay_passes_over_what_a_restarted_worker_cleaned_twice(
    live: Settings, topic_prefix: str
) -> None:
    """A raw record that was cleaned twice is one article, as it was for the dedupe lane."""
    shadow = live.model_copy(update={"topic_prefix": f"twice-{topic_prefix}"})
    await provision(shadow)
    await copy(live, shadow, RAW)
    await copy(live, shadow, CLEAN, repeat=10)
    report = await replay(shadow, f"again-{topic_prefix}", None, None)
    again = live.model_copy(update={"topic_prefix": f"again-{topic_prefix}"})
    assert report.redelivered == 10
    assert await timeless(again, VERDICTS) == await timeless(live, VERDICTS)


async def timeless(settings: Settings, name: str) -> list[dict[str, Any]]:
    """Return the values of a topic without the time of recording: a copied raw record has that of its copy."""
    rows = await table(settings, name)
    return [{k: v for k, v in orjson.loads(row[3]).items() if k != "record_time"} for row in rows]


async def copy(source: Settings, target: Settings, name: str, repeat: int = 0) -> None:
    """Write a topic's records to the same partitions of another prefix, the last `repeat` of them twice."""
    rows = await table(source, name)
    async with AIOKafkaProducer(bootstrap_servers=target.broker) as producer:
        for partition, key, headers, value, time in [*rows, *rows[len(rows) - repeat :]]:
            await producer.send_and_wait(
                target.topic(name),
                value,
                key=key,
                partition=partition,
                headers=list(headers),
                timestamp_ms=time,
            )
