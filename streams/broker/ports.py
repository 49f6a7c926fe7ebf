"""The broker's two ports on the loopback interface, and the memory of them in the data folder."""

import json
import random
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from streams.broker.errors import BrokerError

HOST = "127.0.0.1"

# Below the range from which kernels give local ports to outgoing connections (from 32768 on Linux, 49152
# elsewhere): a client that keeps asking for a stopped broker there could otherwise be given that very port,
# and connect to itself.
_FREE_RANGE = range(20_000, 30_000)
_HIGHEST = 65_535
_FILE = "ports.json"


@dataclass(frozen=True, slots=True)
class Ports:
    """TCP ports of the listener for clients (`broker`) and of the metadata quorum (`controller`)."""

    broker: int
    controller: int


def choose_ports(data_dir: Path, port: int, controller_port: int) -> Ports:
    """Choose and remember the ports for a start: the asked one, else that of the last start, else a free one.

    The controller's port is known to nobody outside, so a remembered one that is taken by now is replaced.
    The broker's port is in other people's settings and never moves by itself.

    Args:
        data_dir: An existing folder; `ports.json` in it is the memory.
        port: Port for clients, 0 for any.
        controller_port: Port of the controller, 0 for any.

    Raises:
        BrokerError: a port is out of range, asked for twice, or taken.

    """
    for asked in (port, controller_port):
        if not 0 <= asked <= _HIGHEST:
            message = f"{asked} is no TCP port"
            raise BrokerError(message)
    if port and port == controller_port:
        message = f"port {port} can't serve clients and the controller at once"
        raise BrokerError(message)
    last = remembered_ports(data_dir)
    broker = port or (last.broker if last else 0)
    if broker and not _is_free(broker):
        origin = "" if port else ", which this broker used before,"
        message = f"port {broker}{origin} is taken on {HOST}; stop what listens there or choose another port"
        raise BrokerError(message)
    broker = broker or _free_port(avoid={controller_port})
    if controller_port and not _is_free(controller_port):
        message = f"controller port {controller_port} is taken on {HOST}"
        raise BrokerError(message)
    controller = controller_port or (last.controller if last else 0)
    if not controller or controller == broker or not _is_free(controller):
        controller = _free_port(avoid={broker})
    chosen = Ports(broker, controller)
    (data_dir / _FILE).write_text(json.dumps(asdict(chosen)), "utf-8")
    return chosen


def remembered_ports(data_dir: Path) -> Ports | None:
    """Give the ports of the last start on `data_dir`; None if there was none or they can't be read."""
    try:
        stored = json.loads((data_dir / _FILE).read_text("utf-8"))
        return Ports(int(stored["broker"]), int(stored["controller"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the broker binds: connections of an earlier life in TIME_WAIT don't count, a listener does.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port(avoid: set[int]) -> int:
    # Starting anywhere keeps brokers that start at the same time off each other's choice.
    start = random.randrange(len(_FREE_RANGE))  # noqa: S311 - a port, not a secret
    for step in range(len(_FREE_RANGE)):
        port = _FREE_RANGE[(start + step) % len(_FREE_RANGE)]
        if port not in avoid and _is_free(port):
            return port
    message = f"no port between {_FREE_RANGE[0]} and {_FREE_RANGE[-1]} is free on {HOST}"
    raise BrokerError(message)
