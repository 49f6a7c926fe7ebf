"""Which sentences can hold an event at all, told from their words alone: the others are never parsed."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from processors.coding.chunks import NP, VG
from processors.coding.grammar import words
from processors.coding.view import STATES
from processors.text.tokens import ENTRIES, FIRST, PerWord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processors.coding.chunks import Chunk
    from processors.coding.frames import Frame, Operator, Rules
    from processors.tag import ActorSpan
    from processors.text.tokens import Words

HAPPEN = words("happen")
LED_BACK = frozenset(
    "he she him his her himself herself hers they them their themselves theirs it its itself".split()
)
"""Words that stand for somebody whom another clause or sentence names."""

TALKS = "consult.talks-noun"
"""The frame whose sides the whole article may tell: "Peace talks are to begin on Monday"."""

SPEECH = words("speech")
WEAK_APPEAL = words("weak_appeal")
TO = frozenset(("to",))
_Need = tuple[frozenset[str], ...]
"""Sets of words, of each of which a sentence must hold one."""


VERB, NOUN, OTHER = range(3)
"""Kinds of trigger."""


class _Trigger(NamedTuple):
    kind: int
    word: str
    needs: tuple[int, ...]
    """For each frame, the sets of which a sentence must hold a word, one bit each."""


_Known = tuple[int, tuple[_Trigger, ...]]


class Hits(NamedTuple):
    """Triggers in a sentence for which it holds the other words that some frame of theirs asks for."""

    verbs: set[str]
    nouns: set[str]
    others: set[str]
    """Triggers that may be of any part of speech."""


class Triggers:
    """The words without which no frame of some rules can fire.

    The tests err on one side only: they may let a sentence pass that holds no event, but never keep out one that does.
    """

    def __init__(self, rules: Rules) -> None:
        """Take the rules; their frames are turned into needs, indexed by the first word of their trigger."""
        verbs: dict[str, list[_Need]] = {}
        nouns: dict[str, list[_Need]] = {}
        others: dict[str, list[_Need]] = {}
        governing: set[str] = set()  # words that may govern an act which a noun names
        nominals: dict[str, list[str]] = {}
        for noun, verb in rules.nominal.items():
            nominals.setdefault(verb, []).append(noun)
        for key, frames in rules.verbs.items():
            lemma, *rest = key.split("_")
            first = [frozenset((word,)) for word in rest]
            needs = [(*first, *_of_verb(f)) for f in frames if not f.operator]
            for noun in nominals.get(lemma, ()):  # "the suspension of aid" is read as "to suspend aid"
                _add(nouns, noun, needs)
            needs += [
                (*first, *need, *_of_verb(f))
                for f in frames
                if f.operator and (need := _alone(rules.operators[f.operator], lemma)) is not None
            ]
            _add(verbs, lemma, needs)
            if any(f.operator for f in frames):
                governing.update((lemma, *nominals.get(lemma, ())))
        for key, frames in rules.nouns.items():
            *before, lemma = key.split("_")
            _add(
                nouns,
                lemma,
                [
                    (*(frozenset((word,)) for word in before), *_of_noun(f, governing))
                    for f in frames
                    if not f.operator
                ],
            )
        for key, frames in rules.adjectives.items():
            _add(others, key, [_of_adjective(f) for f in frames if not f.operator])
            if any(rules.operators[f.operator].otherwise for f in frames if f.operator):
                _add(others, key, [(TO,)])
        for key in rules.generic:
            _add(others, key, [(SPEECH,)])
        sides = {key for key, frames in rules.nouns.items() if any(f.id == TALKS for f in frames)}
        self._compile((verbs, nouns, others), LED_BACK | rules.sets.get("pair", frozenset()) | sides)
        self._inner = PerWord(lambda text: self._of_forms(ENTRIES[text].forms))
        self._first = PerWord(lambda text: self._of_forms(FIRST[text].forms))

    def _compile(self, tables: Sequence[Mapping[str, Iterable[_Need]]], somebody: Iterable[str]) -> None:
        """Give each set of words in the tables for verbs, nouns and others a number, and each word what it is in."""
        number: dict[frozenset[str], int] = {}
        self._bits: dict[str, int] = {}
        for wanted in (w for table in tables for needs in table.values() for need in needs for w in need):
            if wanted not in number:
                number[wanted] = 1 << len(number)
                for word in wanted:
                    self._bits[word] = self._bits.get(word, 0) | number[wanted]
        self._always = self._bits.get(
            "be", 0
        )  # a verb that is left out, or that no list holds, counts as "be"
        self._anybody = 1 << len(number)
        self._every = (self._anybody << 1) - 1
        for word in somebody:
            self._bits[word] = self._bits.get(word, 0) | self._anybody
        triggers: dict[str, list[_Trigger]] = {}
        for kind, table in zip((VERB, NOUN, OTHER), tables, strict=True):
            for word, needs in table.items():
                sums = {sum({number[words] for words in need}) for need in needs}
                triggers.setdefault(word, []).append(_Trigger(kind, word, _least(sums)))
        self._known = {
            word: (self._bits.get(word, 0), tuple(triggers.get(word, ())))
            for word in self._bits.keys() | triggers.keys()
        }

    def _of_forms(self, forms: frozenset[str]) -> _Known | None:
        """Return the sets of words that a word of these forms is in, one bit each, and the triggers that it can be; None for neither."""
        bits = 0
        triggers: tuple[_Trigger, ...] = ()
        for known in filter(None, map(self._known.get, forms)):
            bits |= known[0]
            triggers += known[1]
        return (bits, triggers) if bits or triggers else None

    def hits(self, words: Words, actors: Sequence[ActorSpan], *, placed: bool) -> Hits | None:
        """Return the triggers among these words, where these actors stand; None where no frame can fire.

        `placed` tells that a place is named. Without an actor, a place, and a word that leads back to somebody, an act
        would be nobody's, or of a name that no list holds: "the Seahawks signed a new kicker" is no public event.
        """
        bits = self._always
        triggers: list[_Trigger] = []
        of_word = self._inner.__getitem__
        texts = words.text
        opening = (self._first[texts[0]],) if texts and words.opens else ()
        for known in filter(None, chain(opening, map(of_word, texts[len(opening) :]))):
            bits |= known[0]
            if known[1]:
                triggers += known[1]
        if not triggers or not (placed or actors or bits & self._anybody):
            return None
        for actor in actors:
            if actor.kind in STATES:
                bits |= self._bits.get("STATE", 0)
            if actor.sector:
                bits |= self._bits.get(actor.sector, 0)
        met: tuple[set[str], set[str], set[str]] = (set(), set(), set())
        missing = self._every & ~bits
        for kind, word, needs in triggers:
            for need in needs:
                if not need & missing:
                    met[kind].add(word)
                    break
        return Hits(*met) if any(met) else None


def may_fire(hits: Hits, chunks: Sequence[Chunk]) -> bool:
    """Tell whether one of the triggers is a verb or the head of a noun phrase, as its frames ask."""
    return bool(hits.others) or any(
        (c.kind == VG and c.lemma in hits.verbs) or (c.kind == NP and c.word in hits.nouns) for c in chunks
    )


def _add(table: dict[str, list[_Need]], word: str, needs: Iterable[_Need]) -> None:
    table.setdefault(word, []).extend(needs)


def _least(needs: Iterable[int]) -> tuple[int, ...]:
    """Return the needs without those that ask for all that another asks for, and more."""
    kept: list[int] = []
    for need in sorted(needs, key=int.bit_count):
        if not any(other & need == other for other in kept):
            kept.append(need)
    return tuple(kept)


@cache
def _relaxed(wanted: frozenset[str]) -> frozenset[str]:
    """Return the words with, for each pair of neighbours, the longer one: where that is missing, so is the pair."""
    return frozenset(max(word.split("_"), key=len) if "_" in word else word for word in wanted)


def _of_verb(frame: Frame) -> _Need:
    wanted = [frame.object, frame.near, frame.prep, frame.prep_object]
    if not any(word.isupper() for word in frame.subject):  # a pronoun may stand for an actor of the class
        wanted.append(frame.subject)
    return tuple(_relaxed(w) for w in wanted if w)


def _of_noun(frame: Frame, governing: set[str]) -> _Need:
    needs = [_relaxed(frame.modifier)] if frame.modifier else []
    if not (frame.free or frame.symmetric):
        needs.append(_relaxed(frame.light) | HAPPEN | governing)
    return tuple(needs)


def _alone(operator: Operator, lemma: str) -> _Need | None:
    """Return what a sentence must hold for an operator to fire on an act that no frame knows; None where it never does.

    Where a frame knows the act, the word of that frame is a trigger itself.
    """
    if not operator.otherwise or lemma in WEAK_APPEAL:
        return None
    return (TO,) if operator.name in ("pledge", "threaten") else ()


def _of_adjective(frame: Frame) -> _Need:
    return tuple(_relaxed(w) for w in (frame.near, frame.prep) if w)
