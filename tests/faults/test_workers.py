"""Workers that are killed, ended, frozen, replaced and shuffled in the middle of a feed."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults.trial import SESSION_SECONDS, running

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.faults.trial import Trial

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
    async with running("kill", tmp_path, articles=LONG, portions=42, replayed=True) as trial:
        for _ in range(20):
            await strike(trial, "one", trial.fleet.kill)


async def test_one_of_two_killed(tmp_path: Path) -> None:
    """What a killed worker held goes to the other one, and comes back."""
    async with running("kill-of-two", tmp_path, articles=SHORT, portions=14, workers=("one", "two")) as trial:
        for turn in range(6):
            await strike(trial, ("one", "two")[turn % 2], trial.fleet.kill)


async def test_ended_in_order(tmp_path: Path) -> None:
    """A worker that is asked to end finishes its batch and leaves with status 0."""
    async with running("term", tmp_path, articles=SHORT, portions=12) as trial:

        async def end(name: str) -> None:
            assert await trial.fleet.stop(name) == 0

        for _ in range(5):
            await strike(trial, "one", end)


async def test_a_zombie_writes_nothing(tmp_path: Path) -> None:
    """A worker that wakes after its partitions went to another has no say any more, whatever it was about to write."""
    async with running(
        "zombie", tmp_path, articles=SHORT, portions=10, replayed=True, workers=("one", "two")
    ) as trial:
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


async def test_rolling_restart(tmp_path: Path) -> None:
    """Two workers are replaced one after the other, three times over, while the feed goes on."""
    async with running("rolling", tmp_path, articles=SHORT, portions=14, workers=("one", "two")) as trial:
        for turn in range(6):
            await strike(trial, ("one", "two")[turn % 2], trial.fleet.stop)


async def test_rebalance_storm(tmp_path: Path) -> None:
    """Workers that come and go every few seconds cost time and nothing else."""
    async with running("storm", tmp_path, articles=SHORT, portions=12) as trial:
        fleet = trial.fleet
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


@pytest.mark.parametrize("store", ["disk", "memory", "rocksdb"])
async def test_local_state_deleted(store: str, tmp_path: Path) -> None:
    """A worker that comes back on an empty disk takes its state from the changelog."""
    async with running(f"state-{store}", tmp_path, articles=SHORT, portions=8, store=f"{store}://") as trial:

        async def kill_and_delete(name: str) -> None:
            await trial.fleet.kill(name)
            shutil.rmtree(trial.fleet.folder(name))

        for _ in range(3):
            await strike(trial, "one", kill_and_delete)
