"""Readiness of a broker: it answers a Metadata request and lists itself.

A KRaft broker opens its port before it serves, and a broker that the controller still fences is left out of
the Metadata response. So the first answer with a broker in it means that clients can work. Request and
response are version 1 of the Kafka protocol (api key 3, request header v1), the smallest that names no
topic.
"""

import socket
import struct

_METADATA = 3
_VERSION = 1
_CORRELATION_ID = 7
_CLIENT_ID = b"dragoman-ready"
_NO_TOPICS = 0
# A node with no topics asked for answers in some 60 bytes; more than this is no Kafka broker.
_LARGEST_ANSWER = 65_536


def is_ready(host: str, port: int, timeout: float = 1.0) -> bool:
    """Tell whether the broker at `host`:`port` serves; False too if nothing or something else answers there.

    `timeout` bounds each step of the exchange, in seconds.
    """
    body = struct.pack(
        f">hhih{len(_CLIENT_ID)}si",
        _METADATA,
        _VERSION,
        _CORRELATION_ID,
        len(_CLIENT_ID),
        _CLIENT_ID,
        _NO_TOPICS,
    )
    try:
        with socket.create_connection((host, port), timeout) as connection:
            connection.sendall(struct.pack(">i", len(body)) + body)
            (size,) = struct.unpack(">i", _receive(connection, 4))
            if not 8 <= size <= _LARGEST_ANSWER:  # noqa: PLR2004 - correlation id and count of brokers
                return False
            correlation_id, brokers = struct.unpack_from(">ii", _receive(connection, size))
    except OSError:
        return False
    return bool(correlation_id == _CORRELATION_ID and brokers >= 1)


def _receive(connection: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        part = connection.recv(size - len(received))
        if not part:
            message = "connection closed inside an answer"
            raise ConnectionError(message)
        received += part
    return bytes(received)
