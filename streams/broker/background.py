"""A broker that outlives the command which started it: start, stop and status by data folder."""

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from streams.broker.claim import Holder, holder, is_held
from streams.broker.embedded import START_SECONDS, STOP_SECONDS, EmbeddedBroker
from streams.broker.errors import BrokerError
from streams.broker.indexes import BLOCK_BYTES
from streams.broker.node import NodeFiles
from streams.broker.ports import HOST, remembered_ports

_POLL_SECONDS = 0.05
_KILL_SECONDS = 10.0
_NOTHING: Mapping[str, str] = MappingProxyType({})

# Kept for as long as this process lives: the interpreter warns of a child process that is dropped while it
# runs.
_started: list[EmbeddedBroker] = []


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """What can be told of the broker on a data folder.

    `pid` and `uptime` (seconds) are None when it does not run. `bootstrap` is where it serves, or served at
    its last start; None before its first. `data_bytes` is the
    disk space of the partitions' logs and Kafka's metadata.
    """

    running: bool
    pid: int | None
    bootstrap: str | None
    uptime: float | None
    data_bytes: int
    data_dir: Path
    log_file: Path


def start_background(
    data_dir: Path,
    port: int = 0,
    *,
    controller_port: int = 0,
    heap_mb: int = 256,
    properties: Mapping[str, str] = _NOTHING,
    cache_dir: Path | None = None,
    timeout: float = START_SECONDS,
) -> BrokerStatus:
    """Start a broker that goes on when this process ends, and give its status once it serves.

    The arguments are those of `EmbeddedBroker` and of its `start`.

    Raises:
        BrokerError: as `EmbeddedBroker.start`; a broker that runs already is named by its pid.

    """
    broker = EmbeddedBroker(
        data_dir,
        port,
        controller_port=controller_port,
        heap_mb=heap_mb,
        properties=properties,
        cache_dir=cache_dir,
    )
    _started.append(broker.start(timeout))
    return status(data_dir)


def stop(data_dir: Path, grace: float = STOP_SECONDS) -> bool:
    """End the broker on `data_dir`, whoever started it: SIGTERM, and SIGKILL after `grace` seconds.

    Returns:
        True if a broker was ended, False if none ran.

    Raises:
        BrokerError: the broker is just being started, or survived its SIGKILL.

    """
    data_dir = data_dir.expanduser().absolute()
    if not is_held(data_dir):
        return False
    who = holder(data_dir)
    if who is None:
        if not is_held(data_dir):
            return False
        message = f"the broker on {data_dir} is just being started; try again in a few seconds"
        raise BrokerError(message)
    for number, seconds in ((signal.SIGTERM, grace), (signal.SIGKILL, _KILL_SECONDS)):
        if _end(who, data_dir, number, seconds):
            return True
    message = f"the broker with pid {who.pid} on {data_dir} does not end"
    raise BrokerError(message)


def status(data_dir: Path) -> BrokerStatus:
    """Give the status of the broker on `data_dir`, which need not exist."""
    node = NodeFiles(data_dir.expanduser().absolute())
    who, last = holder(node.data_dir), remembered_ports(node.data_dir)
    return BrokerStatus(
        running=who is not None,
        pid=who.pid if who else None,
        bootstrap=who.bootstrap if who else f"{HOST}:{last.broker}" if last else None,
        uptime=max(0.0, time.time() - who.started_at) if who else None,
        data_bytes=_tree_bytes(node.kafka),
        data_dir=node.data_dir,
        log_file=node.log_file,
    )


def _end(who: Holder, data_dir: Path, number: signal.Signals, seconds: float) -> bool:
    try:
        os.kill(who.pid, number)
    except ProcessLookupError:
        return True
    except PermissionError as error:
        message = f"the broker with pid {who.pid} on {data_dir} belongs to another user"
        raise BrokerError(message) from error
    deadline = time.monotonic() + seconds
    while is_held(data_dir):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _tree_bytes(folder: Path) -> int:
    """Add up the disk space of the files below `folder`; a live broker may delete some meanwhile."""
    total = 0
    for path in folder.rglob("*"):
        try:
            # Kafka makes its index files large and sparse, so their lengths would tell nothing.
            total += path.stat().st_blocks * BLOCK_BYTES if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
