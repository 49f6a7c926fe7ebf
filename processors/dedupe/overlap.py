"""How much of two texts is the same, by their sketches: what comes before any comparison, and rules most of them out.

Under the keys of one article stand some thirty others, most of which have a sentence with it in common and no more. For these
nothing is decoded but what the overlap asks for.
"""

from operator import itemgetter
from typing import NamedTuple

from processors.dedupe.constants import (
    CONTAINED_OVERLAP,
    COPY_OVERLAP,
    EXCERPT_SENTENCES,
    EXCERPT_WORDS,
    MIN_ALIGNED_WORDS,
    MIN_COPY_JACCARD,
    MIN_OVERLAP,
    MIN_SHARED,
)
from schemas.sketch import BINS, Outline, Sketch, outline_of

_CHANCE = 1 / 256
"""Share of bins that agree by chance, at one byte a bin."""

_SIMILARITY = [max(0.0, (agreeing / BINS - _CHANCE) / (1 - _CHANCE)) for agreeing in range(BINS + 1)]
"""The estimated Jaccard similarity of two texts of which so many bins agree."""

KEY = itemgetter(0, 1, 2)
_LENGTH = itemgetter(3)


class Overlap(NamedTuple):
    """What two texts have in common.

    The estimated Jaccard similarity of their shingles, the words that these come to, and the share of the shorter text that is in
    the longer one (0-1).
    """

    similarity: float
    shared: float
    containment: float


def overlap(a: Sketch, b: Sketch, same: int) -> Overlap:
    """Return the overlap of two texts; `same` words are in sentences that are the same in both."""
    least = min(sum(map(_LENGTH, s.sentences)) for s in (a, b))
    return _overlap(_agreeing(_number(a.signature), b.signature), a.shingles, b.shingles, same, least)


def same_words(short: Sketch, long: Sketch) -> int:
    """Return the words of the sentences that are the same in both, as the shorter text counts them."""
    same = set(map(KEY, short.sentences)).intersection(map(KEY, long.sentences))
    if not same:
        return 0
    lengths = _lengths(short)
    return sum(lengths[key] for key in same)


def is_copied(found: Overlap, same: int) -> bool:
    """Tell whether two texts have as much in common as a copy takes; `same` words are in sentences that are the same in both."""
    return (
        found.containment >= COPY_OVERLAP
        and (found.similarity >= MIN_COPY_JACCARD or found.containment >= CONTAINED_OVERLAP)
        and (found.similarity >= COPY_OVERLAP or max(found.shared, same) >= MIN_SHARED)
    )


class Sieve:
    """One text, to be held against many that are encoded."""

    def __init__(self, sketch: Sketch) -> None:
        """Take the sketch of the text."""
        self._order = sketch.words, sketch.digest
        self._shingles = sketch.shingles
        self._signature = _number(sketch.signature)
        self._lengths = _lengths(sketch)
        self._words = sum(map(_LENGTH, sketch.sentences))
        self._skeletons = frozenset(row[0] for row in sketch.sentences)

    def lets_through(self, data: bytes) -> bool:
        """Tell whether the text of an encoded sketch shares as much with it as any relation takes, by `overlap` of the two.

        That is the wording of a copy, or whole sentences, as many as an excerpt has.
        """
        other = outline_of(data)
        lengths = self._in_common(other)
        same = sum(lengths)
        least = min(self._words, sum(other.lengths)) if same else 0
        agreeing = _agreeing(self._signature, other.signature)
        found = _overlap(agreeing, self._shingles, other.shingles, same, least)
        if found.containment < MIN_OVERLAP:
            return False
        excerpt = (
            same >= EXCERPT_WORDS
            and sum(length >= MIN_ALIGNED_WORDS for length in lengths) >= EXCERPT_SENTENCES
        )
        return excerpt or is_copied(found, same)

    def _in_common(self, other: Outline) -> list[int]:
        """Return the words of the sentences that are the same in both, as the shorter text counts them, of a text that is not decoded."""
        both = self._skeletons.intersection(other.skeletons)
        if not both:
            return []
        mine, lengths = self._lengths, other.lengths
        theirs: dict[tuple[int, int, int], int] = {}
        for place, skeleton in enumerate(other.skeletons):
            if skeleton in both:
                key = skeleton, *other.facts(place)
                if key in mine:
                    theirs.setdefault(key, lengths[place])
        if (other.words, other.digest) < self._order:
            return list(theirs.values())
        return [mine[key] for key in theirs]


def _number(signature: bytes) -> int:
    return int.from_bytes(signature, "little")


def _agreeing(signature: int, other: bytes) -> int:
    """Return how many bins of two signatures agree."""
    return (signature ^ int.from_bytes(other, "little")).to_bytes(BINS, "little").count(0)


def _overlap(agreeing: int, a: int, b: int, same: int, least: int) -> Overlap:
    """Return the overlap of texts of `a` and `b` shingles, the lesser one of `least` words in its sentences."""
    if not (a and b):
        return Overlap(0.0, 0.0, min(1.0, same / (least or 1)))
    similarity = _SIMILARITY[agreeing]
    shared = similarity / (1 + similarity) * (a + b)
    return Overlap(similarity, shared, min(1.0, max(shared / min(a, b), same / (least or 1))))


def _lengths(sketch: Sketch) -> dict[tuple[int, int, int], int]:
    """Return the words of each sentence by its hashes; where two have the same, of the first."""
    return {row[:3]: row[3] for row in reversed(sketch.sentences)}
