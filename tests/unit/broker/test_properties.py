"""Kafka's settings: what they promise, who may change them, how they are escaped."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.broker.errors import BrokerError
from streams.broker.ports import Ports
from streams.broker.properties import MESSAGE_MAX_BYTES, broker_properties, render_properties

PORTS = Ports(broker=20_001, controller=20_002)


def unescape(text: str) -> str:
    """Read an escaped key or value as java.util.Properties does."""
    units, at = bytearray(), 0
    while at < len(text):
        if text[at] != "\\":
            units += text[at].encode("utf-16-be")
            at += 1
        elif text[at + 1] == "u":
            units += int(text[at + 2 : at + 6], 16).to_bytes(2, "big")
            at += 6
        else:
            units += text[at + 1].encode("utf-16-be")
            at += 2
    return units.decode("utf-16-be")


def test_the_node_listens_on_the_loopback_interface_only() -> None:
    """Every address in the settings is 127.0.0.1 with one of the two ports."""
    settings = broker_properties(Path("/d"), PORTS, {})
    assert settings["listeners"] == "PLAINTEXT://127.0.0.1:20001,CONTROLLER://127.0.0.1:20002"
    assert settings["advertised.listeners"] == "PLAINTEXT://127.0.0.1:20001"
    assert settings["controller.quorum.voters"] == "1@127.0.0.1:20002"


def test_nothing_expires_and_no_topic_makes_itself() -> None:
    """The promises that the design makes about this broker."""
    settings = broker_properties(Path("/d"), PORTS, {})
    assert settings["log.retention.ms"] == settings["log.retention.bytes"] == "-1"
    assert settings["auto.create.topics.enable"] == "false"
    assert settings["transaction.state.log.min.isr"] == "1"
    assert int(settings["message.max.bytes"]) == MESSAGE_MAX_BYTES >= 4 * 1024 * 1024


def test_the_caller_may_change_and_add_settings() -> None:
    """A given value wins over ours; a new one is added."""
    settings = broker_properties(Path("/d"), PORTS, {"num.io.threads": "2", "log.roll.ms": "1000"})
    assert settings["num.io.threads"] == "2"
    assert settings["log.roll.ms"] == "1000"


def test_the_caller_may_not_change_what_makes_the_node() -> None:
    """Ports and folders have parameters of their own; setting them twice is refused by name."""
    with pytest.raises(BrokerError, match=r"sets these itself: listeners, log\.dirs"):
        broker_properties(Path("/d"), PORTS, {"log.dirs": "/elsewhere", "listeners": "PLAINTEXT://:1"})


def test_a_comma_in_the_folder_is_refused() -> None:
    """Kafka would read one such folder as two."""
    with pytest.raises(BrokerError, match="comma"):
        broker_properties(Path("/a,b"), PORTS, {})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_comes_back_as_java_reads_it(value: str) -> None:
    """Escaping keeps every character, in one line of ASCII."""
    rendered = render_properties({"log.dirs": value})
    assert rendered.isascii()
    assert rendered.count("\n") == 1
    escaped = rendered.removeprefix("log.dirs=").removesuffix("\n")
    assert not escaped.startswith(" ")
    assert unescape(escaped) == value


def test_a_key_is_escaped_where_java_would_end_it() -> None:
    """Separators and comment signs inside a key stay part of it."""
    assert render_properties({"a b=c:d#e": "x=y"}) == "a\\ b\\=c\\:d\\#e=x=y\n"
