"""Readiness against servers that are no broker, or not yet one."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from streams.broker.ready import is_ready


@contextmanager
def server(answer: bytes) -> Iterator[int]:
    """Serve one connection: read the request, send `answer`, close; give the port."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def framed(body: bytes) -> bytes:
    """Give `body` as a Kafka response: its size, then itself."""
    return struct.pack(">i", len(body)) + body


@pytest.mark.parametrize(
    ("answer", "ready"),
    [
        (framed(struct.pack(">iiih", 7, 1, 1, 0)), True),
        (framed(struct.pack(">ii", 7, 0)), False),
        (framed(struct.pack(">ii", 8, 1)), False),
        (framed(b"abc"), False),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False),
        (b"", False),
        (framed(struct.pack(">ii", 7, 1))[:-2], False),
    ],
    ids=["serves", "fenced", "other-answer", "short", "http", "closed", "cut-off"],
)
def test_only_an_answer_with_a_broker_in_it_counts(answer: bytes, ready: bool) -> None:
    """A fenced broker, another server, and an answer that breaks off are not ready."""
    with server(answer) as port:
        assert is_ready("127.0.0.1", port) is ready


def test_a_closed_port_is_not_ready() -> None:
    """Nothing listens: no error, just no."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert not is_ready("127.0.0.1", port)


def test_a_silent_server_is_not_ready() -> None:
    """A port that is open and never answers is given up when the time is over."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert not is_ready("127.0.0.1", listener.getsockname()[1], timeout=0.05)
