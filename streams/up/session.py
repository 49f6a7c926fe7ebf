"""What happens while the machine runs: the feed goes in, events are shown, the account is drawn up."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from streams.accounting import account, mark
from streams.cluster import Cluster
from streams.drain import backlog, drained
from streams.failure import Failure
from streams.ingest import ingest
from streams.tail import one_line, tail
from streams.topics import EVENTS
from streams.up.show import feed_progress, make_progress
from streams.up.summary import lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from streams.accounting import Account
    from streams.cluster import Offsets
    from streams.ingest import IngestReport, Source
    from streams.up.interrupt import Interrupt
    from streams.up.machine import Machine

CHECK_SECONDS = 1.0
SHOW_SECONDS = 10.0
"""How long the display may lag behind the log before the summary is printed without waiting for it."""


class Session:
    """One run on a machine that was started."""

    def __init__(self, machine: Machine, console: Console, interrupt: Interrupt) -> None:
        """Take the machine, where to print, and what ends the run."""
        self._machine = machine
        self._settings = machine.settings
        self._console = console
        self._interrupt = interrupt
        self._shown: dict[int, int] = {}
        self._moved = asyncio.Event()

    async def run(self, sources: list[Source], *, once: bool) -> int:
        """Ingest the sources, show events; return the exit status. With `once` it ends when all is drained, else at a signal."""
        work = asyncio.create_task(self._work(sources, once=once))
        stop = asyncio.create_task(self._interrupt.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            return 130 if once else 0
        finally:
            for task in (work, stop):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _work(self, sources: list[Source], *, once: bool) -> int:
        ready = asyncio.Event()
        show = asyncio.create_task(self._show(ready))
        try:
            await ready.wait()
            status = 0
            if sources or once:
                found = await self._feed(sources)
                status = 0 if found.balanced else 1
            if once:
                return status
            self._console.print(
                "ready     Ctrl-C ends it; `dragoman ingest` adds articles, `dragoman tail` shows events elsewhere"
            )
            while True:
                await asyncio.sleep(CHECK_SECONDS)
                await self._check()
                if show.done():
                    show.result()
        finally:
            show.cancel()
            with suppress(asyncio.CancelledError):
                await show

    async def _feed(self, sources: list[Source]) -> Account:
        async with Cluster(self._settings) as cluster:
            with make_progress(self._console) as progress:
                await self._finish_before(cluster, progress)
                start = await mark(cluster, self._settings)
                began = time.monotonic()
                read = None
                if sources:
                    with feed_progress(sources, progress) as advance:
                        read = await ingest(sources, self._settings, advance)
                    for line in read.refused:
                        self._console.print(f"refused   {line}")
                await self._drain(cluster, progress, read)
                seconds = time.monotonic() - began
                end = await mark(cluster, self._settings)
                await self._until_shown(start, end)
            found = await account(cluster, self._settings, start, end)
        self._console.print()
        for line in lines(found, read, seconds):
            self._console.print(line)
        return found

    async def _finish_before(self, cluster: Cluster, progress: Progress) -> None:
        """Let the worker finish what an earlier run left, so that this run's account is its own."""
        left = max((await backlog(cluster, self._settings)).values())
        if left:
            self._console.print(
                f"earlier   {left} records of an earlier run are still to be done; finishing them first"
            )
            await self._drain(cluster, progress, None)

    async def _drain(self, cluster: Cluster, progress: Progress, read: IngestReport | None) -> None:
        total = read.produced if read else None
        task = progress.add_task("processing", total=total, note="")

        def note(left: dict[str, int]) -> None:
            most = max(left.values())
            stages = "  ".join(f"{name} {count}" for name, count in left.items() if count)
            progress.update(
                task, completed=max(0, (total or most) - most), note=f"left: {stages}" if stages else ""
            )

        async def watch() -> None:
            while True:
                await asyncio.sleep(CHECK_SECONDS)
                await self._check()

        watching = asyncio.create_task(watch())
        waiting = asyncio.create_task(drained(cluster, self._settings, note))
        try:
            await asyncio.wait({watching, waiting}, return_when=asyncio.FIRST_COMPLETED)
            (watching if watching.done() else waiting).result()
        finally:
            for each in (watching, waiting):
                each.cancel()
                with suppress(asyncio.CancelledError, Failure):
                    await each
            progress.remove_task(task)

    async def _check(self) -> None:
        await asyncio.to_thread(self._machine.check)

    async def _show(self, ready: asyncio.Event) -> None:
        async for found in tail(self._settings, ready=ready.set, passed_over=self._console.print):
            self._console.print(one_line(found.event))
            self._shown[found.partition] = found.offset + 1
            self._moved.set()

    async def _until_shown(self, start: Offsets, end: Offsets) -> None:
        """Wait until what was written since `start` stands on the screen, so that the summary comes after it."""
        events = self._settings.topic(EVENTS)
        written = {p.partition: o for p, o in end.items() if p.topic == events and o > start.get(p, 0)}
        with suppress(TimeoutError):
            async with asyncio.timeout(SHOW_SECONDS):
                while any(self._shown.get(partition, 0) < offset for partition, offset in written.items()):
                    self._moved.clear()
                    await self._moved.wait()
