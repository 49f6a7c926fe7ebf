"""Kafka's settings for one KRaft node on this machine, rendered as a Java properties file."""

from collections.abc import Mapping
from pathlib import Path

from streams.broker.errors import BrokerError
from streams.broker.ports import HOST, Ports

NODE_ID = 1

MESSAGE_MAX_BYTES = 8 * 1024 * 1024
"""Upper limit of one record batch on any topic, in bytes. Topics set their own lower limits; this one leaves
room for a dead letter, which holds the original value verbatim plus headers, and so must exceed the limit of
`articles.raw`."""

_LAPTOP = {
    # One node keeps every replica of Kafka's own topics.
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    # Kafka's defaults of 50 partitions each cost files and start-up time that one machine has no use for.
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "1",
    # Topics come from the catalogue only, so that a misspelt name fails instead of making a topic.
    "auto.create.topics.enable": "false",
    # The first consumer gets its partitions at once; the wait serves fleets that start together.
    "group.initial.rebalance.delay.ms": "0",
    # The event log is the product and replays start from the raw log: nothing expires unless a topic says so.
    "log.retention.ms": "-1",
    "log.retention.bytes": "-1",
    # A broker that stayed off for a month still knows what its groups had read (default: 7 days). Ten years
    # in minutes.
    "offsets.retention.minutes": "5256000",
    "message.max.bytes": str(MESSAGE_MAX_BYTES),
    "replica.fetch.max.bytes": str(MESSAGE_MAX_BYTES),
    # After a kill -9 the controller refuses the node's new life until the session of the old one ran out:
    # with the default of 9 s a restart took 10.8 s, with 3 s it took 3.7 s.
    "broker.heartbeat.interval.ms": "500",
    "broker.session.timeout.ms": "3000",
    # Threads and buffers for two cores and a heap of 256 MB.
    "num.network.threads": "2",
    "num.io.threads": "4",
    "background.threads": "2",
    "num.recovery.threads.per.data.dir": "2",
    "log.cleaner.threads": "1",
    "log.cleaner.dedupe.buffer.size": str(16 * 1024 * 1024),
    "log.segment.bytes": str(128 * 1024 * 1024),
    # Index files are allocated in full (indexes.py), so they are as small as a whole segment allows: an entry of 12
    # bytes for every 16 KiB of it.
    "log.index.interval.bytes": str(16 * 1024),
    "log.index.size.max.bytes": str(96 * 1024),
    # After a full disk a partition was once left without a leader, and its only replica was not taken for want of
    # having been in sync. One node has no other copy that an election could lose.
    "unclean.leader.election.enable": "true",
}


def broker_properties(log_dir: Path, ports: Ports, extra: Mapping[str, str]) -> dict[str, str]:
    """Give all settings of the node, in a fixed order.

    Args:
        log_dir: Absolute folder of the partitions' logs and the metadata log.
        ports: Where clients and the controller quorum connect, on the loopback interface only.
        extra: More settings, or other values for those that this module chooses.

    Raises:
        BrokerError: `extra` sets what makes the node (ports, folders, roles), or the folder's name holds a
            comma, at which Kafka would split it into two folders.

    """
    if "," in str(log_dir):
        message = f"Kafka can't keep data in a folder with a comma in its name: {log_dir}"
        raise BrokerError(message)
    node = {
        "process.roles": "broker,controller",
        "node.id": str(NODE_ID),
        "controller.quorum.voters": f"{NODE_ID}@{HOST}:{ports.controller}",
        "listeners": f"PLAINTEXT://{HOST}:{ports.broker},CONTROLLER://{HOST}:{ports.controller}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{ports.broker}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": str(log_dir),
    }
    fixed = sorted(node.keys() & extra.keys())
    if fixed:
        message = f"the embedded broker sets these itself: {', '.join(fixed)}"
        raise BrokerError(message)
    return node | _LAPTOP | dict(extra)


def render_properties(properties: Mapping[str, str]) -> str:
    """Give `properties` as the ASCII text of a Java properties file: one `key=value` a line, in order."""
    return "".join(f"{_escape(key, in_key=True)}={_escape(value)}\n" for key, value in properties.items())


def _escape(text: str, *, in_key: bool = False) -> str:
    """Escape as java.util.Properties reads it: ISO 8859-1, other characters as UTF-16 units."""
    special = "\\=:#! " if in_key else "\\"
    escaped: list[str] = []
    for position, char in enumerate(text):
        if char in special or (char == " " and position == 0):
            escaped.append("\\" + char)
        elif " " <= char <= "~":
            escaped.append(char)
        else:
            units = char.encode("utf-16-be")
            escaped += [f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2)]
    return "".join(escaped)
