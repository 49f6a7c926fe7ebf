"""Workers that are ended, killed, joined and replaced in the middle of a feed: nothing lost, the same events."""

import random
import signal
import uuid
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from streams import topics

pytestmark = pytest.mark.integration

Feed = Callable[[int], list[bytes]]
Log = Any  # the class stands in conftest.py, from which nothing can be imported


@pytest.mark.parametrize(
    ("number", "guarantee"),
    [
        (signal.SIGTERM, "exactly_once"),
        (signal.SIGKILL, "exactly_once"),
        (signal.SIGKILL, "at_least_once"),
    ],
)
def test_an_interrupted_worker_loses_nothing(
    log: Log, articles: Feed, number: signal.Signals, guarantee: str
) -> None:
    """Ended in the middle of the feed, twice, and started again: accounted for, and the events of an undisturbed run.

    At least once, records may be repeated, with the same bytes; exactly once, none is.
    """
    log = log.but(guarantee=guarantee)
    feed = articles(250)
    dice = random.Random(7)  # noqa: S311 - where to interrupt
    log.produce(feed[:150])
    for turn in range(2):
        with log.worker(f"worker{turn}") as running:
            log.produce(feed[150 + turn * 50 : 200 + turn * 50])
            log.wait_for(topics.MENTIONS, 10 + 40 * turn + dice.randrange(20))
            status = running.stop() if number is signal.SIGTERM else running.kill()
            assert status == (0 if number is signal.SIGTERM else -9)
    log.produce(feed[250:])
    with log.worker("last"):
        found = log.drain()
    found.check()
    assert len(found.raw) == len(feed)
    assert found.told == found.told_in_memory()
    if guarantee == "exactly_once":
        assert found.repeated == 0


def test_two_workers_share_the_work_and_hand_it_over(log: Log, articles: Feed) -> None:
    """A second worker joins, the first leaves, and comes back: state moves along, nothing is lost or told otherwise."""
    feed = articles(200)
    with log.worker("one") as one:
        log.produce(feed[:60])
        with log.worker("two") as two:
            log.produce(feed[60:120])
            log.wait_for(topics.VERDICTS, 70)
            assert one.stop() == 0
            log.produce(feed[120:170])
            log.wait_for(topics.VERDICTS, 130)
            with log.worker("three"):
                log.produce(feed[170:])
                found = log.drain()
                assert two.stop() == 0
    found.check()
    assert found.told == found.told_in_memory()
    assert found.repeated == 0


def test_state_is_recovered_from_its_changelog(log: Log, articles: Feed) -> None:
    """A copy and a withdrawal are recognised by a worker that never saw the article, on a disk that never had it."""
    feed = articles(4)
    with log.worker() as first:
        log.produce(feed[:2])
        log.drain()
        assert first.stop() == 0
    fresh = log.but(data_dir=log.settings.data_dir / uuid.uuid4().hex)
    fresh.settings.data_dir.mkdir()
    copied = orjson.dumps(orjson.loads(feed[0]) | {"url": "https://late.example/0", "id": "late"})
    with fresh.worker():
        fresh.produce([copied, orjson.dumps({"url": "https://o1.example/1", "withdrawn": True})])
        found = fresh.drain()
    found.check()
    kinds = {v.article.raw_id: v.kind.value for v in found.verdicts.values()}
    assert kinds["late"] == "exact"
    withdrawal = next(v for v in found.verdicts.values() if v.kind.value == "withdrawn")
    assert [ref.raw_id for ref in withdrawal.withdraws] == ["a1"]


@pytest.mark.parametrize("store", ["memory://", "rocksdb://"])
def test_other_stores_keep_the_state_too(log: Log, articles: Feed, store: str) -> None:
    """A restarted worker goes on from the changelog with the store in memory, and from its own files with RocksDB."""
    if store == "rocksdb://":
        pytest.importorskip("rocksdict")
    disk = log.but(store=store)
    feed = articles(30)
    with disk.worker("one") as one:
        disk.produce(feed[:20])
        disk.drain()
        assert one.stop() == 0
    with disk.worker("two"):
        disk.produce(feed[20:])
        found = disk.drain()
    found.check()
    assert found.told == found.told_in_memory()
