"""Make the sketch of a text: content hash, MinHash signature, sentences and facts.

The MinHash is one-permutation hashing with optimal densification (Li, Owen, Zhang 2012; Shrivastava 2017), one byte a bin
(b-bit minwise hashing, Li and Koenig 2010): one hash for each shingle instead of 128, and no sampling error beyond the same.
"""

import hashlib
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from processors.dedupe.constants import (
    KEY_BINS,
    LEAD_SENTENCES,
    MAX_KEYS,
    MAX_NAMES,
    MAX_NUMBERS,
    MAX_RECURRING,
    MAX_SENTENCES,
    MIN_HASHED_WORDS,
    SHINGLE_WORDS,
)
from processors.dedupe.facts import Facts, lexicon, take_apart
from processors.dedupe.normal import fold, normalise, script, sentences, words
from schemas.sketch import BINS, Sketch

Hashes = NDArray[np.uint64]
Row = tuple[int, int, int, int]

_BIN_BITS: Final = BINS.bit_length() - 1
_KEY_BITS: Final = KEY_BINS.bit_length() - 1
_TERM_LETTERS: Final = 6
_SHOUTED: Final = 0.6
_BYTE: Final = 255


def make_sketch(title: str | None, text: str, language: str | None) -> Sketch:
    """Return the sketch of an article; the same on every machine and in every process.

    `text` is the cleaned text without its headline, of which only marks like `UPDATE 2` count here unless there is
    hardly any text. `language` decides nothing yet: the script of the letters does.
    """
    del language
    heading, body = normalise(title or ""), normalise(text)
    split = [tokens for tokens in map(words, sentences(body)) if tokens]
    lowered = [list(map(fold, tokens)) for tokens in split]
    flat = [word for tokens in lowered for word in tokens]
    cased = _cased(body)
    counted = flat if len(flat) >= MIN_HASHED_WORDS else [*map(fold, words(heading)), "\n", *flat]
    signature, keys, shingles = _minhash(flat)
    facts = _facts(split, lowered, cased=cased)
    rows = _rows(lowered, facts)
    kept = _sample(rows)
    names, numbers = _once(facts)
    return Sketch(
        digest=hashlib.sha256(" ".join(counted).encode("utf-8", "surrogatepass")).digest()[:16],
        signature=signature,
        words=min(len(flat), 0xFFFFFFFF),
        shingles=shingles,
        headline=_headline(heading),
        script=script(body or heading),
        cased=cased,
        update=bool(lexicon().updates.match(heading)),
        keys=keys,
        sentences=tuple(rows[place] for place in kept),
        names=names,
        numbers=numbers,
        recurring=_recurring(lowered, facts, kept, cased=cased),
    )


def _headline(heading: str) -> int:
    marked = lexicon().updates.sub("", heading)
    return _hash(" ".join(fold(word) for word in words(marked))) if marked.strip() else 0


def _cased(text: str) -> bool:
    """Tell whether the text uses capitals as prose does: some, and not for most letters."""
    sample = text[:2000]
    upper = sum(map(str.isupper, sample))
    return 0 < upper < _SHOUTED * (sum(map(str.isalpha, sample)) or 1)


@lru_cache(1 << 16)
def _word_hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _hash(value: str) -> int:
    return crc32(value.encode("utf-8", "surrogatepass"))


def _short(value: str) -> int:
    """Return a hash of 16 bits that is never 0, or 0 for an empty string."""
    return (_hash(value) % 0xFFFF) + 1 if value else 0


def _mix(values: Hashes) -> Hashes:
    """Scatter 64-bit values evenly (the finaliser of splitmix64, Steele and others 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _shingle_hashes(flat: list[str]) -> Hashes:
    """Return the distinct hashes of all runs of `SHINGLE_WORDS` words, ascending; of the whole text if it is shorter."""
    if not flat:
        return np.empty(0, np.uint64)
    tokens = _mix(np.fromiter(map(_word_hash, flat), np.uint64, len(flat)) + np.uint64(1))
    width = min(SHINGLE_WORDS, len(flat))
    runs = len(flat) - width + 1
    total = np.zeros(runs, np.uint64)
    for i in range(width):
        total = total * np.uint64(0x9E3779B97F4A7C15) + tokens[i : i + runs]
    return np.unique(_mix(total))


def _minhash(flat: list[str]) -> tuple[bytes, tuple[int, ...], int]:
    """Return (signature, candidate keys, number of distinct shingles)."""
    hashes = _shingle_hashes(flat)
    if not len(hashes):
        return bytes(BINS), (), 0
    bins = (hashes >> np.uint64(64 - _BIN_BITS)).astype(np.int64)
    least = np.flatnonzero(np.diff(bins, prepend=-1))
    filled = np.zeros(BINS, bool)
    values = np.zeros(BINS, np.uint8)
    filled[bins[least]] = True
    values[bins[least]] = (hashes[least] & np.uint64(0xFF)).astype(np.uint8)
    if not filled.all():
        empty = np.flatnonzero(~filled)
        values[empty] = values[_donors(filled)[empty]]
    coarse = (hashes >> np.uint64(64 - _KEY_BITS)).astype(np.int64)
    first = np.flatnonzero(np.diff(coarse[coarse < MAX_KEYS], prepend=-1))
    keys = tuple(np.unique(hashes[first] & np.uint64(0xFFFFFFFF)).tolist())
    return values.tobytes(), keys, len(hashes)


_TRIES: Final = 64
_PROBES: Final = (
    _mix(np.arange(BINS * _TRIES, dtype=np.uint64) + np.uint64(0x5EED)).reshape(BINS, _TRIES)
    >> np.uint64(64 - _BIN_BITS)
).astype(np.int64)
"""For each bin, the bins that it asks for a value, in this order, when it has none: optimal densification."""


def _donors(filled: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each bin the first filled one of its probes; the first filled one of all where none of them is."""
    hit = filled[_PROBES]
    found: NDArray[np.int64] = np.where(
        hit.any(axis=1), _PROBES[np.arange(BINS), hit.argmax(axis=1)], int(filled.argmax())
    )
    return found


def _facts(split: list[list[str]], lowered: list[list[str]], *, cased: bool) -> list[Facts]:
    if not cased:
        return [take_apart(low, low, set()) for low in lowered]
    named = {
        low
        for tokens, lows in zip(split, lowered, strict=True)
        for token, low in zip(tokens[1:], lows[1:], strict=True)
        if token[0].isupper()
    } - lexicon().starters
    facts = []
    for tokens, low in zip(split, lowered, strict=True):
        shouted = tokens[0].isupper() and sum(map(str.isupper, tokens)) > _SHOUTED * len(tokens)
        facts.append(take_apart(low if shouted else tokens, low, named))
    return facts


def _rows(lowered: list[list[str]], facts: list[Facts]) -> tuple[Row, ...]:
    rows = []
    for low, fact in zip(lowered, facts, strict=True):
        numbers = " ".join(fact.numbers) + "\n" * len(fact.denials)
        names = _short(" ".join(fact.names))
        rows.append((_hash(" ".join(fact.skeleton)), names, _short(numbers), min(len(low), _BYTE)))
    return tuple(rows)


def _sample(rows: tuple[Row, ...]) -> tuple[int, ...]:
    """Return the places of the sentences that are kept of a long text."""
    if len(rows) <= MAX_SENTENCES:
        return tuple(range(len(rows)))
    rest = sorted(range(LEAD_SENTENCES, len(rows)), key=lambda place: (rows[place], place))
    return tuple(range(LEAD_SENTENCES)) + tuple(sorted(rest[: MAX_SENTENCES - LEAD_SENTENCES]))


def _once(facts: list[Facts]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the hashes of the distinct names and numbers of the text, each ascending."""
    names = {_short(name) for fact in facts for name in fact.names}
    numbers = {_short(number) for fact in facts for number in fact.numbers}
    return tuple(sorted(names)[:MAX_NAMES]), tuple(sorted(numbers)[:MAX_NUMBERS])


def _recurring(
    lowered: list[list[str]], facts: list[Facts], kept: tuple[int, ...], *, cased: bool
) -> tuple[tuple[int, int, int], ...]:
    """Return (term, first sentence, last sentence) of the terms in two sentences or more, the most frequent of them.

    Terms are the names, or long words in a text without capitals; sentences are counted among those `kept`.
    """
    places: dict[str, list[int]] = {}
    for place, (low, fact) in enumerate(zip(lowered, facts, strict=True)):
        for term in dict.fromkeys(fact.names if cased else (w for w in low if len(w) >= _TERM_LETTERS)):
            places.setdefault(term, []).append(bisect_left(kept, place))
    several = Counter({term: len(where) for term, where in places.items() if where[0] < where[-1]})
    chosen = sorted(several, key=lambda term: (-several[term], _short(term), term))[:MAX_RECURRING]
    return tuple(sorted((_short(term), places[term][0], places[term][-1]) for term in chosen))
