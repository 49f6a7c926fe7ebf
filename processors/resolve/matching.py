"""When do two mentions tell of one event? Same type and modality, same dyad, nothing that speaks against it.

The rule is narrow on purpose: an analyst forgives two events for one call sooner than one event for two attacks.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from schemas.registry import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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

STATEMENT = "position-stated"
"""The one type that says nothing of what was said: merged only where its object is the same."""

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "a an the of to in on for and or by with at from its their his her be is are that any all".split()
)

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
    kind = _VAGUER.get(mention.type, mention.type)
    return kind, mention.modality.value, mention.symmetric, tuple(sorted(source)), tuple(sorted(target))


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
        and _same_place(a.mention, b.mention)
        and _same_time(a, b)
    )


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
    return target_a == target_b or (near and not (target_a and target_b))


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
    pairs: list[tuple[Mapping[str, set[str]], Mapping[str, set[str]]]]
    if a.symmetric:
        pairs = [(_people((*a.source, *a.target)), _people((*b.source, *b.target)))]
    else:
        pairs = [(_people(a.source), _people(b.source)), (_people(a.target), _people(b.target))]
    return not any(
        people and other.get(country) and not people & other[country]
        for one, other in pairs
        for country, people in one.items()
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


def _same_place(a: Mention, b: Mention) -> bool:
    if not (a.location and b.location):
        return True
    if a.location.country and b.location.country and a.location.country != b.location.country:
        return False
    exact = a.location.granularity == b.location.granularity == "city"
    return not exact or a.location.name == b.location.name


def stated_span(when: EventDate | None) -> tuple[date, date] | None:
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
    if span_a and span_b:
        return span_a[0] - SAME_DAY <= span_b[1] and span_b[0] - SAME_DAY <= span_a[1]
    if a.article_id == b.article_id:
        return True
    plan = (
        event_types()[a.mention.type].modality.value != "factual"
        if a.mention.type in event_types()
        else False
    )
    return abs(a.news - b.news) <= (MOST_APART if plan else SAME_NEWS)
