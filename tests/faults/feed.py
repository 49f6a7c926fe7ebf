"""The feed of the fault suite: articles composed from `feed.toml`, always the same, as many as are asked for.

A story is told by one article, and its pattern says what follows it: a copy by another outlet, a corrected version under the same
URL, an own report of another outlet, a withdrawal. All records of two states go to one partition, so that the order among records
that have to do with each other is that of the raw log, and two runs over the feed, whatever befalls them, must tell the same.
Every fiftieth record can't be used.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count, permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

POISON_EVERY = 50
BESIDE = 8
"""Stories that are told at the same time: what follows a story stands so many stories later."""
FIRST_DAY = date(2025, 1, 6)
STORIES_A_DAY = 60
PATTERNS = ("", "c", "", "r", "o", "c", "", "w", "co", "")
"""What follows each story, in turn: (c)opy, (r)evision, (o)wn report of another outlet, (w)ithdrawal."""


class Raw(NamedTuple):
    """One record for articles.raw; `partition` before it is taken modulo the topic's partitions."""

    key: bytes
    value: bytes
    partition: int


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its number, the slots of its sentences, and the number of its two states."""

    number: int
    slots: dict[str, str]
    pair: int

    @property
    def url(self) -> str:
        """The address of the first article."""
        return f"https://gazette.example/{self.number}"


@cache
def wording() -> dict[str, Any]:
    """Return `feed.toml`."""
    return tomllib.loads(Path(__file__).with_name("feed.toml").read_text("utf-8"))


def feed() -> Iterator[Raw]:
    """Yield the records, without end."""
    written = count(1)
    for number in count():
        for raw in _told_now(number):
            position = next(written)
            if position % POISON_EVERY == 0:
                yield _poison(position)
                position = next(written)
            yield raw


def _told_now(number: int) -> Iterator[Raw]:
    """Yield the article of a story, and what follows those before it."""
    yield _article(_story(number))
    for ago, step in ((1, 0), (2, 1)):
        earlier = number - ago * BESIDE
        pattern = PATTERNS[earlier % len(PATTERNS)] if earlier >= 0 else ""
        if step < len(pattern):
            yield _FOLLOWS[pattern[step]](_story(earlier))


def _story(number: int) -> Story:
    words = wording()
    pairs = _pairs()
    pair = number % len(pairs)
    dice = random.Random(f"story {number}")  # noqa: S311 - choices of wording
    (a, ca), (b, cb) = pairs[pair]
    day = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
    slots = {
        "a": a,
        "b": b,
        "ca": ca,
        "cb": cb,
        "thing": dice.choice(words["things"]),
        "day": _long(day),
        "later": _long(day + timedelta(days=dice.randrange(9, 40))),
        "n": str(dice.randrange(11, 90)),
        "m": str(dice.randrange(100, 990)),
        "iso": day.isoformat(),
    }
    # Two states have one number, whichever of them acts.
    return Story(number, slots, hash_of(*sorted((a, b))))


@cache
def _pairs() -> list[tuple[list[str], list[str]]]:
    found = list(permutations(wording()["states"], 2))
    random.Random("pairs").shuffle(found)  # noqa: S311 - the order of the stories
    return found


def hash_of(*words: str) -> int:
    """Return a number for words, the same in every process."""
    return random.Random("/".join(words)).randrange(1 << 16)  # noqa: S311 - spreads stories over partitions


def _body(story: Story, *, revised: bool = False) -> str:
    words = wording()
    dice = random.Random(f"body {story.number}")  # noqa: S311 - choices of wording
    lead = dice.choice(words["leads"])
    details = dice.sample(words["details"], dice.randrange(3, 6))
    outlook = dice.choice(words["outlooks"])
    slots = story.slots
    if revised:
        later = _long(date(2025, 11, 1 + story.number % 28))
        slots = slots | {"n": str(int(slots["n"]) + 1), "later": later}
    filled = _filled(details, slots)
    last = [*filled[2:], outlook.format(**slots)]
    return "\n\n".join([lead.format(**slots), " ".join(filled[:2]), " ".join(last)])


def _filled(details: list[str], slots: dict[str, str]) -> list[str]:
    """Return details with numbers of their own."""
    n, m = int(slots["n"]), int(slots["m"])
    return [
        sentence.format(**(slots | {"n": str(n + 7 * turn), "m": str(m + 13 * turn)}))
        for turn, sentence in enumerate(details)
    ]


def _article(story: Story) -> Raw:
    return _raw(story, story.url, 0, _body(story), "10")


def _copy(story: Story) -> Raw:
    return _raw(story, f"https://copydesk.example/{story.number}", 1, _body(story), "12")


def _revision(story: Story) -> Raw:
    return _raw(story, story.url, 0, _body(story, revised=True), "14")


def _own_report(story: Story) -> Raw:
    words = wording()
    dice = random.Random(f"report {story.number}")  # noqa: S311 - choices of wording
    seen = {"n": str(dice.randrange(10, 99)), "m": str(dice.randrange(100, 999))}
    lead = _body(story).partition("\n")[0]
    details = [words["second_report"], *dice.sample(words["details"], 2)]
    body = f"{lead}\n\n{' '.join(_filled(details, story.slots | seen))}"
    return _raw(story, f"https://lantern.example/{story.number}", 2, body, "16")


def _withdrawal(story: Story) -> Raw:
    return Raw(story.url.encode(), orjson.dumps({"url": story.url, "withdrawn": True}), story.pair)


_FOLLOWS = {"c": _copy, "r": _revision, "o": _own_report, "w": _withdrawal}


def _raw(story: Story, url: str, outlet: int, body: str, hour: str) -> Raw:
    value = {
        "id": url.rpartition("https://")[2],
        "url": url,
        "source": wording()["outlets"][outlet],
        "body": body,
        "published_at": f"{story.slots['iso']}T{hour}:00:00Z",
    }
    return Raw(url.encode(), orjson.dumps(value), story.pair)


def _poison(position: int) -> Raw:
    kinds = wording()["poison"]
    value = kinds[position // POISON_EVERY % len(kinds)] % position
    return Raw(f"broken-{position}".encode(), value.encode(), position // POISON_EVERY)


def _long(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
