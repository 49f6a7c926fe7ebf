"""How far the workers are: whether everything that was written has gone through every stage."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from streams.failure import Failure
from streams.topics import CLEAN, MENTIONS, RAW, UNIQUE, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.cluster import Cluster, Offsets
    from streams.settings import Settings

CHAIN = (RAW, CLEAN, UNIQUE, VERDICTS, MENTIONS)
"""The topics that stages read, in the order of the flow."""
FEW = 2000
"""Offsets left at which it is worth looking whether any of them is a record: a batch that was aborted at the end of each log."""
POLL_SECONDS = 0.25
STALL_SECONDS = 120.0
"""With nothing committed for so long, waiting on makes no sense: twice what the worker's own watchdog allows."""


async def backlog(cluster: Cluster, settings: Settings) -> dict[str, int]:
    """Return, per topic of `CHAIN`, the records that the workers' group has yet to commit.

    Commits are asked before the ends of the logs. A stage commits a record with its outputs or after they are acknowledged, so that
    zero everywhere means that nothing is under way between two stages either. Markers of transactions count until nothing else is left.
    """
    committed = await cluster.committed(settings.group)
    partitions = await cluster.partitions(*(settings.topic(name) for name in CHAIN))
    ends = await cluster.written_ends(partitions)
    begins = await cluster.beginnings(p for p in partitions if p not in committed)
    done = {p: committed.get(p, begins.get(p, 0)) for p in partitions}
    left = dict.fromkeys(CHAIN, 0)
    names = {settings.topic(name): name for name in CHAIN}
    for partition in partitions:
        left[names[partition.topic]] += max(0, ends[partition] - done[partition])
    if 0 < sum(left.values()) <= FEW and not await _any_record(cluster, done, ends):
        return dict.fromkeys(CHAIN, 0)
    return left


async def _any_record(cluster: Cluster, start: Offsets, end: Offsets) -> bool:
    async with aclosing(cluster.read(start, end)) as records:
        async for _ in records:
            return True
    return False


async def drained(
    cluster: Cluster,
    settings: Settings,
    progress: Callable[[dict[str, int]], None] = lambda _left: None,
) -> None:
    """Wait until nothing is left to do; `progress` is told at each look what is.

    Raises Failure where nothing has moved for `STALL_SECONDS`.
    """
    clock = asyncio.get_running_loop().time
    before: dict[str, int] = {}
    moved = clock()
    while True:
        left = await backlog(cluster, settings)
        progress(left)
        if not any(left.values()):
            return
        if left != before:
            before, moved = left, clock()
        elif clock() - moved > STALL_SECONDS:
            where = ", ".join(f"{count} on {name}" for name, count in left.items() if count)
            message = f"nothing has moved for {STALL_SECONDS:.0f} s; left: {where}"
            raise Failure(message)
        await asyncio.sleep(POLL_SECONDS)
