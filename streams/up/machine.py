"""The processes that `up` starts, and their end in order: first the worker, which commits, then the broker."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from streams.broker import EmbeddedBroker, default_cache_dir, status
from streams.broker.jars import ensure_jars, jar_folder
from streams.broker.lock import packaged_lock
from streams.failure import Failure
from streams.topics import provision
from streams.worker import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.settings import Settings
    from streams.up.interrupt import Interrupt

MAX_RESTARTS = 5
"""A worker that ends by itself is started again, as any supervisor would; one that keeps ending is not."""


class Machine:
    """Broker, topics and one worker on this machine. DRAGOMAN_BROKER, or an embedded broker that runs already, is used and left alone."""

    def __init__(self, settings: Settings, say: Callable[[str], None], interrupt: Interrupt) -> None:
        """Take the settings, where to tell what happens, line by line, and what may break a start off."""
        self._interrupt = interrupt
        self.settings = settings
        self._say = say
        self._broker: EmbeddedBroker | None = None
        self._worker: WorkerProcess | None = None
        self._restarts = 0

    def start(self) -> None:
        """Start what is needed and wait until the worker has its partitions. What was started is stopped by `stop`, whatever happens."""
        self._start_broker()
        report = asyncio.run(provision(self.settings))
        self._say(f"topics    {len(report.created)} created, {len(report.found)} there before")
        self.start_worker()

    def _start_broker(self) -> None:
        if "broker" in self.settings.model_fields_set:
            self._say(f"broker    {self.settings.broker} (DRAGOMAN_BROKER)")
            return
        folder = self.settings.data_dir / "broker"
        running = status(folder)
        if running.running and running.bootstrap:
            self._use(running.bootstrap)
            self._say(f"broker    {running.bootstrap}, which runs already (pid {running.pid}) and stays")
            return
        lock = packaged_lock()
        if not jar_folder(default_cache_dir(), lock).exists():
            self._say(
                "broker    fetching Apache Kafka, once (about 45 MB), and preparing it for quick starts"
            )
        ensure_jars(default_cache_dir(), lock)
        self._say("broker    starting")
        began = time.monotonic()
        with self._interrupt.deferred():
            self._broker = EmbeddedBroker(folder)
            self._broker.start()
        self._use(self._broker.bootstrap)
        self._say(f"broker    {self._broker.bootstrap} after {time.monotonic() - began:.1f} s")
        self._say(f"          data {self._broker.data_dir}")
        self._say(f"          log  {self._broker.log_file}")

    def _use(self, bootstrap: str) -> None:
        self.settings = self.settings.model_copy(update={"broker": bootstrap})

    def start_worker(self) -> None:
        """Start the worker and wait until it is ready."""
        began = time.monotonic()
        with self._interrupt.deferred():
            self._worker = WorkerProcess(self.settings)
            self._worker.start()
        self._worker.wait_ready()
        self._say(f"worker    pid {self._worker.pid}, ready after {time.monotonic() - began:.1f} s")
        self._say(f"          log  {self._worker.log_file}")

    def check(self) -> None:
        """Start the worker again if it has ended by itself. Raises Failure where it keeps ending."""
        worker = self._worker
        if worker is None or worker.is_running():
            return
        self._restarts += 1
        if self._restarts > MAX_RESTARTS:
            message = f"the worker has ended by itself {self._restarts} times, at last with status {worker.returncode}"
            message += f": {worker.last_line()} (log: {worker.log_file})"
            raise Failure(message)
        self._say(f"worker    ended by itself with status {worker.returncode}; starting it again")
        self.start_worker()

    def hurry(self) -> None:
        """End the worker at once instead of waiting for its batch; it will repeat it at the next start."""
        if self._worker is not None:
            self._worker.kill()

    def stop(self) -> None:
        """Stop what `start` started: the worker, then the broker."""
        try:
            if self._worker is not None:
                self._say("stopping  worker")
                self._worker.stop()
        finally:
            if self._broker is not None:
                self._say("stopping  broker")
                self._broker.stop()
