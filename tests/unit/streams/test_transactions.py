"""Lanes without a broker: ids, batches, offsets, who holds what."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import ProducerFenced
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.producer.message_accumulator import BatchBuilder

from streams.records import OutRecord
from streams.settings import Settings
from streams.transactions import Lane, LaneLostError, Lanes, Written, transactional_id


class Answer:
    """Where a batch stands."""

    def __init__(self, offset: int) -> None:
        """Take the offset of its first record."""
        self.offset = offset


class FakeProducer:
    """Writes down what a lane asks of aiokafka; gives every partition offsets from 10 on."""

    def __init__(self, batch_size: int = 300) -> None:
        """Start with no transaction."""
        self.calls: list[str] = []
        self.sent: list[tuple[str, int, int]] = []
        self.offsets: Mapping[TopicPartition, int] = {}
        self.fenced = False
        self._batch_size = batch_size
        self._next: dict[tuple[str, int], int] = {}

    async def start(self) -> None:
        """Start."""
        self.calls.append("start")

    async def stop(self) -> None:
        """Stop."""
        self.calls.append("stop")

    async def begin_transaction(self) -> None:
        """Begin."""
        self.calls.append("begin")

    async def send_offsets_to_transaction(self, offsets: Mapping[TopicPartition, int], group: str) -> None:
        """Take offsets."""
        self.calls.append(f"offsets {group}")
        self.offsets = offsets

    async def commit_transaction(self) -> None:
        """Commit, unless fenced."""
        if self.fenced:
            raise ProducerFenced
        self.calls.append("commit")

    def create_batch(self) -> BatchBuilder:
        """Give a real batch."""
        return BatchBuilder(self._batch_size, 0, is_transactional=1)

    async def send_batch(self, batch: BatchBuilder, topic: str, *, partition: int) -> Any:  # noqa: ANN401
        """Take a batch."""
        place = topic, partition
        first = self._next.get(place, 10)
        self._next[place] = first + batch.record_count()
        self.sent.append((topic, partition, batch.record_count()))
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        answer.set_result(Answer(first))
        return answer


def record(key: bytes, partition: int | None = None, topic: str = "out", size: int = 10) -> OutRecord:
    """Return a record to write."""
    return OutRecord(topic, key, b"v" * size, (("h", b"1"),), 1000, partition)


def lane(producer: FakeProducer) -> Lane:
    """Return a lane on a fake producer."""
    return Lane(producer, "group", {"out": 3, "table": 1})  # type: ignore[arg-type]


async def test_one_transaction_holds_records_state_and_offsets() -> None:
    """Everything is handed over between begin and commit, the offsets last."""
    producer = FakeProducer()
    one = lane(producer)
    await one.open()
    written = await one.commit([record(b"a", 1)], [record(b"s", 0, "table")], {("in", 2): 7})
    assert producer.calls == ["start", "begin", "offsets group", "commit", "begin"]
    assert producer.sent == [("out", 1, 1), ("table", 0, 1)]
    assert producer.offsets == {TopicPartition("in", 2): 7}
    assert written == Written(10, 10)
    assert await one.commit([], [], {("in", 2): 8}) is None
    assert producer.calls[5:] == ["offsets group", "commit", "begin"]


async def test_full_batches_are_sent_and_none_is_lost() -> None:
    """Records that do not fit go into the next batch of their partition; a record larger than a batch goes alone."""
    producer = FakeProducer(batch_size=300)
    one = lane(producer)
    await one.open()
    changes = [record(b"k%d" % n, 0, "table", size) for n, size in enumerate((100, 100, 100, 900, 10))]
    written = await one.commit([], changes, {("in", 0): 1})
    assert sum(count for *_, count in producer.sent) == 5
    assert len(producer.sent) > 2
    assert written == Written(10, 14)


async def test_keys_go_where_every_kafka_client_would_put_them() -> None:
    """A record without a partition goes to the one that its key's hash names."""
    producer = FakeProducer(10_000)
    one = lane(producer)
    await one.open()
    await one.commit([record(b"event-1"), record(b"event-2"), record(b"event-9")], [], {("in", 0): 1})
    wanted = {DefaultPartitioner()(key, [0, 1, 2], [0, 1, 2]) for key in (b"event-1", b"event-2", b"event-9")}
    assert {partition for _, partition, _ in producer.sent} == wanted


async def test_a_fenced_lane_says_so() -> None:
    """The error of the broker reaches whoever asked for the commit."""
    producer = FakeProducer()
    one = lane(producer)
    await one.open()
    producer.fenced = True
    with pytest.raises(ProducerFenced):
        await one.commit([record(b"a")], [], {("in", 0): 1})


async def test_lanes_follow_the_assignment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each assigned source partition has a lane; two topics of one stage share it; what is not assigned is lost."""
    made: dict[tuple[str, int], FakeProducer] = {}

    def new(_: Lanes, stage: str, partition: int) -> Lane:
        made[stage, partition] = FakeProducer()
        return lane(made[stage, partition])

    monkeypatch.setattr(Lanes, "_new", new)
    lanes = Lanes(Settings(), {"raw": "clean", "verdicts": "resolve", "mentions": "resolve"}, {})
    await lanes.take([("raw", 0), ("raw", 2), ("verdicts", 0), ("mentions", 0), ("some-changelog", 0)])
    assert sorted(made) == [("clean", 0), ("clean", 2), ("resolve", 0)]
    assert all(producer.calls == ["start", "begin"] for producer in made.values())
    lanes.lane("clean", 2)
    with pytest.raises(LaneLostError, match="clean/1 is not assigned here"):
        lanes.lane("clean", 1)
    before = dict(made)
    await lanes.take([("raw", 2)])
    assert all(producer.calls[-1] == "stop" for producer in before.values())
    with pytest.raises(LaneLostError):
        lanes.lane("resolve", 0)
    await lanes.leave()
    with pytest.raises(LaneLostError):
        lanes.lane("clean", 2)


def test_a_transactional_id_names_stage_and_partition_only() -> None:
    """The same lane has the same id in every worker, and no two lanes share one."""
    settings = Settings(topic_prefix="t.", app_id="app")
    assert transactional_id(settings, "clean", 3) == "t.app-clean-3"
