"""Days: when a mention was news and which days it states, as ordinals, and when two mentions can mean one day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from schemas.actor import EventDate

SAME_DAY = 1
"""Two stated days this close are one: outlets in different zones write of one evening as of two dates."""

SAME_NEWS = 2
"""Where a mention states no date, its article must be this close to the other one."""

MOST_APART = SAME_NEWS * 2
"""The same for what is planned, which is news for longer."""

WEEK = 7
"""A stated span longer than this names no day."""

LAST_DAY = date.max.toordinal()
"""No day is later."""

Span = tuple[int, int]


class When(NamedTuple):
    """The day that a mention's article counts for, and the first and last day that the mention states, 0 for none."""

    news: int
    first: int
    last: int

    @property
    def stated(self) -> Span | None:
        """What it states."""
        return (self.first, self.last) if self.first else None


def about(when: When) -> Span:
    """Return the days on which what another article tells of the same was news: what is told again after a week is recalled."""
    return when.news - WEEK, when.news + WEEK


def stated_span(when: EventDate | None) -> Span:
    """Return the first and last day that a mention states; 0 where it states none, or an open end."""
    if (
        when is None
        or when.basis == "publication"
        or when.start is None
        or when.precision in ("before", "after")
    ):
        return 0, 0
    return when.start.toordinal(), (when.end or when.start).toordinal()


def gap(one: Span, other: Span) -> int:
    """Return how many days lie between two spans; 0 where they overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])


def is_wide(span: Span) -> bool:
    """Tell whether a span is too long to name a day."""
    return span[1] - span[0] > WEEK


def meant(when: When, other: When) -> Span:
    """Return the days that a mention may mean: those that it states, else that of the news.

    Beside one that states its day, the day before too: today's news is what happened today or last night.
    """
    news, first, last = when
    if not first or (last - first > WEEK and first <= news <= last):
        return (news - SAME_DAY if other.first else news), news
    return first, last


def same_time(a: When, b: When, *, near: bool, planned: bool) -> bool:
    """Tell whether two mentions, `near` of one article, `planned` of what lies ahead, can mean one day."""
    if not a.first and not b.first:
        return near or abs(a.news - b.news) <= (MOST_APART if planned else SAME_NEWS)
    both = a.first and b.first
    if near or (both and a.last - a.first <= WEEK and b.last - b.first <= WEEK):
        return not both or gap(a[1:], b[1:]) <= SAME_DAY
    days_a, days_b = meant(a, b), meant(b, a)
    if is_wide(days_a) or is_wide(days_b):
        return days_a == days_b  # "in October" is no day of October
    if planned:
        # Its days lie ahead: what is known is when it was news.
        return abs(a.news - b.news) <= MOST_APART
    return gap(days_a, days_b) <= SAME_NEWS
