"""Which sentences can hold an event at all, told from their words alone: the others are never parsed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from processors.coding.chunks import NP, VG
from processors.coding.grammar import words
from processors.coding.loosely import relaxed
from processors.coding.somebody import LED_BACK, inflected, letters
from processors.coding.view import STATES
from processors.text import lexicon
from processors.text.morphology import NEG, SIGNS, unknown
from processors.text.perword import PerWord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processors.coding.chunks import Chunk
    from processors.coding.frames import Frame, Operator, Rules
    from processors.tag import ActorSpan

HAPPEN = words("happen")
TALKS = "consult.talks-noun"
"""The frame whose sides the whole article may tell: "Peace talks are to begin on Monday"."""

SPEECH = words("speech")
WEAK_APPEAL = words("weak_appeal")
COMMANDS = words("commands")
COMPLEMENTS = ("demand", "appeal", "accept")
"""Operators whose verb may have a thing or a clause as its object where it has no infinitive; a command or question may not."""
GERUND = frozenset(("-ing",))
"""What stands for every word in "-ing"."""
TO = frozenset(("to",))
_MOODS = {
    "willnot": frozenset(form for form, word in lexicon().items() if word.flags & NEG) | {"no"},
    "must": frozenset(("must", "should")),
    "future": words("future") | TO,  # the infinitive of a headline is its future
    "infinitive": TO,
    "reported": SPEECH,
}
"""For each voice that a word makes, the words of which a sentence must hold one."""
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


class Unmet(NamedTuple):
    """What a sentence lacks: a verb frame that asks for any of it fits nowhere in the sentence."""

    asked: Mapping[int, int]
    """The sets of which a frame, by its order, asks for a word, one bit each."""
    missing: int
    """The sets of which the sentence holds no word."""


class Hits(NamedTuple):
    """Triggers in a sentence for which it holds the other words that some frame of theirs asks for."""

    verbs: set[str]
    nouns: set[str]
    others: set[str]
    """Triggers that may be of any part of speech."""
    unmet: Unmet


class Triggers:
    """The words without which no frame of some rules can fire.

    The tests err on one side only: they may let a sentence pass that holds no event, but never keep out one that does.
    """

    def __init__(self, rules: Rules) -> None:
        """Take the rules; their frames are turned into needs, indexed by the first word of their trigger."""
        verbs: dict[str, list[_Need]] = {}
        nouns: dict[str, list[_Need]] = {}
        others: dict[str, list[_Need]] = {}
        sides = {key for key, frames in rules.nouns.items() if any(f.id == TALKS for f in frames)}
        somebody = LED_BACK | rules.sets.get("pair", frozenset()) | sides
        self._somebody = inflected(somebody)
        governing: set[str] = set()  # words that may govern an act which a noun names
        nominals: dict[str, list[str]] = {}
        for noun, verb in rules.nominal.items():
            nominals.setdefault(verb, []).append(noun)
        for key, frames in rules.verbs.items():
            lemma, *rest = key.split("_")
            first = [frozenset((word,)) for word in rest]
            alone = [_of_verb(f, somebody) for f in frames if not f.operator]
            needs = [(*first, *need) for need in alone]
            for noun in nominals.get(lemma, ()):  # "the suspension of aid" is read as "to suspend aid"
                _add(nouns, noun, needs)
            if rest:
                for noun in nominals.get(key, ()):  # "a crackdown" has no "down" beside it
                    _add(nouns, noun, alone)
            needs += [
                (*first, *need, *_of_verb(f, somebody))
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
        of_frames = {f.order: _of_verb(f, somebody) for frames in rules.verbs.values() for f in frames}
        self._compile((verbs, nouns, others), of_frames, somebody)
        self._words = PerWord(self._of_word)

    def _compile(
        self,
        tables: Sequence[Mapping[str, Iterable[_Need]]],
        of_frames: Mapping[int, _Need],
        somebody: Iterable[str],
    ) -> None:
        """Give each set of words in the tables for verbs, nouns and others a number, and each word what it is in."""
        number: dict[frozenset[str], int] = {}
        self._bits: dict[str, int] = {}
        of_words = (need for table in tables for needs in table.values() for need in needs)
        for wanted in chain.from_iterable((*of_words, *of_frames.values())):
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
        self._kinds = dict.fromkeys((*STATES, "adjective"), self._bits.get("STATE", 0))
        self._asked = {n: sum({number[words] for words in need}) for n, need in of_frames.items()}
        triggers: dict[str, list[_Trigger]] = {}
        for kind, table in zip((VERB, NOUN, OTHER), tables, strict=True):
            for word, needs in table.items():
                sums = {sum({number[words] for words in need}) for need in needs}
                triggers.setdefault(word, []).append(_Trigger(kind, word, _least(sums)))
        self._known: dict[str, _Known] = {}
        for word in self._bits.keys() | triggers.keys():
            if word.islower() and "_" not in word and word not in GERUND:  # else it is no word of a text
                bits, before = self._known.get(shown := _shown(word), (0, ()))
                self._known[shown] = bits | self._bits.get(word, 0), (*before, *triggers.get(word, ()))
        self._gerund = self._bits.get("-ing", 0)
        self._money = self._bits.get("money", 0)

    def _of_word(self, lower: str) -> _Known | None:
        """Return the sets that a word is in, one bit each, and the triggers that it can be; None for neither."""
        known = lexicon().get(lower)
        word = known or unknown(lower, lower, first=True)
        bits = self._gerund if lower.endswith("ing") else 0
        triggers: list[_Trigger] = []
        for sets, several in filter(None, map(self._known.get, {lower, word.noun, word.verb})):
            bits |= sets
            # What a chunk goes by: "according" is no accord, and "talks" as a verb no talks
            lemmas = {VERB: word.verb or lower, NOUN: word.noun or lower}
            # A word that no list holds may be part of a name, with no other lemma
            own = "" if known else lower
            triggers += [
                t for t in several if t.word in (lemmas.get(t.kind, t.word), own) or not t.word.isalpha()
            ]
        return (bits, tuple(triggers)) if bits or triggers else None

    def hits(self, sentence: str, actors: Sequence[ActorSpan], *, placed: bool) -> Hits | None:
        """Return the triggers in a sentence, where these actors stand; None where no frame can fire.

        `placed` tells that a place is named. Without an actor, a place, and a word that leads back to somebody, an act
        would be nobody's, or of a name that no list holds: "the Seahawks signed a new kicker" is no public event.
        """
        placed, words = placed or bool(actors), letters(sentence)
        if not placed and self._somebody.isdisjoint(words):
            return None
        bits = self._always
        for sign in SIGNS:
            if sign in sentence:
                bits |= self._money
        triggers: list[_Trigger] = []
        for known in filter(None, map(self._words.__getitem__, words)):
            bits |= known[0]
            if known[1]:
                triggers += known[1]
        if not triggers or not (placed or bits & self._anybody):
            return None
        for actor in actors:
            for one in (actor, *actor.members):
                bits |= self._kinds.get(one.kind, 0) | self._bits.get(one.sector or "", 0)
        met: tuple[set[str], set[str], set[str]] = (set(), set(), set())
        missing = self._every & ~bits
        for kind, word, needs in triggers:
            for need in needs:
                if not need & missing:
                    met[kind].add(word)
                    break
        return Hits(*met, Unmet(self._asked, missing)) if any(met) else None


def may_fire(hits: Hits, chunks: Sequence[Chunk]) -> bool:
    """Tell whether one of the triggers is a verb or the head of a noun phrase, as its frames ask."""
    verbs, nouns, others, _ = hits
    if others:
        return True
    for c in chunks:
        if c.kind == NP:
            if c.word in nouns:
                return True
        elif c.kind == VG and c.lemma in verbs:
            return True
    return False


def _shown(word: str) -> str:
    """Return the run of letters by which a word of the rules shows in a sentence: "t" of "won't", the longest one of "cease-fire"."""
    runs = letters(word)
    return runs[-1] if "'" in word else max(reversed(runs), key=len)


def _add(table: dict[str, list[_Need]], word: str, needs: Iterable[_Need]) -> None:
    table.setdefault(word, []).extend(needs)


def _least(needs: Iterable[int]) -> tuple[int, ...]:
    """Return the needs without those that ask for all that another asks for, and more."""
    kept: list[int] = []
    for need in sorted(needs, key=int.bit_count):
        if not any(other & need == other for other in kept):
            kept.append(need)
    return tuple(kept)


def _of_verb(frame: Frame, somebody: frozenset[str]) -> _Need:
    wanted = [frame.object, frame.near, frame.prep, frame.prep_object, _MOODS.get(frame.voice, frozenset())]
    # A word that leads back to somebody may stand for an actor of the class.
    wanted.append(frame.subject | somebody if frame.of_class else frame.subject)
    return tuple(relaxed(w) for w in wanted if w)


def _of_noun(frame: Frame, governing: set[str]) -> _Need:
    needs = [relaxed(frame.modifier)] if frame.modifier else []
    if not (frame.free or frame.symmetric):
        needs.append(relaxed(frame.light) | HAPPEN | governing)
    return tuple(needs)


def _alone(operator: Operator, lemma: str) -> _Need | None:
    """Return what a sentence must hold for an operator to fire on an act that no frame knows; None where it never does.

    Where a frame knows the act, the word of that frame is a trigger itself.
    """
    if not operator.otherwise or lemma in WEAK_APPEAL:
        return None
    if operator.name in ("pledge", "threaten") or (operator.name in COMPLEMENTS and lemma in COMMANDS):
        return (TO,)
    if operator.name in COMPLEMENTS and lemma == "ask":
        return (TO | {"for"},)
    return (GERUND,) if operator.name == "consider" else ()


def _of_adjective(frame: Frame) -> _Need:
    return tuple(relaxed(w) for w in (frame.near, frame.prep) if w)
