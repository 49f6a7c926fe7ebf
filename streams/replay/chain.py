"""All stages in a row, without Kafka: a record in, every record that follows from it out, in the order in which they follow."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from streams.records import InRecord, OutRecord
from streams.topics import CLEAN, MENTIONS, RAW, UNIQUE, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from streams.stages import Stage

ROUTES = {RAW: "clean", CLEAN: "dedupe", UNIQUE: "code", VERDICTS: "resolve", MENTIONS: "resolve"}
"""Which stage reads which topic."""


class Chain:
    """The four stages as one, run to the end for each record before the next."""

    def __init__(self, stages: Mapping[str, Stage]) -> None:
        """Take the stages by name; their state is theirs and grows with what is fed."""
        self._stages = stages
        self._offsets: Counter[tuple[str, int]] = Counter()

    def feed(self, record: InRecord, lane: int = 0) -> Iterator[OutRecord]:
        """Yield what each stage makes of `record` and of what follows from it.

        A withdrawal is cleaned into every lane of deduplication. Here it is fed once for each `lane` that had it, in the lane's turn.
        """
        waiting = deque([record])
        while waiting:
            current = waiting.popleft()
            stage = self._stages[ROUTES[current.topic]]
            outputs = stage.process(current)
            for output in _of_lane(outputs, lane) if current.topic == RAW else outputs:
                yield output
                if output.topic in ROUTES:
                    waiting.append(self._reread(output))
            stage.changes()  # nobody recovers a replay; they would pile up

    def _reread(self, output: OutRecord) -> InRecord:
        """Return the output as its reader would see it: one partition unless one is given, offsets counted from 0."""
        partition = output.partition or 0
        offset = self._offsets[output.topic, partition]
        self._offsets[output.topic, partition] += 1
        return InRecord(
            output.topic, partition, offset, output.timestamp_ms, output.key, output.value, output.headers
        )


def _of_lane(outputs: Sequence[OutRecord], lane: int) -> Sequence[OutRecord]:
    """Return what goes to a lane; all where nothing does, since other rules may see another script in a text."""
    return [output for output in outputs if output.partition == lane] or outputs
