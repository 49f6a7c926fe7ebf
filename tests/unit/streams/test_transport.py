"""What the transport corrects: commits in log order, records that got lost, timestamps, flow control."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from faust.types import TP

from streams.consumer import Consumer, LostRecordError
from streams.flow import FlowControl, RawSchema
from streams.records import OutRecord
from streams.transport import App, Producer

T = TP("articles.raw", 0)


@pytest.fixture
def consumer() -> Consumer:
    """Give a consumer that is not started, of an app that is not either."""
    app = App("test", store="memory://", web_enabled=False)
    assert isinstance(app.consumer, Consumer)
    return app.consumer


def fetched(consumer: Consumer, *offsets: int) -> list[Any]:
    """Return messages as they come from the broker."""
    fields = {
        "topic": T.topic,
        "partition": 0,
        "timestamp": 5,
        "timestamp_type": 1,
        "headers": (),
        "key": b"",
        "value": b"",
    }
    rest = {"checksum": None, "serialized_key_size": 0, "serialized_value_size": 0}
    return [consumer._to_message(T, SimpleNamespace(offset=o, **fields, **rest)) for o in offsets]


def test_the_commit_is_after_the_last_record_done(consumer: Consumer) -> None:
    """Gaps in the log, such as transaction markers, stop nothing and are not taken for records."""
    consumer._committed_offset[T] = 10
    consumer._acked[T] = [10, 11, 15]
    assert consumer._new_offset(T) == 16
    assert consumer._new_offset(T) is None


async def test_gaps_are_not_filled_in(consumer: Consumer) -> None:
    """A record behind a gap is not committed before it is done."""
    await consumer._add_gap(T, 12, 15)
    consumer._acked[T] = [10, 11]
    assert consumer._new_offset(T) == 12


def test_records_in_order_are_admitted_once(consumer: Consumer) -> None:
    """A seek back brings records again; they are not processed again."""
    messages = fetched(consumer, 4, 5, 8)
    assert [consumer.admit(m) for m in messages] == [True, True, True]
    again = fetched(consumer, 4, 5, 8, 9)
    assert [consumer.admit(m) for m in again] == [False, False, False, True]


def test_a_record_that_did_not_come_through_is_noticed(consumer: Consumer) -> None:
    """Going on behind it would commit it unprocessed."""
    messages = fetched(consumer, 4, 5, 6)
    consumer.admit(messages[0])
    with pytest.raises(LostRecordError, match="offset 6 came without 5"):
        consumer.admit(messages[2])


def test_what_was_thrown_away_is_taken_when_it_comes_again(consumer: Consumer) -> None:
    """Records that a rebalance dropped on their way are no loss once a seek back has brought them again."""
    fetched(consumer, 0, 1, 3)
    again = fetched(consumer, 0, 1, 3, 4)
    assert [consumer.admit(message) for message in again] == [True, True, True, True]


async def test_a_partition_that_was_never_committed_begins_at_its_beginning(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebalance may have thrown away the first records of a new partition, behind which the client stands by then."""
    new, done, log = TP("articles.clean", 4), TP("articles.raw", 0), TP("test-dedupe-changelog", 0)
    sought: list[dict[TP, int]] = []

    async def committed() -> dict[TP, int | None]:
        return {new: None, done: 7, log: None}

    async def beginnings(*asked: TP) -> dict[TP, int]:
        return dict.fromkeys(asked, 2)

    async def seek(places: dict[TP, int]) -> None:
        sought.append(dict(places))

    monkeypatch.setattr(consumer._thread, "seek_to_committed", committed)
    monkeypatch.setattr(consumer._thread, "earliest_offsets", beginnings)
    monkeypatch.setattr(consumer._thread, "seek_wait", seek)
    monkeypatch.setattr(consumer, "_is_changelog_tp", lambda tp: tp == log)
    await consumer.perform_seek()
    assert sought == [{new: 2}]
    assert consumer._committed_offset == {done: 7}


def test_the_first_record_may_be_the_one_that_is_missing(consumer: Consumer) -> None:
    """Records dropped before any was admitted are noticed as well, unless they were committed already."""
    messages = fetched(consumer, 4, 5)
    with pytest.raises(LostRecordError):
        consumer.admit(messages[1])
    consumer._committed_offset[T] = 5
    assert consumer.admit(messages[1])


def test_no_record_is_dropped_for_an_offset_read_before(consumer: Consumer) -> None:
    """Faust drops what lies below the last offset read; after a rebalance that offset may be stale."""
    consumer._read_offset[T] = 397
    consumer._read_offset.update({T: 391})
    assert consumer._read_offset[T] is None
    consumer._read_offset.pop(T, None)


async def test_a_partition_that_is_gone_is_forgotten(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it comes back, another worker has gone on meanwhile."""

    async def nothing(revoked: object) -> None:
        """Stand in for the app."""

    monkeypatch.setattr(consumer, "_on_partitions_revoked", nothing)
    for message in fetched(consumer, 4, 5):
        consumer.admit(message)
    await consumer.on_partitions_revoked({T})
    assert [consumer.admit(m) for m in fetched(consumer, 40)] == [True]


async def test_reading_goes_on_as_soon_as_a_stage_has_room_again(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faust sleeps a second when what was read ahead of every partition waits, however soon its stage is done with it."""

    async def fetch(active_partitions: set[TP], timeout: float) -> dict[TP, list[str]]:  # noqa: ASYNC109 - Faust's signature
        return {tp: ["record"] for tp in active_partitions}

    async def sleep(seconds: float) -> None:
        pytest.fail(f"Faust sleeps for {seconds} s")

    monkeypatch.setattr(consumer, "_getmany", fetch)
    monkeypatch.setattr(consumer, "sleep", sleep)
    monkeypatch.setattr(consumer, "assignment", lambda: {T})
    monkeypatch.setattr(type(consumer.app), "in_recovery", False)
    consumer.on_buffer_full(T)
    assert await consumer._wait_next_records(1.0) == ({}, set())
    consumer.on_buffer_drop(T)
    assert await consumer._wait_next_records(1.0) == ({T: ["record"]}, {T})


def test_positions_before_the_start_are_empty(consumer: Consumer) -> None:
    """A worker that is starting has no positions yet, and asking is no error."""
    assert consumer.positions() == {}


def partition(position: int, end: int) -> SimpleNamespace:
    """Return a client's state of one partition."""
    state = SimpleNamespace(position=position, highwater=end, has_valid_position=True)
    assignment = SimpleNamespace(state_value=lambda _: state)
    return SimpleNamespace(_subscription=SimpleNamespace(subscription=SimpleNamespace(assignment=assignment)))


@pytest.mark.parametrize(
    ("fetch", "committed", "position", "end", "left"),
    [
        ((), None, 0, 3, 3),  # nothing read yet
        ((0, 1, 2), 2, 3, 3, 1),  # the last record is not done
        ((0, 1, 2), 3, 3, 3, 0),
        ((0, 1, 2), 3, 4, 4, 0),  # a transaction marker at the end
        ((), None, 7, 7, 0),  # everything expired before it was read
    ],
)
def test_the_backlog_is_what_can_still_be_done(
    consumer: Consumer,
    monkeypatch: pytest.MonkeyPatch,
    fetch: tuple[int, ...],
    committed: int | None,
    position: int,
    end: int,
    left: int,
) -> None:
    """Offsets that hold no record are no backlog."""
    monkeypatch.setattr(consumer._thread, "_consumer", partition(position, end))
    monkeypatch.setattr(consumer, "assignment", lambda: {T})
    consumer._committed_offset[T] = committed
    fetched(consumer, *fetch)
    found = consumer.positions()[("articles.raw", 0)]
    assert found.end - (found.committed or 0) == left


def test_records_that_have_not_come_through_are_queued(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watchdog gives a partition more time while its stage has records of it before it."""
    monkeypatch.setattr(consumer._thread, "_consumer", partition(9, 9))
    monkeypatch.setattr(consumer, "assignment", lambda: {T})
    messages = fetched(consumer, 4, 5)
    assert consumer.positions()[T.topic, 0].queued
    for message in messages:
        consumer.admit(message)
    assert not consumer.positions()[T.topic, 0].queued
    full = SimpleNamespace(queue=SimpleNamespace(full=lambda: True))
    consumer.app.topics._tp_index[T] = [full]  # nothing more is fetched of it before there is room
    assert consumer.positions()[T.topic, 0].queued


class Queue:
    """A queue that counts how often it is cleared."""

    cleared = 0

    def clear(self) -> None:
        """Count."""
        self.cleared += 1


async def test_a_second_resume_clears_nothing() -> None:
    """Recovery resumes flow twice; records that came between must stay."""
    flow, queue = FlowControl(), Queue()
    flow.manage_queue(queue)  # type: ignore[arg-type]
    flow.resume()
    flow.resume()
    assert (flow.is_active(), queue.cleared) == (True, 1)
    flow.suspend()
    flow.resume()
    assert queue.cleared == 2


async def test_timestamps_are_sent_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A millisecond is not lost on the way, and the headers keep their order."""
    app = App("test", store="memory://", web_enabled=False)
    sent: list[dict[str, Any]] = []

    async def acknowledged() -> str:
        return "where it stands"

    async def send(topic: str, value: bytes | None, **options: Any) -> Any:  # noqa: ANN401
        sent.append({"topic": topic, "value": value} | options)
        return acknowledged()

    assert isinstance(app.producer, Producer)
    monkeypatch.setattr(app.producer, "_producer", SimpleNamespace(send=send))
    record = OutRecord("t", b"k", b"v", (("b", b"2"), ("a", b"1")), 1_739_433_600_123)
    assert await app.producer.deliver([record]) == ["where it stands"]
    assert sent == [
        {
            "topic": "t",
            "value": b"v",
            "key": b"k",
            "partition": None,
            "timestamp_ms": 1_739_433_600_123,
            "headers": [("b", b"2"), ("a", b"1")],
        }
    ]
    assert app.producer._settings_extra() == {"acks": "all", "enable_idempotence": True}


async def test_a_held_partition_is_not_asked_for_and_loses_nothing(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one partition is held, others are fetched; what was fetched of it before is still handed on; released, it is fetched again."""
    held, other = TP("articles.verdicts", 0), TP("events.mentions", 0)
    consumer._set_active_tps({held, other})
    asked: list[set[TP]] = []

    async def getmany(active: set[TP], timeout: float) -> dict[TP, list[Any]]:  # noqa: ASYNC109 - as in Faust
        asked.append(set(active))
        fields = {"topic": held.topic, "partition": 0, "timestamp": 5, "timestamp_type": 1, "headers": ()}
        rest = {"key": b"", "value": b"", "checksum": None}
        sizes = {"serialized_key_size": 0, "serialized_value_size": 0}
        return {held: [SimpleNamespace(offset=n, **fields, **rest, **sizes) for n in range(3)]}

    monkeypatch.setattr(consumer._thread, "getmany", getmany)
    monkeypatch.setattr(consumer, "highwater", lambda _: 3)
    seen = []
    async for _, message in consumer.getmany(1.0):
        consumer.hold([held])  # a stage has too much of it, between a fetch and its delivery
        seen.append(message.offset)
    assert seen == [0, 1, 2]
    await consumer._getmany({held, other}, 1.0)
    assert asked[1:] == [{other}]
    assert await consumer._getmany({held}, 1.0) == {}, "an empty set would mean all to the client"
    assert len(asked) == 2
    consumer.release([held])
    await consumer._getmany({held, other}, 1.0)
    assert asked[2] == {held, other}


async def test_nothing_leaves_beside_the_transactions() -> None:
    """With lanes, neither our own way of sending nor Faust's writes anything."""
    app = App("test", store="memory://", web_enabled=False)
    app.lanes = cast("Any", object())
    assert isinstance(app.producer, Producer)
    with pytest.raises(RuntimeError, match="no transactions"):
        await app.producer.deliver([])
    with pytest.raises(RuntimeError, match="no transactions"):
        await app.producer.send("t", b"k", b"v", None, None, None)


async def test_what_finds_room_is_passed_on_and_the_rest_waits(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages go to their topic's queue in order; from a full queue on, and while flow is suspended, Faust has to wait with them."""
    passed: list[int] = []
    queue: asyncio.Queue[int] = asyncio.Queue(2)

    async def pass_on(message: int) -> None:
        passed.append(message)
        queue.put_nowait(message)

    async def getmany(_self: Consumer, _timeout: float) -> AsyncIterator[tuple[TP, int]]:
        for number in range(4):
            yield T, number

    monkeypatch.setattr(Consumer.__mro__[1], "getmany", getmany)
    monkeypatch.setattr(consumer, "callback", pass_on)
    consumer.app.topics._tp_index[T] = [SimpleNamespace(queue=queue)]
    consumer.app.flow_control.resume()
    assert [message async for _, message in consumer.getmany(0)] == [2, 3]
    assert passed == [0, 1]
    queue.get_nowait()
    consumer.app.flow_control.suspend()
    assert [message async for _, message in consumer.getmany(0)] == [0, 1, 2, 3]
    assert passed == [0, 1]


async def test_raw_records_become_events_of_the_same_bytes(consumer: Consumer) -> None:
    """Key and value are not touched, whatever they are, and neither is one that is missing."""
    decode = RawSchema(key_type=bytes, value_type=bytes).compile(consumer.app)
    message = fetched(consumer, 4)[0]
    message.key, message.value = None, b"\xff{"
    event = await decode(message, propagate=True)
    assert (event.key, event.value, event.message) == (None, b"\xff{", message)
