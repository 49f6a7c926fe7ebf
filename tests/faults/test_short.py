"""The short form, part of every test run: a worker ended, killed and killed again, and the broker killed, during one feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.trial import running

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration

ARTICLES = 600


async def test_a_handful_of_faults_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """SIGTERM, two SIGKILL, kill -9 of the broker: the log is that of an undisturbed run, and replays to its own bytes."""
    async with running("short", tmp_path, articles=ARTICLES, portions=10, replayed=True) as trial:
        for fault in (trial.fleet.stop, trial.fleet.kill, trial.fleet.kill):
            await trial.feed_on()
            await trial.moment()
            since = trial.now()
            await fault("one")
            before = await trial.progress.fresh()
            await trial.fleet.start("one")
            await trial.feed_on()
            await trial.recovered(since, before)
        await trial.feed_on()
        (node,) = trial.brokers.nodes
        since = trial.now()
        trial.brokers.kill(node)
        await trial.brokers.start(node)
        before = await trial.progress.fresh()
        await trial.feed_on()
        await trial.recovered(since, before)
