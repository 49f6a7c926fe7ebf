"""Ctrl-C and SIGTERM for a command that has things to stop in order."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self


class Interrupt:
    """Turns the first SIGINT or SIGTERM into one orderly end, and further ones into haste. A context manager.

    The first one raises KeyboardInterrupt in the main thread; while something waits in `wait`, it ends the waiting instead. Further
    ones, and all after `shield`, raise nothing and call `hurry`. So an impatient user never leaves a process behind.
    """

    def __init__(self) -> None:
        """Nothing is changed before the context is entered."""
        self.count = 0
        self.hurry: Callable[[], None] = lambda: None
        self._waiting: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None
        self._shielded = False
        self._deferring = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Take the signals over."""
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back, or after one has come ignore them: the process is about to end, and nothing may disturb that."""
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_IGN if self.count else handler)

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Hold the first signal back until the block is done: what starts a process must not be broken off before it knows of it."""
        self._deferring = True
        try:
            yield
        finally:
            self._deferring = False
            if self.count and not self._shielded:
                raise KeyboardInterrupt

    def shield(self) -> None:
        """From now on signals raise nothing: what runs now is the orderly end itself."""
        self._shielded = True

    async def wait(self) -> None:
        """Return when the first signal has come."""
        event = asyncio.Event()
        self._waiting = (asyncio.get_running_loop(), event)
        try:
            if not self.count:
                await event.wait()
        finally:
            self._waiting = None

    def _handle(self, _number: int, _frame: object) -> None:
        self.count += 1
        if self.count > 1 or self._shielded:
            self.hurry()
        elif self._deferring:
            pass  # `deferred` raises it
        elif self._waiting is not None:
            loop, event = self._waiting
            loop.call_soon_threadsafe(event.set)
        else:
            raise KeyboardInterrupt
