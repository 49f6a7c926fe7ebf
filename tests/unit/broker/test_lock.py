"""Parsing the jar lock, and the lock that ships."""

from importlib.resources import files

import pytest

from streams.broker.errors import BrokerError
from streams.broker.lock import LockedJar, packaged_lock, parse_lock

A, B = "a" * 64, "b" * 64


def test_jars_come_in_order_of_coordinate() -> None:
    """Whatever the order in the file, the class path has one order."""
    lock = parse_lock(f'kafka = "4.0"\n[sha256]\n"z.g:z:1" = "{A}"\n"a.g:a:2" = "{B}"\n')
    assert lock.kafka_version == "4.0"
    assert lock.jars == (LockedJar("a.g", "a", "2", B), LockedJar("z.g", "z", "1", A))
    assert [jar.file_name for jar in lock.jars] == ["a-2.jar", "z-1.jar"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("kafka = ", "not TOML"),
        ("[sha256]\n", "needs `kafka"),
        ('kafka = "4"\n[sha256]\n', "non-empty table"),
        (f'kafka = "4"\n[sha256]\n"g:a" = "{A}"\n', "no group:artifact:version"),
        (f'kafka = "4"\n[sha256]\n"g:../a:1" = "{A}"\n', "no group:artifact:version"),
        (f'kafka = "4"\n[sha256]\n"g:a:1" = "{A[1:]}"\n', "no SHA-256"),
        (f'kafka = "4"\n[sha256]\n"g:a:1" = "{A.upper()}"\n', "no SHA-256"),
        (f'kafka = "4"\n[sha256]\n"g:a:1" = "{A}"\n"h:a:1" = "{B}"\n', "one file name"),
    ],
)
def test_a_broken_lock_is_refused_in_one_line(text: str, cause: str) -> None:
    """Every fault of a lock file is named."""
    with pytest.raises(BrokerError, match=cause) as refusal:
        parse_lock(text)
    assert "\n" not in str(refusal.value)


def test_the_packaged_lock_is_one_coherent_kafka() -> None:
    """All of Kafka's own jars have the broker's version, and the log's binding that of its log4j."""
    lock = packaged_lock()
    kafka = {jar.version for jar in lock.jars if jar.group == "org.apache.kafka"}
    log4j = {jar.version for jar in lock.jars if jar.group == "org.apache.logging.log4j"}
    assert kafka == {lock.kafka_version}
    assert len(log4j) == 1
    assert any(jar.artifact.startswith("log4j-slf4j") for jar in lock.jars)


def test_the_packaged_lock_names_no_host() -> None:
    """Where jars come from is the user's business, so the lock has coordinates and checksums only."""
    assert "://" not in files("streams.broker").joinpath("data/kafka.lock.toml").read_text("utf-8")
