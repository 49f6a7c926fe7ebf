"""MinHash of a run of words: one-permutation hashing with optimal densification (Li, Owen, Zhang 2012; Shrivastava 2017).

One byte a bin (b-bit minwise hashing, Li and Koenig 2010): one hash for each shingle instead of 128, and no sampling error
beyond the same.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from processors.dedupe.constants import KEY_BINS, MAX_KEYS, SHINGLE_WORDS
from schemas.sketch import BINS

Hashes = NDArray[np.uint64]

_BIN_BITS: Final = BINS.bit_length() - 1
_LOW: Final = np.uint64(0xFFFFFFFF)
_ROLL: Final = np.uint64(0x9E3779B97F4A7C15)


class MinHash(NamedTuple):
    """The signature, one byte for each of `BINS` bins; the candidate keys, ascending; how many distinct shingles there are."""

    signature: bytes
    keys: tuple[int, ...]
    shingles: int


def minhash(words: bytes) -> MinHash:
    """Return the MinHash of a text whose words are given in their order as hashes of four bytes, little-endian."""
    if not words:
        return MinHash(bytes(BINS), (), 0)
    hashes = _shingles(np.frombuffer(words, "<u4").astype(np.uint64))
    places = np.full(BINS + 1, len(hashes))
    places[:-1] = hashes.searchsorted(_BINS)
    filled = places[:-1] < places[1:]
    values = np.zeros(BINS, np.uint8)
    values[filled] = hashes[places[:-1][filled]].astype(np.uint8)
    if not filled.all():
        empty = (~filled).nonzero()[0]
        values[empty] = values[_donors(filled, empty)]
    coarse = places[:: BINS // KEY_BINS][: MAX_KEYS + 1]
    keys = hashes[coarse[:-1][coarse[:-1] < coarse[1:]]] & _LOW
    return MinHash(values.tobytes(), tuple(sorted(set(keys.tolist()))), len(hashes))


def _mix(values: Hashes) -> Hashes:
    """Scatter 64-bit values evenly (the finaliser of splitmix64, Steele and others 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _shingles(words: Hashes) -> Hashes:
    """Return the distinct hashes of all runs of `SHINGLE_WORDS` words, ascending; of the whole text if it is shorter."""
    tokens = _mix(words + np.uint64(1))
    width = min(SHINGLE_WORDS, len(words))
    runs = len(words) - width + 1
    total = tokens[:runs]
    for i in range(1, width):
        total = total * _ROLL + tokens[i : i + runs]
    hashes = _mix(total)
    hashes.sort()
    new = np.empty(runs, bool)
    new[0] = True
    np.not_equal(hashes[1:], hashes[:-1], out=new[1:])
    return hashes[new]


_BINS: Final = np.arange(BINS, dtype=np.uint64) << np.uint64(64 - _BIN_BITS)
"""The least hash of each bin: a bin is a range of hashes, and its least one is where the range begins."""

_TRIES: Final = 64
_PROBES: Final = (
    _mix(np.arange(BINS * _TRIES, dtype=np.uint64) + np.uint64(0x5EED)).reshape(BINS, _TRIES)
    >> np.uint64(64 - _BIN_BITS)
).astype(np.int64)
"""For each bin, the bins that it asks for a value, in this order, when it has none: optimal densification."""


def _donors(filled: NDArray[np.bool_], empty: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each empty bin the first filled one of its probes; the first filled one of all where none of them is."""
    probes = _PROBES[empty]
    hit = filled[probes]
    found: NDArray[np.int64] = np.where(
        hit.any(axis=1), probes[np.arange(len(empty)), hit.argmax(axis=1)], int(filled.argmax())
    )
    return found
