"""The events that are open to further mentions: where each is found, and when it is closed.

A month of news is hundreds of thousands of open events, of which few are told of again. So an event is kept as bytes in the state,
which need not be in memory, and read back when a mention may tell of it; what is enough to see that it can't is at hand.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processors.resolve.days import about
from processors.resolve.index import TRAITS, Index, card_of
from processors.resolve.matching import alike, key_number, looked_up, number_of, same_event
from processors.resolve.opened import Front, Open

if TYPE_CHECKING:
    from processors.resolve.days import Span
    from processors.resolve.state import State
    from processors.resolve.told import Told

DEFAULT_WINDOW = timedelta(days=30)
"""How long after its last mention was recorded an event can still be corroborated, revised or retracted.

It runs on record time, which hardly ever goes back, not on the articles' dates: a backlog of months is read from several
partitions at once, and one partition that is ahead must not close the events of another.
"""

EVENT = b"e"
"""First byte of the state key of an open event."""

HOT = 5000
"""Mentions whose events are kept ready: those told of last are told of next. Each takes 2 kB."""


MayBe = Callable[[bytes, int, bool], bool]
"""Says of an event whether it may be looked for.

It is given bytes, from where on in these the traits of its mentions stand, and whether these are all: while an article is resolved,
an event that it tells of too still has the card that it had before.
"""


class OpenEvents:
    """All open events, found by what a mention says and by the article that told them.

    An event that was changed must be given to `keep` before the next `rest`.
    """

    def __init__(self, state: State, window: timedelta = DEFAULT_WINDOW) -> None:
        """Take where events are kept, and the window."""
        self._state = state
        self._window = window
        self._hot: OrderedDict[int, Open] = OrderedDict()
        self._sizes: dict[int, int] = {}  # of what is kept ready, by number
        self._held = 0
        self._index = Index()
        self._added = set[int]()  # told by more than their cards say, since the last `keep`

    def __len__(self) -> int:
        """Count the open events."""
        return len(self._index)

    def get(self, event_id: str, article: int) -> Open | None:
        """Return an open event by its id and the number of an article that told it."""
        number = self._index.number(event_id, article)
        return None if number is None else self._ready(number)

    def is_open(self, event_id: str, article: int) -> bool:
        """Tell whether the event of an id that an article of a number told is open."""
        return self._index.number(event_id, article) is not None

    def tells(self, article_id: str) -> bool:
        """Tell whether an article tells or told of an open event."""
        return bool(self._index.of_article(number_of(article_id)))

    def find(self, told: Told) -> Open | None:
        """Return the event that `told` tells of: the latest one that agrees with it, or None.

        Other articles must name the same source and the same target or none, which is what the index goes by; within an article
        one side may do.
        """
        near = dict.fromkeys(self._index.of_article(number_of(told.article_id)))
        kinds = alike(told.brief.kind)
        found = [
            event
            for event in map(self._ready, near)
            if event.told and event.told[0].brief.kind in kinds and _agrees(told, event.told)
        ]
        days, under = about(told.when), self._index.under
        places = told.places[0], key_number(looked_up(told.key)[1])  # its own stands first in either
        far = dict.fromkeys([number for place in places for number in under(place, days)])
        for number in far:
            if number in near:
                continue
            card, probe = self._index.card(number), told.probe
            # Most are set apart by the first of their mentions, so that this is asked first.
            if not probe.apart(card, TRAITS) and probe.may_join(card, TRAITS):
                event = self._ready(number)
                if _is_told(told, event.told):
                    found.append(event)
        return max(found, key=lambda e: (e.last_news, *e.order), default=None)

    def under(
        self,
        key: int,
        days: Span,
        may_be: MayBe,
        is_free: Callable[[str], bool] | None = None,
    ) -> list[Open]:
        """Return the events that stand under the number of a key of the index, first told first, and were news on one of the `days`.

        Only those are read of which `may_be` says so and `is_free`, which is given an event's id.
        """
        index, added = self._index, self._added
        found = index.under(key, days)
        if not found:
            return []
        numbers = [n for n in dict.fromkeys(found) if may_be(index.card(n), TRAITS, n not in added)]
        if is_free is not None:
            numbers = [n for n in numbers if is_free(index.event_id(n))]
        return sorted(map(self._ready, numbers), key=lambda event: event.order) if numbers else []

    def of_article(self, article_id: str) -> list[Open]:
        """Return the events that an article tells or told of, first told first."""
        return sorted(
            map(self._ready, self._index.of_article(number_of(article_id))), key=lambda event: event.order
        )

    def new(self, event_id: str, first: int) -> Open:
        """Return a new event, which `first`, the number of a verdict, is the first to tell of."""
        event = Open(event_id, first, self._index.append(card_of(event_id, date.min, b"")))
        self._hot[event.number] = event
        self._hold(event.number, 1)
        return event

    def add(self, event: Open, told: Told, recorded: date) -> None:
        """Let an event be told by one mention more, which came in on the day `recorded`."""
        event.told.append(told)
        self._added.add(event.number)
        event.last_news = max(event.last_news, told.news)
        event.recorded = max(event.recorded, recorded)
        self._file(event, told)

    def retell(self, event: Open, told: list[Told]) -> None:
        """Let an event be told by these mentions, of other articles maybe."""
        event.told = told
        for each in told:
            self._file(event, each)

    def keep(self, event: Open) -> None:
        """Keep an event as it is now; one that nobody was told of, and nothing tells of, is forgotten."""
        self._added.discard(event.number)
        if not event.published:
            self._forget(event.number)
            self._index.remove(event.number, event.keys, event.articles)
            return
        self._state.put(_key(event.event_id), event.to_bytes())
        for told in event.told:
            told.rest()
        self._hold(event.number, 1 + len(event.told))
        traits = b"".join([told.traits for told in event.told])
        self._index.renew(event.number, card_of(event.event_id, event.recorded, traits), event.keys)

    def restore(self, event_id: str, value: bytes) -> None:
        """Take up an event that was kept. Raises ValueError where it is of another format."""
        front = Front.read(value)
        number = self._index.append(card_of(event_id, date.fromordinal(front.recorded), front.traits))
        self._index.file(number, front.keys, front.articles)
        self._index.file_day(number)

    def rest(self) -> None:
        """Let go of what is kept ready beyond the events that were used last."""
        while self._held > HOT:
            number, _ = self._hot.popitem(last=False)
            self._hold(number, 0)

    def evict(self, today: date) -> list[str]:
        """Close the events whose last mention was recorded more than the window before `today`; return their ids."""
        closed = []
        for number in self._index.recorded_before((today - self._window).toordinal()):
            event_id = self._index.event_id(number)
            front = Front.read(self._kept(event_id))
            self._forget(number)
            self._index.remove(number, front.keys, front.articles)
            self._state.put(_key(event_id), None)
            closed.append(event_id)
        if closed:
            self._index.compact()
        return closed

    def _file(self, event: Open, told: Told) -> None:
        keys = tuple([place for place in dict.fromkeys(told.places) if place not in event.keys])
        article = number_of(told.article_id)
        articles = (article,) if article not in event.articles else ()
        if keys or articles:
            event.keys, event.articles = event.keys + keys, event.articles + articles
            self._index.file(event.number, keys, articles)

    def _ready(self, number: int) -> Open:
        event = self._hot.get(number)
        if event is None:
            event_id = self._index.event_id(number)
            event = self._hot[number] = Open.from_bytes(event_id, number, self._kept(event_id))
            self._hold(number, 1 + len(event.told))
        else:
            self._hot.move_to_end(number)  # the last one used stands last
        return event

    def _hold(self, number: int, size: int) -> None:
        self._held += size - self._sizes.pop(number, 0)
        if size:
            self._sizes[number] = size

    def _kept(self, event_id: str) -> bytes:
        value = self._state.get(_key(event_id))
        if value is None:
            msg = f"the state of event {event_id} is gone"
            raise LookupError(msg)
        return value

    def _forget(self, number: int) -> None:
        self._hot.pop(number, None)
        self._hold(number, 0)


def _key(event_id: str) -> bytes:
    return EVENT + event_id.encode()


def _agrees(told: Told, others: list[Told]) -> bool:
    """Tell whether a mention is of one event with one of these, and none sets it apart from them."""
    probe, article = told.probe, told.article_id
    kinds = probe.kinds
    for t in others:
        if t.brief.kind not in kinds or probe.apart(t.traits, near=t.article_id == article):
            return False
    return any((t.article_id == article or probe.may_be(t.traits)) and same_event(told, t) for t in others)


def _is_told(told: Told, others: list[Told]) -> bool:
    """Tell the same of mentions of other articles, none of which is `apart` from it by its traits."""
    probe = told.probe
    kinds = probe.kinds
    return all(t.brief.kind in kinds for t in others) and any(
        probe.may_be(t.traits) and same_event(told, t) for t in others
    )
