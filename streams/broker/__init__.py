"""A real Apache Kafka broker for one machine: jars locked by checksum, Java from a wheel, data kept.

`EmbeddedBroker` is for a program that owns its broker (and for tests); `start_background`, `stop` and
`status` are for the command line. Everything that can go wrong is a `BrokerError` of one line. Linux and
macOS.
"""

from streams.broker.background import BrokerStatus, start_background, status, stop
from streams.broker.embedded import EmbeddedBroker
from streams.broker.errors import BrokerError
from streams.broker.paths import default_cache_dir, default_data_dir
from streams.broker.properties import MESSAGE_MAX_BYTES

__all__ = [
    "MESSAGE_MAX_BYTES",
    "BrokerError",
    "BrokerStatus",
    "EmbeddedBroker",
    "default_cache_dir",
    "default_data_dir",
    "start_background",
    "status",
    "stop",
]
