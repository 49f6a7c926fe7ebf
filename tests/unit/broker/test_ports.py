"""The choice of ports and its memory."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.broker.errors import BrokerError
from streams.broker.ports import HOST, Ports, choose_ports, remembered_ports


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port on which something listens."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


def test_free_ports_are_chosen_and_kept(tmp_path: Path) -> None:
    """Without a wish two different ports are found, and the next start gets the same."""
    first = choose_ports(tmp_path, 0, 0)
    assert first.broker != first.controller
    assert remembered_ports(tmp_path) == first
    assert choose_ports(tmp_path, 0, 0) == first


def test_chosen_ports_lie_below_those_of_outgoing_connections(tmp_path: Path) -> None:
    """A port from the kernel's own range could be taken by a client that asks for the stopped broker."""
    chosen = choose_ports(tmp_path, 0, 0)
    assert max(chosen.broker, chosen.controller) < 32_768


def test_an_asked_port_wins_and_is_remembered(tmp_path: Path) -> None:
    """A new wish replaces the memory."""
    before = choose_ports(tmp_path, 0, 0)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    wish = choose_ports(elsewhere, 0, 0).broker
    assert choose_ports(tmp_path, wish, 0).broker == wish
    assert choose_ports(tmp_path, 0, 0).broker == wish != before.broker


def test_an_asked_port_that_is_taken_is_refused(tmp_path: Path, taken: int) -> None:
    """The refusal names the port, and the memory stays as it was."""
    before = choose_ports(tmp_path, 0, 0)
    with pytest.raises(BrokerError, match=rf"^port {taken} is taken on 127\.0\.0\.1"):
        choose_ports(tmp_path, taken, 0)
    with pytest.raises(BrokerError, match=f"^controller port {taken} is taken"):
        choose_ports(tmp_path, 0, taken)
    assert remembered_ports(tmp_path) == before


def test_a_remembered_port_that_is_taken_is_not_moved(tmp_path: Path, taken: int) -> None:
    """Clients know the address, so the broker does not go elsewhere unasked."""
    (tmp_path / "ports.json").write_text(f'{{"broker": {taken}, "controller": 20500}}', "utf-8")
    with pytest.raises(BrokerError, match=rf"port {taken}, which this broker used before, is taken"):
        choose_ports(tmp_path, 0, 0)


def test_a_remembered_controller_port_that_is_taken_is_replaced(tmp_path: Path, taken: int) -> None:
    """Nobody outside knows the controller's port."""
    broker = choose_ports(tmp_path, 0, 0).broker
    (tmp_path / "ports.json").write_text(f'{{"broker": {broker}, "controller": {taken}}}', "utf-8")
    chosen = choose_ports(tmp_path, 0, 0)
    assert chosen.broker == broker
    assert chosen.controller not in {taken, broker}


@pytest.mark.parametrize(("port", "controller"), [(-1, 0), (65_536, 0), (0, 70_000), (20_600, 20_600)])
def test_impossible_ports_are_refused(tmp_path: Path, port: int, controller: int) -> None:
    """Out of range, or one port for both."""
    with pytest.raises(BrokerError, match=r"no TCP port|at once"):
        choose_ports(tmp_path, port, controller)


@pytest.mark.parametrize("text", ["", "[]", '{"broker": 1}', '{"broker": "x", "controller": 2}'])
def test_a_memory_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    """A damaged file costs the memory, not the start."""
    (tmp_path / "ports.json").write_text(text, "utf-8")
    assert remembered_ports(tmp_path) is None
    assert isinstance(choose_ports(tmp_path, 0, 0), Ports)
