"""When do two mentions tell of one event? Same type and modality, same dyad, nothing that speaks against it.

The rule is narrow on purpose: an analyst forgives two events for one call sooner than one event for two attacks.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from processors.resolve.marks import counts, marks, telling, telling_ones
from schemas.actor import Modality
from schemas.registry import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.actor import Actor, EventDate
    from schemas.mention import Mention

SAME_DAY = timedelta(days=1)
"""Two stated days this close are one: outlets in different zones write of one evening as of two dates."""

SAME_NEWS = timedelta(days=2)
"""Where a mention states no date, its article must be this close to the other one."""

MOST_APART = SAME_NEWS * 2
"""The same for what is planned, which is news for longer."""

OBJECT_OVERLAP = 0.4
"""Share of content words (of the smaller set) that two objects must have in common to be one."""

SHARED = 2, 3
"""Marks that two articles on an act of a repeated kind must have in common: where the days agree, and where they are a day apart."""

SHARE = 0.3, 0.5
"""The same as a share of the marks of the telling that has fewer."""

WEEK = timedelta(days=7)
"""A stated span longer than this names no day."""

STATEMENT = "position-stated"
"""The one type that says nothing of what was said: merged only where its object is the same."""

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "a an the of to in on for and or by with at from its their his her be is are that any all".split()
)

SOME = ("*",)
"""In a key: some target."""

Span = tuple[date, date]
Key = tuple[str, str, bool, tuple[str, ...], tuple[str, ...]]


class Told(NamedTuple):
    """One mention, and which article told it: `news` is the day that the article counts for."""

    mention: Mention
    article_id: str
    version: str
    group: str
    outlet: str
    news: date
    seq: int


def sides(mention: Mention) -> tuple[frozenset[str], frozenset[str]]:
    """Return the country codes of source and target; an actor without one stands with its key.

    Both sides of a symmetric act are one set, given as the source.
    """
    source = frozenset(a.country or a.key for a in mention.source)
    target = frozenset(a.country or a.key for a in mention.target)
    return (source | target, frozenset()) if mention.symmetric else (source, target)


_VAGUER = {exact: kind.name for kind in event_types().values() for exact in kind.covers}


def index_key(mention: Mention) -> Key:
    """Return the key under which an event told by `mention` is found by other articles: type or its vaguer one, modality, sides."""
    source, target = sides(mention)
    kind = index_type(mention.type)
    return kind, mention.modality.value, mention.symmetric, tuple(sorted(source)), tuple(sorted(target))


def index_type(kind: str) -> str:
    """Return the type under which an event stands in the index: the vaguer one, if there is one."""
    return _VAGUER.get(kind, kind)


def places_of(key: Key) -> tuple[Key, ...]:
    """Return where an event of `key` stands in the index: under the key, and where it names a target, with those that do for its source."""
    return (key, (*key[:-1], SOME)) if key[-1] else (key,)


def looked_up(key: Key) -> tuple[Key, ...]:
    """Return where the events stand that a mention of `key` may tell of: of its target or of none; of any if it names none."""
    return (key, (*key[:-1], ())) if key[-1] else (key, (*key[:-1], SOME))


def same_type(a: str, b: str) -> bool:
    """Tell whether two types can name one act: they are the same, or one is the vaguer word for the other."""
    return a == b or _VAGUER.get(a) == b or _VAGUER.get(b) == a


def is_vague(kind: str) -> bool:
    """Tell whether there are more exact types for what `kind` names."""
    return kind in event_types() and bool(event_types()[kind].covers)


def same_event(a: Told, b: Told) -> bool:
    """Tell whether two mentions tell of one event."""
    near = a.article_id == b.article_id
    return (
        a.mention.modality is b.mention.modality
        and same_type(a.mention.type, b.mention.type)
        and _same_sides(a.mention, b.mention, near=near)
        and _same_people(a.mention, b.mention)
        and _same_object(a.mention, b.mention, near=near)
        and same_place(a.mention, b.mention)
        and _same_time(a, b)
        and (near or _same_act(a, b))
    )


def apart(a: Told, b: Told) -> bool:
    """Tell whether two mentions can't tell of one event, whatever a third one says: it must not join what contradicts each other."""
    return not (
        same_type(a.mention.type, b.mention.type)
        and _same_people(a.mention, b.mention)
        and same_place(a.mention, b.mention)
        and _same_time(a, b)
    )


def _same_act(a: Told, b: Told) -> bool:
    """Tell whether two articles tell of one act: by who and when for what is done once in some days, else by marks too.

    What is told again after a week is recalled, and the day that stands beside it may be that of another act.
    """
    if abs(a.news - b.news) > WEEK:
        return False
    paired = _paired(a.mention) and _paired(b.mention)
    if paired and a.mention.type in telling().once:
        return True
    if _one_victim(a.mention, b.mention):
        return True
    later = gap(_days(a, b), _days(b, a))
    if later > SAME_DAY.days:
        return False
    one, other = marks(a.mention), marks(b.mention)
    one_mark = a.mention.type in (telling().taken if not later else ()) or (
        paired and a.mention.type in telling().seldom
    )
    if one_mark and telling_ones(one & other):
        return True
    if later and not counts(one & other) and counts(one) and counts(other):
        return False  # the dead of one day and those of the next
    shared, fewer = telling_ones(one & other), min(telling_ones(one), telling_ones(other))
    if fewer < SHARED[0] and not later and sides(a.mention) == sides(b.mention):
        return shared == fewer  # a bare telling: all that it says agrees
    return shared >= SHARED[later] and shared >= SHARE[later] * fewer


def _one_victim(a: Mention, b: Mention) -> bool:
    """Tell whether one person is struck, arrested or freed in both: nobody is twice within days."""
    kind = event_types().get(a.type)
    return (
        kind is not None
        and kind.quad.startswith("material")
        and not {t.key for t in a.target if is_person(t)}.isdisjoint(t.key for t in b.target)
    )


def _paired(mention: Mention) -> bool:
    one, other = sides(mention)
    return bool(other) or len(one) > 1


def _days(told: Told, other: Told) -> Span:
    """Return the days that a mention may mean: those that it states, else that of the news.

    Beside one that states its day, the day before too: today's news is what happened today or last night.
    """
    span = stated_span(told.mention.date)
    if span is None or (is_wide(span) and span[0] <= told.news <= span[1]):
        return (told.news - SAME_DAY if stated_span(other.mention.date) else told.news), told.news
    return span


def gap(one: Span, other: Span) -> int:
    """Return how many days lie between two spans; 0 where they overlap."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def is_wide(span: Span) -> bool:
    """Tell whether a span is too long to name a day."""
    return span[1] - span[0] > WEEK


def _same_sides(a: Mention, b: Mention, *, near: bool) -> bool:
    (source_a, target_a), (source_b, target_b) = sides(a), sides(b)
    if a.symmetric != b.symmetric:
        return False
    if source_a != source_b:
        # Within an article a restatement often names one side of a mutual act only.
        return (
            near
            and a.symmetric
            and bool(source_a and source_b)
            and (source_a <= source_b or source_b <= source_a)
        )
    # Of another article, that must tell of the same act by more than this: see `_same_act`.
    return target_a == target_b or not (target_a and target_b)


def _people(actors: Iterable[Actor]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for actor in actors:
        if actor.country and is_person(actor):
            named.setdefault(actor.country, set()).add(actor.key)
    return named


def is_person(actor: Actor) -> bool:
    """Tell whether the actor's key is that of a person (`person.` in front, as the tagger gives it)."""
    return actor.key.startswith("person.")


def _same_people(a: Mention, b: Mention) -> bool:
    """No side may name different people of one country: two ministers, two acts."""
    if a.symmetric or b.symmetric:
        return same_persons((*a.source, *a.target), (*b.source, *b.target))
    return same_persons(a.source, b.source) and same_persons(a.target, b.target)


def same_persons(a: Iterable[Actor], b: Iterable[Actor]) -> bool:
    """Tell whether two groups of actors name no different people of one country."""
    one, other = _people(a), _people(b)
    return not any(
        people and other.get(country) and not people & other[country] for country, people in one.items()
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(text.casefold()) if w not in _SMALL)


def _same_object(a: Mention, b: Mention, *, near: bool) -> bool:
    if a.object and b.object:
        one, other = _words(a.object), _words(b.object)
        return len(one & other) >= OBJECT_OVERLAP * max(1, min(len(one), len(other)))
    if STATEMENT in (a.type, b.type):
        return a.evidence.sha256 == b.evidence.sha256
    # One act of a speaker with an object and one without are told apart within an article, where both were written
    # with the other in view; across articles the shorter telling left it out.
    return not near or (a.object is None and b.object is None) or a.symmetric


def same_place(a: Mention, b: Mention) -> bool:
    """Tell whether nothing in the places of two mentions speaks against one event."""
    if not (a.location and b.location):
        return True
    if a.location.country and b.location.country and a.location.country != b.location.country:
        return False
    exact = a.location.granularity == b.location.granularity == "city"
    return not exact or a.location.name == b.location.name


def stated_span(when: EventDate | None) -> Span | None:
    """Return the first and last day that a mention states; None where it states none, or an open end."""
    if (
        when is None
        or when.basis == "publication"
        or when.start is None
        or when.precision in ("before", "after")
    ):
        return None
    return when.start, when.end or when.start


def _same_time(a: Told, b: Told) -> bool:
    span_a, span_b = stated_span(a.mention.date), stated_span(b.mention.date)
    if a.article_id == b.article_id:
        return not (span_a and span_b) or gap(span_a, span_b) <= SAME_DAY.days
    if span_a and span_b and not is_wide(span_a) and not is_wide(span_b):
        return gap(span_a, span_b) <= SAME_DAY.days
    days_a, days_b = _days(a, b), _days(b, a)
    if is_wide(days_a) or is_wide(days_b):
        return days_a == days_b  # "in October" is no day of October
    if Modality.PLANNED in (a.mention.modality, b.mention.modality):
        # Its days lie ahead: what is known is when it was news.
        return abs(a.news - b.news) <= MOST_APART
    return gap(days_a, days_b) <= SAME_NEWS.days
