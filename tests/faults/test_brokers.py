"""Brokers that are killed, stay away, leave a cluster of three, and run out of disk in the middle of a feed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.faults.catalogue import PLANS
from tests.faults.disk import Disk, NoDiskError
from tests.faults.outcome import Outcome
from tests.faults.trial import running

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.faults

ARTICLES = 1200
AWAY_SECONDS = 12.0
DIE_SECONDS = 30.0
DISK_MB = 160


async def test_killed_and_back_at_once(tmp_path: Path) -> None:
    """Five times kill -9 of the only broker."""
    async with running("broker-kill", tmp_path, articles=ARTICLES, portions=12, replayed=True) as trial:
        (node,) = trial.brokers.nodes
        for _ in range(5):
            await trial.feed_on()
            await trial.moment()
            since = trial.now()
            trial.brokers.kill(node)
            await trial.brokers.start(node)
            before = await trial.progress.fresh()
            await trial.feed_on()
            await trial.recovered(since, before)


async def test_away_for_longer(tmp_path: Path) -> None:
    """A broker that is away for longer than the session timeout; the worker waits and goes on."""
    async with running("broker-away", tmp_path, articles=ARTICLES, portions=6) as trial:
        (node,) = trial.brokers.nodes
        for _ in range(2):
            await trial.feed_on()
            await trial.moment()
            trial.brokers.kill(node)
            await asyncio.sleep(AWAY_SECONDS)
            await trial.brokers.start(node)
            since, before = trial.now(), await trial.progress.fresh()
            await trial.feed_on()
            await trial.recovered(since, before)


async def test_one_of_three_lost_and_returned(tmp_path: Path) -> None:
    """Each broker in turn, twice: the others go on without it, and it takes up what it missed."""
    async with running(
        "one-of-three", tmp_path, articles=ARTICLES, portions=14, nodes=3, replayed=True
    ) as trial:
        for node in trial.brokers.nodes * 2:
            await trial.feed_on()
            await trial.moment()
            since = trial.now()
            trial.brokers.kill(node)
            before = await trial.progress.fresh()
            await trial.feed_on()
            await trial.recovered(since, before)
            await trial.brokers.start(node)
            await trial.whole()


async def test_disk_full(tmp_path: Path) -> None:
    """The broker can't write any more, twice; after the disk was cleared and the broker restarted everything goes on."""
    try:
        disk = Disk(tmp_path / "broker-1" / "kafka", DISK_MB)
    except NoDiskError as reason:
        Outcome("disk-full", fault=PLANS["disk-full"].fault, not_run=str(reason)).write()
        pytest.skip(f"no small disk can be made here: {reason}")
    with disk:
        async with running(
            "disk-full", tmp_path, articles=ARTICLES, portions=6, disk=disk, replayed=True
        ) as trial:
            (node,) = trial.brokers.nodes
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
                trial.brokers.kill(node)
                since = trial.now()
                await trial.brokers.start(node)
                before = await trial.progress.fresh()
                await trial.feed_on()
                await trial.recovered(since, before)
