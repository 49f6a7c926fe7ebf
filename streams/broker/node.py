"""One Kafka node in a folder: its files, its one-time formatting, its process, the wait until it serves."""

import base64
import subprocess
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from streams.broker.errors import BrokerError
from streams.broker.java import BROKER_CLASS, STORAGE_TOOL_CLASS, Java
from streams.broker.logs import last_error
from streams.broker.ports import HOST, Ports
from streams.broker.properties import broker_properties, render_properties
from streams.broker.ready import is_ready

FORMAT_TIMEOUT_SECONDS = 120
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class NodeFiles:
    """Where a node keeps its things inside its data folder."""

    data_dir: Path

    @property
    def kafka(self) -> Path:
        """Folder of the partitions' logs and the metadata log."""
        return self.data_dir / "kafka"

    @property
    def logs(self) -> Path:
        """Folder of the program's own log files."""
        return self.data_dir / "logs"

    @property
    def log_file(self) -> Path:
        """Kafka's log."""
        return self.logs / "broker.log"

    @property
    def console_file(self) -> Path:
        """What the JVM printed since the last start."""
        return self.logs / "console.log"

    @property
    def properties(self) -> Path:
        """Kafka's settings, written anew at each start."""
        return self.data_dir / "server.properties"

    @property
    def log_config(self) -> Path:
        """Settings of the log, written anew at each start."""
        return self.data_dir / "log4j2.properties"


def write_settings(node: NodeFiles, ports: Ports, extra: Mapping[str, str]) -> None:
    """Write the node's settings for `ports`, with `extra` Kafka properties, and the settings of its log.

    Raises:
        BrokerError: `extra` or the folder's name can't be used (see `broker_properties`).

    """
    settings = render_properties(broker_properties(node.kafka, ports, extra))
    node.logs.mkdir(parents=True, exist_ok=True)
    node.properties.write_text(settings, "ascii")
    node.log_config.write_bytes(files("streams.broker").joinpath("data/log4j2.properties").read_bytes())


def new_cluster_id() -> str:
    """Give a cluster id that no other cluster has."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode("ascii").rstrip("=")


def format_storage(node: NodeFiles, java: Java, heap_mb: int, cluster_id: str | None = None) -> None:
    """Format the node's storage, unless it is formatted.

    Kafka writes `meta.properties` as the last step of formatting, so a formatting that was broken off is done
    again. Nodes that are to form one cluster need the same `cluster_id`; by default it is a new one.

    Raises:
        BrokerError: Kafka's storage tool refused; the message quotes it.

    """
    if (node.kafka / "meta.properties").exists():
        return
    arguments = ["format", f"--cluster-id={cluster_id or new_cluster_id()}", "--config", str(node.properties)]
    command = java.command(STORAGE_TOOL_CLASS, arguments, heap_mb, node.logs, node.log_config)
    offset = _size(node.log_file)
    with node.console_file.open("wb") as console:
        ended = subprocess.run(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            check=False,
            timeout=FORMAT_TIMEOUT_SECONDS,
        )
    if ended.returncode:
        cause = last_error(node.log_file, node.console_file, offset)
        message = f"Kafka could not format {node.kafka}: {cause}"
        raise BrokerError(message)


def launch(
    node: NodeFiles, java: Java, heap_mb: int, inherit: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    """Start the node's process, which inherits the descriptors `inherit`.

    It gets a session of its own: Ctrl-C in a terminal reaches the owner only, who stops things in order.
    """
    command = java.command(BROKER_CLASS, [str(node.properties)], heap_mb, node.logs, node.log_config)
    with node.console_file.open("wb") as console:
        return subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            pass_fds=inherit,
            start_new_session=True,
        )


def wait_until_ready(process: subprocess.Popen[bytes], node: NodeFiles, port: int, timeout: float) -> None:
    """Return when the node serves at `port`.

    Raises:
        BrokerError: the process ended, or did not serve within `timeout` seconds; the message quotes the last
            error in the node's log. The process is not ended here.

    """
    offset = _size(node.log_file)
    deadline = time.monotonic() + timeout
    while not is_ready(HOST, port):
        status = process.poll()
        if status is not None or time.monotonic() > deadline:
            ended = f"ended with status {status} at its start"
            what = f"does not serve after {timeout:g} s" if status is None else ended
            cause = last_error(node.log_file, node.console_file, offset)
            message = f"Kafka {what}: {cause} (log: {node.log_file})"
            raise BrokerError(message)
        time.sleep(_POLL_SECONDS)


def end(process: subprocess.Popen[bytes], grace: float) -> None:
    """End the process by SIGTERM, and by SIGKILL if it lives `grace` seconds longer; reap it."""
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
