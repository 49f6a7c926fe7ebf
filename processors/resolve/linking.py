"""When is an event what another one planned, called off or denied? Rules on two mentions, and where the other one is looked up."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from processors.resolve.days import LAST_DAY, SAME_DAY, about, gap, is_wide
from processors.resolve.links import Link
from processors.resolve.marks import telling
from processors.resolve.matching import (
    KEYS,
    index_type,
    key_number,
    same_but_modality,
    same_persons,
    same_place,
    same_type,
    sides,
)
from schemas.actor import Modality
from schemas.registry import event_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from processors.resolve.days import Span, When
    from processors.resolve.events import MayBe, OpenEvents
    from processors.resolve.links import Links
    from processors.resolve.opened import Open
    from processors.resolve.told import Told
    from schemas.mention import Mention

AHEAD = 14
"""How long before the act a plan without a day may have been news: later meetings of a pair are others."""

PAIR = 2

_OPPOSITE = {
    Modality.FACTUAL.value: Modality.DENIED.value,
    Modality.DENIED.value: Modality.FACTUAL.value,
}


def links_of(told: Told, event: Open, events: OpenEvents, links: Links) -> list[tuple[Link, Open, Open]]:
    """Return the links (kind, earlier event, later one) that a new mention of `event` makes.

    A fact is linked to the latest plan that it fulfils or calls off; a plan that came in late to the first fact that did so; and
    what is told to all that it denies.
    """
    mention = told.mention
    found: list[tuple[Link, Open, Open]] = []
    if mention.modality is Modality.FACTUAL:
        link = _link(mention.type)
        if not (link is Link.FULFILS and links.fulfilled(event.event_id)):
            plans = _plans_of(told, link, events, links)
            plan = max(plans, key=lambda plan: (plan.last_news, *plan.order), default=None)
            found += [(link, plan, event)] if plan else []
    elif mention.modality is Modality.PLANNED and links.status(event.event_id) is None:
        found += _done_to(told, event, events, links)
    opposite = _OPPOSITE.get(mention.modality.value)
    if opposite is not None:
        kind, _, *rest = told.key
        key = key_number((kind, opposite, *rest))
        others = events.under(key, about(told.when), _joined_by(told))
        denied = [other for other in others if any(denies(t, told) for t in other.told)]
        found += [
            (Link.DENIES, *sorted((other, event), key=lambda one: one.order))  # type: ignore[misc]
            for other in denied
        ]
    return found


def _link(kind: str) -> Link:
    return Link.CALLS_OFF if kind in telling().called_off else Link.FULFILS


def _rules(link: Link) -> tuple[Callable[[Told, Told], bool], Callable[[When, When], bool]]:
    """Return when a fact is linked to a plan, and what of that the days tell."""
    return (calls_off, _still_ahead) if link is Link.CALLS_OFF else (fulfils, _on_time)


@cache
def _facts(plan: str) -> tuple[str, ...]:
    """Return the types of facts that may fulfil or call off a plan of a type."""
    return tuple(kind for kind in event_types() if plan in _plans(kind))


def _plans_of(told: Told, link: Link, events: OpenEvents, links: Links) -> Iterator[Open]:
    """Yield the plans that a fact fulfils or calls off, of those to which nothing was done before."""
    fits, timely = _rules(link)
    when = told.when
    # However long ago it was news, if it stated its day.
    days = (when.news - AHEAD if link is Link.CALLS_OFF else 0, when.news)
    for number in _numbers(told.key[3:], _plans(told.mention.type), Modality.PLANNED.value):
        for plan in events.under(
            number,
            days,
            _fitting(told, lambda plan: timely(plan, when)),
            lambda event_id: links.status(event_id) is None,
        ):
            if any(fits(t, told) for t in plan.told):
                yield plan


def _done_to(told: Told, event: Open, events: OpenEvents, links: Links) -> list[tuple[Link, Open, Open]]:
    """Return the link of a plan to the first fact that had fulfilled it, or called it off, before it came in."""
    facts = (
        (_link(kind), fact)
        for kind in _facts(told.mention.type)
        for fact in _facts_of(told, kind, events, links)
    )
    first = min(facts, key=lambda found: (found[1].last_news, *found[1].order), default=None)
    return [(first[0], event, first[1])] if first else []


def _facts_of(told: Told, kind: str, events: OpenEvents, links: Links) -> Iterator[Open]:
    """Yield the facts of a type that fulfil a plan, of those that fulfil no other, or call it off."""
    link = _link(kind)
    fits, timely = _rules(link)
    when = told.when
    days = (when.news, when.news + AHEAD if link is Link.CALLS_OFF else LAST_DAY)
    for number in _numbers(told.key[3:], (kind,), Modality.FACTUAL.value):
        for fact in events.under(
            number,
            days,
            _fitting(told, lambda done: timely(when, done)),
            lambda event_id: link is not Link.FULFILS or links.fulfilled(event_id) is None,
        ):
            if any(fits(told, t) for t in fact.told):
                yield fact


def _joined_by(told: Told) -> MayBe:
    # The least: what one article tells as done and as denied need have nothing more in common.
    return lambda traits, at, _: told.probe.may_join(traits, at, least=True)


def _fitting(told: Told, timely: Callable[[When], bool]) -> MayBe:
    return lambda traits, at, whole: told.probe.may_fit(timely, traits, at, whole=whole)


@lru_cache(KEYS)
def _numbers(
    between: tuple[tuple[str, ...], tuple[str, ...]], kinds: tuple[str, ...], modality: str
) -> tuple[int, ...]:
    """Return the index numbers of events of some types and one modality: of the same sides, whoever is named first."""
    one, other = between
    both = tuple(sorted({*one, *other}))
    pairs = [(both, ()), (one, other)]
    if len(both) == PAIR:
        pairs += [(both[:1], both[1:]), (both[1:], both[:1])]
    return tuple(
        key_number((kind, modality, not target, source, target))
        for kind in dict.fromkeys(map(index_type, kinds))
        for source, target in dict.fromkeys(pairs)
    )


def fulfils(plan: Told, fact: Told) -> bool:
    """Tell whether a fact is what a plan announced: the same sides, on the day that the plan states, or within two weeks of it.

    What one article tells as plan and as fact are two things: the leaders who agreed to hold talks had met for that.
    """
    return (
        plan.group != fact.group
        and _on_time(plan.when, fact.when)
        and plan.mention.modality is Modality.PLANNED
        and fact.mention.modality is Modality.FACTUAL
        and any(same_type(plan.mention.type, kind) for kind in _done(fact.mention.type))
        and _same_circle(plan.mention, fact.mention)
    )


def calls_off(plan: Told, news: Told) -> bool:
    """Tell whether a cancellation ends a plan: the same sides, before the day that the plan states, or within two weeks of it."""
    return (
        _still_ahead(plan.when, news.when)
        and plan.mention.modality is Modality.PLANNED
        and news.mention.modality is Modality.FACTUAL
        and plan.mention.type in telling().called_off.get(news.mention.type, ())
        and _same_circle(plan.mention, news.mention)
    )


def denies(one: Told, other: Told) -> bool:
    """Tell whether one outlet says that an act was done, and another one, in all else the same, that it was not."""
    if {one.mention.modality, other.mention.modality} != {Modality.FACTUAL, Modality.DENIED}:
        return False
    if one.outlet == other.outlet or one.group == other.group:
        return False
    return same_but_modality(one, other)


@cache
def _plans(kind: str) -> tuple[str, ...]:
    return telling().called_off.get(kind) or _done(kind)


@cache
def _done(kind: str) -> tuple[str, ...]:
    """Return the types in which the plan of a fact may stand: those of the table, and its own if a pair does it once in some days."""
    own = (kind,) if kind in telling().once else ()
    return (*own, *telling().plans.get(kind, ()))


def _same_circle(a: Mention, b: Mention) -> bool:
    (one_a, other_a), (one_b, other_b) = sides(a), sides(b)
    circle = one_a | other_a
    return (
        len(circle) >= PAIR
        and circle == one_b | other_b
        and same_persons((*a.source, *a.target), (*b.source, *b.target))
        and same_place(a, b)
    )


def _on_time(plan: When, fact: When) -> bool:
    """Tell whether a fact was news, and was done, when that was planned."""
    if plan.news > fact.news:
        return False
    days, span = _done_on(fact), plan.stated
    if span is not None and span[1] >= plan.news:
        both_days = span[0] == span[1] and days[0] == days[1]
        return gap(span, days) <= (SAME_DAY if both_days else 0)
    return days[1] > plan.news - SAME_DAY and days[0] - plan.news <= AHEAD


def _done_on(fact: When) -> Span:
    span = fact.stated
    return span if span is not None and not is_wide(span) else (fact.news - SAME_DAY, fact.news)


def _still_ahead(plan: When, off: When) -> bool:
    """Tell whether a plan was not over, nor old, when it was called off."""
    span = plan.stated
    late = span is not None and off.news > span[1] + SAME_DAY
    return plan.news <= off.news <= plan.news + AHEAD and not late
