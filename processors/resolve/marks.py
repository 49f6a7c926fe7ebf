"""The marks of a telling: the words, names and numbers of its sentence by which one attack or demand is told from the next.

Who acts on whom says little of an act that the same pair does daily. Two outlets that tell of one attack agree in the town, what was
hit, the count of the dead; two attacks on successive days share the sides and the vocabulary of attacks, which count for nothing here.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from processors.dedupe.facts import DATE, NUMBER
from processors.dedupe.facts import lexicon as fact_words
from processors.tag.tables import data_files, parse_countries, parse_places
from processors.text import morphology as words
from processors.text.perword import PerWord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.mention import Mention

KEPT = 4096
"""Sentences whose marks are kept: those of the articles that came last are compared most."""

WORDS = 16_384
"""Words, as they stand in sentences, of which is kept what they mark."""

FEW = 3
"""A count below this marks nothing, since one or two of something are in every report; it still differs from another."""

SHORT = 2
"""A word of so many letters is no name: "El", "UN"."""

LAST_DAY = 31
"""A number beside a month up to this is a day of it."""

SMALL = "#"
"""In front of a small number among the marks."""

_CLOSED = (
    words.DET | words.PREP | words.PRON | words.CC | words.SUB | words.MODAL | words.BE | words.HAVE
    | words.DO | words.NEG | words.ADV | words.TO | words.POSS | words.REL | words.POSSPRON
)  # fmt: skip
_TOKEN = re.compile(r"\d(?:[\d,.]*\d)?|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Telling(NamedTuple):
    """`data/telling.toml`, read: see the head of that file. `plans` are {type of a fact: types of plans that it fulfils}."""

    once: frozenset[str]
    seldom: frozenset[str]
    taken: frozenset[str]
    nothing: frozenset[str]
    plans: dict[str, tuple[str, ...]]
    called_off: dict[str, tuple[str, ...]]


@cache
def telling() -> Telling:
    """Return the rules, read once.

    The words for countries, which name the sides, are among those that mark nothing, and so are those for provinces: a war has its daily
    attacks in each of them.
    """
    raw = tomllib.loads((files("processors.resolve") / "data" / "telling.toml").read_text("utf-8"))
    tables = {name: data.decode() for name, data in data_files() if name in ("countries.tsv", "places.tsv")}
    forms = [
        form
        for c in parse_countries(tables["countries.tsv"])
        for form in (*c.names, *c.adjectives, *c.people)
    ]
    towns, provinces = list[str](), list[str]()
    for place in parse_places(tables["places.tsv"]):
        (provinces if place.granularity == "region" else towns).extend((place.name, *place.aliases))
    wide = _words(provinces) - _words(towns)
    plans: dict[str, tuple[str, ...]] = {}
    for plan, facts in raw["fulfilled"].items():
        for fact in facts:
            plans[fact] = (*plans.get(fact, ()), plan)
    off = {kind: tuple(kinds) for kind, kinds in raw["called_off"].items()}
    nothing = frozenset(raw["said"].split()) | _words(forms) | wide
    once, seldom, taken = (frozenset(raw[name]) for name in ("once", "seldom", "taken"))
    return Telling(once, seldom, taken, nothing, plans, off)


def _words(forms: Iterable[str]) -> set[str]:
    return {word for form in forms for word in _TOKEN.findall(form.lower())}


def marks(mention: Mention) -> frozenset[str]:
    """Return the marks of a mention: those of its sentence without the name of who acts."""
    found = _marks(mention.evidence.sentence)
    for actor in mention.source:
        found -= _marks(actor.name)
    return found


def counts(found: frozenset[str]) -> bool:
    """Tell whether there is a number among marks: the dead, the prisoners, the tonnes."""
    return any(mark[0].isdigit() or mark[0] == SMALL for mark in found)


def telling_ones(found: frozenset[str]) -> int:
    """Count the marks that say which act it was: all but small numbers."""
    return sum(mark[0] != SMALL for mark in found)


@lru_cache(KEPT)
def _marks(text: str) -> frozenset[str]:
    tokens = list(map(_read, _TOKEN.findall(text)))
    found = {form for kind, form in tokens if not kind}
    for at, (kind, form) in enumerate(tokens):
        if kind == NUMBER:
            beside = {near for near, _ in tokens[max(0, at - 1) : at + 2]}
            if not _YEAR.fullmatch(form) and not (
                DATE in beside and form.isdigit() and int(form) <= LAST_DAY
            ):
                found.add(SMALL + form if form.isdigit() and int(form) < FEW else form)
    found.discard("")
    return frozenset(found)


def _look_up(token: str) -> tuple[str, str]:
    lower = token.lower().replace("’", "'").removesuffix("'s")
    if lower[0].isdigit():
        return NUMBER, lower.replace(",", "")
    kind, form = fact_words().words.get(lower, ("", ""))
    if kind or len(lower) <= SHORT:
        return kind, form
    return kind, _lemma(lower) if len(lower) <= words.LONGEST else lower


_read = PerWord(_look_up, WORDS).__getitem__
"""Return what kind of fact a word is, empty for none, and its form: what a number is compared by, or what another word marks."""


def _lemma(lower: str) -> str:
    """Return what a word marks, its lemma; an empty string for a word that marks nothing."""
    word = words.lexicon().get(lower) or words.unknown(lower, lower, first=True)
    lemma = word.verb or word.noun or lower
    return "" if word.flags & _CLOSED or {lower, lemma} & telling().nothing else lemma
