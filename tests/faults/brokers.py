"""A Kafka cluster to break: one or three combined KRaft nodes on this machine, each killed and restarted at will."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.broker import BrokerError, default_cache_dir
from streams.broker.aot import java_with_cache
from streams.broker.indexes import IndexKeeper
from streams.broker.jars import ensure_jars, jar_folder
from streams.broker.java import Java
from streams.broker.lock import packaged_lock
from streams.broker.node import (
    NodeFiles,
    end,
    format_storage,
    launch,
    new_cluster_id,
    wait_until_ready,
    write_settings,
)
from streams.broker.ports import HOST, Ports, choose_ports
from streams.broker.properties import broker_properties, render_properties

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Self

    from tests.faults.disk import Disk

HEAP_MB = 256
START_SECONDS = 120.0
STOP_SECONDS = 20.0
START_TRIES = 3


@dataclass(slots=True)
class Node:
    """One broker and controller: its files, its ports, its process while it runs."""

    number: int
    files: NodeFiles
    ports: Ports
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def running(self) -> bool:
        """Tell whether its process lives."""
        return self.process is not None and self.process.poll() is None


class Brokers:
    """A cluster of `count` nodes in folders below `folder`; an async context manager that leaves no process behind."""

    def __init__(self, folder: Path, count: int = 1, disk: Disk | None = None) -> None:
        """Choose ports; nothing runs before the start. `disk` is that of the first node, if it has one of its own."""
        self._disk = disk
        self._indexes: list[IndexKeeper] = []
        self.nodes: list[Node] = []
        for number in range(1, count + 1):
            files = NodeFiles(folder / f"broker-{number}")
            files.data_dir.mkdir(parents=True, exist_ok=True)
            self.nodes.append(Node(number, files, choose_ports(files.data_dir, 0, 0)))
        self._cluster_id = new_cluster_id()
        self._java: Java | None = None

    @property
    def bootstrap(self) -> str:
        """Addresses for clients, with commas."""
        return ",".join(f"{HOST}:{node.ports.broker}" for node in self.nodes)

    async def __aenter__(self) -> Self:
        """Start all nodes."""
        try:
            self._java = await asyncio.to_thread(_java, self._disk.prefix if self._disk else ())
            await asyncio.gather(*(asyncio.to_thread(self._format, node) for node in self.nodes))
            await self.start(*self.nodes)
            for node in self.nodes:
                keeper = IndexKeeper(self._disk.seen(node.files.kafka) if self._disk else node.files.kafka)
                self._indexes.append(keeper)
                keeper.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """End all nodes."""
        for keeper in self._indexes:
            keeper.stop()
        running = [node.process for node in self.nodes if node.process is not None]
        # Together: a controller that has lost its quorum waits for it until it is killed.
        await asyncio.gather(*(asyncio.to_thread(end, process, STOP_SECONDS) for process in running))

    async def start(self, *nodes: Node) -> None:
        """Start nodes and return when all serve. Raises BrokerError."""
        for node in nodes:
            node.process = self._launch(node)
        await asyncio.gather(*(asyncio.to_thread(self._serve, node) for node in nodes))

    def kill(self, node: Node) -> None:
        """End a node as a crash would."""
        if node.process is not None:
            node.process.kill()
            node.process.wait()

    def _format(self, node: Node) -> None:
        assert self._java is not None
        write_settings(node.files, node.ports, {})
        node.files.properties.write_text(render_properties(self._properties(node)), "ascii")
        format_storage(node.files, self._java, HEAP_MB, self._cluster_id)

    def _launch(self, node: Node) -> subprocess.Popen[bytes]:
        assert self._java is not None
        return launch(node.files, self._java, HEAP_MB)

    def _serve(self, node: Node) -> None:
        """Wait until a node serves; one that ends at its start, as after a kill whose port is still held, is started again."""
        for last in (False,) * (START_TRIES - 1) + (True,):
            assert node.process is not None
            try:
                wait_until_ready(node.process, node.files, node.ports.broker, START_SECONDS)
            except BrokerError:
                if last or node.running:
                    raise
                node.process = self._launch(node)
            else:
                return

    def _properties(self, node: Node) -> dict[str, str]:
        settings = broker_properties(node.files.kafka, node.ports, {})
        if len(self.nodes) == 1:
            return settings
        copies = {
            name: str(len(self.nodes)) for name in settings if name.endswith(".topic.replication.factor")
        }
        return (
            settings
            | copies
            | {
                "node.id": str(node.number),
                "controller.quorum.voters": ",".join(
                    f"{other.number}@{HOST}:{other.ports.controller}" for other in self.nodes
                ),
                "transaction.state.log.replication.factor": str(len(self.nodes)),
                # Others have copies here.
                "unclean.leader.election.enable": "false",
                # With one broker lost, writes go on and every acknowledged record stands on two disks.
                "transaction.state.log.min.isr": "2",
                "min.insync.replicas": "2",
            }
        )


@dataclass(frozen=True)
class _PrefixedJava(Java):
    """A Java runtime whose command has another in front."""

    prefix: tuple[str, ...] = ()

    def command(
        self, main_class: str, arguments: Sequence[str], heap_mb: int, log_dir: Path, log_config: Path
    ) -> list[str]:
        """Give the command with its prefix."""
        return [*self.prefix, *super().command(main_class, arguments, heap_mb, log_dir, log_config)]


def _java(prefix: Sequence[str]) -> Java:
    lock = packaged_lock()
    jars = ensure_jars(default_cache_dir(), lock)
    java = java_with_cache(jar_folder(default_cache_dir(), lock), jars)
    return _PrefixedJava(java.jars, java.aot_options, tuple(prefix))
