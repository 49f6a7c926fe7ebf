"""Reading the dead letters: which there are, which have been handled, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiokafka import TopicPartition

from schemas.codec import decode
from schemas.dead_letter import DeadLetter, Handled
from streams.failure import Failure
from streams.topics import DEAD_LETTERS, HANDLED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from aiokafka.structs import ConsumerRecord

    from streams.cluster import Cluster
    from streams.settings import Settings

Place = tuple[int, int]
"""Partition and offset on `dead-letters`."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter: where it stands, what its headers say, and the record itself."""

    place: Place
    about: DeadLetter
    record: ConsumerRecord

    @property
    def name(self) -> str:
        """Its place, as the commands take and show it."""
        return place_name(self.place)


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters: values of one field are alternatives, different fields must all hold; what is empty or None asks nothing."""

    places: frozenset[Place] = frozenset()
    stages: frozenset[str] = frozenset()
    reason: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def asks_nothing(self) -> bool:
        """Tell whether every letter matches."""
        return self == LetterFilter()

    def matches(self, letter: Letter) -> bool:
        """Tell whether a letter is meant. `since` and `until` (not included) are about the time that the original was recorded."""
        about = letter.about
        return (
            (not self.places or letter.place in self.places)
            and (not self.stages or about.stage in self.stages)
            and (self.reason is None or self.reason in about.reason)
            and (self.since is None or about.record_time >= self.since)
            and (self.until is None or about.record_time < self.until)
        )


def place_name(place: Place) -> str:
    """Return a place as text: the offset, after the partition where that is not 0."""
    return f"{place[0]}/{place[1]}" if place[0] else str(place[1])


def parse_place(text: str) -> Place:
    """Read a place, `7` or `0/7`. Raises Failure (status 2)."""
    partition, slash, offset = text.rpartition("/")
    if not offset.isdecimal() or (slash and not partition.isdecimal()):
        raise Failure(f"{text!r} is no place of a dead letter: an offset, or partition/offset", status=2)
    return int(partition or 0), int(offset)


async def read_letters(cluster: Cluster, settings: Settings, wanted: LetterFilter) -> AsyncIterator[Letter]:
    """Yield the dead letters that are meant, in their order. Only the named places are read where there are some."""
    partitions = await cluster.partitions(settings.topic(DEAD_LETTERS))
    start, end = await cluster.beginnings(partitions), await cluster.ends(partitions)
    if wanted.places:
        named = {
            p: [offset for partition, offset in wanted.places if partition == p.partition] for p in partitions
        }
        start = {p: max(start[p], min(offsets)) for p, offsets in named.items() if offsets}
        end = {p: min(end[p], max(named[p]) + 1) for p in start}
    async for record in cluster.read(start, end):
        letter = Letter(
            (record.partition, record.offset), DeadLetter.from_headers(list(record.headers)), record
        )
        if wanted.matches(letter):
            yield letter


async def read_handled(cluster: Cluster, settings: Settings) -> dict[Place, Handled]:
    """Return what became of each letter that has been handled."""
    partitions = await cluster.partitions(settings.topic(HANDLED))
    found = {}
    async for record in cluster.read(await cluster.beginnings(partitions), await cluster.ends(partitions)):
        found[parse_place(record.key.decode())] = decode(Handled, record.value)
    return found


async def record_at(cluster: Cluster, topic: str, partition: int, offset: int) -> ConsumerRecord | None:
    """Return the record that stands at a place of a topic (its name on the broker); None where none does any more."""
    place = TopicPartition(topic, partition)
    if place not in await cluster.partitions(topic):
        return None
    begin, end = (await cluster.beginnings([place]))[place], (await cluster.ends([place]))[place]
    if not begin <= offset < end:
        return None
    async for record in cluster.read({place: offset}, {place: offset + 1}):
        return record
    return None
