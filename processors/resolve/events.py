"""The events that are open to further mentions: where each is found, and when it is closed.

A month of news is hundreds of thousands of open events, of which few are told of again. So an event is kept as bytes in the state,
which need not be in memory, and read back when a mention may tell of it; what is enough to see that it can't is at hand.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from processors.log import Log
from processors.resolve.matching import key_number, looked_up, number_of, same_event
from processors.resolve.numbers import Numbers
from processors.resolve.opened import Front, Open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from processors.resolve.state import State
    from processors.resolve.told import Told
    from processors.resolve.traits import Probe

DEFAULT_WINDOW = timedelta(days=30)
"""How long after its last mention was recorded an event can still be corroborated, revised or retracted.

It runs on record time, which hardly ever goes back, not on the articles' dates: a backlog of months is read from several
partitions at once, and one partition that is ahead must not close the events of another.
"""

EVENT = b"e"
"""First byte of the state key of an open event."""

HOT = 5000
"""Mentions whose events are kept ready: those told of last are told of next. Each takes 2 kB."""

_ID = 16
_DAY = 4
_FRONT = _ID + _DAY


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
        self._marks = Log()  # by number: the id, the day of recording, the traits
        self._count = 0
        self._by_key = Numbers()
        self._by_article = Numbers()
        self._by_day = Numbers()

    def __len__(self) -> int:
        """Count the open events."""
        return self._count

    def get(self, event_id: str, article: int) -> Open | None:
        """Return an open event by its id and the number of an article that told it."""
        number = self._number(event_id, article)
        return None if number is None else self._ready(number)

    def is_open(self, event_id: str, article: int) -> bool:
        """Tell whether the event of an id that an article of a number told is open."""
        return self._number(event_id, article) is not None

    def tells(self, article_id: str) -> bool:
        """Tell whether an article tells or told of an open event."""
        return bool(self._by_article.get(number_of(article_id)))

    def find(self, told: Told) -> Open | None:
        """Return the event that `told` tells of: the latest one that agrees with it, or None.

        Other articles must name the same source and the same target or none, which is what the index goes by; within an article
        one side may do.
        """
        probe = told.probe
        near = dict.fromkeys(self._by_article.get(number_of(told.article_id)))
        marks = self._marks.get
        places = map(key_number, looked_up(told.key))
        far = (
            n
            for n in dict.fromkeys(n for place in places for n in self._by_key.get(place))
            if n not in near
            and (mark := marks(n)) is not None
            and probe.may_join(mark, _FRONT)
            and not probe.apart(mark, _FRONT)
        )
        agreeing = [event for event in map(self._ready, (*near, *far)) if _agrees(told, event.told, probe)]
        return max(agreeing, key=lambda e: (e.last_news, *e.order), default=None)

    def under(self, key: int, may_be: Callable[[bytes, int], bool]) -> list[Open]:
        """Return the events that stand under the number of a key of the index, first told first, of which `may_be` says so.

        It is given bytes, and from where on in these the traits of an event's mentions stand.
        """
        numbers = [n for n in self._by_key.get(key) if may_be(self._mark(n), _FRONT)]
        return sorted(map(self._ready, numbers), key=lambda event: event.order) if numbers else []

    def of_article(self, article_id: str) -> list[Open]:
        """Return the events that an article tells or told of, first told first."""
        return sorted(
            map(self._ready, self._by_article.get(number_of(article_id))), key=lambda event: event.order
        )

    def new(self, event_id: str, first: int) -> Open:
        """Return a new event, which `first`, the number of a verdict, is the first to tell of."""
        event = Open(event_id, first, self._marks.next)
        self._hot[event.number] = event
        self._hold(event.number, 1)
        self._marks.append(_mark(event))
        self._count += 1
        return event

    def add(self, event: Open, told: Told, recorded: date) -> None:
        """Let an event be told by one mention more, which came in on the day `recorded`."""
        event.told.append(told)
        event.last_news = max(event.last_news, told.news)
        event.recorded = max(event.recorded, recorded)
        self._index(event, told)

    def retell(self, event: Open, told: list[Told]) -> None:
        """Let an event be told by these mentions, of other articles maybe."""
        event.told = told
        for each in told:
            self._index(event, each)

    def keep(self, event: Open) -> None:
        """Keep an event as it is now; one that nobody was told of, and nothing tells of, is forgotten."""
        if not event.published:
            self._forget(event.number, event.keys, event.articles)
            return
        self._state.put(_key(event.event_id), event.to_bytes())
        for told in event.told:
            told.rest()
        self._hold(event.number, 1 + len(event.told))
        self._note(event.number, _mark(event))

    def restore(self, event_id: str, value: bytes) -> None:
        """Take up an event that was kept. Raises ValueError where it is of another format."""
        front = Front.read(value)
        number = self._marks.next
        for key in front.keys:
            self._by_key.add(key, number)
        for article in front.articles:
            self._by_article.add(article, number)
        self._marks.append(_id(event_id) + front.recorded.to_bytes(_DAY, "big") + front.traits)
        self._by_day.add(front.recorded, number)
        self._count += 1

    def rest(self) -> None:
        """Let go of what is kept ready beyond the events that were used last."""
        while self._held > HOT:
            number, _ = self._hot.popitem(last=False)
            self._hold(number, 0)

    def evict(self, today: date) -> list[str]:
        """Close the events whose last mention was recorded more than the window before `today`; return their ids."""
        closed = []
        oldest = (today - self._window).toordinal()
        for day in sorted(day for day in self._by_day if day < oldest):
            for number in self._by_day.pop(day):
                mark = self._marks.get(number)
                if mark is None or _day(mark) != day:
                    continue  # told of again since
                event_id = str(UUID(bytes=mark[:_ID]))
                front = Front.read(self._kept(event_id))
                self._forget(number, front.keys, front.articles)
                self._state.put(_key(event_id), None)
                closed.append(event_id)
        if closed:
            self._marks.first()
        return closed

    def _number(self, event_id: str, article: int) -> int | None:
        mark = _id(event_id)
        return next((n for n in self._by_article.get(article) if self._mark(n).startswith(mark)), None)

    def _index(self, event: Open, told: Told) -> None:
        article = number_of(told.article_id)
        for place in told.places:
            if place not in event.keys:
                event.keys = (*event.keys, place)
                self._by_key.add(place, event.number)
        if article not in event.articles:
            event.articles = (*event.articles, article)
            self._by_article.add(article, event.number)

    def _ready(self, number: int) -> Open:
        event = self._hot.get(number)
        if event is None:
            event_id = str(UUID(bytes=self._mark(number)[:_ID]))
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

    def _mark(self, number: int) -> bytes:
        mark = self._marks.get(number)
        if mark is None:
            msg = f"event {number} is not open"
            raise LookupError(msg)
        return mark

    def _note(self, number: int, mark: bytes) -> None:
        before = self._mark(number)
        if before != mark:
            self._marks.set(number, mark)
        if _day(before) != _day(mark):
            self._by_day.add(_day(mark), number)

    def _forget(self, number: int, keys: Iterable[int], articles: Iterable[int]) -> None:
        self._hot.pop(number, None)
        self._hold(number, 0)
        self._marks.set(number, None)
        self._count -= 1
        for key in keys:
            self._by_key.remove(key, number)
        for article in articles:
            self._by_article.remove(article, number)


def _key(event_id: str) -> bytes:
    return EVENT + event_id.encode()


def _mark(event: Open) -> bytes:
    """Return what is at hand of an event: the id, the day of its recording, the traits of what tells of it."""
    day = event.recorded.toordinal().to_bytes(_DAY, "big")
    return _id(event.event_id) + day + b"".join([t.traits for t in event.told])


def _id(event_id: str) -> bytes:
    """Return the bytes of an event's id, a UUID in its canonical spelling: `UUID` would check that, at ten times the cost."""
    return bytes.fromhex(event_id.replace("-", ""))


def _day(mark: bytes) -> int:
    return int.from_bytes(mark[_ID:_FRONT], "big")


def _agrees(told: Told, others: list[Told], probe: Probe) -> bool:
    """Tell whether a mention is of one event with one of these, and none sets it apart from them."""
    kinds, article = probe.kinds, told.article_id
    for t in others:
        if t.brief.kind not in kinds or probe.apart(t.traits, near=t.article_id == article):
            return False
    return any((t.article_id == article or probe.may_be(t.traits)) and same_event(told, t) for t in others)
