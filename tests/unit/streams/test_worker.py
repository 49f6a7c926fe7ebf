"""A worker as a child process: what happens where it can't start. With a broker, see the integration tests."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from streams import worker
from streams.hop import EXIT_STUCK
from streams.settings import Settings
from streams.worker import WorkerError, WorkerProcess


def test_a_worker_that_does_not_get_ready_is_said_in_one_line(tmp_path: Path) -> None:
    """Without a broker there is no readiness; the error names the log, and the child is ended."""
    process = WorkerProcess(Settings(broker="127.0.0.1:9", data_dir=tmp_path, metrics_port=0))
    process.start()
    try:
        with pytest.raises(WorkerError, match=r"worker (not ready|ended).*worker\.log") as raised:
            process.wait_ready(3)
        assert "\n" not in str(raised.value)
    finally:
        process.kill()
    assert not process.is_running()


def test_a_worker_that_ends_at_once_tells_its_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting that is refused in the child is quoted."""
    process = WorkerProcess(Settings(data_dir=tmp_path, metrics_port=0))
    monkeypatch.setattr(Settings, "environment", lambda _: {"DRAGOMAN_PARTITIONS": "0"})
    process.start()
    with pytest.raises(WorkerError, match="ended with status 1"):
        process.wait_ready(60)
    assert process.stop() == 1


def test_nothing_happens_to_a_worker_that_was_not_started(tmp_path: Path) -> None:
    """Stopping, killing and signalling before the start are no errors."""
    process = WorkerProcess(Settings(data_dir=tmp_path))
    assert (process.pid, process.returncode, process.is_running()) == (None, None, False)
    process.send(signal.SIGTERM)
    assert (process.stop(), process.kill()) == (None, None)
    assert process.last_line() == "nothing was logged"


def test_workers_do_not_share_local_state(tmp_path: Path) -> None:
    """Each takes the first folder that no other has."""
    first, slot = worker._free_slot(tmp_path)
    second, other = worker._free_slot(tmp_path)
    assert (slot, other) == (0, 1)
    first.release()
    third, again = worker._free_slot(tmp_path)
    assert again == 0
    for lock in (second, third):
        lock.release()


def test_too_many_workers_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every folder is taken, the reason is given."""
    monkeypatch.setattr(worker, "SLOTS", 1)
    with FileLock(tmp_path / "0.lock"), pytest.raises(WorkerError, match="1 workers run"):
        worker._free_slot(tmp_path)


def test_no_message_below_the_level_is_made(tmp_path: Path) -> None:
    """Clients write debug messages by the dozen for each request, which cost time even where no one sees them."""
    script = """
import logging, sys, faust
from pathlib import Path
from streams import worker
from streams.hop import EXIT_STUCK
from streams.settings import Settings

def start(self):
    self._setup_logging()
    print([logging.getLogger("aiokafka.conn").isEnabledFor(level) for level in (logging.DEBUG, logging.WARNING)])

faust.Worker.execute_from_commandline = start
worker.run_worker(Settings(data_dir=Path(sys.argv[1]), metrics_port=0))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1:] == ["[False, True]"], done.stderr


def test_a_stop_that_hangs_ends_the_process_with_a_reason(tmp_path: Path) -> None:
    """A client that waits for a broker that is gone must not keep a worker from ending."""
    script = """
import asyncio, os, signal, sys, faust
from streams.faust_worker import Worker

class Stuck(faust.App):
    async def on_start(self):
        os.kill(os.getpid(), signal.SIGTERM)

    async def on_stop(self):
        await asyncio.sleep(600)

app = Stuck("stuck", broker="kafka://127.0.0.1:9", store="memory://", web_enabled=False, datadir=sys.argv[1])
Worker(app, stop_seconds=0.5, loglevel="WARN").execute_from_commandline()
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == EXIT_STUCK
    assert "asked to stop 0.5 s ago and still not stopped" in done.stdout + done.stderr
