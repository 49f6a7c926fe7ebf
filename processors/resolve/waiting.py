"""What waits: verdicts for the mentions of their article, and mentions for a verdict or for one that is before theirs.

How much waits is up to others: a worker that codes slowly keeps all verdicts waiting, and one whose partitions are ahead sends mentions
long before their turn. So what has waited for longer than a batch is in the state alone, but for the first few.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from schemas.codec import decode, encode
from schemas.mention import Mentions
from schemas.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from processors.resolve.state import State

VERDICT, MENTIONS = b"v", b"m"
"""First byte of the state key of a verdict or of mentions that wait."""

READY = 200
"""Verdicts, and mentions, that are kept ready: those that are next."""


class Waiting:
    """Verdicts in their order, and mentions by the number of their verdict. `save` says in the state what waits."""

    def __init__(self, state: State) -> None:
        """Take where they are kept."""
        self._state = state
        self._verdicts: deque[tuple[int, Verdict | None]] = deque()
        self._mentions: dict[int, Mentions | None] = {}
        self._new: set[int] = set()
        self._saved = -1

    def __len__(self) -> int:
        """Count the verdicts."""
        return len(self._verdicts)

    @property
    def ready(self) -> int:
        """Records that are in memory."""
        held = sum(verdict is not None for _, verdict in self._verdicts)
        return held + sum(mentions is not None for mentions in self._mentions.values())

    def push(self, verdict: Verdict) -> None:
        """Add the next verdict."""
        # Keys rise in the order of arrival, from which the queue is restored. The order of one lane is that of its numbers.
        place = max(verdict.seq, self._verdicts[-1][0] + 1) if self._verdicts else verdict.seq
        self._verdicts.append((place, verdict))

    def put(self, mentions: Mentions) -> None:
        """Add mentions; those of a number that wait already stay as they are."""
        if mentions.seq not in self._mentions:
            self._mentions[mentions.seq] = mentions
            self._new.add(mentions.seq)

    def first(self) -> Verdict | None:
        """Return the verdict that is next, if it is there with all that it needs."""
        if not self._verdicts:
            return None
        place, verdict = self._verdicts[0]
        if verdict is None:
            verdict = decode(Verdict, self._state.get(_key(VERDICT, place)))
            self._verdicts[0] = place, verdict
        return None if verdict.kind.goes_on and verdict.seq not in self._mentions else verdict

    def pop(self, verdict: Verdict) -> Mentions | None:
        """Take the verdict that `first` returned away, and the mentions of its article, which are returned."""
        place, seq = self._verdicts.popleft()[0], verdict.seq
        if place <= self._saved:
            self._state.put(_key(VERDICT, place), None)
        if not self._verdicts:
            self._saved = -1  # the next one of another lane may have a lower number
        if seq not in self._mentions:
            return None
        mentions = self._mentions.pop(seq)
        key = _key(MENTIONS, seq)
        if mentions is None:
            mentions = decode(Mentions, self._state.get(key))
        if seq in self._new:
            self._new.remove(seq)
        else:
            self._state.put(key, None)
        return mentions

    def save(self) -> None:
        """Write to the state what came since the last time and still waits, and let go of it beyond the first few."""
        count = len(self._verdicts)
        for back in range(1, count + 1):
            place, verdict = self._verdicts[-back]
            if place <= self._saved or verdict is None:
                break
            self._state.put(_key(VERDICT, place), encode(verdict))
            if count - back >= READY:
                self._verdicts[-back] = place, None
        if self._verdicts:
            self._saved = max(self._saved, self._verdicts[-1][0])
        for seq in sorted(self._new):
            mentions = self._mentions[seq]
            if mentions is not None:
                self._state.put(_key(MENTIONS, seq), encode(mentions))
            if len(self._mentions) > READY:
                self._mentions[seq] = None
        self._new.clear()

    def restore(self, verdicts: Mapping[bytes, bytes], mentions: Iterable[bytes]) -> list[int]:
        """Take up what `save` wrote: verdicts by their keys, and the keys of mentions. Returns the numbers of the verdicts, in order."""
        numbers = []
        for key in sorted(verdicts):
            place, verdict = _number(key), decode(Verdict, verdicts[key])
            self._verdicts.append((place, verdict if len(self._verdicts) < READY else None))
            self._saved = place
            numbers.append(verdict.seq)
        self._mentions = dict.fromkeys(map(_number, mentions))
        return numbers


def _key(kind: bytes, number: int) -> bytes:
    return kind + number.to_bytes(8, "big")


def _number(key: bytes) -> int:
    return int.from_bytes(key[1:], "big")
