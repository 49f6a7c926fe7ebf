"""Time expressions: found in a sentence, and resolved to days against the publication of the article (UTC).

Covers what newswire uses: explicit dates, months, years, weekdays, today and its neighbours, "last week", "next month", "in three
days". A weekday without more is the last one before publication for what has happened and the next one for what is to come.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from processors.text.perword import PerWord
from processors.text.tokens import MOST
from schemas.actor import EventDate

if TYPE_CHECKING:
    from processors.text.tokens import Words

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept\.|Sep\.|Oct\.|Nov\.|Dec\.)"
)
_D = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUM = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|several|a few)"
_DATE = re.compile(
    r"\b(?=[\dJFMASONDTWIBU]"  # what a time can begin with: most words are passed over at once
    r"|a few|by [le12]|centu|decad|during|ear|eight|fi|four|from [le12]|in [tleW12]|la[st]|ne|nine|on(?:e|\s[MTWFS])|overn"
    r"|since|six|seve|t(?:he [pf12]|his|hree|o[dmn]|en|wo)|until|ye)"
    rf"(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}\b)"
    rf"|(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? |(?P<mrel>last|next) )?(?P<m1>{_M})"
    r"(?:(?(d1)| (?P<d2>\d{1,2})(?:st|nd|rd|th)?\b(?![-,.]\d)))?(?:,? (?P<y1>(?:19|20)\d\d)\b)?"
    rf"|(?P<wrel>(?:last|next|this|(?:late|early) on|late|early|on|the following)\s)?"
    rf"(?P<wday>{_D})(?: (?:morning|afternoon|evening|night))?\b"
    r"|(?P<near>(?:earlier |later )?today|yesterday|tomorrow|tonight|overnight|this (?:morning|afternoon|evening|week|month|year))"
    r"(?: (?:morning|afternoon|evening|night))?\b"
    r"|(?P<rel>last|next|the previous|the following|earlier this|later this)"
    r" (?P<unit>week|month|year|night|weekend|summer|spring|autumn|fall|winter)\b"
    rf"|(?P<num>{_NUM}) (?P<unit2>day|week|month|year)s? (?P<dir>ago|earlier|later|from now)\b"
    r"|(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Dd]uring) (?:late |early )?(?P<y2>(?:19|20)\d\d)\b"
    r"|(?P<hist>(?:decades|years|centuries) ago|the (?:19|20)\d0s"
    rf"|[Ii]n the past(?! (?:hour|day|week|month|year|decade|few|couple|{_NUM})\b)"
    r"|(?:[Dd]uring|[Ii]n) (?:the Cold War|World War (?:II|I|One|Two)))\b)",
)
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}
_WHEN = r"\b(?:last|next|this|late|early|ago|earlier|later|overnight|previous|following)"
_OTHER_HINT = (
    r"\d{4}|[Ww]ar\b|day\b|\bpast\b|[Tt]o(?:day|night|morrow)|ago\b|[Oo]vernight"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_HINT = re.compile(rf"{_WHEN} |{_OTHER_HINT}")
_HINT_WORD = re.compile(rf"{_WHEN}\b|{_OTHER_HINT}")
_HINTS = PerWord(lambda text: _HINT_WORD.search(text) is not None)


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at [start, end) of its field, with what its pattern caught."""

    start: int
    end: int
    text: str
    groups: dict[str, str]


def may_be_dated(words: Words) -> bool:
    """Tell whether a sentence of these words can hold a time expression: most cannot, which is cheaper to see than to search."""
    return len(words.parts) >= 2 * MOST or any(map(_HINTS.__getitem__, words.every))


def find_dates(text: str, start: int, end: int) -> list[Found]:
    """Return the time expressions of `text[start:end]` in order."""
    found = [
        Found(m.start(), m.end(), m.group(), {k: v for k, v in m.groupdict().items() if v})
        for m in _DATE.finditer(text, start, end)
        if m.group("m1") != "May" or _is_month(m, text)
    ]
    # A time expression mostly holds its hint itself, where it is found sooner than in the whole sentence.
    hinted = any(_HINT.search(f.text) for f in found) or (found and _HINT.search(text, start, end))
    return found if hinted else []


def _is_month(match: re.Match[str], text: str) -> bool:
    """Tell "in May", "May 5" and "May 2024" from the Mays of this world."""
    dated = match.group("d1") or match.group("d2") or match.group("y1")
    return bool(dated) or text[max(0, match.start() - 3) : match.start()] in ("in ", "by ")


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _shift_month(day: date, by: int) -> tuple[date, date]:
    index = day.year * 12 + day.month - 1 + by
    return _month(index // 12, index % 12 + 1)


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def resolve(found: Found, published: date | None, *, future: bool) -> EventDate | None:
    """Return the days that a time expression means, or None where publication is needed and unknown.

    `future` tells that the sentence speaks of what is to come. A date out of the calendar gives None.
    """
    try:
        return _resolve(found, published, future=future)
    except (ValueError, OverflowError):
        return None


def _explicit(found: Found, published: date | None, *, future: bool) -> EventDate | None:
    g = found.groups
    month = _MONTHS[g["m1"].rstrip(".").lower()]
    day = int(g.get("d1") or g.get("d2") or 0)
    year = int(g["y1"]) if "y1" in g else 0
    if not year:
        if published is None:
            return None
        year = published.year
        guess = date(year, month, min(day or 1, 28))
        if future and guess < published - timedelta(days=60):
            year += 1
        elif not future and guess > published + timedelta(days=31):
            year -= 1
        if g.get("mrel") == "last" and (year, month) >= (published.year, published.month):
            year -= 1
        elif g.get("mrel") == "next" and (year, month) <= (published.year, published.month):
            year += 1
    if day:
        when = date(year, month, day)
        return EventDate(start=when, end=when, precision="day", basis="explicit", text=found.text)
    first, last = _month(year, month)
    return EventDate(start=first, end=last, precision="month", basis="explicit", text=found.text)


def _weekday(found: Found, published: date, *, future: bool) -> EventDate:
    g = found.groups
    wanted = _DAYS[g["wday"].lower()]
    relation = g.get("wrel", "").strip().lower()
    back = (published.weekday() - wanted) % 7
    if relation == "last" and back == 0:
        back = 7
    ahead = future or relation in ("next", "the following")
    when = (
        published + timedelta(days=(wanted - published.weekday()) % 7 or 7)
        if ahead
        else published - timedelta(days=back)
    )
    return EventDate(start=when, end=when, precision="day", basis="relative", text=found.text)


def _unit(found: Found, published: date) -> EventDate:
    g = found.groups
    step = -1 if g["rel"] in ("last", "the previous") else 1 if g["rel"] in ("next", "the following") else 0
    unit = g["unit"]
    if unit == "night":
        when = published - timedelta(days=1)
        return EventDate(start=when, end=when, precision="day", basis="relative", text=found.text)
    if unit in ("week", "weekend"):
        first, last = _week(published + timedelta(days=7 * step))
        first = last - timedelta(days=1) if unit == "weekend" else first
        return EventDate(start=first, end=last, precision="week", basis="relative", text=found.text)
    if unit == "month":
        first, last = _shift_month(published, step)
        return EventDate(start=first, end=last, precision="month", basis="relative", text=found.text)
    year = published.year + step
    return EventDate(
        start=date(year, 1, 1), end=date(year, 12, 31), precision="year", basis="relative", text=found.text
    )


def _resolve(found: Found, published: date | None, *, future: bool) -> EventDate | None:
    g = found.groups
    if "iso" in g:
        when = date.fromisoformat(g["iso"])
        return EventDate(start=when, end=when, precision="day", basis="explicit", text=found.text)
    if "m1" in g:
        return _explicit(found, published, future=future)
    if "y2" in g:
        return _year(int(g["y2"]), "explicit", found.text)
    if "hist" in g or published is None:
        return None
    if "wday" in g:
        return _weekday(found, published, future=future)
    if "rel" in g:
        return _unit(found, published)
    if "num" in g:
        return _counted(found, published)
    return _near(g["near"].lower(), published, found.text)


def _year(year: int, basis: Literal["explicit", "relative"], text: str) -> EventDate:
    return EventDate(start=date(year, 1, 1), end=date(year, 12, 31), precision="year", basis=basis, text=text)


def _counted(found: Found, published: date) -> EventDate | None:
    """Return what "three weeks ago" means; "several" and "a few" say too little, and "later" counts from another event."""
    g = found.groups
    if g["dir"] == "later":
        return None
    count = int(g["num"]) if g["num"].isdigit() else _NUMBERS.get(g["num"], 0)
    if not count:
        return None
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[g["unit2"]] * count
    when = published + timedelta(days=days if g["dir"] == "from now" else -days)
    if g["unit2"] == "day":
        return EventDate(start=when, end=when, precision="day", basis="relative", text=found.text)
    if g["unit2"] == "year":
        return _year(when.year, "relative", found.text)
    first, last = _month(when.year, when.month)
    return EventDate(start=first, end=last, precision="month", basis="relative", text=found.text)


def _near(word: str, published: date, text: str) -> EventDate:
    if word.endswith(("week", "month", "year")):
        unit = word.rsplit(" ", 1)[-1]
        first, last = (
            _week(published) if unit == "week" else _month(published.year, published.month) if unit == "month"
            else (date(published.year, 1, 1), date(published.year, 12, 31))
        )  # fmt: skip
        return EventDate(start=first, end=last, precision=unit, basis="relative", text=text)
    shift = {"yesterday": -1, "overnight": -1, "tomorrow": 1}.get(word, 0)
    when = published + timedelta(days=shift)
    return EventDate(start=when, end=when, precision="day", basis="relative", text=text)
