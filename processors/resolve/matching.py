"""When do two mentions tell of one event? Same type and modality, same dyad, nothing that speaks against it.

The rule is narrow on purpose: an analyst forgives two events for one call sooner than one event for two attacks.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from processors.resolve.days import SAME_DAY, WEEK, gap, meant, same_time
from processors.resolve.marks import counts, marks, telling, telling_ones
from schemas.actor import Modality
from schemas.registry import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.resolve.told import Told
    from schemas.actor import Actor
    from schemas.mention import Mention

OBJECT_OVERLAP = 0.4
"""Share of content words (of the smaller set) that two objects must have in common to be one."""

SHARED = 2, 3
"""Marks that two articles on an act of a repeated kind must have in common: where the days agree, and where they are a day apart."""

SHARE = 0.3, 0.5
"""The same as a share of the marks of the telling that has fewer."""

STATEMENT = "position-stated"
"""The one type that says nothing of what was said: merged only where its object is the same."""

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "a an the of to in on for and or by with at from its their his her be is are that any all".split()
)

SOME = ("*",)
"""In a key: some target."""

NUMBERS = 512
"""Names whose numbers are kept: each mention of an article asks several times for that of the article."""

KEYS = 2048
"""Keys whose numbers are kept: who acts on whom today does so again."""

Key = tuple[str, str, bool, tuple[str, ...], tuple[str, ...]]


def _number(name: str) -> int:
    data = name.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


@lru_cache(NUMBERS)
def number_of(name: str) -> int:
    """Return 64 bits that stand for a name, in every process the same."""
    return _number(name)


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


@lru_cache(KEYS)
def key_number(key: Key) -> int:
    """Return 64 bits that stand for a key."""
    kind, modality, symmetric, source, target = key
    return _number("\x1f".join((kind, modality, str(symmetric), "\x1e".join(source), "\x1e".join(target))))


def same_type(a: str, b: str) -> bool:
    """Tell whether two types can name one act: they are the same, or one is the vaguer word for the other."""
    return a == b or _VAGUER.get(a) == b or _VAGUER.get(b) == a


@cache
def alike(kind: str) -> frozenset[str]:
    """Return the types that can name one act with `kind`, itself included."""
    vaguer = _VAGUER.get(kind)
    exact = (other for other, name in _VAGUER.items() if name == kind)
    return frozenset((kind, *exact, *(() if vaguer is None else (vaguer,))))


def is_vague(kind: str) -> bool:
    """Tell whether there are more exact types for what `kind` names."""
    return kind in event_types() and bool(event_types()[kind].covers)


def same_event(a: Told, b: Told) -> bool:
    """Tell whether two mentions tell of one event."""
    return (
        same_type(a.brief.kind, b.brief.kind)
        and a.mention.modality is b.mention.modality
        and same_but_modality(a, b)
    )


def same_but_modality(a: Told, b: Told) -> bool:
    """Tell whether two mentions tell of one event in all but what they make of it: a fact, a plan, a denial."""
    near = a.article_id == b.article_id
    if not same_type(a.brief.kind, b.brief.kind):
        return False
    one, other = a.mention, b.mention
    return (
        _same_sides(a, b, near=near)
        and _same_people(one, other)
        and _same_object(one, other, near=near)
        and same_place(one, other)
        and _same_time(a, b)
        and (near or _same_act(a, b))
    )


def apart(a: Told, b: Told) -> bool:
    """Tell whether two mentions can't tell of one event, whatever a third one says: it must not join what contradicts each other."""
    return not (
        same_type(a.brief.kind, b.brief.kind)
        and _same_people(a.mention, b.mention)
        and same_place(a.mention, b.mention)
        and _same_time(a, b)
    )


def _same_act(a: Told, b: Told) -> bool:
    """Tell whether two articles tell of one act: by who and when for what is done once in some days, else by marks too.

    What is told again after a week is recalled, and the day that stands beside it may be that of another act.
    """
    when, other_when = a.when, b.when
    if abs(when.news - other_when.news) > WEEK:
        return False
    paired = _paired(a) and _paired(b)
    if paired and a.mention.type in telling().once:
        return True
    if _one_victim(a.mention, b.mention):
        return True
    later = gap(meant(when, other_when), meant(other_when, when))
    if later > SAME_DAY:
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
    if fewer < SHARED[0] and not later and a.key[3:] == b.key[3:]:
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


def _paired(told: Told) -> bool:
    *_, one, other = told.key
    return bool(other) or len(one) > 1


def _same_sides(a: Told, b: Told, *, near: bool) -> bool:
    (*_, symmetric_a, source_a, target_a), (*_, symmetric_b, source_b, target_b) = a.key, b.key
    if symmetric_a != symmetric_b:
        return False
    if source_a != source_b:
        # Within an article a restatement often names one side of a mutual act only.
        one, other = set(source_a), set(source_b)
        return near and symmetric_a and bool(one and other) and (one <= other or other <= one)
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


def words(text: str) -> frozenset[str]:
    """Return the content words of an object, folded."""
    return frozenset(w for w in _WORD.findall(text.casefold()) if w not in _SMALL)


def _same_object(a: Mention, b: Mention, *, near: bool) -> bool:
    if a.object and b.object:
        one, other = words(a.object), words(b.object)
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


def _same_time(a: Told, b: Told) -> bool:
    planned = Modality.PLANNED in (a.mention.modality, b.mention.modality)
    return same_time(a.when, b.when, near=a.article_id == b.article_id, planned=planned)
