"""Traits: what of a mention speaks for or against its telling of an event that another article told of, in some 50 bytes.

Words, people and places are hashes of 32 bits, so that two mentions that agree by `matching` agree here too, and few others do: what
is found by traits is read in full, and then `matching` has the last word.
"""

from __future__ import annotations

from functools import cache, cached_property
from struct import Struct, pack, unpack_from
from typing import TYPE_CHECKING
from zlib import crc32

from processors.resolve.days import MOST_APART, SAME_DAY, WEEK, When, gap, meant, same_time, stated_span
from processors.resolve.marks import SMALL, marks, telling
from processors.resolve.matching import OBJECT_OVERLAP, SHARE, SHARED, STATEMENT, alike, is_person, words
from schemas.actor import Modality
from schemas.registry import event_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from schemas.mention import Mention

_HEAD = Struct("<IiiiIIIIII")
"""Type; days of the news, and stated ones, 0 for none; country and city of the place, 0 for none; sentence; people, words and marks."""

_NONE = 0xFFFFFFFF
"""Stands for the number of words where there is no object."""


def traits(mention: Mention, news: date) -> bytes:
    """Return the traits of a mention; `news` is the day that its article counts for."""
    place = mention.location
    country = _hash(place.country) if place and place.country else 0
    city = _hash(place.name) if place and place.granularity == "city" else 0
    people = [
        number
        for side, actors in enumerate((mention.source, mention.target))
        for actor in actors
        if is_person(actor)
        for number in (_side(actor.country, 0 if mention.symmetric else side), _hash(actor.key))
    ]
    said = sorted(map(_hash, words(mention.object))) if mention.object else []
    # What a pair does once in some days needs no marks: none are fewer than any that might be asked for.
    marked = () if _is_once(mention.type) else sorted(_hash(m) for m in marks(mention) if m[0] != SMALL)
    head = _HEAD.pack(
        _hash(mention.type), news.toordinal(), *stated_span(mention.date), country, city, _hash(mention.evidence.sha256),
        len(people) // 2, len(said) if mention.object else _NONE, len(marked),
    )  # fmt: skip
    return head + pack(f"<{len(people) + len(said) + len(marked)}I", *people, *said, *marked)


def split(several: bytes) -> list[bytes]:
    """Return the traits that were put one behind the other."""
    found, at = [], 0
    while at < len(several):
        end = at + _length(*_HEAD.unpack_from(several, at)[-3:])
        found.append(several[at:end])
        at = end
    return found


def when_of(own: bytes) -> When:
    """Return the days of one mention."""
    return When(*_HEAD.unpack_from(own)[1:4])


def whens(several: bytes, start: int = 0) -> Iterator[When]:
    """Yield the days of mentions whose traits stand one behind the other, from `start` on."""
    at, end = start, len(several)
    while at < end:
        _, news, first, last, *_, people, count, marked = _HEAD.unpack_from(several, at)
        yield When(news, first, last)
        at += _length(people, count, marked)


def news_days(several: bytes, start: int) -> set[int]:
    """Return the days on which mentions were news whose traits stand one behind the other, from `start` on."""
    days: set[int] = set()
    at, end = start, len(several)
    while at < end:
        _, news, *_, people, count, marked = _HEAD.unpack_from(several, at)
        days.add(news)
        at += _length(people, count, marked)
    return days


class Probe:
    """The traits of one mention, taken apart to be held against those of many events.

    `kinds` are the types that can name one act with its own: of any other, nothing can be the same event.
    """

    def __init__(self, mention: Mention, own: bytes) -> None:
        """Take a mention and its traits."""
        _, news, first, last, country, city, said, people, count, marked = _HEAD.unpack_from(own)
        self._when = When(news, first, last)
        self._country: int = country
        self._city: int = city
        self._said: int = said
        self._planned = mention.modality is Modality.PLANNED
        self.kinds = alike(mention.type)
        self._kinds, self._once, self._harms, self._shared = _rules_of(mention.type)
        self._one_mark = _one_mark(mention.type)
        self._states = mention.type == STATEMENT
        self._people = _people(own, 0, people) if people else {}
        self._persons = frozenset().union(*self._people.values())
        self._people.pop(0, None)
        self._own, self._counts = own, (people, count, marked)

    @cached_property
    def _words(self) -> frozenset[int] | None:
        return _words(self._own, 0, *self._counts[:2])

    @cached_property
    def _marks(self) -> frozenset[int]:
        return _marks(self._own, 0, *self._counts)

    def may_be(self, several: bytes, start: int = 0, *, least: bool = False) -> bool:
        """Tell whether one of some mentions may tell of the same event, each of another article, by their traits.

        These stand one behind the other from `start` on. With `least` they need have in common no more than acts of any day and type.
        """
        at, end = start, len(several)
        while at < end:
            kind, news, first, last, country, city, said, people, count, marked = _HEAD.unpack_from(
                several, at
            )
            if (
                abs(news - self._when.news) <= WEEK
                and kind in self._kinds
                and same_time(
                    self._when, (when := When(news, first, last)), near=False, planned=self._planned
                )
                and self._same_place(country, city)
                and self._same_object(several, at, (people, count), kind, said)
                and self._same_people(several, at, people)
                and self._same_act(several, at, (people, count, marked), None if least else when)
            ):
                return True
            at += _length(people, count, marked)
        return False

    def may_join(self, several: bytes, start: int = 0, *, least: bool = False) -> bool:
        """Tell whether the mention may tell of the event whose mentions these are: of one of them as `may_be` says, and not of long ago.

        The event was news about when the mention was, or they state about the same days.
        """
        if not self.may_be(several, start, least=least):
            return False
        mine, theirs = self._when, list(whens(several, start))
        if min(w.news for w in theirs) - MOST_APART <= mine.news <= max(w.news for w in theirs) + MOST_APART:
            return True
        dated = [w for w in theirs if w.first]
        return (
            bool(mine.first and dated)
            and min(w.first for w in dated) - SAME_DAY <= mine.last
            and mine.first - SAME_DAY <= max(w.last for w in dated)
        )

    def may_fit(self, timely: Callable[[When], bool], several: bytes, start: int, *, whole: bool) -> bool:
        """Tell whether one of some mentions has days of which `timely` says so.

        Where they are the `whole` of an event's, nothing in its place may speak against that of the mention either.
        """
        at, end = start, len(several)
        while at < end:
            _, news, first, last, country, city, _, people, count, marked = _HEAD.unpack_from(several, at)
            if (not whole or self._same_place(country, city)) and timely(When(news, first, last)):
                return True
            at += _length(people, count, marked)
        return False

    def apart(self, several: bytes, start: int = 0, *, near: bool = False) -> bool:
        """Tell whether one of some mentions, `near` of the same article, can't tell of the same event, as `matching.apart` does."""
        at, end = start, len(several)
        while at < end:
            kind, news, first, last, country, city, _, people, count, marked = _HEAD.unpack_from(several, at)
            if not (
                kind in self._kinds
                and same_time(self._when, When(news, first, last), near=near, planned=self._planned)
                and self._same_place(country, city)
                and self._same_people(several, at, people)
            ):
                return True
            at += _length(people, count, marked)
        return False

    def _same_place(self, country: int, city: int) -> bool:
        other_country = country and self._country and country != self._country
        return not other_country and not (city and self._city and city != self._city)

    def _same_object(self, several: bytes, at: int, counts: tuple[int, int], kind: int, said: int) -> bool:
        people, count = counts
        if count != _NONE and self._words is not None:
            other = _words(several, at, people, count) or frozenset()
            most = min(len(other), len(self._words))
            return len(other & self._words) >= OBJECT_OVERLAP * max(1, most)
        return said == self._said if self._states or kind == _STATEMENT else True

    def _same_people(self, several: bytes, at: int, people: int) -> bool:
        mine = self._people
        if not people or not mine:
            return True
        other = _people(several, at, people)
        return not any(side in mine and not persons & mine[side] for side, persons in other.items())

    def _same_act(self, several: bytes, at: int, counts: tuple[int, int, int], when: When | None) -> bool:
        """Tell whether there is as much in common as `matching` asks for of acts of a repeated kind on the days of another mention.

        Without the days, as much as the least that it ever asks for.
        """
        if self._once:
            return True
        if self._harms and self._persons and counts[0]:
            theirs = _people(several, at, counts[0]).values()
            if not all(self._persons.isdisjoint(persons) for persons in theirs):
                return True
        other = _marks(several, at, *counts)
        shared, fewer = len(self._marks & other), min(len(self._marks), len(other))
        if when is None or not other:  # of an act that may be done once, no marks are noted
            return shared >= min(fewer, self._shared)
        later = gap(meant(self._when, when), meant(when, self._when))
        if later > SAME_DAY:
            return False
        if shared and self._one_mark[later]:
            return True
        if fewer < SHARED[0] and not later:
            return shared == fewer
        return shared >= SHARED[later] and shared >= SHARE[later] * fewer


@cache
def _rules_of(kind: str) -> tuple[frozenset[int], bool, bool, int]:
    """Return what a type says of its acts.

    The hashes of the types that can name one act with it; whether a pair does it once in some days; whether it is a material act; and
    how many marks two tellings must have in common at least.
    """
    kinds, types, rules = alike(kind), event_types(), telling()
    harms = any(types[name].quad.startswith("material") for name in kinds if name in types)
    shared = SHARED[0] if kinds.isdisjoint(rules.seldom | rules.taken) else 1
    return frozenset(map(_hash, kinds)), _is_once(kind), harms, shared


@cache
def _one_mark(kind: str) -> tuple[bool, bool]:
    """Tell whether one mark in common is enough for acts of a type: where the days agree, and where they are a day apart."""
    return kind in telling().taken | telling().seldom, kind in telling().seldom


@cache
def _is_once(kind: str) -> bool:
    return not alike(kind).isdisjoint(telling().once)


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


_STATEMENT = _hash(STATEMENT)


def _side(country: str | None, side: int) -> int:
    """Return what stands for the people of a country on one side; 0 for people of no country, who are in nobody's place."""
    return _hash(f"{country}{side}") if country else 0


def _length(people: int, count: int, marked: int) -> int:
    return _HEAD.size + 4 * (2 * people + (0 if count == _NONE else count) + marked)


def _people(several: bytes, at: int, people: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    numbers = unpack_from(f"<{2 * people}I", several, at + _HEAD.size)
    for side, person in zip(numbers[::2], numbers[1::2], strict=True):
        found.setdefault(side, set()).add(person)
    return found


def _words(several: bytes, at: int, people: int, count: int) -> frozenset[int] | None:
    if count == _NONE:
        return None
    return frozenset(unpack_from(f"<{count}I", several, at + _HEAD.size + 8 * people))


def _marks(several: bytes, at: int, people: int, count: int, marked: int) -> frozenset[int]:
    return frozenset(unpack_from(f"<{marked}I", several, at + _length(people, count, 0)))
