"""Ingest and the dead letters it makes itself, and looking at a cluster, on the real broker."""

from pathlib import Path

import pytest
from aiokafka.structs import ConsumerRecord

from schemas.dead_letter import DeadLetter
from streams.broker import EmbeddedBroker
from streams.cluster import Cluster
from streams.drain import backlog, drained
from streams.failure import Failure
from streams.ingest import find_sources, ingest
from streams.settings import Settings
from streams.topics import DEAD_LETTERS, RAW, provision

pytestmark = pytest.mark.integration


@pytest.fixture
async def settings(kafka: EmbeddedBroker, topic_prefix: str, tmp_path: Path) -> Settings:
    """Give settings with topics of their own."""
    made = Settings(broker=kafka.bootstrap, topic_prefix=topic_prefix, data_dir=tmp_path, metrics_port=0)
    await provision(made)
    return made


async def everything(settings: Settings, topic: str) -> list[ConsumerRecord]:
    """Return all records of a topic, by partition and offset."""
    async with Cluster(settings) as cluster:
        partitions = await cluster.partitions(settings.topic(topic))
        found = [
            r
            async for r in cluster.read(await cluster.beginnings(partitions), await cluster.ends(partitions))
        ]
    return sorted(found, key=lambda r: (r.partition, r.offset))


async def test_every_record_arrives_verbatim(settings: Settings, tmp_path: Path) -> None:
    """Values are the bytes of the lines, also of those that can't be used; the key is url or id; order within a key is kept."""
    lines = [b'{"id": "a", "body": "x %d"}' % n for n in range(300)] + [b"not json \xff", b"[1]"]
    lines += [b'{"url": "https://a.example/", "id": "b", "body": "y"}']
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines))
    seen: list[int] = []
    sources, _ = find_sources([path])
    report = await ingest(sources, settings, lambda _source, item: seen.append(item.read))
    assert (report.read, report.produced, report.dead, report.refused) == (303, 303, 0, [])
    assert seen[-1] == path.stat().st_size
    records = await everything(settings, RAW)
    assert sorted(r.value for r in records) == sorted(lines)
    assert [r.value for r in records if r.key == b"a"] == lines[:300]
    assert {r.key for r in records} == {b"a", None, b"https://a.example/"}
    assert all(r.timestamp_type == 1 for r in records), (
        "the broker's time is the clock of everything after it"
    )


async def test_too_large_goes_to_the_dead_letters(settings: Settings, tmp_path: Path) -> None:
    """What articles.raw can't take is kept whole in the dead letters; what even they can't take is refused with a reason."""
    large = b'{"id": "l", "body": "' + b"x" * settings.max_body_bytes + b'"}'
    huge = b'{"id": "h", "body": "' + b"x" * settings.max_record_bytes + b'"}'
    small = b'{"id": "s", "body": "x"}'
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join([small, large, small, huge, small]))
    sources, _ = find_sources([path])
    report = await ingest(sources, settings)
    assert (report.read, report.produced, report.dead) == (5, 3, 1)
    (refused,) = report.refused
    assert refused.startswith(f"feed.jsonl line 4: {len(huge)} bytes, more than ")
    (letter,) = await everything(settings, DEAD_LETTERS)
    assert letter.value == large
    why = DeadLetter.from_headers(list(letter.headers))
    assert (why.stage, why.offset) == ("ingest", 2)
    assert why.reason.startswith(f"feed.jsonl line 2: {len(large)} bytes")


async def test_backlog_is_what_was_written(settings: Settings, tmp_path: Path) -> None:
    """With no worker the backlog is every raw record, and an empty log is drained at once."""
    async with Cluster(settings) as cluster:
        await drained(cluster, settings)
        path = tmp_path / "feed.jsonl"
        path.write_bytes(b'{"body": "x"}\n' * 7)
        sources, _ = find_sources([path])
        await ingest(sources, settings)
        left = await backlog(cluster, settings)
    assert left == {**dict.fromkeys(left, 0), RAW: 7}


async def test_no_broker_is_one_line(tmp_path: Path) -> None:
    """A broker that isn't there is a Failure, for the producer and for who looks."""
    nowhere = Settings(broker="127.0.0.1:1", data_dir=tmp_path)
    with pytest.raises(Failure, match=r"127\.0\.0\.1:1"):
        await ingest([], nowhere)
    with pytest.raises(Failure, match=r"no Kafka at 127\.0\.0\.1:1"):
        async with Cluster(nowhere):
            pass


async def test_ingest_without_topics_says_so_at_once(kafka: EmbeddedBroker, tmp_path: Path) -> None:
    """Topics are never made by sending to them: where they are missing, the line says what to do."""
    bare = Settings(broker=kafka.bootstrap, topic_prefix="never-provisioned.", data_dir=tmp_path)
    with pytest.raises(
        Failure, match=r"no topic 'never-provisioned\.articles\.raw'.*dragoman topics provision"
    ):
        await ingest([], bare)


async def test_missing_topic_is_one_line(kafka: EmbeddedBroker, tmp_path: Path) -> None:
    """A topic that isn't there is a Failure that names it."""
    async with Cluster(Settings(broker=kafka.bootstrap, data_dir=tmp_path)) as cluster:
        with pytest.raises(Failure, match="no topic 'nothing'"):
            await cluster.partitions("nothing")
