"""A worker: the app as a process, and a handle on such a process for those who start one."""

from __future__ import annotations

import argparse
import logging
import os
import select
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from streams.failure import Failure
from streams.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filelock import BaseFileLock

    from streams.transport import App

SLOTS = 64
"""Workers with local state that can run beside each other on one data folder."""


def run_worker(
    settings: Settings,
    ready_fd: int | None = None,
    make_app: Callable[[Settings, Callable[[], None]], App] | None = None,
) -> int:
    """Run a worker in this process until SIGTERM or SIGINT; the batch at hand is finished and committed first.

    Args:
        settings: What to run.
        ready_fd: A pipe that gets the line `ready` when the worker first has its partitions and their state.
        make_app: Makes the app from the settings and what it calls when it is ready; by default `streams.app.create_app`.

    Returns:
        The exit status: 0 after a signal.

    """
    import uvloop  # noqa: PLC0415 - heavy, and wanted only here

    from streams.app import create_app  # noqa: PLC0415
    from streams.faust_worker import Worker  # noqa: PLC0415

    uvloop.install()
    with ExitStack() as stack:
        home = settings.data_dir / "workers"
        lock, slot = _free_slot(home)
        stack.enter_context(lock)
        app = (make_app or create_app)(settings, _teller(ready_fd))
        app.conf.datadir = home / str(slot)
        try:
            Worker(app, loglevel=settings.log_level).execute_from_commandline()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 1
    return 0


def _free_slot(home: Path) -> tuple[BaseFileLock, int]:
    """Return a lock that is held and its number: workers must not share local state."""
    home.mkdir(parents=True, exist_ok=True)
    for slot in range(SLOTS):
        lock = FileLock(home / f"{slot}.lock")
        with suppress(Timeout):
            lock.acquire(timeout=0)
            return lock, slot
    msg = f"{SLOTS} workers run on {home} already"
    raise WorkerError(msg)


def _teller(ready_fd: int | None) -> Callable[[], None]:
    told = ready_fd is None

    def tell() -> None:
        nonlocal told
        if not told and ready_fd is not None:
            told = True
            with suppress(OSError):  # nobody listens any more
                os.write(ready_fd, b"ready\n")
                os.close(ready_fd)

    return tell


class WorkerError(RuntimeError):
    """A worker could not be started or ended before it was ready; one line."""


class WorkerProcess:
    """A worker as a child process, for `dragoman up` and for tests."""

    def __init__(
        self, settings: Settings, log_file: Path | None = None, module: str = "streams.worker"
    ) -> None:
        """Take the settings, which the child gets through its environment, its log, by default in the data folder, and its module."""
        self._settings = settings
        self._module = module
        self.log_file = log_file or settings.data_dir / "logs" / "worker.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._ready: int | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, or None before the start."""
        return self._process.pid if self._process else None

    @property
    def returncode(self) -> int | None:
        """The exit status, negative for a signal, or None while it runs."""
        return self._process.poll() if self._process else None

    def is_running(self) -> bool:
        """Tell whether the child runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the child; it does not get the terminal's Ctrl-C, so that its owner stops things in order."""
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        reader, writer = os.pipe()
        try:
            with self.log_file.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    [sys.executable, "-m", self._module, "--ready-fd", str(writer)],
                    env=self._settings.environment()
                    | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(writer,),
                    start_new_session=True,
                )
        finally:
            os.close(writer)
        self._ready = reader

    def wait_ready(self, timeout: float = 60) -> None:
        """Wait until all partitions are assigned and their state is recovered. Raises WorkerError."""
        if self._ready is None:
            return
        readable, _, _ = select.select([self._ready], [], [], timeout)
        line = os.read(self._ready, 64) if readable else b""
        if line != b"ready\n":
            what = (
                f"not ready after {timeout:.0f} s" if not readable else f"ended with status {self._wait(5)}"
            )
            msg = f"worker {what}: {self.last_line()} (log: {self.log_file})"
            raise WorkerError(msg)
        os.close(self._ready)
        self._ready = None

    def stop(self, timeout: float = 30) -> int | None:
        """Ask the child to end (SIGTERM), and kill it when it does not. Returns its exit status."""
        if self.is_running() and self._process:
            self._process.terminate()
            if self._wait(timeout) is None:
                return self.kill()
        self._close()
        return self.returncode

    def kill(self) -> int | None:
        """End the child at once (SIGKILL). Returns its exit status."""
        self.send(signal.SIGKILL)
        self._wait(10)
        self._close()
        return self.returncode

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the child, if it runs."""
        if self.is_running() and self._process:
            self._process.send_signal(number)

    def last_line(self) -> str:
        """Return the last line of the log that is not blank."""
        text = self.log_file.read_text("utf-8", "replace") if self.log_file.exists() else ""
        lines = [line for line in text.splitlines() if line.strip()]
        return lines[-1] if lines else "nothing was logged"

    def _wait(self, timeout: float) -> int | None:
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout)
        return self.returncode

    def _close(self) -> None:
        if self._ready is not None:
            os.close(self._ready)
            self._ready = None


def main(make_app: Callable[[Settings, Callable[[], None]], App] | None = None) -> int:
    """Run a worker with the settings of the environment; `dragoman worker` and `WorkerProcess` end here."""
    parser = argparse.ArgumentParser(prog="python -m streams.worker")
    parser.add_argument("--ready-fd", type=int, default=None)
    logging.captureWarnings(capture=True)
    try:
        return run_worker(Settings(), parser.parse_args().ready_fd, make_app)
    except Failure as failure:
        sys.stderr.write(f"dragoman: {failure}\n")
        return failure.status


if __name__ == "__main__":
    sys.exit(main())
