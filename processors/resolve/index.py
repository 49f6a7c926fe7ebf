"""What is at hand of every open event: its card, and where that is filed.

Nothing here is kept: all of it follows from the cards, the keys and the articles of the events, which a restore takes up again. An event
is filed under each of its keys on each day that a mention of it was news: a pair of states has thousands of open events of one type, of
which an article may tell of those alone that were news about when it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.log import Log
from processors.resolve.numbers import DatedNumbers, Numbers
from processors.resolve.traits import news_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from processors.resolve.days import Span

_ID = 16
_DAY = 4

TRAITS = _ID + _DAY
"""From where on in a card the traits stand."""


def card_of(event_id: str, recorded: date, traits: bytes) -> bytes:
    """Return the card of an event: its id, the day of its recording, the traits of what tells of it."""
    return _id(event_id) + recorded.toordinal().to_bytes(_DAY, "big") + traits


class Index:
    """The cards of open events by number, and the numbers by key and day of the news, by article, by day of recording."""

    def __init__(self) -> None:
        """Start empty."""
        self._cards = Log()
        self._count = 0
        self._by_key = DatedNumbers()
        self._by_article = Numbers()
        self._by_day = Numbers()

    def __len__(self) -> int:
        """Count the open events."""
        return self._count

    def card(self, number: int) -> bytes:
        """Return the card of an event. Raises LookupError where it is not open."""
        card = self._cards.get(number)
        if card is None:
            msg = f"event {number} is not open"
            raise LookupError(msg)
        return card

    def event_id(self, number: int) -> str:
        """Return the id of an open event."""
        digits = self.card(number)[:_ID].hex()
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def number(self, event_id: str, article: int) -> int | None:
        """Return the number of the event of an id that an article of a number told, None if it is not open."""
        own, get = _id(event_id), self._cards.get
        for number in self._by_article.get(article):
            card = get(number)
            if card is not None and card.startswith(own):
                return number
        return None

    def of_article(self, article: int) -> Sequence[int]:
        """Return the events that an article of a number tells or told of."""
        return self._by_article.get(article)

    def under(self, key: int, days: Span) -> list[int]:
        """Return the events that stand under the number of a key and were news on one of the days; one may come several times."""
        return self._by_key.between(key, days)

    def append(self, card: bytes) -> int:
        """Take the card of an event that was opened, which nobody finds yet; return its number."""
        number = self._cards.next
        self._cards.append(card)
        self._count += 1
        return number

    def file(self, number: int, keys: Sequence[int], articles: Iterable[int]) -> None:
        """File an event under further keys and articles."""
        if keys:
            days = news_days(self.card(number), TRAITS)
            for key in keys:
                for day in days:
                    self._by_key.add(key, day, number)
        for article in articles:
            self._by_article.add(article, number)

    def file_day(self, number: int) -> None:
        """File an event under the day of recording that its card has."""
        self._by_day.add(_day(self.card(number)), number)

    def renew(self, number: int, card: bytes, keys: Iterable[int]) -> None:
        """Put another card in the place of one; `keys` are those of its event."""
        before = self.card(number)
        if card == before:
            return
        self._cards.set(number, card)
        if _day(card) != _day(before):
            self.file_day(number)
        gone: set[int] = set()
        if card.startswith(before[TRAITS:], TRAITS):  # told by more: what was news stays news
            come = news_days(card, len(before))
        else:
            old, new = news_days(before, TRAITS), news_days(card, TRAITS)
            gone, come = old - new, new - old
        for key in keys:
            for day in gone:
                self._by_key.remove(key, day, number)
            for day in come:
                self._by_key.add(key, day, number)

    def remove(self, number: int, keys: Iterable[int], articles: Iterable[int]) -> None:
        """Take an event out, whose keys and articles these are."""
        days = news_days(self.card(number), TRAITS)
        self._cards.set(number, None)
        self._count -= 1
        for key in keys:
            for day in days:
                self._by_key.remove(key, day, number)
        for article in articles:
            self._by_article.remove(article, number)

    def recorded_before(self, oldest: int) -> Iterator[int]:
        """Yield the events that were recorded last before a day, to be removed; they are not filed by day any more."""
        for day in sorted(day for day in self._by_day if day < oldest):
            for number in self._by_day.pop(day):
                card = self._cards.get(number)
                if card is not None and _day(card) == day:  # else it was told of again since
                    yield number

    def compact(self) -> None:
        """Drop the room of the first cards if they are gone."""
        self._cards.first()


def _id(event_id: str) -> bytes:
    """Return the bytes of an event's id, a UUID in its canonical spelling: `UUID` would check that, at ten times the cost."""
    return bytes.fromhex(event_id.replace("-", ""))


def _day(card: bytes) -> int:
    return int.from_bytes(card[_ID:TRAITS], "big")
