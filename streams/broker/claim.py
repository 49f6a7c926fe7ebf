"""The claim on a data folder: `broker.pid`, held by a kernel lock for as long as the broker lives.

The file is locked by flock(2) before the broker starts, and the broker's process inherits the open file. The
lock is thus bound to the life of that process, whoever started it and however it ends: a pid file left behind
by a crash is recognised, because nobody holds it, and a pid that the system gave to another process since
can't mislead anyone. (POSIX only.)
"""

import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from streams.broker.errors import BrokerError

_FILE = "broker.pid"
# Whoever merely looks takes a shared lock for an instant, which must not make a start fail.
_TRIES = 5
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a data folder: process id, address for clients, start in seconds since the epoch."""

    pid: int
    bootstrap: str
    started_at: float


class Claim:
    """An exclusive hold on a data folder, shared with the broker's process through `fileno`."""

    def __init__(self, data_dir: Path) -> None:
        """Take the claim on `data_dir`, an existing folder.

        Raises:
            BrokerError: another broker holds it; the message has its process id.

        """
        self._descriptor = os.open(data_dir / _FILE, os.O_RDWR | os.O_CREAT, 0o644)
        for _ in range(_TRIES):
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_PAUSE_SECONDS)
            else:
                os.truncate(self._descriptor, 0)
                return
        os.close(self._descriptor)
        who = holder(data_dir)
        message = f"a broker {f'with pid {who.pid} ' if who else ''}already runs on {data_dir}"
        raise BrokerError(message)

    def fileno(self) -> int:
        """Give the descriptor that the broker's process has to inherit."""
        return self._descriptor

    def record(self, who: Holder) -> None:
        """Write into the file who holds it from now on."""
        os.pwrite(self._descriptor, json.dumps(asdict(who)).encode(), 0)

    def close(self) -> None:
        """Let go of this process's part of the claim; the folder is free when the broker has let go too."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        """Give the claim itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go, as `close` does."""
        self.close()


def is_held(data_dir: Path) -> bool:
    """Tell whether a broker runs, or is being started, on `data_dir`."""
    try:
        descriptor = os.open(data_dir / _FILE, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def holder(data_dir: Path) -> Holder | None:
    """Give who holds `data_dir`; None if nobody does, or the holder is still being started."""
    if not is_held(data_dir):
        return None
    try:
        return Holder(**json.loads((data_dir / _FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
