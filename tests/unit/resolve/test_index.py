"""The index of open events: an event is found under its keys on the days of its news, and a restore finds what was found before."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.resolve.index import Index, card_of
from processors.resolve.numbers import DatedNumbers
from processors.resolve.traits import traits
from tests.unit.resolve.support import mention

FIRST = date(2025, 3, 3)
EVER = (0, date.max.toordinal())
SAID = mention("One.")
KEYS = st.integers(0, 3)
DAYS = st.integers(0, 9)


def ordinal(day: int) -> int:
    """Return a day of the test as the index counts them."""
    return FIRST.toordinal() + day


def card(event: int, days: list[int]) -> bytes:
    """Return the card of an event of which mentions tell that were news on these days, in this order."""
    said = b"".join(traits(SAID, FIRST + timedelta(day)) for day in days)
    return card_of(str(UUID(int=event)), FIRST + timedelta(max(days, default=0)), said)


@given(st.lists(st.tuples(st.booleans(), KEYS, DAYS, st.integers(0, 2)), max_size=40), DAYS, DAYS)
def test_dated_numbers_are_those_of_the_days(
    steps: list[tuple[bool, int, int, int]], first: int, last: int
) -> None:
    """What was added, once or twice, and not removed is found on its day, in the order of days, and on no other."""
    dated, held = DatedNumbers(), set[tuple[int, int, int]]()
    for adds, *row in steps:
        key, day, number = row
        if adds:
            dated.add(key, day, number)
            held.add((key, day, number))
        elif (key, day, number) in held:
            dated.remove(key, day, number)
            held.remove((key, day, number))
    for key in range(4):
        found = [number for k, day, number in sorted(held) if k == key and first <= day <= last]
        assert dated.between(key, (first, last)) == found


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.lists(KEYS, max_size=2), st.lists(DAYS, max_size=4)), max_size=20
    )
)
def test_an_index_follows_its_cards(steps: list[tuple[int, list[int], list[int]]]) -> None:
    """Events told by more and by others, under more keys: what is found is what an index finds that is made of the last cards."""
    index, numbers = Index(), dict[int, int]()
    cards, keys = dict[int, bytes](), dict[int, list[int]]()
    for event, more, days in steps:
        if event not in numbers:
            cards[event], keys[event] = card(event, []), []
            numbers[event] = index.append(cards[event])
        new = [key for key in dict.fromkeys(more) if key not in keys[event]]
        index.file(numbers[event], new, ())
        keys[event] += new
        cards[event] = card(event, days)
        index.renew(numbers[event], cards[event], keys[event])
    fresh = Index()
    for event, number in numbers.items():
        assert fresh.append(cards[event]) == number
        fresh.file(number, keys[event], ())
    for key in range(4):
        for day in range(10):
            span = (ordinal(day), ordinal(day))
            assert index.under(key, span) == fresh.under(key, span)
    for event, number in numbers.items():
        index.remove(number, keys[event], ())
    assert [index.under(key, EVER) for key in range(4)] == [[]] * 4
    assert len(index) == 0


def test_an_event_is_found_by_its_article_until_it_is_removed() -> None:
    """By its id among those that an article told; its card is gone with it."""
    index = Index()
    number = index.append(card(1, [0]))
    index.file(number, (7,), (5,))
    assert index.number(str(UUID(int=1)), 5) == number
    assert index.number(str(UUID(int=2)), 5) is None
    assert index.event_id(number) == str(UUID(int=1))
    index.remove(number, (7,), (5,))
    assert not index.of_article(5)
    with pytest.raises(LookupError):
        index.card(number)


def test_an_event_is_closed_by_the_day_it_was_recorded_last() -> None:
    """One that was told of again stays when the day of its first recording is over."""
    index = Index()
    old, renewed = index.append(card(1, [0])), index.append(card(2, [0]))
    for number in (old, renewed):
        index.file_day(number)
    index.renew(renewed, card(2, [0, 3]), ())
    assert list(index.recorded_before(ordinal(2))) == [old]
    index.remove(old, (), ())
    assert list(index.recorded_before(ordinal(9))) == [renewed]
