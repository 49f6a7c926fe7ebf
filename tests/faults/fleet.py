"""Workers as a supervisor runs them: started, watched, and started again when they end by themselves."""

from __future__ import annotations

import asyncio
import signal
import socket
import urllib.request
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import orjson
from aiokafka import TopicPartition

from streams.worker import WorkerError, WorkerProcess

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from streams.settings import Settings

READY_SECONDS = 120.0
"""A bound for being stuck, not a measure: a loaded machine starts a worker in a few seconds, recovery included."""
STOP_SECONDS = 60.0
TEND_SECONDS = 0.1


class Fleet:
    """Named workers, each with a data folder of its own; an async context manager that ends them all."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings that all workers share, except for the data folder and the port of the health pages."""
        self._settings = settings
        self._workers: dict[str, WorkerProcess] = {}
        self._ports: dict[str, int] = {}
        self._wanted: set[str] = set()
        self._tending: asyncio.Task[None] | None = None
        self.ended: Counter[int] = Counter()
        """How often workers ended by themselves, by exit status; each was started again at once."""

    async def __aenter__(self) -> Self:
        """Begin to look after the workers."""
        self._tending = asyncio.create_task(self._tend())
        return self

    async def __aexit__(self, *_: object) -> None:
        """End all workers."""
        self._wanted.clear()
        if self._tending is not None:
            self._tending.cancel()
            with suppress(asyncio.CancelledError):
                await self._tending
        for worker in self._workers.values():
            worker.kill()

    async def start(self, name: str, *, ready: bool = True) -> None:
        """Start a worker, on the data folder that the last worker of this name left; wait until it has its partitions and state."""
        folder = self.folder(name)
        folder.mkdir(parents=True, exist_ok=True)
        self._ports[name] = _free_port()
        settings = self._settings.model_copy(update={"data_dir": folder, "metrics_port": self._ports[name]})
        worker = WorkerProcess(settings, self._settings.data_dir / f"{name}.log")
        self._workers[name] = worker
        self._wanted.add(name)
        worker.start()
        if ready:
            await self.ready(name)

    async def ready(self, name: str) -> None:
        """Wait until a worker has its partitions and their state. One that ends meanwhile is started again and waited for."""
        async with asyncio.timeout(READY_SECONDS):
            while True:
                try:
                    await asyncio.to_thread(self._workers[name].wait_ready, READY_SECONDS)
                except WorkerError:
                    await asyncio.sleep(2 * TEND_SECONDS)
                else:
                    return

    async def holding(self, name: str) -> set[TopicPartition]:
        """Wait until a worker has partitions; return them."""
        async with asyncio.timeout(READY_SECONDS):
            while not (held := await self.holds(name)):  # noqa: ASYNC110 - another process
                await asyncio.sleep(TEND_SECONDS)
        return held

    def folder(self, name: str) -> Path:
        """Return the data folder of a worker."""
        return self._settings.data_dir / name

    async def kill(self, name: str) -> None:
        """End a worker at once (SIGKILL)."""
        self._wanted.discard(name)
        await asyncio.to_thread(self._workers[name].kill)

    async def stop(self, name: str) -> int | None:
        """Ask a worker to end (SIGTERM); return its exit status, -9 where it had to be killed."""
        self._wanted.discard(name)
        return await asyncio.to_thread(self._workers[name].stop, STOP_SECONDS)

    def freeze(self, name: str) -> None:
        """Stop a worker in the middle of whatever it does (SIGSTOP)."""
        self._workers[name].send(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a frozen worker go on (SIGCONT)."""
        self._workers[name].send(signal.SIGCONT)

    def running(self, name: str) -> bool:
        """Tell whether a worker runs."""
        return self._workers[name].is_running()

    async def holds(self, name: str) -> set[TopicPartition]:
        """Return the partitions that a worker says it has; none where it does not answer."""
        return await asyncio.to_thread(_assigned, self._ports[name])

    def log(self, name: str) -> str:
        """Return what a worker logged, over all its lives."""
        return self._workers[name].log_file.read_text("utf-8", "replace")

    async def _tend(self) -> None:
        while True:
            for name in sorted(self._wanted):
                status = self._workers[name].returncode
                if status is not None:
                    self.ended[status] += 1
                    await self.start(name, ready=False)
            await asyncio.sleep(TEND_SECONDS)


def _assigned(port: int) -> set[TopicPartition]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as page:
            names = orjson.loads(page.read())["lag"]
    except OSError:
        return set()
    return {
        TopicPartition(topic, int(partition)) for topic, _, partition in (n.rpartition("/") for n in names)
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
