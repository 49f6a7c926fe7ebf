"""Sketch: what deduplication needs to know of a text, small enough to travel in a record's header.

Bytes of version 1, little-endian. `s`, `k`, `n`, `r`, `q` are the five counts of the fixed part:

====== ======= =====================================================================================
offset length  what
====== ======= =====================================================================================
0      1       format version, 1
1      1       flags: 1 = the text has upper and lower case, 2 = the headline says that it is an update
2      1       script of the text: index into `SCRIPTS`
3      5       counts: k keys , s sentences, n names, r recurring terms, q numbers
8      4       words of the text
12     4       distinct word shingles of the text
16     4       hash of the normalised headline without such marks; 0 = none
20     16      content hash: first 16 bytes of the SHA-256 of the normalised text
36     128     MinHash signature: the low byte of the least shingle hash in each of 128 bins
164    4 k     candidate keys: lower 32 bits of the least shingle hash in each of the first 10 of 16 bins, ascending
..     4 s     skeleton hash of each sentence kept, in the order of the text
..     2 s     hash of the names in it; 0 = none
..     2 s     hash of the numbers, dates and negations in it; 0 = none
..     1 s     its words, at most 255
..     2 n     hashes of the names, ascending
..     2 q     hashes of the numbers and dates, ascending
..     2 r     hashes of the terms that occur in two sentences or more, ascending
..     1 r     the first sentence that each is in, counted among those kept
..     1 r     the last one
====== ======= =====================================================================================
"""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise
from struct import Struct, error
from typing import NamedTuple

from schemas.errors import Rejected

VERSION = 1
BINS = 128
SCRIPTS = (
    "none",
    "latin",
    "cyrillic",
    "arabic",
    "greek",
    "hebrew",
    "cjk",
    "hangul",
    "indic",
    "thai",
    "other",
)
"""Scripts by their code. Append only: the position is what is written."""

_CASED, _UPDATE = 1, 2
_SCRIPT_AT = 2
_DIGEST_AT = 20
_FIXED = Struct("<BBB5BIII16s128s")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text says, as hashes; see the head of this module for the meaning and width of each field.

    `sentences` holds one (skeleton, names, numbers, words) for each sentence kept, `recurring` one
    (term, first sentence, last sentence) for each term. All hashes are unsigned integers.
    """

    digest: bytes
    signature: bytes
    words: int
    shingles: int
    headline: int
    script: str
    cased: bool
    update: bool
    keys: tuple[int, ...]
    sentences: tuple[tuple[int, int, int, int], ...]
    names: tuple[int, ...]
    numbers: tuple[int, ...]
    recurring: tuple[tuple[int, int, int], ...]
    version: int = VERSION
    _read: bytes = field(default=b"", init=False, compare=False, repr=False)

    def encode(self) -> bytes:
        """Return the bytes; `decode` gives the same sketch back."""
        if self._read:
            return self._read
        k, s, n = len(self.keys), len(self.sentences), len(self.names)
        r, q = len(self.recurring), len(self.numbers)
        flags = _CASED * self.cased | _UPDATE * self.update
        script = SCRIPTS.index(self.script)
        counts = (self.version, flags, script, k, s, n, r, q, self.words, self.shingles)
        fixed = (*counts, self.headline, self.digest, self.signature)
        columns = [
            self.keys,
            *_columns(self.sentences, 4),
            self.names,
            self.numbers,
            *_columns(self.recurring, 3),
        ]
        rest = _rest(k, s, n, r, q)
        return _FIXED.pack(*fixed) + rest.pack(*chain.from_iterable(columns))

    @classmethod
    def decode(cls, data: bytes) -> "Sketch":
        """Read a sketch; raises Rejected if the bytes are none of a version known here."""
        try:
            version, flags, script, k, s, n, r, q, words, shingles, headline, digest, signature = (
                _FIXED.unpack_from(data)
            )
        except error:
            reason = f"sketch: {len(data)} bytes, fewer than the fixed part"
            raise Rejected(reason) from None
        if version != VERSION:
            reason = f"sketch: version {version} is unknown here"
            raise Rejected(reason)
        rest = _rest(k, s, n, r, q)
        if flags & ~(_CASED | _UPDATE):
            reason = f"sketch: flags {flags} are unknown here"
            raise Rejected(reason)
        if script >= len(SCRIPTS) or len(data) != _FIXED.size + rest.size:
            reason = f"sketch: {len(data)} bytes do not fit its counts"
            raise Rejected(reason)
        values = rest.unpack_from(data, _FIXED.size)
        cuts = [0]
        for width in (k, s, s, s, s, n, q, r, r, r):
            cuts.append(cuts[-1] + width)
        part = [values[a:b] for a, b in pairwise(cuts)]
        sketch = cls(
            digest=digest,
            signature=signature,
            words=words,
            shingles=shingles,
            headline=headline,
            script=SCRIPTS[script],
            cased=bool(flags & _CASED),
            update=bool(flags & _UPDATE),
            keys=part[0],
            sentences=tuple(zip(*part[1:5], strict=True)),
            names=part[5],
            numbers=part[6],
            recurring=tuple(zip(*part[7:], strict=True)),
        )
        object.__setattr__(sketch, "_read", data)  # no two encodings give one sketch
        return sketch


class Outline(NamedTuple):
    """What the overlap of two texts is told from; `skeletons` is the first column of `Sketch.sentences`.

    The other columns begin in `data` at `at`: they are read of the few sentences that are asked about.
    """

    words: int
    shingles: int
    digest: bytes
    signature: bytes
    skeletons: tuple[int, ...]
    data: bytes
    at: int

    def facts(self, place: int) -> tuple[int, int]:
        """Return the hashes of the names and of the numbers of a sentence."""
        data, count = self.data, len(self.skeletons)
        names = self.at + 2 * place
        numbers = names + 2 * count
        return (
            int.from_bytes(data[names : names + 2], "little"),
            int.from_bytes(data[numbers : numbers + 2], "little"),
        )

    @property
    def lengths(self) -> bytes:
        """The words of each sentence."""
        count = len(self.skeletons)
        return self.data[self.at + 4 * count : self.at + 5 * count]


def outline_of(data: bytes) -> Outline:
    """Return the outline in the bytes of a sketch, which must be whole, without decoding the rest."""
    _, _, _, k, s, _, _, _, words, shingles, _, digest, signature = _FIXED.unpack_from(data)
    at = _FIXED.size + 4 * k
    return Outline(words, shingles, digest, signature, _column(s).unpack_from(data, at), data, at + 4 * s)


def digest_of(data: bytes) -> bytes:
    """Return the content hash in the bytes of a sketch without decoding the rest."""
    return data[_DIGEST_AT : _DIGEST_AT + 16]


def script_of(data: bytes) -> str:
    """Return the script in the bytes of a sketch without decoding the rest."""
    return SCRIPTS[data[_SCRIPT_AT]]


def _columns(rows: tuple[tuple[int, ...], ...], width: int) -> list[tuple[int, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


@lru_cache(256)
def _column(s: int) -> Struct:
    return Struct(f"<{s}I")


@lru_cache(4096)
def _rest(k: int, s: int, n: int, r: int, q: int) -> Struct:
    return Struct(f"<{k + s}I{2 * s}H{s}B{n + q + r}H{2 * r}B")
