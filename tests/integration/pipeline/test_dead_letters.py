"""Dead letters on a real broker: each stage's find their way back, once, whatever crashes; a poison loop is impossible."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from aiokafka import AIOKafkaProducer

from schemas.dead_letter import Handled
from streams.cluster import Cluster
from streams.deadletters.log import Letter, LetterFilter, read_handled, read_letters
from streams.deadletters.redrive import Done, Order, drop, redrive
from streams.deadletters.routes import Router
from streams.failure import Failure
from streams.records import OutRecord
from streams.settings import Settings
from streams.topics import HANDLED, MENTIONS, RAW

pytestmark = pytest.mark.integration

Feed = Callable[[int], list[bytes]]
Log = Any  # the class stands in conftest.py, from which nothing can be imported

ALL = LetterFilter()
FAILING = """
import sys
from streams.stages import {stage} as stage
from streams.worker import main

class_ = stage.{name}
handle = class_._handle

def failing(self, record):
    if {topic!r} in record.topic and b'o2.example/2"' in record.value:
        raise MemoryError("made to fail")
    return handle(self, record)

class_._handle = failing
sys.argv = ["worker"]
sys.exit(main())
"""


@contextmanager
def failing_worker(log: Log, stage: str, topic: str) -> Iterator[None]:
    """Run a worker of which one stage fails on one article, where it reads `topic`."""
    code = FAILING.format(stage=stage, name=f"{stage.capitalize()}Stage", topic=topic)
    with (log.settings.data_dir / "failing.log").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=log.settings.environment(), stdout=out, stderr=out
        )
    try:
        yield
        process.terminate()
        process.wait(30)
    finally:
        process.kill()


async def letters(settings: Settings) -> list[Letter]:
    """Return all dead letters."""
    async with Cluster(settings) as cluster:
        return [letter async for letter in read_letters(cluster, settings, ALL)]


async def handled(settings: Settings) -> dict[tuple[int, int], Handled]:
    """Return what became of the letters."""
    async with Cluster(settings) as cluster:
        return await read_handled(cluster, settings)


def again(log: Log, **order: Any) -> Done:  # noqa: ANN401 - the fields of an order
    """Redrive all letters."""
    return asyncio.run(redrive(log.settings, Order(ALL, **order)))


@pytest.mark.parametrize(
    ("stage", "topic", "way"),
    [
        ("clean", "articles.raw", RAW),
        ("dedupe", "articles.clean", RAW),
        ("code", "articles.unique", RAW),
        ("resolve", "events.mentions", MENTIONS),
        ("resolve", "articles.verdicts", RAW),
    ],
)
def test_a_redriven_article_ends_in_its_events(
    log: Log, articles: Feed, stage: str, topic: str, way: str
) -> None:
    """Whichever stage failed, after a redrive the events are those of a run in which nothing did, and everything adds up."""
    feed = articles(8)
    with failing_worker(log, stage, topic):
        log.produce(feed)
        before = log.drain()
    (letter,) = asyncio.run(letters(log.settings))
    assert (letter.about.stage, letter.about.topic, letter.about.attempt) == (stage, topic, 1)
    before.check()
    with log.worker():
        done = again(log, by="ada", why="mended")
        assert done.handled == {letter.place: log.settings.topic(way)}
        found = log.drain()
        once_more = again(log)
        assert (once_more.handled, list(once_more.before)) == ({}, [letter.place])
        after = log.drain()
    found.check()
    assert found.told == found.told_in_memory()
    assert any("o2.example/2" in (e.evidence[0].url or "") for e in found.events.values() if e.evidence)
    assert len(found.raw) == len(feed) + (way == RAW)
    assert (len(after.raw), after.events.keys()) == (len(found.raw), found.events.keys())
    (mark,) = asyncio.run(handled(log.settings)).values()
    assert (mark.action, mark.by, mark.why) == ("redriven", "ada", "mended")


def test_what_comes_back_as_a_letter_too_often_is_refused(log: Log) -> None:
    """Tries are counted through the stages; at the limit a redrive needs to be forced."""
    log.produce([b'{"body": ""}'])
    with log.worker():
        log.drain()
        for _ in range(log.settings.max_attempts - 1):
            assert len(again(log).handled) == 1
            log.drain()
        tried = asyncio.run(letters(log.settings))
        assert [letter.about.attempt for letter in tried] == [1, 2, 3]
        assert [letter.record.value for letter in tried] == [b'{"body": ""}'] * 3
        refused = again(log).refused
        assert refused == {tried[-1].place: "tried 3 times, the limit is 3; --force tries once more"}
        assert again(log, force=True).handled.keys() == {tried[-1].place}
        log.drain().check()
    assert asyncio.run(letters(log.settings))[-1].about.attempt == 4


def test_a_crash_before_the_commit_leaves_nothing(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the record nor its mark counts unless both do, and the next run does what the crashed one did not."""
    log.produce([b"not json"])
    with log.worker():
        log.drain()
    commit = AIOKafkaProducer.commit_transaction

    async def crash(producer: AIOKafkaProducer) -> None:
        await producer.flush()  # everything is on the broker, and nothing counts
        raise KeyboardInterrupt

    monkeypatch.setattr(AIOKafkaProducer, "commit_transaction", crash)
    with pytest.raises(KeyboardInterrupt):
        again(log)
    monkeypatch.setattr(AIOKafkaProducer, "commit_transaction", commit)

    async def count() -> int:
        async with Cluster(log.settings) as cluster:
            return len(await log.read(cluster, RAW))

    assert len(again(log).handled) == 1
    assert asyncio.run(count()) == 2
    assert again(log).handled == {}


def test_a_write_that_the_broker_refuses_marks_nothing(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter counts as redriven only if its record is there: where the broker took the mark and not the record, neither counts."""
    log.produce([b"not json"])
    with log.worker():
        log.drain()
    route = Router.route

    async def too_large(router: Router, letter: Letter) -> OutRecord:
        found = await route(router, letter)
        return found._replace(value=b"x" * (log.settings.max_body_bytes + 64 * 1024))

    monkeypatch.setattr(Router, "route", too_large)
    with pytest.raises(Failure):
        again(log)
    assert asyncio.run(handled(log.settings)) == {}
    monkeypatch.setattr(Router, "route", route)
    assert len(again(log).handled) == 1


def test_a_second_run_fences_the_first(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two runs at once only one counts: the older one is told so and has done nothing."""
    log.produce([b"not json"])
    with log.worker():
        log.drain()
    commit = AIOKafkaProducer.commit_transaction

    async def overtaken(producer: AIOKafkaProducer) -> None:
        monkeypatch.setattr(AIOKafkaProducer, "commit_transaction", commit)
        assert len((await redrive(log.settings, Order(ALL))).handled) == 1
        await commit(producer)

    monkeypatch.setattr(AIOKafkaProducer, "commit_transaction", overtaken)
    with pytest.raises(Failure, match="another run"):
        again(log)
    assert list(again(log).before) == [(0, 0)]


def test_a_newer_version_is_not_undone(log: Log, articles: Feed) -> None:
    """A version that failed is not put over the one that came after it, unless forced."""
    old = articles(3)[2]
    new = orjson.dumps(orjson.loads(old) | {"body": "Norway imposed sanctions on Belarus on 4 March 2025."})
    with failing_worker(log, "code", "articles.unique"):
        log.produce([old])
        log.drain()
    with log.worker():
        log.produce([new])
        log.drain()
        ((place, why),) = again(log).refused.items()
        assert place == (0, 0)
        assert "has verdict 1 (revision) since" in why
        assert again(log, force=True).handled.keys() == {place}
        log.drain().check()


def test_dropped_letters_are_neither_listed_nor_redriven(log: Log) -> None:
    """The commands: a list of JSON lines in a pipe, a drop that says who and why, and nothing left to do."""
    log.produce([b"not json", b'{"body": ""}'])
    with log.worker():
        log.drain()

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "streams.cli", "dead-letters", *arguments]
        return subprocess.run(
            command, env=log.settings.environment(), capture_output=True, text=True, timeout=60, check=False
        )

    listed = [orjson.loads(line) for line in call("list", "--reason", "no text").stdout.splitlines()]
    assert [(row["stage"], row["reason"], row["attempt"], row["handled"]) for row in listed] == [
        ("clean", "no text", 1, None)
    ]
    place = str(listed[0]["letter_offset"])
    assert call("drop", place, "--by", "ada", "--why", "photo page").stdout == f"{place}: dropped\n"
    assert [orjson.loads(line)["bytes"] for line in call("list").stdout.splitlines()] == [len(b"not json")]
    assert len(call("list", "--all").stdout.splitlines()) == 2
    assert call("redrive", place).stdout.startswith(f"{place}: dropped at ")
    shown = call("show", place)
    assert (shown.stdout, "clean: no text (try 1 of 3, dropped)" in shown.stderr) == ('{"body": ""}', True)
    missing = call("redrive", "77")
    assert (missing.returncode, missing.stderr) == (1, "dragoman: no such dead letter: 77\n")
    unasked = call("redrive")
    assert (unasked.returncode, "say --all" in unasked.stderr) == (2, True)
    assert call("redrive", "one").returncode == 2
    assert asyncio.run(drop(log.settings, Order(ALL))).handled.keys() != set()
    assert call("list").stdout == ""


async def test_what_does_not_fit_is_refused(log: Log) -> None:
    """A record that was too large for the raw topic stays where it is, and the refusal says how large it is."""
    settings = log.settings
    big = b"x" * (settings.max_body_bytes + 1)
    headers = [
        (f"dl-{name}", value)
        for name, value in {
            "stage": b"ingest",
            "reason": b"too large",
            "attempt": b"1",
            "topic": b"ingest",
            "partition": b"0",
            "offset": b"1",
            "record_time": b"2025-02-01T00:00:00Z",
        }.items()
    ]
    async with AIOKafkaProducer(
        bootstrap_servers=settings.broker, max_request_size=settings.max_record_bytes
    ) as producer:
        await producer.send_and_wait(settings.topic("dead-letters"), big, headers=headers)
    done = await redrive(settings, Order(ALL))
    (why,) = done.refused.values()
    assert "more than articles.raw takes" in why
    async with Cluster(settings) as cluster:
        assert await log.read(cluster, HANDLED) == []
