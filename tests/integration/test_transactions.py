"""Lanes on the real broker: all or nothing, and a zombie is fenced."""

import asyncio

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError, ProducerFenced

from streams.broker import EmbeddedBroker
from streams.cluster import Cluster, after_last_records
from streams.records import OutRecord
from streams.settings import Settings
from streams.topics import CLEAN, RAW, provision
from streams.transactions import Lane, Lanes

pytestmark = pytest.mark.integration


@pytest.fixture
def settings(kafka: EmbeddedBroker, topic_prefix: str) -> Settings:
    """Give settings of a log of its own, whose topics exist."""
    made = Settings(broker=kafka.bootstrap, topic_prefix=topic_prefix, metrics_port=0)
    asyncio.run(provision(made))
    return made


def record(settings: Settings, value: bytes) -> OutRecord:
    """Return a record for the topic that the stage `clean` writes."""
    return OutRecord(settings.topic(CLEAN), b"k", value, (("h", b"1"),), 1_740_000_000_123, 0)


async def holder(settings: Settings) -> tuple[Lanes, Lane]:
    """Return lanes of a worker of its own that hold clean/0."""
    raw = settings.topic(RAW)
    lanes = Lanes(settings, {raw: "clean"}, {settings.topic(CLEAN): 1})
    await lanes.take([(raw, 0)])
    return lanes, lanes.lane("clean", 0)


async def committed(settings: Settings) -> list[bytes]:
    """Return the values that readers of committed records see."""
    place = TopicPartition(settings.topic(CLEAN), 0)
    async with Cluster(settings) as cluster:
        ends = await cluster.ends([place])
        return [found.value async for found in cluster.read({place: 0}, ends)]


async def offset(settings: Settings) -> int | None:
    """Return the committed offset of articles.raw/0."""
    async with Cluster(settings) as cluster:
        return (await cluster.committed(settings.group)).get(TopicPartition(settings.topic(RAW), 0))


async def test_records_and_offsets_are_committed_together(settings: Settings) -> None:
    """After a commit both are there, with the record's own time; recovery ends at the record, not at the marker behind it."""
    lanes, lane = await holder(settings)
    await lane.commit([record(settings, b"1")], [], {(settings.topic(RAW), 0): 5})
    await lane.commit([record(settings, b"2")], [], {(settings.topic(RAW), 0): 6})
    await lanes.leave()
    place = TopicPartition(settings.topic(CLEAN), 0)
    assert await committed(settings) == [b"1", b"2"]
    assert await offset(settings) == 6
    async with Cluster(settings) as cluster:
        ends = await cluster.ends([place])
        stamps = [found.timestamp async for found in cluster.read({place: 0}, ends)]
    assert stamps == [1_740_000_000_123] * 2
    assert ends[place] == 4
    assert await after_last_records(settings, [place]) == {place: 3}


async def test_what_was_left_open_is_aborted_by_the_next_holder(settings: Settings) -> None:
    """A worker dies between its writes and the commit: nothing of it counts, and the next one goes on at once."""
    _, dead = await holder(settings)
    producer = dead._producer
    for future, _ in await dead._send([record(settings, b"never")]):
        await future
    await producer.send_offsets_to_transaction({TopicPartition(settings.topic(RAW), 0): 9}, settings.group)
    lanes, lane = await holder(settings)
    assert await offset(settings) is None
    await lane.commit([record(settings, b"1")], [], {(settings.topic(RAW), 0): 1})
    assert await committed(settings) == [b"1"]
    assert await offset(settings) == 1
    await lanes.leave()
    await producer.stop()


async def test_a_zombie_is_fenced(settings: Settings) -> None:
    """A worker that sleeps while another takes its lane can't commit when it wakes, and nothing of its batch is seen."""
    old_lanes, zombie = await holder(settings)
    await zombie.commit([record(settings, b"1")], [], {(settings.topic(RAW), 0): 1})
    lanes, lane = await holder(settings)
    await lane.commit([record(settings, b"2")], [], {(settings.topic(RAW), 0): 2})
    with pytest.raises(KafkaError):
        await zombie.commit([record(settings, b"1 again")], [], {(settings.topic(RAW), 0): 1})
    assert await committed(settings) == [b"1", b"2"]
    assert await offset(settings) == 2
    await asyncio.gather(lanes.leave(), old_lanes.leave())


async def test_what_fails_leaves_nothing_that_a_reader_sees(settings: Settings) -> None:
    """A record that the broker refuses takes the others, the state and the offsets with it; the next holder goes on."""
    lanes, lane = await holder(settings)
    huge = record(settings, b"x" * (settings.max_record_bytes + 4096))
    for records, changes in (([record(settings, b"lost"), huge], []), ([record(settings, b"lost")], [huge])):
        with pytest.raises(KafkaError):
            await lane.commit(records, changes, {(settings.topic(RAW), 0): 5})
        assert await committed(settings) == []
        assert await offset(settings) is None
        lanes, lane = await holder(settings)
    await lane.commit([record(settings, b"kept")], [], {(settings.topic(RAW), 0): 6})
    assert await committed(settings) == [b"kept"]
    assert await offset(settings) == 6
    await lanes.leave()


async def test_a_fence_holds_for_offsets_alone(settings: Settings) -> None:
    """A zombie whose batch gave no record can't turn the group's offsets back either."""
    old_lanes, zombie = await holder(settings)
    lanes, lane = await holder(settings)
    await lane.commit([], [], {(settings.topic(RAW), 0): 9})
    with pytest.raises(ProducerFenced):
        await zombie.commit([], [], {(settings.topic(RAW), 0): 2})
    assert await offset(settings) == 9
    await asyncio.gather(lanes.leave(), old_lanes.leave())


async def test_a_record_at_the_limit_is_taken(settings: Settings) -> None:
    """What a stage lets through by its size the broker takes: a record that it refused would stop a worker again and again."""
    lanes, lane = await holder(settings)
    headers = tuple((f"h{n}", b"v" * 200) for n in range(300))
    small = record(settings, b"")._replace(headers=headers)
    largest = small._replace(value=b"x" * (settings.max_record_bytes - small.size))
    assert largest.size == settings.max_record_bytes
    await lane.commit([largest], [], {(settings.topic(RAW), 0): 1})
    assert [len(value) for value in await committed(settings)] == [len(largest.value or b"")]
    await lanes.leave()
