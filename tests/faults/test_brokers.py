"""Brokers that are killed, stay away, leave a cluster of three, and run out of disk in the middle of a feed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.faults.brokers import Brokers
from tests.faults.catalogue import PLANS
from tests.faults.disk import Disk, NoDiskError
from tests.faults.outcome import Outcome
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.faults

ARTICLES = 1200
AWAY_SECONDS = 12.0
DIE_SECONDS = 30.0
DISK_MB = 160


async def test_killed_and_back_at_once(tmp_path: Path) -> None:
    """Five times kill -9 of the only broker."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("broker-kill", brokers, tmp_path, articles=ARTICLES, portions=12) as trial,
    ):
        (node,) = brokers.nodes
        await trial.feed_on()
        await trial.fleet.start("one")
        for _ in range(5):
            await trial.feed_on()
            await trial.moment()
            since = trial.now()
            brokers.kill(node)
            await brokers.start(node)
            before = await trial.progress.fresh()
            await trial.feed_on()
            await trial.recovered(since, before)
        (await trial.reckon(replayed=True)).check()


async def test_away_for_longer(tmp_path: Path) -> None:
    """A broker that is away for longer than the session timeout; the worker waits and goes on."""
    async with (
        Brokers(tmp_path) as brokers,
        Trial("broker-away", brokers, tmp_path, articles=ARTICLES, portions=6) as trial,
    ):
        (node,) = brokers.nodes
        await trial.feed_on()
        await trial.fleet.start("one")
        for _ in range(2):
            await trial.feed_on()
            await trial.moment()
            brokers.kill(node)
            await asyncio.sleep(AWAY_SECONDS)
            await brokers.start(node)
            since, before = trial.now(), await trial.progress.fresh()
            await trial.feed_on()
            await trial.recovered(since, before)
        (await trial.reckon()).check()


async def test_one_of_three_lost_and_returned(tmp_path: Path) -> None:
    """Each broker in turn, twice: the others go on without it, and it takes up what it missed."""
    async with (
        Brokers(tmp_path, 3) as brokers,
        Trial("one-of-three", brokers, tmp_path, articles=ARTICLES, portions=14) as trial,
    ):
        await trial.feed_on()
        await trial.fleet.start("one")
        for node in brokers.nodes * 2:
            await trial.feed_on()
            await trial.moment()
            since = trial.now()
            brokers.kill(node)
            before = await trial.progress.fresh()
            await trial.feed_on()
            await trial.recovered(since, before)
            await brokers.start(node)
            await trial.whole()
        (await trial.reckon(replayed=True)).check()


async def test_disk_full(tmp_path: Path) -> None:
    """The broker can't write any more, twice; after the disk was cleared and the broker restarted everything goes on."""
    try:
        disk = Disk(tmp_path / "broker-1" / "kafka", DISK_MB)
    except NoDiskError as reason:
        Outcome("disk-full", fault=PLANS["disk-full"].fault, not_run=str(reason)).write()
        pytest.skip(f"no small disk can be made here: {reason}")
    with disk:
        async with (
            Brokers(tmp_path, prefix=disk.prefix) as brokers,
            Trial("disk-full", brokers, tmp_path, articles=ARTICLES, portions=6) as trial,
        ):
            (node,) = brokers.nodes
            await trial.feed_on()
            await trial.fleet.start("one")
            for _ in range(2):
                await trial.feed_on()
                await trial.moment()
                disk.fill()
                latest = trial.now() + DIE_SECONDS
                while node.running and trial.now() < latest:  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.1)
                ended = "went on without a disk" if node.running else "ended by itself"
                trial.outcome.notes.append(f"the broker {ended}")
                disk.clear()
                brokers.kill(node)
                since = trial.now()
                await brokers.start(node)
                before = await trial.progress.fresh()
                await trial.feed_on()
                await trial.recovered(since, before)
            (await trial.reckon(replayed=True)).check()
