"""The events that are open to further mentions: state, index, window."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import orjson

from processors.resolve.matching import Key, Told, index_keys, same_event, same_type
from schemas.mention import Mention

DEFAULT_WINDOW = timedelta(days=30)
"""How long after its last mention was recorded an event can still be corroborated, revised or retracted.

It runs on record time, which hardly ever goes back, not on the articles' dates: a backlog of months is read from several
partitions at once, and one partition that is ahead must not close the events of another.
"""


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
        """Return the state as JSON, for the changelog."""
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
        return orjson.dumps(
            [
                self.first,
                self.revision,
                told,
                self.published,
                self.last_news.isoformat(),
                self.recorded.isoformat(),
                self.keys,
            ]
        )

    @classmethod
    def from_bytes(cls, event_id: str, value: bytes) -> Open:
        """Read back what `to_bytes` wrote."""
        first, revision, told, published, last, recorded, keys = orjson.loads(value)
        rows = [
            Told(Mention.model_validate(m), article, version, group, outlet, date.fromisoformat(news), seq)
            for m, article, version, group, outlet, news, seq in told
        ]
        spread = tuple((kind, modality, tuple(country)) for kind, modality, country in keys)
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


class OpenEvents:
    """All open events, found by what a mention says and by the article that told them."""

    def __init__(self, window: timedelta = DEFAULT_WINDOW) -> None:
        """Take the window."""
        self._window = window
        self._events: dict[str, Open] = {}
        self._index: dict[Key, dict[str, None]] = {}
        self._by_article: dict[str, dict[str, None]] = {}
        self._ages: list[tuple[date, str]] = []

    def __len__(self) -> int:
        """Count the open events."""
        return len(self._events)

    def get(self, event_id: str) -> Open | None:
        """Return an open event."""
        return self._events.get(event_id)

    def find(self, told: Told) -> Open | None:
        """Return the event that `told` tells of: the latest one that agrees with it, or None."""
        candidates = {
            e: self._events[e] for key in index_keys(told.mention) for e in self._index.get(key, ())
        }
        kind = told.mention.type
        agreeing = [
            c
            for c in candidates.values()
            if any(same_event(told, t) for t in c.told)
            and all(same_type(kind, t.mention.type) for t in c.told)
        ]
        return max(agreeing, key=lambda e: (e.last_news, *e.order), default=None)

    def of_article(self, article_id: str) -> list[Open]:
        """Return the events that an article tells or told of, first told first."""
        return sorted((self._events[e] for e in self._by_article.get(article_id, ())), key=lambda e: e.order)

    def put(self, event: Open) -> None:
        """Add an event, or note what was added to it."""
        self._events[event.event_id] = event
        keys = dict.fromkeys((*event.keys, *(k for t in event.told for k in index_keys(t.mention))))
        event.keys = tuple(keys)
        for key in keys:
            self._index.setdefault(key, {})[event.event_id] = None
        for t in event.told:
            self._by_article.setdefault(t.article_id, {})[event.event_id] = None
            event.last_news = max(event.last_news, t.news)
        heapq.heappush(self._ages, (event.recorded, event.event_id))

    def evict(self, today: date) -> list[str]:
        """Close the events whose last mention was recorded more than the window before `today`; return their ids, oldest first."""
        closed = []
        while self._ages and self._ages[0][0] < today - self._window:
            _, event_id = heapq.heappop(self._ages)
            event = self._events.get(event_id)
            if event is None or event.recorded >= today - self._window:
                continue
            del self._events[event_id]
            for key in event.keys:
                self._index.get(key, {}).pop(event_id, None)
                if not self._index.get(key, True):
                    del self._index[key]
            for article in {t.article_id for t in event.told}:
                self._by_article.get(article, {}).pop(event_id, None)
                if not self._by_article.get(article, True):
                    del self._by_article[article]
            closed.append(event_id)
        return closed
