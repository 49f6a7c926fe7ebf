"""The events that are open to further mentions: state, index, window.

A month of news is hundreds of thousands of open events, of which few are told of again. So an event is kept as the bytes that its changelog
has, and read back when a mention may tell of it; what is enough to see that it can't is kept beside.
"""

from __future__ import annotations

import heapq
import zlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from processors.resolve.matching import (
    MOST_APART,
    SAME_DAY,
    Key,
    Told,
    apart,
    index_key,
    looked_up,
    places_of,
    same_event,
    stated_span,
)
from schemas.mention import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_WINDOW = timedelta(days=30)
"""How long after its last mention was recorded an event can still be corroborated, revised or retracted.

It runs on record time, which hardly ever goes back, not on the articles' dates: a backlog of months is read from several
partitions at once, and one partition that is ahead must not close the events of another.
"""

_LEVEL = 1
"""Of deflate: the fastest makes a third of the JSON, the best a quarter in four times the time."""

HOT = 500
"""Events that are kept ready: those told of last are told of next."""


@dataclass(slots=True)
class Open:
    """One open event: its mentions that stand, and what its last published revision said."""

    event_id: str
    first: int
    revision: int = 0
    told: list[Told] = field(default_factory=list)
    published: dict[str, Any] = field(default_factory=dict)
    last_news: date = date.min
    recorded: date = date.min
    keys: tuple[Key, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """The place of this event among all: by the verdict that first told of it, the same before and after a restore."""
        return self.first, self.event_id

    def to_bytes(self) -> bytes:
        """Return the state as deflated JSON, for the changelog."""
        told = [
            [
                t.mention.model_dump(mode="json"),
                t.article_id,
                t.version,
                t.group,
                t.outlet,
                t.news.isoformat(),
                t.seq,
            ]
            for t in self.told
        ]
        state = [
            self.first,
            self.revision,
            told,
            self.published,
            self.last_news.isoformat(),
            self.recorded.isoformat(),
            self.keys,
        ]
        return zlib.compress(orjson.dumps(state), _LEVEL)

    @classmethod
    def from_bytes(cls, event_id: str, value: bytes) -> Open:
        """Read back what `to_bytes` wrote."""
        first, revision, told, published, last, recorded, keys = orjson.loads(zlib.decompress(value))
        rows = [
            Told(Mention.model_validate(m), article, version, group, outlet, date.fromisoformat(news), seq)
            for m, article, version, group, outlet, news, seq in told
        ]
        spread = tuple((*what, tuple(source), tuple(target)) for *what, source, target in keys)
        return cls(
            event_id,
            first,
            revision,
            rows,
            published,
            date.fromisoformat(last),
            date.fromisoformat(recorded),
            spread,
        )


class _Brief(NamedTuple):
    """Of an event, when it was told of and when it says it was: proleptic ordinals of days, 0 for none."""

    recorded: int
    first_news: int
    last_news: int
    first_day: int
    last_day: int


class OpenEvents:
    """All open events, found by what a mention says and by the article that told them.

    An event that was changed must be given to `keep` before the next `rest`.
    """

    def __init__(self, window: timedelta = DEFAULT_WINDOW) -> None:
        """Take the window."""
        self._window = window
        self._packed: dict[str, bytes] = {}
        self._hot: dict[str, Open] = {}
        self._briefs: dict[str, _Brief] = {}
        self._index: dict[Key, dict[str, None]] = {}
        self._by_article: dict[str, tuple[str, ...]] = {}
        self._ages: list[tuple[int, str]] = []

    def __len__(self) -> int:
        """Count the open events."""
        return len(self._briefs)

    def get(self, event_id: str) -> Open | None:
        """Return an open event."""
        event = self._hot.pop(event_id, None)
        if event is None:
            value = self._packed.get(event_id)
            if value is None:
                return None
            event = Open.from_bytes(event_id, value)
        self._hot[event_id] = event  # the last one used stands last
        return event

    def find(self, told: Told) -> Open | None:
        """Return the event that `told` tells of: the latest one that agrees with it, or None.

        Other articles must name the same source and the same target or none, which is what the index goes by; within an article
        one side may do.
        """
        span = stated_span(told.mention.date)
        days = (span[0].toordinal(), span[1].toordinal()) if span else None
        news = told.news.toordinal()
        others = [e for key in looked_up(index_key(told.mention)) for e in self._index.get(key, ())]
        ids = dict.fromkeys(self._by_article.get(told.article_id, ()))
        ids |= dict.fromkeys(e for e in others if _may_be(self._briefs[e], news, days))
        agreeing = [
            c
            for c in self._all(ids)
            if any(same_event(told, t) for t in c.told) and not any(apart(told, t) for t in c.told)
        ]
        return max(agreeing, key=lambda e: (e.last_news, *e.order), default=None)

    def is_open(self, event_id: str) -> bool:
        """Tell whether an event is open."""
        return event_id in self._briefs

    def under(self, key: Key, told: Told | None = None) -> list[Open]:
        """Return the events that stand under a key of the index, first told first; of those, what the days of `told` allow."""
        ids = list(self._index.get(key, ()))
        if told is not None:
            span = stated_span(told.mention.date)
            days = (span[0].toordinal(), span[1].toordinal()) if span else None
            ids = [e for e in ids if _may_be(self._briefs[e], told.news.toordinal(), days)]
        return sorted(self._all(ids), key=lambda e: e.order)

    def tells(self, article_id: str) -> bool:
        """Tell whether an article tells or told of an open event."""
        return article_id in self._by_article

    def of_article(self, article_id: str) -> list[Open]:
        """Return the events that an article tells or told of, first told first."""
        return sorted(self._all(self._by_article.get(article_id, ())), key=lambda e: e.order)

    def put(self, event: Open) -> None:
        """Add an event, or note what was added to it."""
        event_id = event.event_id
        self._hot[event_id] = event
        keys = dict.fromkeys((*event.keys, *(index_key(t.mention) for t in event.told)))
        event.keys = tuple(keys)
        for place in (place for key in keys for place in places_of(key)):
            self._index.setdefault(place, {})[event_id] = None
        for article in dict.fromkeys(t.article_id for t in event.told):
            known = self._by_article.get(article, ())
            if event_id not in known:
                self._by_article[article] = (*known, event_id)
        event.last_news = max((event.last_news, *(t.news for t in event.told)))
        before = self._briefs.get(event_id)
        brief = self._briefs[event_id] = _brief(event, before)
        if before is None or brief.recorded != before.recorded:
            heapq.heappush(self._ages, (brief.recorded, event_id))

    def keep(self, event: Open) -> bytes:
        """Keep an event as it is now; return its state."""
        value = self._packed[event.event_id] = event.to_bytes()
        return value

    def restore(self, event_id: str, value: bytes) -> None:
        """Take up the state that `keep` gave."""
        self._packed[event_id] = value
        self.put(Open.from_bytes(event_id, value))
        self.rest()

    def rest(self) -> None:
        """Let go of what is kept ready beyond the events that were used last."""
        while len(self._hot) > HOT:
            del self._hot[next(iter(self._hot))]

    def evict(self, today: date) -> list[str]:
        """Close the events whose last mention was recorded more than the window before `today`; return their ids, oldest first."""
        closed = []
        oldest = (today - self._window).toordinal()
        while self._ages and self._ages[0][0] < oldest:
            _, event_id = heapq.heappop(self._ages)
            if event_id not in self._briefs or self._briefs[event_id].recorded >= oldest:
                continue
            event = self.get(event_id)
            del self._briefs[event_id]
            if event is None:
                continue
            self._hot.pop(event_id, None)
            self._packed.pop(event_id, None)
            for place in (place for key in event.keys for place in places_of(key)):
                self._index.get(place, {}).pop(event_id, None)
                if not self._index.get(place, True):
                    del self._index[place]
            for article in {t.article_id for t in event.told}:
                left = tuple(e for e in self._by_article.get(article, ()) if e != event_id)
                if left:
                    self._by_article[article] = left
                else:
                    self._by_article.pop(article, None)
            closed.append(event_id)
        return closed

    def _all(self, event_ids: Iterable[str]) -> list[Open]:
        return [event for event_id in event_ids if (event := self.get(event_id)) is not None]


def _brief(event: Open, before: _Brief | None) -> _Brief:
    """Return the brief of an event; it only widens, so that a mention that was taken back does no harm."""
    news = [t.news.toordinal() for t in event.told]
    spans = [span for t in event.told if (span := stated_span(t.mention.date))]
    firsts, lasts = [a.toordinal() for a, _ in spans], [b.toordinal() for _, b in spans]
    if before is not None:
        news += [before.first_news, before.last_news]
        if before.first_day:
            firsts.append(before.first_day)
            lasts.append(before.last_day)
    last = event.last_news.toordinal()
    return _Brief(
        event.recorded.toordinal(),
        min(news, default=last),
        max(news, default=last),
        min(firsts, default=0),
        max(lasts, default=0),
    )


def _may_be(brief: _Brief, news: int, days: tuple[int, int] | None) -> bool:
    """Tell whether the days allow a mention to tell of an event: by when both were news, or by the days that both state."""
    if brief.first_news - MOST_APART.days <= news <= brief.last_news + MOST_APART.days:
        return True
    if days is None or not brief.first_day:
        return False
    apart = SAME_DAY.days
    return brief.first_day - apart <= days[1] and days[0] - apart <= brief.last_day
