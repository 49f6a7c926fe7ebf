"""Store: the entries by seq, with the index over them, which is rebuilt from the entries alone.

An article of content that is already here adds no text keys and keeps no sketch: it holds the content that the first one brought
(`born`), and its entry in memory is without the sketch that its record has. The content leaves with the last article that holds it.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from processors.dedupe.constants import MAX_CANDIDATES, POSTINGS_PER_KEY
from processors.dedupe.entry import Entry, Ref, born_of, sketch_of, stamp_of, with_sketch
from processors.dedupe.index import Postings, Probe
from processors.dedupe.keys import TextKeys, article_key, as_array, content_key, raw_key, text_keys
from processors.log import Log
from schemas.sketch import Sketch, digest_of

_CHUNK: Final = 1 << 16
"""Postings taken up at a time: all of a full window at once would take more memory than they do in the index."""


class Candidate(NamedTuple):
    """A text met by its keys: `born`, how many keys it has in common, and whether one of them is indexed on both sides."""

    born: int
    common: int
    symmetric: bool


class LookUp(NamedTuple):
    """All that the index has under the keys of one article; good until the store changes.

    `versions` are the living ones of the article by seq, `twin` is the content that is the same.
    """

    probe: Probe
    first_text: int
    indexed: int
    versions: list[int]
    twin: int | None

    def candidates(self) -> list[Candidate]:
        """Return the texts that may be related: those with the most keys in common, of these the earliest, in that order."""
        position, ids = self.probe.position, self.probe.ids
        text = position >= self.first_text
        common = Counter(ids[text].tolist())
        symmetric = set(ids[text & (position < self.first_text + self.indexed)].tolist())
        order = sorted(sorted(common), key=common.__getitem__, reverse=True)[:MAX_CANDIDATES]
        return [Candidate(born, common[born], born in symmetric) for born in order]


class Store:
    """Encoded entries by seq, and what finds them: by text, by content, by article id and raw id."""

    def __init__(self) -> None:
        """Start empty."""
        self._log = Log()
        self._index = Postings()
        self._heirs: dict[int, int] = {}
        self._oldest = 0

    @property
    def next(self) -> int:
        """Return the seq after the last one."""
        return self._log.next

    def alive(self, seq: int) -> bool:
        """Tell whether an entry is there."""
        return self._log.alive(seq)

    def lean_on(self, fetch: Callable[[int], bytes | None]) -> None:
        """Let `fetch` read back the record of a living entry, as it was at the last `release`."""
        self._log.lean_on(fetch)

    def release(self) -> None:
        """Let go of the records that are elsewhere too, but for the last ones."""
        self._log.release()

    def raw(self, seq: int) -> bytes | None:
        """Return the record of an entry, None if it is not alive."""
        data = self._log.get(seq)
        if data is None or sketch_of(data) or born_of(data) == seq:
            return data
        return with_sketch(data, self._sketch(born_of(data)))

    def kept(self, seq: int) -> bytes | None:
        """Return what is kept of an entry, which has a sketch if it is the holder of its content; None if it is not alive."""
        return self._log.get(seq)

    def entry(self, seq: int) -> Entry | None:
        """Return an entry, None if it is not alive."""
        data = self._log.get(seq)
        if data is None:
            return None
        entry = Entry.decode(data)
        if not entry.sketch and entry.born != seq:
            entry.sketch = self._sketch(entry.born)
        return entry

    def _sketch(self, born: int) -> bytes:
        """Return the encoded sketch of a content; empty if nothing alive holds it."""
        data = self._log.get(self.holder(born))
        return b"" if data is None else sketch_of(data)

    def _keep(self, seq: int, entry: Entry) -> bytes:
        """Return what is kept of an entry: only the first holder of a content has its sketch."""
        if seq == self.holder(entry.born):
            return entry.encode()
        return replace(entry, sketch=b"").encode()

    def holder(self, born: int) -> int:
        """Return the earliest living article of a content: the one that brought it, or its heir."""
        return self._heirs.get(born, born)

    def look_up(self, ref: Ref, sketch: Sketch, encoded: bytes, text: TextKeys) -> LookUp:
        """Return what the index has under the keys of an article.

        Of several contents of one hash (they differ in the headline or in capitals) the one whose sketch is the same to the byte is
        preferred; `encoded` is that sketch.
        """
        names = _name_keys(ref)
        head = list(dict.fromkeys((*names, content_key(sketch.digest))))
        first = len(head)
        probe = self._index.probe(as_array(head + text.keys))
        versions: list[int] = []
        twin, identical = None, False
        named = set(probe.ids[probe.position < len(names)].tolist())
        for number in sorted(set(probe.ids[probe.position < first].tolist())):
            data = self._log.get(number) if number in named else None
            if data is not None and Entry.decode(data).ref.article_id == ref.article_id:
                versions.append(number)
            held = self._sketch(number)
            if digest_of(held) == sketch.digest and (twin is None or (held == encoded and not identical)):
                twin, identical = number, held == encoded
        return LookUp(probe, first, text.indexed, versions, twin)

    def by_article(self, article_id: str) -> list[int]:
        """Return the living versions of an article, by seq."""
        entries = self._named(article_key(article_id))
        return [seq for seq, entry in entries if entry.ref.article_id == article_id]

    def by_raw_id(self, raw_id: str) -> list[int]:
        """Return the living versions of what the producer calls `raw_id`, by seq."""
        return [seq for seq, entry in self._named(raw_key(raw_id)) if entry.ref.raw_id == raw_id]

    def _named(self, key: int) -> list[tuple[int, Entry]]:
        found = sorted(set(self._index.probe(as_array([key])).ids.tolist()))
        return [
            (seq, entry)
            for seq, entry in zip(found, map(self.entry, found), strict=True)
            if entry is not None
        ]

    def append(self, entry: Entry, found: LookUp | None) -> None:
        """Put an entry under the next seq. `found` is what was looked up for it; None if nothing is to find it.

        Sets the entry's `postings`, which of its text keys the index took, if its content is new.
        """
        seq = self.next
        if found is not None:
            new = entry.born == seq
            count = found.first_text + found.indexed if new else len(_name_keys(entry.ref))
            took = self._index.add(found.probe.part(count), seq, POSTINGS_PER_KEY, found.first_text)
            if new:
                entry.postings = sum(1 << i for i, added in enumerate(took[found.first_text :]) if added)
        self._log.append(self._keep(seq, entry))

    def replace(self, seq: int, entry: Entry) -> None:
        """Write a living entry anew; nothing that the index holds may differ."""
        self._log.set(seq, self._keep(seq, entry))

    def remove(self, seq: int, entry: Entry, kin: list[int]) -> tuple[list[int], list[int]]:
        """Take a living entry out.

        `kin` are the living members of its group by seq, among which is who else holds its content. Returns the keys and, pairwise,
        the numbers that `unlink` has to take from the index before anything is looked up.
        """
        self._log.set(seq, None)
        if not entry.sketch:
            return [], []
        keys = _name_keys(entry.ref)
        numbers = [seq] * len(keys)
        if seq == self.holder(entry.born):
            heir = next((s for s in kin if s != seq and born_of(self._log.get(s) or b"") == entry.born), None)
            if heir is None:
                self._heirs.pop(entry.born, None)
                content = _content_keys(entry)
                keys += content
                numbers += [entry.born] * len(content)
            else:
                self._heirs[entry.born] = heir
                inherits = Entry.decode(self._log.get(heir) or b"")
                self.replace(heir, replace(inherits, sketch=entry.sketch))
        return keys, numbers

    def unlink(self, keys: list[int], numbers: list[int]) -> None:
        """Take postings from the index, those of many entries at once: each call costs as much as forty of them."""
        if keys:
            self._index.remove(np.array(keys, np.uint64), np.array(numbers, np.int64))

    def old(self, oldest: int) -> list[int]:
        """Return the living seqs whose stamp is before `oldest`. Stamps never fall, so they are the first ones."""
        out = []
        self._oldest = max(self._oldest, self._log.first())
        for seq in range(self._oldest, self._log.next):
            data = self._log.get(seq)
            if data is not None:
                if stamp_of(data) >= oldest:
                    break
                out.append(seq)
            elif not out:
                self._oldest = seq + 1
        return out

    def restore(self, items: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, int, int]]:
        """Fill an empty store with entries by seq; yield (seq, group, stamp) of each. It is filled when that has ended."""
        keys, numbers = array("Q"), array("q")
        empty = True
        for seq, data in items:
            entry = Entry.decode(data)
            if empty:
                self._log.begin(seq)
                empty = False
            while self._log.next < seq:
                self._log.append(None)
            if entry.sketch:
                names = _name_keys(entry.ref)
                keys.extend(names)
                numbers.extend([seq] * len(names))
                if not self.alive(self.holder(entry.born)):
                    if entry.born != seq:
                        self._heirs[entry.born] = seq
                    content = _content_keys(entry)
                    keys.extend(content)
                    numbers.extend([entry.born] * len(content))
            self._log.append(data if seq == self.holder(entry.born) else self._keep(seq, entry))
            yield seq, entry.group, entry.stamp
            if len(keys) > _CHUNK:
                self._take_up(keys, numbers)
                keys, numbers = array("Q"), array("q")
        self._take_up(keys, numbers)

    def _take_up(self, keys: "array[int]", numbers: "array[int]") -> None:
        self._index.load(np.frombuffer(keys, np.uint64), np.frombuffer(numbers, np.int64))
        self.release()


def _name_keys(ref: Ref) -> list[int]:
    keys = [article_key(ref.article_id)]
    if ref.raw_id is not None:
        keys.append(raw_key(ref.raw_id))
    return list(dict.fromkeys(keys))


def _content_keys(entry: Entry) -> list[int]:
    """Return the keys that the index has for the content of an entry."""
    sketch = Sketch.decode(entry.sketch)
    text = text_keys(sketch)
    return [content_key(sketch.digest)] + [
        text.keys[i] for i in range(text.indexed) if entry.postings >> i & 1
    ]
