"""Workers that are killed, ended, frozen, replaced and shuffled in the middle of a feed."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults.brokers import Brokers
from tests.faults.trial import SESSION_SECONDS, Trial

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

pytestmark = pytest.mark.faults

LONG, SHORT = 4200, 1200
"""Records of a feed."""


async def strike(trial: Trial, name: str, fault: Callable[[str], Awaitable[object]]) -> None:
    """Feed a portion, let a fault strike a worker at a random moment, start it again, feed on, and wait for what it held to move."""
    await trial.feed_on()
    await trial.moment()
    held = await trial.fleet.holds(name)
    since = trial.now()
    await fault(name)
    before = await trial.progress.fresh()
    await trial.fleet.start(name, ready=False)
    await trial.feed_on()
    await trial.recovered(since, before, held)
    await trial.fleet.ready(name)


async def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Twenty times kill -9 during one feed."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("kill", brokers, tmp_path, articles=LONG, portions=42) as trial,
    ):
        await trial.feed_on()
        await trial.fleet.start("one")
        for _ in range(20):
            await strike(trial, "one", trial.fleet.kill)
        (await trial.reckon(replayed=True)).check()


async def test_one_of_two_killed(tmp_path: Path) -> None:
    """What a killed worker held goes to the other one, and comes back."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("kill-of-two", brokers, tmp_path, articles=SHORT, portions=14) as trial,
    ):
        await trial.feed_on()
        await trial.fleet.start("one")
        await trial.fleet.start("two")
        for turn in range(6):
            await strike(trial, ("one", "two")[turn % 2], trial.fleet.kill)
        (await trial.reckon()).check()


async def test_ended_in_order(tmp_path: Path) -> None:
    """A worker that is asked to end finishes its batch and leaves with status 0."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("term", brokers, tmp_path, articles=SHORT, portions=12) as trial,
    ):

        async def end(name: str) -> None:
            assert await trial.fleet.stop(name) == 0

        await trial.feed_on()
        await trial.fleet.start("one")
        for _ in range(5):
            await strike(trial, "one", end)
        (await trial.reckon()).check()


async def test_a_zombie_writes_nothing(tmp_path: Path) -> None:
    """A worker that wakes after its partitions went to another has no say any more, whatever it was about to write."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("zombie", brokers, tmp_path, articles=SHORT, portions=10) as trial,
    ):
        await trial.feed_on()
        await trial.fleet.start("one")
        await trial.fleet.start("two")
        for turn in range(4):
            name = ("one", "two")[turn % 2]
            held = await trial.fleet.holding(name)
            await trial.feed_on()
            await trial.moment(0.8)
            since = trial.now()
            trial.fleet.freeze(name)
            before = await trial.progress.fresh()
            await trial.feed_on()
            await trial.recovered(since, before, held)
            await asyncio.sleep(max(0.0, since + SESSION_SECONDS + 2 - trial.now()))
            trial.fleet.thaw(name)
        await trial.fleet.holding(name)
        (await trial.reckon(replayed=True)).check()


async def test_rolling_restart(tmp_path: Path) -> None:
    """Two workers are replaced one after the other, three times over, while the feed goes on."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("rolling", brokers, tmp_path, articles=SHORT, portions=14) as trial,
    ):
        await trial.feed_on()
        await trial.fleet.start("one")
        await trial.fleet.start("two")
        for turn in range(6):
            await strike(trial, ("one", "two")[turn % 2], trial.fleet.stop)
        (await trial.reckon()).check()


async def test_rebalance_storm(tmp_path: Path) -> None:
    """Workers that come and go every few seconds cost time and nothing else."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("storm", brokers, tmp_path, articles=SHORT, portions=12) as trial,
    ):
        fleet = trial.fleet
        await trial.feed_on()
        await fleet.start("one")
        for turn in range(10):
            name = ("two", "three")[turn % 2]
            await trial.feed_on()
            if turn > 1:
                await (fleet.kill if turn % 4 > 1 else fleet.stop)(name)
            await fleet.start(name, ready=False)
            trial.outcome.repetitions += 1
            await asyncio.sleep(trial.dice.uniform(1, 4))
        since, before = trial.now(), await trial.progress.fresh()
        await trial.feed_on()
        await trial.recovered(since, before, counts=False)
        (await trial.reckon()).check()


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
async def test_local_state_deleted(store: str, tmp_path: Path) -> None:
    """A worker that comes back on an empty disk takes its state from the changelog."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial(f"state-{store}", brokers, tmp_path, articles=SHORT, portions=8, store=f"{store}://") as trial,
    ):

        async def kill_and_delete(name: str) -> None:
            await trial.fleet.kill(name)
            shutil.rmtree(trial.fleet.folder(name))

        await trial.feed_on()
        await trial.fleet.start("one")
        for _ in range(3):
            await strike(trial, "one", kill_and_delete)
        (await trial.reckon()).check()
