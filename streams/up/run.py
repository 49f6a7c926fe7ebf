"""`dragoman up` from start to end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from streams.ingest import find_sources
from streams.up.interrupt import Interrupt
from streams.up.machine import Machine
from streams.up.session import Session
from streams.up.show import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from streams.settings import Settings

INTERRUPTED = 130


def run(settings: Settings, feed: list[Path], *, once: bool) -> int:
    """Start everything, run until a signal or, with `once`, until the feed is drained, and stop what was started.

    Returns the exit status: 0; 1 where the account of the feed does not add up; 130 where `once` was interrupted. Raises Failure
    and the broker's and the topics' own errors, each one line, after having stopped what ran by then.
    """
    console = make_console()
    sources, skipped = find_sources(feed)
    for line in skipped:
        console.print(f"skipped   {line}")
    with Interrupt() as interrupt:
        machine = Machine(settings, console.print, interrupt)
        interrupt.hurry = machine.hurry
        try:
            machine.start()
            return asyncio.run(Session(machine, console, interrupt).run(sources, once=once))
        except KeyboardInterrupt:
            return INTERRUPTED if once else 0
        finally:
            try:
                interrupt.shield()
            finally:
                machine.stop()
