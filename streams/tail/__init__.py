"""The consumer side: events off `geo.events`, filtered, typed and shown. It knows the contract and Kafka, nothing of the agents."""

from streams.tail.consumer import Start, TailedEvent, tail
from streams.tail.filters import EventFilter
from streams.tail.render import one_line

__all__ = ["EventFilter", "Start", "TailedEvent", "one_line", "tail"]
