"""Entry: all that is kept of one verdict, as the value of one changelog record. The live state is these records.

Bytes of version 2, little-endian:

====== ====== ==================================================================================
offset length what
====== ====== ==================================================================================
0      1      format version, 2
1      1      kind: index into `KINDS`
2      1      flags: 1 = there is a lead, 2 = this article is it, 4 = there is a date of its own, 8 = it came behind its time
3      1      c: stories or round-ups in `contained`
4      8      stamp, signed: microseconds since 1970 on the clock of record times
12     4      partition of the raw record
16     8      its offset
24     4      group: seq of its first member
28     4      born: seq of the first article of this content
32     4      postings: bit i = the index has text key i
36     4      z: bytes of the sketch; 0 = none
40     z      the sketch
..     4 c    contained: their seqs
..     ..     article id, version, raw id, origin, name of the group; then article id, version and raw id of the lead
              where that is another article. Each is its length (2; 0xFFFF = null; 0x7FFF = a length of 4 follows) and its
              bytes; with the upper bit of the length set, the bytes of a UUID or a SHA-256 instead of its text.
..     8      the date of its own, as the stamp, if there is one
====== ====== ==================================================================================

Version 1 has neither the date nor its two flags, and is still read.
"""

from dataclasses import dataclass
from struct import Struct, calcsize, error
from typing import NamedTuple

from schemas.errors import Rejected
from schemas.verdict import ArticleRef, VerdictKind

VERSION = 2
_READ = (1, VERSION)
KINDS = tuple(VerdictKind)
_FIXED = Struct("<BBBBqIQIIII")
_GROUP_AT, _BORN_AT, _SKETCH_SIZE_AT = map(calcsize, ("<BBBBqIQ", "<BBBBqIQI", "<BBBBqIQIII"))
_MOST_CONTAINED = 255
_LENGTH = Struct("<H")
_SEQ = Struct("<I")
_DATE = Struct("<q")
_BINARY, _NONE = 0x8000, 0xFFFF
_LONG = 0x7FFF
_UUID_LETTERS, _UUID_BYTES, _SHA256_LETTERS = 36, 16, 64
_HAS_LEAD, _IS_LEAD, _DATED, _LATE = 1, 2, 4, 8


class Ref(NamedTuple):
    """One article version, as `ArticleRef` but cheap to make: thousands are for each one that a verdict names."""

    article_id: str
    version: str
    raw_id: str | None

    def model(self) -> ArticleRef:
        """Return it as the contract has it."""
        return ArticleRef.trusted(article_id=self.article_id, version=self.version, raw_id=self.raw_id)


@dataclass(slots=True)
class Entry:
    """One judged article version. `lead` is the first copy that went on; None = it was taken back.

    `dated` is when the article says that it was published or changed, in ticks as the stamp. `late` is a version that came when one
    that was published after it was known already: it is not what its address says now.
    """

    kind: VerdictKind
    stamp: int
    partition: int
    offset: int
    group: int
    born: int
    postings: int
    ref: Ref
    origin: str | None
    name: str
    lead: Ref | None
    sketch: bytes
    contained: tuple[int, ...] = ()
    dated: int | None = None
    late: bool = False

    def encode(self) -> bytes:
        """Return the bytes; `decode` gives the same entry back."""
        leads = self.lead == self.ref
        flags = _HAS_LEAD * (self.lead is not None) | _IS_LEAD * leads
        flags |= _DATED * (self.dated is not None) | _LATE * self.late
        contained = self.contained[:_MOST_CONTAINED]
        numbers = (
            self.stamp,
            self.partition,
            self.offset,
            self.group,
            self.born,
            self.postings,
            len(self.sketch),
        )
        lead = () if self.lead is None or leads else self.lead
        name = None if self.name == self.ref.article_id else self.name
        texts = (*self.ref, self.origin, name, *lead)
        parts = [_FIXED.pack(VERSION, KINDS.index(self.kind), flags, len(contained), *numbers), self.sketch]
        parts += [_SEQ.pack(seq) for seq in contained]
        parts += [_pack(text) for text in texts]
        if self.dated is not None:
            parts.append(_DATE.pack(self.dated))
        return b"".join(parts)

    @classmethod
    def decode(cls, data: bytes) -> "Entry":
        """Read an entry; raises Rejected if the bytes are none of a version known here."""
        try:
            version, kind, flags, count, stamp, part, offset, group, born, postings, size = (
                _FIXED.unpack_from(data)
            )
            if version not in _READ:
                reason = f"dedupe entry: version {version} is unknown here"
                raise Rejected(reason)
            at = _FIXED.size + size
            sketch = data[_FIXED.size : at]
            contained = tuple(_SEQ.unpack_from(data, at + _SEQ.size * i)[0] for i in range(count))
            at += _SEQ.size * count
            texts: list[str | None] = []
            for _ in range(8 if flags & (_HAS_LEAD | _IS_LEAD) == _HAS_LEAD else 5):
                text, at = _unpack(data, at)
                texts.append(text)
            dated = _DATE.unpack_from(data, at)[0] if flags & _DATED else None
        except (error, UnicodeDecodeError, IndexError) as broken:
            reason = f"dedupe entry: {broken}"
            raise Rejected(reason) from None
        ref = _ref(texts[:3])
        lead = ref if flags & _IS_LEAD else _ref(texts[5:]) if flags & _HAS_LEAD else None
        name = texts[4] if texts[4] is not None else ref.article_id
        numbers = (stamp, part, offset, group, born, postings)
        late = bool(flags & _LATE)
        return cls(KINDS[kind], *numbers, ref, texts[3], name, lead, sketch, contained, dated, late)


def stamp_of(data: bytes) -> int:
    """Return the stamp of encoded bytes without decoding the rest."""
    stamp: int = _FIXED.unpack_from(data)[4]
    return stamp


def group_of(data: bytes) -> int:
    """Return the group of encoded bytes without decoding the rest."""
    group: int = _SEQ.unpack_from(data, _GROUP_AT)[0]
    return group


def born_of(data: bytes) -> int:
    """Return the `born` of encoded bytes without decoding the rest."""
    born: int = _SEQ.unpack_from(data, _BORN_AT)[0]
    return born


def sketch_of(data: bytes) -> bytes:
    """Return the sketch in encoded bytes without decoding the rest."""
    return data[_FIXED.size : _FIXED.size + _SEQ.unpack_from(data, _SKETCH_SIZE_AT)[0]]


def with_sketch(data: bytes, sketch: bytes) -> bytes:
    """Return the encoded bytes of an entry that has no sketch with one, without decoding them."""
    at = _FIXED.size
    return b"".join((data[: at - _SEQ.size], _SEQ.pack(len(sketch)), sketch, data[at:]))


def _ref(texts: list[str | None]) -> Ref:
    return Ref(texts[0] or "", texts[1] or "", texts[2])


def _pack(text: str | None) -> bytes:
    if text is None:
        return _LENGTH.pack(_NONE)
    binary = _to_binary(text)
    if binary is not None:
        return _LENGTH.pack(_BINARY | len(binary)) + binary
    data = text.encode("utf-8", "surrogatepass")
    if len(data) >= _LONG:
        return _LENGTH.pack(_LONG) + _SEQ.pack(len(data)) + data
    return _LENGTH.pack(len(data)) + data


def _to_binary(text: str) -> bytes | None:
    """Return the bytes of a UUID or a SHA-256 in its canonical spelling, else None."""
    if len(text) not in (_UUID_LETTERS, _SHA256_LETTERS):
        return None
    try:
        binary = bytes.fromhex(text.replace("-", "") if len(text) == _UUID_LETTERS else text)
    except ValueError:
        return None
    return binary if _from_binary(binary) == text else None


def _from_binary(data: bytes) -> str:
    text = data.hex()
    if len(data) != _UUID_BYTES:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _unpack(data: bytes, at: int) -> tuple[str | None, int]:
    (length,) = _LENGTH.unpack_from(data, at)
    at += _LENGTH.size
    if length == _NONE:
        return None, at
    if length == _LONG:
        (length,) = _SEQ.unpack_from(data, at)
        at += _SEQ.size
        return data[at : at + length].decode("utf-8", "surrogatepass"), at + length
    end = at + (length & ~_BINARY)
    if end > len(data):
        reason = "dedupe entry: cut off"
        raise Rejected(reason)
    part = data[at:end]
    return (_from_binary(part) if length & _BINARY else part.decode("utf-8", "surrogatepass")), end
