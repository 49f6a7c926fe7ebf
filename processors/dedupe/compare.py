"""What two texts are to each other, from their sketches alone: symmetric, and blind to what else was seen.

That is what makes the groups independent of the order of arrival: whether a pair is a copy depends on the pair.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import chain
from operator import itemgetter

from processors.dedupe.boilerplate import only_the_frame
from processors.dedupe.constants import (
    COMPARED_NUMBERS,
    COPY_OVERLAP,
    EXCERPT_SENTENCES,
    EXCERPT_WORDS,
    MAX_NAMES,
    MAX_NUMBERS,
    MIN_ALIGNED_WORDS,
    MIN_OVERLAP,
    SAME_NAMES,
    SAME_NUMBERS,
    STORY_SENTENCES,
    STORY_WORDS,
    TEMPLATE_SHARE,
)
from processors.dedupe.overlap import Overlap, is_copied, overlap, same_words
from processors.dedupe.roundup import among_others
from schemas.sketch import Sketch

_SKELETON = itemgetter(0)


class Relation(Enum):
    """What the text asked about is to the other one.

    `HOLDS`: it has the other, or its beginning, among other stories; `HELD`: the reverse; `EXCERPT`: they share
    whole sentences, which may come to a round-up together with others. All others are symmetric.
    """

    NONE = 0
    COPY = 1
    REVISION = 2
    HOLDS = 3
    HELD = 4
    EXCERPT = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """The relation of a pair, its estimated Jaccard similarity and containment (0-1), and what decided."""

    relation: Relation
    similarity: float
    containment: float
    reason: str
    places: tuple[int, ...]
    """Where the sentences that both have stand in the text that was asked about."""
    changed: tuple[int, ...] = ()
    """Where those stand in it that the other text has with other facts."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Sentences of two texts side by side, in words: the same, or of one skeleton with other numbers or names."""

    same: int
    numbers: int
    names: int
    places: tuple[tuple[int, int], ...]
    """Where the sentences that are the same stand in the shorter and in the longer text."""
    changes: tuple[tuple[int, int], ...]
    """The same of those whose facts differ."""

    @property
    def changed(self) -> int:
        """Words in sentences whose facts differ."""
        return self.numbers + self.names


def align(short: Sketch, long: Sketch, same: int) -> Alignment:
    """Put the sentences of two texts side by side; `same` words are in sentences that are the same in both."""
    both = set(map(_SKELETON, short.sentences)).intersection(map(_SKELETON, long.sentences))
    theirs, mine = _by_skeleton(long, both), _by_skeleton(short, both)
    whole = {
        long.sentences[place][:3]: place for where in theirs.values() for place in reversed(where)
    }  # the first of equal ones stands
    numbers = names = 0
    places, changes = [], []
    seen = set()
    for place in sorted(chain.from_iterable(mine.values())):
        skeleton, *_, length = row = short.sentences[place]
        key = row[:3]
        if key in seen:
            continue
        seen.add(key)
        twin = whole.get(key)
        if length < MIN_ALIGNED_WORDS:
            continue  # "U.S." cut in two is in any text: it tells no place that one has from the other
        if twin is not None:
            places.append((place, twin))
        elif len(mine[skeleton]) == 1 == len(theirs[skeleton]):
            other = theirs[skeleton][0]
            changes.append((place, other))
            if long.sentences[other][2] != key[2]:
                numbers += length
            else:
                names += length
    return Alignment(same, numbers, names, tuple(places), tuple(changes))


def _by_skeleton(sketch: Sketch, asked: set[int]) -> dict[int, list[int]]:
    """Return where the sentences of the skeletons `asked` for stand."""
    places: dict[int, list[int]] = {}
    for place, row in enumerate(sketch.sentences):
        if row[0] in asked:
            places.setdefault(row[0], []).append(place)
    return places


def compare(a: Sketch, b: Sketch, *, same_url: bool) -> Comparison:
    """Return what `a` is to `b`, texts of different content; `compare(b, a)` gives the same, or its mirror image."""
    short, long = sorted((a, b), key=lambda s: (s.words, s.digest))
    same = same_words(short, long)
    found = overlap(a, b, same)
    similarity, _, containment = found
    if containment < MIN_OVERLAP and not same_url:
        return Comparison(Relation.NONE, round(similarity, 4), round(containment, 4), "", ())
    side = align(short, long, same)
    if same_url:
        relation, reason = _same_url(short, long, side, containment)
    else:
        relation, reason = _apart(short, long, side, found)
        if a is long and relation in _MIRROR:
            relation = _MIRROR[relation]
    places, changed = (
        tuple(sorted(pair[a is long] for pair in pairs)) for pairs in (side.places, side.changes)
    )
    return Comparison(relation, round(similarity, 4), round(containment, 4), reason, places, changed)


_MIRROR = {Relation.HOLDS: Relation.HELD, Relation.HELD: Relation.HOLDS}


def _same_url(short: Sketch, long: Sketch, side: Alignment, containment: float) -> tuple[Relation, str]:
    if containment < COPY_OVERLAP or _facts_differ(short, long, side):
        return Relation.REVISION, "same-url"
    if set(short.numbers) != set(long.numbers) or set(short.names) != set(long.names):
        return Relation.REVISION, "same-url"
    return Relation.COPY, "url-and-facts"


def _apart(short: Sketch, long: Sketch, side: Alignment, found: Overlap) -> tuple[Relation, str]:
    """Return the relation of the shorter text to the longer one, and what decided.

    Whatever it finds, `overlap.Sieve` must let through.
    """
    copied = is_copied(found, side.same)
    frame = (*side.places, *side.changes)
    if only_the_frame(short, long, frame, found.shared - side.same - side.changed):
        return Relation.NONE, "boilerplate"
    part = _part(short, long, side, max(found.shared, side.same), copied=copied)
    if part is not Relation.NONE:
        return part, "sentences"
    if not copied:
        return Relation.NONE, ""
    return _same_wording(short, long, side, "minhash" if found.similarity >= COPY_OVERLAP else "containment")


def _part(short: Sketch, long: Sketch, side: Alignment, shared: float, *, copied: bool) -> Relation:
    """Tell whether whole sentences of one text stand in the other among other stories."""
    count = len(side.places)
    if count < EXCERPT_SENTENCES or side.same < EXCERPT_WORDS:
        return Relation.NONE
    story = count >= STORY_SENTENCES and side.same >= STORY_WORDS
    if story and among_others(long, short, side.places, shared):
        return Relation.HELD
    if copied:
        return Relation.NONE
    if story and among_others(short, long, tuple((b, a) for a, b in side.places), shared):
        return Relation.HOLDS
    return Relation.EXCERPT


def _same_wording(short: Sketch, long: Sketch, side: Alignment, reason: str) -> tuple[Relation, str]:
    """Tell a copy from a new version and from another story of the same template, by the facts."""
    if side.changed > TEMPLATE_SHARE * (side.same + side.changed) or not _same_facts(short, long):
        return Relation.NONE, "template"
    if _facts_differ(short, long, side):
        return Relation.REVISION, "facts"
    if short.update != long.update and _says_more(*((short, long) if short.update else (long, short))):
        return Relation.REVISION, "headline"
    return Relation.COPY, reason


def _facts_differ(a: Sketch, b: Sketch, side: Alignment) -> bool:
    """Tell whether one text puts other facts where the other has its own, not merely more or fewer of them."""
    if side.numbers:
        return True
    mine, other = set(a.names), set(b.names)
    return bool(side.names and mine - other and other - mine)


def _says_more(update: Sketch, other: Sketch) -> bool:
    return bool(set(update.names) - set(other.names) or set(update.numbers) - set(other.numbers))


def _same_facts(a: Sketch, b: Sketch) -> bool:
    """Tell whether the text with fewer names has most of them from the other, and some of its numbers."""
    names, least = _shared(a.names, b.names, MAX_NAMES)
    numbers, fewest = _shared(a.numbers, b.numbers, MAX_NUMBERS)
    return names >= SAME_NAMES * least and (fewest < COMPARED_NUMBERS or numbers >= SAME_NUMBERS * fewest)


def _shared(a: tuple[int, ...], b: tuple[int, ...], cap: int) -> tuple[int, int]:
    """Return (hashes in common, hashes of the shorter list), where both lists are complete.

    A list that is full stops at its last hash; what the other one has beyond it can't be compared.
    """
    end = min((hashes[-1] for hashes in (a, b) if len(hashes) == cap), default=0xFFFF)
    mine, other = {h for h in a if h <= end}, {h for h in b if h <= end}
    return len(mine & other), min(len(mine), len(other))
