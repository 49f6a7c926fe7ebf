"""One open event, and the bytes that it is kept as.

In front stands what the index needs, uncompressed, so that many events can be taken up again at once; then the rest, and each mention
packed by itself: mentions never change, so that an event to which one is added costs no more to keep than that one. An only mention, of
which the rest repeats most, is packed in one piece with it, in two thirds of the time and a quarter less room.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from struct import Struct, pack, unpack_from
from typing import Any, NamedTuple

import orjson

from processors.resolve import packing
from processors.resolve.told import Told
from processors.resolve.traits import split

FORMAT = 2
"""Of the bytes; those of another are refused."""

_FRONT = Struct("<BiIII")
"""Format, day of recording, how many keys and articles, bytes of traits."""

_SIZE = Struct("<I")


class Front(NamedTuple):
    """What stands in front of a kept event."""

    recorded: int
    keys: tuple[int, ...]
    articles: tuple[int, ...]
    traits: bytes

    @classmethod
    def read(cls, value: bytes) -> Front:
        """Read it off an event's bytes. Raises ValueError where they are of another format."""
        return _read_front(value)[0]


def _read_front(value: bytes) -> tuple[Front, int]:
    """Return what stands in front, and where it ends."""
    kind, recorded, keys, articles, size = _FRONT.unpack_from(value)
    if kind != FORMAT:
        msg = f"an open event of format {kind}, not {FORMAT}: replay the log, or begin another"
        raise ValueError(msg)
    numbers = unpack_from(f"<{keys + articles}Q", value, _FRONT.size)
    at = _FRONT.size + 8 * (keys + articles)
    return Front(recorded, numbers[:keys], numbers[keys:], value[at : at + size]), at + size


@dataclass(slots=True)
class Open:
    """One open event: its mentions that stand, and what its last published revision said.

    `keys` and `articles` are all that it was ever told under, as hashes, the first one first; `number` is its place among the events
    that are open here.
    """

    event_id: str
    first: int
    number: int
    revision: int = 0
    told: list[Told] = field(default_factory=list)
    published: dict[str, Any] = field(default_factory=dict)
    last_news: date = date.min
    recorded: date = date.min
    keys: tuple[int, ...] = ()
    articles: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """The place of this event among all: by the verdict that first told of it, the same before and after a restore."""
        return self.first, self.event_id

    def to_bytes(self) -> bytes:
        """Return the state."""
        rest = orjson.dumps([self.first, self.revision, self.last_news.isoformat(), self.published])
        marks = b"".join(t.traits for t in self.told)
        parts = [
            _FRONT.pack(FORMAT, self.recorded.toordinal(), len(self.keys), len(self.articles), len(marks)),
            pack(f"<{len(self.keys) + len(self.articles)}Q", *self.keys, *self.articles),
            marks,
        ]
        only = self.told[0] if len(self.told) == 1 else None
        chunks = [only.pack_behind(rest)] if only else [packing.pack(rest), *[t.pack() for t in self.told]]
        for chunk in chunks:
            parts += (_SIZE.pack(len(chunk)), chunk)
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, event_id: str, number: int, value: bytes) -> Open:
        """Read back what `to_bytes` wrote. Raises ValueError where it was of another format."""
        front, at = _read_front(value)
        chunks = []
        while at < len(value):
            (size,) = _SIZE.unpack_from(value, at)
            at += _SIZE.size + size
            chunks.append(value[at - size : at])
        rest, _, only = packing.unpack(chunks[0]).partition(b"\n")
        first, revision, last, published = orjson.loads(rest)
        if only:
            told = [Told.read(only, chunks[0], front.traits, behind=True)]
        else:
            told = list(map(Told.read, map(packing.unpack, chunks[1:]), chunks[1:], split(front.traits)))
        return cls(
            event_id,
            first,
            number,
            revision,
            told,
            published,
            date.fromisoformat(last),
            date.fromordinal(front.recorded),
            front.keys,
            front.articles,
        )
