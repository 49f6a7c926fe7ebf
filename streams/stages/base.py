"""What every stage is: one record in, the records out that follow from it and the state, and no exception ever."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from schemas.errors import Rejected
from streams.deadletters.letter import ATTEMPT, dead_letter, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from streams.records import Headers, InRecord, OutRecord

logger = logging.getLogger(__name__)

Change = tuple[bytes, bytes | None]
Fetch = Callable[[bytes], bytes | None]

TRACE = "traceparent"
"""W3C Trace Context header, passed through from the raw record so that a trace can be followed over all stages."""


class Stage(ABC):
    """One stage of the flow, without Kafka.

    Every output depends on the input record and the state alone, its timestamp too. So a stage can be run by an
    agent, by a replay or by a test, and gives the same bytes.
    """

    name: ClassVar[str]
    repeats: int = 0
    """Records passed over because they had been processed before, since the last look."""

    def __init__(self, max_record_bytes: int) -> None:
        """Take the size that no record written may exceed, in bytes of key, value and headers."""
        self._max_record_bytes = max_record_bytes

    def process(self, record: InRecord) -> list[OutRecord]:
        """Return what follows from `record`; a record that can't be used gives a dead letter. Never raises."""
        try:
            outputs = self._handle(record)
        except Exception as error:
            if not isinstance(error, Rejected):
                logger.exception("%s: %s %d/%d", self.name, record.topic, record.partition, record.offset)
            return self._failed(record, reason_of(error))
        limit = self._max_record_bytes
        if all(output.size <= limit for output in outputs):
            return outputs
        first = next(output for output in outputs if output.size > limit)
        reason = f"{first.topic} record of {first.size} bytes, over the limit of {limit}"
        return [output for output in outputs if output.size <= limit] + self._failed(record, reason)

    def changes(self) -> Sequence[Change]:
        """Return the state keys that changed since the last call, with their values; None where a key is gone."""
        return ()

    def restore(self, items: Iterable[tuple[bytes, bytes]], fetch: Fetch | None = None) -> None:  # noqa: B027 - a stateless stage has none
        """Take up the state that `changes` gave, into a new stage.

        `fetch` reads a key of what `changes` gave so far and will give: a stage that uses it need not keep all values.
        """

    @property
    def pending(self) -> int:
        """Records that wait in the state for others before they can be resolved."""
        return 0

    @abstractmethod
    def _handle(self, record: InRecord) -> list[OutRecord]:
        """Decode, call the processor, encode. May raise Rejected."""

    def _failed(self, record: InRecord, reason: str) -> list[OutRecord]:
        return [dead_letter(record, self.name, reason)]


def carried_headers(record: InRecord) -> Headers:
    """Return the headers of `record` that every record made of it bears too: its trace, and how often it was a dead letter."""
    found = ((name, record.header(name)) for name in (TRACE, ATTEMPT))
    return tuple((name, value) for name, value in found if value is not None)
