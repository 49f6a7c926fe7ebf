"""The embedded broker: a real Apache Kafka (one KRaft node) run from Python, no Docker, no system Java."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from streams.broker.aot import java_with_cache
from streams.broker.claim import Claim, Holder
from streams.broker.errors import BrokerError
from streams.broker.indexes import IndexKeeper
from streams.broker.jars import ensure_jars, jar_folder
from streams.broker.java import Java
from streams.broker.lock import packaged_lock
from streams.broker.node import NodeFiles, end, format_storage, launch, wait_until_ready, write_settings
from streams.broker.paths import default_cache_dir
from streams.broker.ports import HOST, Ports, choose_ports

if TYPE_CHECKING:
    import subprocess

_log = logging.getLogger(__name__)

START_SECONDS = 60.0
STOP_SECONDS = 20.0
_NOTHING: Mapping[str, str] = MappingProxyType({})


class EmbeddedBroker:
    """One broker on one data folder, owned by this process.

    Data, ports and cluster id stay in the folder from one start to the next. The broker has its own
    session, so that a Ctrl-C reaches only its owner, and outlives an owner that is killed;
    `background.stop` then ends it. As a context manager (plain or async) it is started and stopped.
    """

    def __init__(
        self,
        data_dir: Path,
        port: int = 0,
        *,
        controller_port: int = 0,
        heap_mb: int = 256,
        properties: Mapping[str, str] = _NOTHING,
        cache_dir: Path | None = None,
    ) -> None:
        """Describe the broker; nothing is touched before `start`.

        Args:
            data_dir: Folder of the broker's data, made at the first start.
            port: Port for clients; 0 takes that of the last start, at the first start a free one.
            controller_port: Port of the metadata quorum; 0 as for `port`.
            heap_mb: Upper limit of the Java heap, in MiB.
            properties: Kafka broker settings beyond or instead of those of `properties.py`.
            cache_dir: Where downloaded jars are kept; by default `default_cache_dir()`.

        """
        self._node = NodeFiles(data_dir.expanduser().absolute())
        self._asked = Ports(port, controller_port)
        self._heap_mb = heap_mb
        self._properties = dict(properties)
        self._cache_dir = (cache_dir or default_cache_dir()).absolute()
        self._process: subprocess.Popen[bytes] | None = None
        self._indexes = IndexKeeper(self._node.kafka)
        self._ports: Ports | None = None

    @property
    def data_dir(self) -> Path:
        """Folder of the broker's data, absolute."""
        return self._node.data_dir

    @property
    def log_file(self) -> Path:
        """Kafka's log file."""
        return self._node.log_file

    @property
    def bootstrap(self) -> str:
        """Address for clients, `127.0.0.1:PORT`; BrokerError before the first start."""
        if self._ports is None:
            message = f"the broker on {self.data_dir} was not started yet"
            raise BrokerError(message)
        return f"{HOST}:{self._ports.broker}"

    @property
    def pid(self) -> int | None:
        """Process id of the running broker; None when it does not run."""
        return self._process.pid if self._process and self.is_running() else None

    def is_running(self) -> bool:
        """Tell whether the process that `start` started lives."""
        return self._process is not None and self._process.poll() is None

    def start(self, timeout: float = START_SECONDS) -> Self:
        """Start the broker and give itself once it serves; the first start downloads and formats before.

        Args:
            timeout: Seconds from the start of the process until it must serve; download and formatting come
                on top.

        Raises:
            BrokerError: the folder is in use, a port is taken, a jar is wrong or can't be had, or Kafka
                failed.

        """
        self._node.data_dir.mkdir(parents=True, exist_ok=True)
        with Claim(self.data_dir) as claim:
            ports = choose_ports(self.data_dir, self._asked.broker, self._asked.controller)
            write_settings(self._node, ports, self._properties)
            java = self._prepare_java()
            format_storage(self._node, java, self._heap_mb)
            began = time.monotonic()
            self._process = launch(self._node, java, self._heap_mb, inherit=(claim.fileno(),))
            self._ports = ports
            try:
                claim.record(Holder(self._process.pid, self.bootstrap, time.time()))
                wait_until_ready(self._process, self._node, ports.broker, timeout)
                self._indexes.start()
            except BaseException:
                self.kill()
                raise
        _log.info(
            "broker %d serves at %s after %.1f s", self._process.pid, self.bootstrap, time.monotonic() - began
        )
        return self

    def stop(self, grace: float = STOP_SECONDS) -> None:
        """End the broker in order (SIGTERM), by SIGKILL after `grace` seconds; nothing if it does not run."""
        self._indexes.stop()
        if self._process is not None:
            end(self._process, grace)
            self._process = None

    def kill(self) -> None:
        """End the broker at once (SIGKILL), as a crash would; nothing if it does not run."""
        self._indexes.stop()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _prepare_java(self) -> Java:
        lock = packaged_lock()
        jars = ensure_jars(self._cache_dir, lock)
        return java_with_cache(jar_folder(self._cache_dir, lock), jars)

    def __enter__(self) -> Self:
        """Start the broker."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop the broker."""
        self.stop()

    async def __aenter__(self) -> Self:
        """Start the broker without blocking the event loop; cancelled meanwhile, leave no broker behind."""
        starting = asyncio.ensure_future(asyncio.to_thread(self.start))
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            # The thread goes on regardless, so what it starts has to be waited for before it can be stopped.
            with contextlib.suppress(BrokerError):
                await starting
            await asyncio.to_thread(self.stop)
            raise

    async def __aexit__(self, *_: object) -> None:
        """Stop the broker without blocking the event loop."""
        await asyncio.to_thread(self.stop)
