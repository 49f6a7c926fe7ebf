"""Sketch: what deduplication needs to know of a text, small enough to travel in a record's header.

Bytes of version 1, little-endian. `s`, `k`, `n`, `r`, `q` are the five counts of the fixed part:

====== ======= =====================================================================================
offset length  what
====== ======= =====================================================================================
0      1       format version, 1
1      1       flags: 1 = the text has upper and lower case, 2 = the headline says that it is an update
2      1       script of the text: index into `SCRIPTS`
3      5       counts: k keys (at most 16), s sentences, n names, r recurring terms, q numbers
8      4       words of the text
12     4       distinct word shingles of the text
16     16      content hash: first 16 bytes of the SHA-256 of the normalised text
32     128     MinHash signature: the low byte of the least shingle hash in each of 128 bins
160    4 k     candidate keys: the least shingle hash (upper 32 bits) in each of 16 bins, ascending
..     4 s     skeleton hash of each sentence kept, in the order of the text
..     2 s     hash of the names in it; 0 = none
..     2 s     hash of the numbers, dates and negations in it; 0 = none
..     1 s     its words, at most 255
..     1 s     its place among all sentences, at most 255
..     2 n     hashes of the names, ascending
..     2 q     hashes of the numbers and dates, ascending
..     2 r     hashes of the terms that occur in two sentences or more, ascending
..     1 r     the first sentence that each is in
..     1 r     the last one
====== ======= =====================================================================================
"""

from dataclasses import dataclass
from struct import Struct, error, unpack_from

from schemas.errors import Rejected

VERSION = 1
BINS = 128
SCRIPTS = ("none", "latin", "cyrillic", "arabic", "greek", "hebrew", "cjk", "hangul", "indic", "thai", "other")
"""Scripts by their code. Append only: the position is what is written."""

_CASED, _UPDATE = 1, 2
_FIXED = Struct("<BBB5BII16s128s")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text says, as hashes; see the head of this module for the meaning and width of each field.

    `sentences` holds one (skeleton, names, numbers, words, place) for each sentence kept, `recurring` one
    (term, first sentence, last sentence) for each term. All hashes are unsigned integers.
    """

    digest: bytes
    signature: bytes
    words: int
    shingles: int
    script: str
    cased: bool
    update: bool
    keys: tuple[int, ...]
    sentences: tuple[tuple[int, int, int, int, int], ...]
    names: tuple[int, ...]
    numbers: tuple[int, ...]
    recurring: tuple[tuple[int, int, int], ...]
    version: int = VERSION

    def encode(self) -> bytes:
        """Return the bytes; `decode` gives the same sketch back."""
        k, s, n = len(self.keys), len(self.sentences), len(self.names)
        r, q = len(self.recurring), len(self.numbers)
        flags = _CASED * self.cased | _UPDATE * self.update
        script = SCRIPTS.index(self.script)
        fixed = (self.version, flags, script, k, s, n, r, q, self.words, self.shingles, self.digest, self.signature)
        columns = [self.keys, *_columns(self.sentences, 5), self.names, self.numbers, *_columns(self.recurring, 3)]
        rest = _rest(k, s, n, r, q)
        return _FIXED.pack(*fixed) + rest.pack(*(value for column in columns for value in column))

    @classmethod
    def decode(cls, data: bytes) -> "Sketch":
        """Read a sketch; raises Rejected if the bytes are none of a version known here."""
        try:
            version, flags, script, k, s, n, r, q, words, shingles, digest, signature = _FIXED.unpack_from(data)
        except error:
            reason = f"sketch: {len(data)} bytes, fewer than the fixed part"
            raise Rejected(reason) from None
        if version != VERSION:
            reason = f"sketch: version {version} is unknown here"
            raise Rejected(reason)
        rest = _rest(k, s, n, r, q)
        if script >= len(SCRIPTS) or len(data) != _FIXED.size + rest.size:
            reason = f"sketch: {len(data)} bytes do not fit its counts"
            raise Rejected(reason)
        values = unpack_from(rest.format, data, _FIXED.size)
        cuts = [0]
        for width in (k, s, s, s, s, s, n, q, r, r, r):
            cuts.append(cuts[-1] + width)
        part = [values[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
        return cls(
            digest=digest,
            signature=signature,
            words=words,
            shingles=shingles,
            script=SCRIPTS[script],
            cased=bool(flags & _CASED),
            update=bool(flags & _UPDATE),
            keys=part[0],
            sentences=tuple(zip(*part[1:6], strict=True)),
            names=part[6],
            numbers=part[7],
            recurring=tuple(zip(*part[8:], strict=True)),
        )


def _columns(rows: tuple[tuple[int, ...], ...], width: int) -> list[tuple[int, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


_STRUCTS: dict[tuple[int, ...], Struct] = {}


def _rest(k: int, s: int, n: int, r: int, q: int) -> Struct:
    shape = Struct(f"<{k + s}I{2 * s}H{2 * s}B{n + q + r}H{2 * r}B")
    return shape
