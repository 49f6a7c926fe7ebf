"""A hop as a Faust agent: order of its steps, batches, acknowledgement, failure, cancellation. No broker."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any, NoReturn, cast

import faust
import pytest

from streams.batches import BatchStream, Limits
from streams.hop import SLICE, Hop
from streams.metrics import Meter
from streams.outbox import Work
from streams.records import InRecord, OutRecord
from streams.stages import Change, Fetch, Stage
from streams.state import state_key
from streams.transactions import LaneLostError
from streams.transport import App

IN, OUT = "in", "out"
LIMITS = Limits(10, 10**6, 0.02, work=10)


class Echo(Stage):
    """A stage that repeats each value, counts what it had, and can be told to fail."""

    name = "echo"

    def __init__(self) -> None:
        """Start at nothing."""
        super().__init__(1000)
        self.had = 0
        self._changed: list[Change] = []

    def changes(self) -> Sequence[Change]:
        """Return the count, if it changed."""
        changed, self._changed = self._changed, []
        return changed

    def restore(self, items: Iterable[tuple[bytes, bytes]], fetch: Fetch | None = None) -> None:
        """Take the count up again."""
        self.had = int(dict(items).get(b"had", b"0"))

    def _handle(self, record: InRecord) -> list[OutRecord]:
        self.had += 1
        self._changed = [(b"had", str(self.had).encode())]
        return [OutRecord(OUT, record.key, record.value, record.headers, record.timestamp_ms)]


class Journal:
    """An outbox that writes down what it is asked, and fails or waits when told to."""

    def __init__(self) -> None:
        """Start empty."""
        self.steps: list[tuple[str, list[Any]]] = []
        self.offsets: dict[tuple[str, int], int] = {}
        self.error: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def write(self, work: Work) -> None:
        """Write down records, changes and offsets, and make the changes."""
        await self.gate.wait()
        if self.error:
            raise self.error
        self.steps.append(("send", [record.value for record in work.records]))
        self.offsets.update(work.offsets)
        if work.changes and work.table is not None:
            self.steps.append(("save", list(work.changes)))
            cast("Any", work.table).data.update({k: v for k, v in work.changes if v is not None})


class Ended(Exception):
    """The process would have ended."""


class Rig:
    """One hop in a test context of Faust."""

    def __init__(self, limits: Limits, *, state: bool = False) -> None:
        """Make the app and the hop."""
        self.app = App("test", store="memory://", Stream=BatchStream, web_enabled=False)
        self.journal = Journal()
        self.failed: list[str] = []
        self.meter = Meter()
        self.table = (
            self.app.Table("state", partitions=1, key_type=bytes, value_type=bytes) if state else None
        )
        self.hop = Hop(
            "echo", Echo, self.journal, self.meter, limits, names={IN: IN}, table=self.table, fail=self._fail
        )
        self.topic = self.app.topic(
            IN,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            allow_empty=True,
        )
        self.acked: list[bytes] = []

        async def agent(stream: Any) -> None:  # noqa: ANN401
            await self.hop.run(stream)

        self.agent = self.app.agent(self.topic, name="echo")(agent)

    def _fail(self, reason: str) -> NoReturn:
        self.failed.append(reason)
        raise Ended(reason)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition, five seconds at most."""
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.002)


@pytest.fixture
async def rig(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[..., Any]]:
    """Give a function that makes a rig and starts its agent."""
    contexts: list[Any] = []

    async def start(limits: Limits = LIMITS, *, state: bool = False) -> Rig:
        made = Rig(limits, state=state)
        context = made.agent.test_context()
        agent = await context.__aenter__()
        contexts.append(context)

        async def put(value: bytes) -> Any:  # noqa: ANN401
            return await agent.put(value, key=b"k", wait=False)

        def ack(event: faust.Event) -> bool:
            made.acked.append(event.message.value)
            return True

        monkeypatch.setattr(faust.Event, "ack", ack)
        made.put = put  # type: ignore[attr-defined]
        made.wrapper = agent  # type: ignore[attr-defined]
        return made

    yield start
    for context in contexts:
        await context.__aexit__(None, None, None)


async def test_records_then_state_then_acknowledgement(rig: Callable[..., Any]) -> None:
    """A crash between two steps repeats the batch; it never loses a record that the state remembers."""
    r = await rig(state=True)
    seen: list[list[bytes]] = []
    write = r.journal.write

    async def spy(work: Work) -> None:
        seen.append(list(r.acked))
        await write(work)

    r.journal.write = spy
    await r.put(b"1")
    await r.until(lambda: r.acked == [b"1"])
    assert [step for step, _ in r.journal.steps] == ["send", "save"]
    assert seen == [[]]
    assert r.journal.offsets == {(IN, 0): 1}


async def test_a_lane_that_is_lost_acknowledges_nothing(rig: Callable[..., Any]) -> None:
    """Whoever has the partition now does the batch; this worker forgets the state and goes on with what it has."""
    r = await rig(state=True)
    r.journal.error = LaneLostError("echo/0 is not assigned here")
    await r.put(b"1")
    await r.until(lambda: r.hop._stage is None and not r.app.consumer.unacked)
    assert (r.acked, r.failed) == ([], [])
    assert r.meter.registry.get_sample_value("dragoman_records_in_total", {"stage": "echo"}) is None


async def test_a_topic_whose_records_wait_is_held(
    rig: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many records that wait in the state hold the topic they come from, until half of them are gone."""
    r = await rig()
    waiting = [3, 5, 6, 2, 1]
    monkeypatch.setattr(Echo, "pending", property(lambda stage: waiting[stage.had - 1]))
    monkeypatch.setattr("streams.hop.HELD", 4)
    calls: list[tuple[str, Any]] = []
    r.hop._hold = ("verdicts",)
    r.app.consumer.holds = lambda _: bool(calls) and calls[-1][0] == "hold"
    r.app.consumer.hold = lambda held: calls.append(("hold", held))
    r.app.consumer.release = lambda held: calls.append(("release", held))
    for number in range(len(waiting)):
        await r.put(str(number).encode())
        await r.until(lambda number=number: len(r.acked) == number + 1)
        await r.until(lambda: not r.app.consumer.unacked)
        if number == 3:
            assert calls == [("hold", ("verdicts",))]
    await r.until(lambda: len(calls) == 2)
    assert calls[1] == ("release", ("verdicts",))


async def test_what_is_queued_goes_in_one_batch(rig: Callable[..., Any]) -> None:
    """Records that are there together are written together."""
    r = await rig()
    for n in range(5):
        await r.put(str(n).encode())
    await r.until(lambda: len(r.acked) == 5)
    assert r.journal.steps == [("send", [b"0", b"1", b"2", b"3", b"4"])]
    assert r.acked == [b"0", b"1", b"2", b"3", b"4"]


async def test_a_batch_is_bounded_by_records(rig: Callable[..., Any]) -> None:
    """No batch holds more records than it may."""
    r = await rig(Limits(2, 10**6, 0.05, work=10))
    for n in range(5):
        await r.put(str(n).encode())
    await r.until(lambda: len(r.acked) == 5)
    assert [len(values) for _, values in r.journal.steps] == [2, 2, 1]


async def test_a_batch_is_bounded_by_bytes(rig: Callable[..., Any]) -> None:
    """The record that passes the limit is the last of its batch."""
    r = await rig(Limits(100, 250, 0.05, work=10))
    for _ in range(4):
        await r.put(b"x" * 150)
    await r.until(lambda: len(r.acked) == 4)
    assert [len(values) for _, values in r.journal.steps] == [2, 2]


async def test_a_batch_is_bounded_by_the_work_on_it(rig: Callable[..., Any]) -> None:
    """What a stage has done in its time is written; the rest of the batch follows, in its order and without a new fetch."""
    r = await rig(Limits(10, 10**6, 0.05, work=0))
    for n in range(3):
        await r.put(str(n).encode())
    await r.until(lambda: len(r.acked) == 3)
    assert r.journal.steps == [("send", [b"0"]), ("send", [b"1"]), ("send", [b"2"])]
    assert r.acked == [b"0", b"1", b"2"]
    assert not r.app.consumer.unacked


async def test_the_turns_of_other_stages_are_no_work_on_a_batch(
    rig: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage that shares the event loop with busy ones is not made to commit each record by itself."""
    clock = [0.0]
    sleep, process = asyncio.sleep, Echo.process

    def work(stage: Echo, record: InRecord) -> list[OutRecord]:
        clock[0] += 2 * SLICE
        return process(stage, record)

    async def turn(seconds: float) -> None:
        clock[0] += 60 if seconds == 0 else 0
        await sleep(seconds)

    monkeypatch.setattr(
        "streams.hop.time", SimpleNamespace(monotonic=lambda: clock[0], perf_counter=lambda: 0.0)
    )
    monkeypatch.setattr("streams.hop.asyncio.sleep", turn)
    monkeypatch.setattr(Echo, "process", work)
    r = await rig(Limits(10, 10**6, 0.05, work=30 * SLICE))
    for n in range(5):
        await r.put(str(n).encode())
    await r.until(lambda: len(r.acked) == 5)
    assert [len(values) for _, values in r.journal.steps] == [5]
    assert clock[0] > 60


async def test_what_is_left_of_a_batch_is_not_begun_once_records_do_not_flow(
    rig: Callable[..., Any],
) -> None:
    """A rebalance waits for what was begun only, and what was not is left to whoever has the partition afterwards."""
    r = await rig(Limits(10, 10**6, 0.05, work=0))
    r.journal.gate.clear()
    for n in range(3):
        await r.put(str(n).encode())
    await r.until(lambda: len(r.app.consumer.unacked) == 3)
    r.app.flow_control.suspend()
    r.journal.gate.set()
    await r.until(lambda: not r.app.consumer.unacked)
    await asyncio.sleep(0.1)
    assert r.journal.steps == [("send", [b"0"])]
    assert r.acked == [b"0"]


async def test_a_failed_write_ends_the_process_and_acknowledges_nothing(rig: Callable[..., Any]) -> None:
    """Going on behind a failed write would commit past records that were not written."""
    r = await rig()
    r.journal.error = OSError("broker gone")
    await r.put(b"1")
    await r.until(lambda: bool(r.failed))
    assert "broker gone" in r.failed[0]
    assert r.acked == []


async def test_a_cancelled_agent_finishes_its_batch(rig: Callable[..., Any]) -> None:
    """A stop in the middle of a batch waits for it: written, remembered and acknowledged."""
    r = await rig(state=True)
    r.journal.gate.clear()
    await r.put(b"1")
    await r.until(lambda: len(r.app.consumer.unacked) == 1)
    for actor in r.wrapper._actors:
        actor.cancel()
    await asyncio.sleep(0.01)
    assert r.acked == []
    r.journal.gate.set()
    await r.until(lambda: r.acked == [b"1"])
    assert [step for step, _ in r.journal.steps] == ["send", "save"]


async def test_records_of_an_older_assignment_are_passed_over(rig: Callable[..., Any]) -> None:
    """What was fetched before a rebalance may be another worker's: it is neither processed nor acknowledged."""
    r = await rig()
    event = await r.put(b"old")
    event.message.generation_id = r.app.consumer_generation_id - 1
    await r.put(b"new")
    await r.until(lambda: r.acked == [b"new"])
    assert r.journal.steps == [("send", [b"new"])]


async def test_a_batch_that_outlives_its_assignment_is_dropped(rig: Callable[..., Any]) -> None:
    """Where partitions moved while a batch was worked on, its outputs and its state are not kept."""
    r = await rig(state=True)
    r.hop.ready_stage()
    process = Echo.process

    def rebalanced(stage: Echo, record: InRecord) -> list[OutRecord]:
        r.app.consumer_generation_id += 1
        return process(stage, record)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Echo, "process", rebalanced)
        await r.put(b"1")
        await r.until(lambda: r.app.consumer_generation_id == 1 and r.hop._stage is None)
    assert (r.journal.steps, r.acked) == ([], [])


async def test_the_state_is_read_from_the_table_again_after_a_reset(rig: Callable[..., Any]) -> None:
    """After a rebalance the stage is what the table says, not what it was."""
    r = await rig(state=True)
    await r.put(b"1")
    await r.until(lambda: len(r.acked) == 1)
    r.table.data[b"had"] = b"41"
    r.hop.reset()
    await r.put(b"2")
    await r.until(lambda: len(r.acked) == 2)
    assert r.table.data[b"had"] == b"42"


async def test_headers_key_and_time_reach_the_stage(rig: Callable[..., Any]) -> None:
    """A stage sees the record as it stands on the topic."""
    r = await rig()
    taken: list[InRecord] = []
    stage = r.hop.ready_stage()
    process = stage.process
    stage.process = lambda record: taken.append(record) or process(record)
    event = await r.wrapper.put(b"1", key=b"k", wait=False, headers={"a": b"b"})
    event.message.timestamp = 1_740_000_000.123
    await r.until(lambda: bool(taken))
    assert taken[0].headers == (("a", b"b"),)
    assert (taken[0].key, taken[0].value, taken[0].timestamp_ms) == (b"k", b"1", 1_740_000_000_123)


class Partitioned(Echo):
    """A stage whose state is by partition, in one table."""

    def restore(self, items: Iterable[tuple[bytes, bytes]], fetch: Fetch | None = None) -> None:
        """Note what is given."""
        self.given = sorted(items)

    def _handle(self, record: InRecord) -> list[OutRecord]:
        self._changed.append((state_key(3, record.partition, b"had"), record.value))
        return [OutRecord(OUT, record.key, record.value, record.headers, record.timestamp_ms)]


async def test_state_goes_with_the_partition_it_belongs_to(
    rig: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch of several partitions is one piece of work for each, with the records, the state and the event of that partition."""
    r = await rig(Limits(3, 10**6, 1, work=10), state=True)
    r.table.partitions = 3
    monkeypatch.setattr(r.hop, "_make_stage", Partitioned)
    works: list[tuple[int, list[bytes | None], list[Change], int]] = []

    async def write(work: Work) -> None:
        event = faust.current_event()
        assert event is not None
        values = [record.value for record in work.records]
        works.append((work.partition, values, work.changes, event.message.partition))

    r.journal.write = write
    for number, partition in enumerate((2, 0, 2)):
        event = await r.put(str(number).encode())
        event.message.partition = partition
    await r.until(lambda: len(r.acked) == 3)
    assert works == [
        (2, [b"0", b"2"], [(b"\x02had", b"0"), (b"\x02had", b"2")], 2),
        (0, [b"1"], [(b"\x00had", b"1")], 0),
    ]


async def test_only_the_state_of_assigned_partitions_is_taken_up(
    rig: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table may follow partitions of other workers, whose state is no business of the stage."""
    r = await rig(state=True)
    r.table.partitions = 3
    monkeypatch.setattr(r.hop, "_make_stage", Partitioned)
    r.table.data.update({b"\x00had": b"1", b"\x01had": b"2", b"\x02had": b"3"})
    r.hop.reset(mine={0, 2})
    assert cast("Partitioned", r.hop.ready_stage()).given == [(b"\x00had", b"1"), (b"\x02had", b"3")]
    r.hop.reset()
    assert [key for key, _ in cast("Partitioned", r.hop.ready_stage()).given] == [b"\x00had", b"\x02had"]
    r.hop.reset(mine={1})
    assert cast("Partitioned", r.hop.ready_stage()).given == [(b"\x01had", b"2")]


async def test_a_write_that_fails_waits_for_the_others(
    rig: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lane is lost while another's write is under way: the state is dropped when that is done, not before."""
    r = await rig(Limits(2, 10**6, 1, work=10), state=True)
    r.table.partitions = 3
    monkeypatch.setattr(r.hop, "_make_stage", Partitioned)
    done: list[int] = []

    async def write(work: Work) -> None:
        if work.partition == 0:
            raise LaneLostError("echo/0 is not assigned here")
        await asyncio.sleep(0.05)
        assert r.hop._stage is not None
        done.append(work.partition)

    r.journal.write = write
    for number, partition in enumerate((0, 1)):
        event = await r.put(str(number).encode())
        event.message.partition = partition
    await r.until(lambda: r.hop._stage is None and not r.app.consumer.unacked and bool(done))
    assert (done, r.acked, r.failed) == ([1], [], [])
