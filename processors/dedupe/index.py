"""Postings: which articles have a key, for tens of millions of them in flat memory.

A hash table of buckets of eight 8-byte slots (32 bits of key, 32 bits of id) with two choices a key, the emptier of which
takes it (Azar and others 1999), so that the table can be four fifths full without chains. It grows by a quarter at a time, and a
slice of it with each few articles: a bucket is a range of hash values, ranges are cut anew from the top down, and a
threshold tells the new cut from the old one. So there is no pause, no second copy, and 11 bytes a posting. What
a look-up returns depends on what was added and removed, never on the layout.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Ids = NDArray[np.int64]

_SLOTS: Final = 8
_LOAD: Final = 0.8
"""Share of slots in use at which growth begins; beyond it both choices of a key are too often full."""
_FIRST_BUCKETS: Final = 256
_GROWTH: Final = 3
"""The table grows by one part in so many: 3 keeps it between .6 and .8 full, at three moves a posting over its life."""
_SLICE: Final = 1024
"""Buckets cut anew at a time: about a millisecond of work."""
_PACE: Final = 1
"""Buckets cut anew for each posting added while the table grows. It ends before the next growth: at .5 it would be just in time."""

_CHUNK: Final = 32
"""Many postings are added in chunks of a 32nd of the table, so that it grows in between."""

_LOW: Final = np.uint64(0xFFFFFFFF)
_WORD: Final = np.uint64(32)
_MIX: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_ALL: Final = 1 << 32
_ONES: Final = np.uint64(0x0101010101010101)
_TOP: Final = np.uint64(56)
"""Eight truth values are the bytes of one number; that times `_ONES` has their sum in its top byte."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a look-up found: `position` of the key in `keys` and `ids`, pairwise and in no particular order.

    `buckets` and `rows` (their slots) are those of the first choice of all keys, then those of the second.
    """

    keys: Keys
    position: Ids
    ids: Ids
    buckets: Ids
    rows: Keys

    def part(self, count: int) -> "Probe":
        """Return the probe of the first `count` keys alone."""
        every = len(self.keys)
        if count == every:
            return self
        mine = self.position < count
        buckets = self.buckets.reshape(2, every)[:, :count].reshape(-1)
        rows = self.rows.reshape(2, every, _SLOTS)[:, :count].reshape(-1, _SLOTS)
        return Probe(self.keys[:count], self.position[mine], self.ids[mine], buckets, rows)


class Postings:
    """A multimap from 32-bit keys to ids below 2**32 - 1."""

    def __init__(self) -> None:
        """Start empty."""
        self._table = np.zeros((_FIRST_BUCKETS, _SLOTS), np.uint64)
        self._old = self._new = _FIRST_BUCKETS
        self._threshold = 0
        self._count = self._due = 0
        self._spilt: dict[int, list[int]] = {}
        self._spills = np.zeros(_FIRST_BUCKETS, bool)

    def __len__(self) -> int:
        """Return the number of postings."""
        return self._count

    @property
    def nbytes(self) -> int:
        """Return the bytes of the table."""
        return self._table.nbytes

    def probe(self, keys: Keys) -> Probe:
        """Look all `keys` up at once; they must be distinct."""
        count = len(keys)
        buckets = self._buckets(keys)
        rows = self._table[buckets]
        mine = (rows >> _WORD) == np.concatenate((keys, keys))[:, None]
        mine &= rows != 0
        where, column = mine.nonzero()
        if len(where):
            twice = (where >= count) & (buckets[where] == buckets[where - count])
            where, column = where[~twice], column[~twice]
        position, ids = where % count, (rows[where, column] & _LOW).astype(np.int64) - 1
        if self._spilt:
            spilt = self._spills[buckets[:count]].nonzero()[0].tolist()
            extra = [
                (i, (entry & 0xFFFFFFFF) - 1)
                for i in spilt
                for entry in self._spilt[int(buckets[i])]
                if entry >> 32 == int(keys[i])
            ]
            if extra:
                more = np.array(extra, np.int64)
                position, ids = np.concatenate((position, more[:, 0])), np.concatenate((ids, more[:, 1]))
        return Probe(keys, position, ids, buckets, rows)

    def add(self, probe: Probe, number: int, cap: int | None = None, exempt: int = 0) -> list[bool]:
        """Add `number` under each key of a probe made since the last change; return for each key whether it was added.

        With `cap`, a key that has so many ids already gets no more, but for the first `exempt` keys.
        """
        count = len(probe.keys)
        entries = (probe.keys << _WORD) | np.uint64(number + 1)
        room = np.ones(count, bool)
        if cap is not None and len(probe.position) >= cap:
            room = np.bincount(probe.position, minlength=count) < cap
            room[:exempt] = True
        if room.all():
            self._put(entries, probe.buckets.reshape(2, -1), probe.rows.reshape(2, -1, _SLOTS))
        else:
            entries = entries[room]
            self._put(
                entries, probe.buckets.reshape(2, -1)[:, room], probe.rows.reshape(2, -1, _SLOTS)[:, room]
            )
        self._count += len(entries)
        self._grow(len(entries))
        answer: list[bool] = room.tolist()
        return answer

    def load(self, keys: Keys, numbers: Ids) -> None:
        """Add many postings at once, `numbers` pairwise to `keys`; none of them may be there already."""
        entries = (keys << _WORD) | (numbers + 1).astype(np.uint64)
        start = 0
        while start < len(entries):
            part = entries[start : start + max(_FIRST_BUCKETS, self._table.size // _CHUNK)]
            buckets = self._buckets(part >> _WORD)
            self._put(part, buckets.reshape(2, -1), self._table[buckets].reshape(2, -1, _SLOTS))
            self._count += len(part)
            self._grow(len(part))
            start += len(part)

    def remove(self, keys: Keys, numbers: Ids) -> None:
        """Take postings away where they are there, `numbers` pairwise to `keys`; no pair may come twice."""
        buckets = self._buckets(keys)
        entries = (keys << _WORD) | (numbers + 1).astype(np.uint64)
        where, column = (self._table[buckets] == np.concatenate((entries, entries))[:, None]).nonzero()
        self._count -= len(set((where % len(keys)).tolist()))
        self._table[buckets[where], column] = 0
        if self._spilt:
            for i in self._spills[buckets[: len(keys)]].nonzero()[0].tolist():
                bucket, entry = int(buckets[i]), int(entries[i])
                if entry in self._spilt.get(bucket, ()):
                    self._count -= 1
                    self._spill(bucket, [other for other in self._spilt[bucket] if other != entry])

    def _buckets(self, keys: Keys) -> Ids:
        """Return the buckets of all keys: their first choices, then their second ones."""
        spread = np.concatenate((keys * _MIX[0], keys * _MIX[1])) >> _WORD
        bucket = (spread * np.uint64(self._new)) >> _WORD
        if self._threshold:
            before = (spread * np.uint64(self._old)) >> _WORD
            bucket = np.where(spread >= np.uint64(self._threshold), bucket, before)
        return bucket.view(np.int64)

    def _put(self, entries: Keys, buckets: Ids, rows: NDArray[np.uint64]) -> None:
        """Write each entry into the emptier of its two buckets; one that finds both full is spilt.

        Where several pick one slot the last write wins, and the others look again.
        """
        while True:
            free = rows == 0
            space = (free.view(np.uint64)[:, :, 0] * _ONES) >> _TOP
            choice = (space[1] > space[0]).astype(np.int64)
            at = np.arange(len(entries))
            target, column = buckets[choice, at], free[choice, at].argmax(axis=1)
            full = space.max(axis=0) == 0
            if full.any():
                for i in full.nonzero()[0].tolist():
                    bucket = int(buckets[0, i])
                    self._spill(bucket, [*self._spilt.get(bucket, []), int(entries[i])])
                left = ~full
                entries, buckets, target, column = entries[left], buckets[:, left], target[left], column[left]
            self._table[target, column] = entries
            lost = self._table[target, column] != entries
            if not lost.any():
                return
            entries, buckets = entries[lost], buckets[:, lost]
            rows = self._table[buckets]

    def _spill(self, bucket: int, entries: list[int]) -> None:
        """Keep `entries`, of which `bucket` is the first choice, beside the table."""
        self._spills[bucket] = bool(entries)
        if entries:
            self._spilt[bucket] = entries
        else:
            self._spilt.pop(bucket, None)

    def _grow(self, added: int) -> None:
        """Begin to grow where it is time, and cut a slice of the table anew where one is due."""
        if not self._threshold:
            if self._count <= _LOAD * self._table.size:
                return
            self._new = self._old + max(self._old // _GROWTH, _FIRST_BUCKETS)
            self._table.resize((self._new, _SLOTS), refcheck=False)
            self._spills.resize(self._new, refcheck=False)
            self._threshold, self._due = _ALL, 0
        self._due += _PACE * added
        while self._threshold and self._due >= min(_SLICE, self._old):
            self._due -= _SLICE
            self._cut()

    def _cut(self) -> None:
        """Give the entries of the last slice below the threshold their buckets by the new cut."""
        last = -(-self._threshold * self._old // _ALL)
        first = max(0, last - _SLICE)
        entries = self._table[first:last].reshape(-1)
        entries = entries[entries != 0]
        spilt = [
            e for i in self._spills[first:last].nonzero()[0].tolist() for e in self._spilt.pop(first + i)
        ]
        self._spills[first:last] = False
        self._table[first:last] = 0
        self._threshold = -(-first * _ALL // self._old)
        if not first:
            self._old, self._threshold = self._new, 0
        if spilt:
            entries = np.concatenate((entries, np.array(spilt, np.uint64)))
        if len(entries):
            buckets = self._buckets(entries >> _WORD)
            self._put(entries, buckets.reshape(2, -1), self._table[buckets].reshape(2, -1, _SLOTS))
