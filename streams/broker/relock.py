"""Writes the jar lock anew for a Kafka version: `python -m streams.broker.relock 4.3.1` in a checkout.

For maintainers. The set of jars is what Maven resolves for `org.apache.kafka:kafka_2.13` *alone*, plus the
binding that lets Kafka's SLF4J calls reach the log4j that it brings along, at that log4j's version. The two
are not resolved together, since the resolver would let the version management of log4j's parent POM reach
into Kafka's tree (it put kafka-clients 3.9 beside a 4.3 broker).
"""

import hashlib
import sys
import tempfile
from pathlib import Path

import jgo

from streams.broker.lock import LockedJar, packaged_lock
from streams.broker.maven import fetch_jar

KAFKA = "org.apache.kafka:kafka_2.13"
LOG4J_GROUP = "org.apache.logging.log4j"


def relock(kafka_version: str, header: str) -> str:
    """Give the text of the lock of `kafka_version`, after the comment lines `header`; downloads every jar.

    Raises:
        BrokerError: a jar can't be had.

    """
    resolved = [
        LockedJar(found.groupId, found.artifactId, found.version, sha256="")
        for found in jgo.resolve(f"{KAFKA}:{kafka_version}")
    ]
    versions = {jar.artifact: jar.version for jar in resolved}
    binding = "log4j-slf4j-impl" if versions["slf4j-api"].startswith("1.") else "log4j-slf4j2-impl"
    resolved.append(LockedJar(LOG4J_GROUP, binding, versions["log4j-core"], sha256=""))
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            f'"{jar.coordinate}" = "{hashlib.sha256(fetch_jar(jar, Path(folder)).read_bytes()).hexdigest()}"'
            for jar in sorted(resolved, key=lambda jar: jar.coordinate)
        ]
    return "\n".join([header, f'kafka = "{kafka_version}"', "", "[sha256]", *rows, ""])


def main() -> None:
    """Rewrite the lock for the version given on the command line, else for the version locked now."""
    version = sys.argv[1] if sys.argv[1:] else packaged_lock().kafka_version
    path = Path(__file__).with_name("data") / "kafka.lock.toml"
    header = "\n".join(line for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
    path.write_text(relock(version, header), "utf-8")


if __name__ == "__main__":
    main()
