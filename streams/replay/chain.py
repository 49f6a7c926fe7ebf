"""All stages in a row, without Kafka: a record in, every record that follows from it out, in the order in which they follow."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from streams.records import InRecord, OutRecord
from streams.topics import CLEAN, MENTIONS, RAW, UNIQUE, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.stages import Stage

ROUTES = {RAW: "clean", CLEAN: "dedupe", UNIQUE: "code", VERDICTS: "resolve", MENTIONS: "resolve"}
"""Which stage reads which topic."""


class Chain:
    """The four stages as one, run to the end for each record before the next."""

    def __init__(self, stages: Mapping[str, Stage]) -> None:
        """Take the stages by name; their state is theirs and grows with what is fed."""
        self._stages = stages
        self._offsets: Counter[str] = Counter()

    def feed(self, record: InRecord) -> Iterator[OutRecord]:
        """Yield what each stage makes of `record` and of what follows from it."""
        waiting = deque([record])
        while waiting:
            current = waiting.popleft()
            stage = self._stages[ROUTES[current.topic]]
            for output in stage.process(current):
                yield output
                if output.topic in ROUTES:
                    waiting.append(self._reread(output))
            stage.changes()  # nobody recovers a replay; they would pile up

    def _reread(self, output: OutRecord) -> InRecord:
        """Return the output as its reader would see it: one partition, offsets counted from 0."""
        offset = self._offsets[output.topic]
        self._offsets[output.topic] += 1
        return InRecord(
            output.topic, 0, offset, output.timestamp_ms, output.key, output.value, output.headers
        )
