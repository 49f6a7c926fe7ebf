"""The lock of the broker's jars: which Maven artifacts make up the broker, and the SHA-256 of each.

The format is described at the top of `data/kafka.lock.toml`; `relock.py` writes it.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from streams.broker.errors import BrokerError

_COORDINATE = re.compile(r"[\w.-]+:[\w.-]+:[\w.-]+", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class LockedJar:
    """One jar: Maven group, artifact and version, and the lower-case hexadecimal SHA-256 of its bytes."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def coordinate(self) -> str:
        """The Maven coordinate `group:artifact:version`."""
        return f"{self.group}:{self.artifact}:{self.version}"

    @property
    def file_name(self) -> str:
        """The name of the jar's file, as Maven gives it: `artifact-version.jar`."""
        return f"{self.artifact}-{self.version}.jar"


@dataclass(frozen=True, slots=True)
class JarLock:
    """The Kafka version and all its jars, in order of coordinate (which is the order of the class path)."""

    kafka_version: str
    jars: tuple[LockedJar, ...]


def parse_lock(text: str) -> JarLock:
    """Read a lock from TOML `text`.

    Raises:
        BrokerError: the text is no lock, has no jars, or two jars would share one file name.

    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"the jar lock is not TOML: {error}"
        raise BrokerError(message) from error
    version, table = document.get("kafka"), document.get("sha256")
    if not isinstance(version, str) or not isinstance(table, Mapping) or not table:
        message = 'the jar lock needs `kafka = "VERSION"` and a non-empty table [sha256]'
        raise BrokerError(message)
    jars = tuple(_parse_jar(coordinate, table[coordinate]) for coordinate in sorted(table))
    if len({jar.file_name for jar in jars}) != len(jars):
        message = "the jar lock has two jars with one file name"
        raise BrokerError(message)
    return JarLock(version, jars)


def packaged_lock() -> JarLock:
    """Read the lock that ships with this package."""
    return parse_lock(files("streams.broker").joinpath("data/kafka.lock.toml").read_text("utf-8"))


def _parse_jar(coordinate: str, sha256: object) -> LockedJar:
    if not _COORDINATE.fullmatch(coordinate):
        message = f"the jar lock has {coordinate!r}, which is no group:artifact:version"
        raise BrokerError(message)
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        message = f"the jar lock has no SHA-256 in lower-case hexadecimal for {coordinate}"
        raise BrokerError(message)
    group, artifact, version = coordinate.split(":")
    return LockedJar(group, artifact, version, sha256)
