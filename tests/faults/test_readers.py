"""A consumer of the event log that is much slower than the workers, which are killed meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from aiokafka import AIOKafkaConsumer

from streams.topics import EVENTS
from tests.faults.brokers import Brokers
from tests.faults.ledger import read_log
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.faults

ARTICLES = 1200
PAUSE_SECONDS = 0.1
AT_ONCE = 3


async def test_a_slow_reader_sees_the_log(tmp_path: Path) -> None:
    """It keeps nobody waiting, and reads what is committed: each record once, in the order of its partition."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("slow-reader", brokers, tmp_path, articles=ARTICLES, portions=8) as trial,
    ):
        seen: list[Any] = []
        patience = asyncio.Event()
        reader = asyncio.create_task(read_slowly(trial, seen, patience))
        await trial.feed_on()
        await trial.fleet.start("one")
        for _ in range(3):
            await trial.feed_on()
            await trial.moment()
            since = trial.now()
            await trial.fleet.kill("one")
            before = await trial.progress.fresh()
            await trial.fleet.start("one", ready=False)
            await trial.feed_on()
            await trial.recovered(since, before)
            await trial.fleet.ready("one")
        outcome = await trial.reckon()
        log = (await read_log(trial.settings)).records[EVENTS]
        outcome.notes.append(f"the reader had {len(seen)} of {len(log)} events when the workers were done")
        assert len(seen) < len(log), "a reader that keeps up is not slow"
        patience.set()
        async with asyncio.timeout(60):
            while len(seen) < len(log) and not reader.done():  # noqa: ASYNC110 - the reader tells nobody
                await asyncio.sleep(0.1)
        reader.cancel()
        seen.sort(
            key=lambda record: record.partition
        )  # stable: within a partition the order is that of reading
        assert [(r.partition, r.offset, r.value) for r in seen] == [
            (r.partition, r.offset, r.value) for r in log
        ]
        outcome.check()


async def read_slowly(trial: Trial, seen: list[Any], hurry: asyncio.Event) -> None:
    """Read the event log, a few records at a time and with pauses, until told to hurry."""
    consumer = AIOKafkaConsumer(
        trial.settings.topic(EVENTS),
        bootstrap_servers=trial.settings.broker,
        group_id=f"{trial.settings.topic_prefix}slow",
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        max_poll_records=AT_ONCE,
    )
    await consumer.start()
    try:
        while True:
            for records in (await consumer.getmany(timeout_ms=200, max_records=AT_ONCE)).values():
                seen.extend(records)
            if not hurry.is_set():
                await asyncio.sleep(PAUSE_SECONDS)
    finally:
        await consumer.stop()
