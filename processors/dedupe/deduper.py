"""Deduper: one verdict for each article version, in the order they come in."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from processors.dedupe.diff import text_diff
from processors.dedupe.entry import Entry, Ref
from processors.dedupe.groups import Groups
from processors.dedupe.keys import text_keys
from processors.dedupe.relate import Relations, relate
from processors.dedupe.store import LookUp, Store
from schemas.article import ArticleHead
from schemas.sketch import Sketch
from schemas.verdict import ArticleRef, Edge, Verdict, VerdictKind

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_STEP: Final = 10_000_000
"""Ticks by which the window moves, 10 s: a copy that comes within seconds of the end of seven days is news or is not, and
to take out a few articles at a time costs half of taking them out one by one."""
_WATERMARK: Final = b"w"
_WATERMARK_BYTES: Final = 5


class Deduper:
    """Judges article versions one by one; the same sequence gives the same verdicts, on any machine and after any restart.

    The clock is the greatest record_time so far; there is no other. An article stays for one window after it came in, whatever
    date it bears: a date in the future evicts nothing, and of a backlog of months that is read from several partitions at
    once the one that is ahead does not push out the originals of copies that the others still hold. All state is in the
    records of `changes`: hand them to `restore` of a new Deduper and it goes on where this one is.
    """

    def __init__(self, window: timedelta | None = timedelta(days=7)) -> None:
        """Take how long an article is remembered; None = for good."""
        self._window = window
        self._store = Store()
        self._groups = Groups(self._store)
        self._clock: int | None = None
        self._oldest: int | None = None
        self._watermarks: dict[int, int] = {}
        self._reported = 0
        self._rewritten: dict[int, None] = {}
        self._moved: dict[int, None] = {}

    def __len__(self) -> int:
        """Return the number of verdicts so far, which is the next `seq`."""
        return self._store.next

    def seen(self, head: ArticleHead) -> bool:
        """Tell whether the raw record of `head` was judged already: its offset is not beyond the last one of its partition."""
        return head.raw.offset <= self._watermarks.get(head.raw.partition, -1)

    def knows(self, head: ArticleHead) -> bool:
        """Tell whether anything is here that a withdrawal by `head` would take back."""
        return bool(self._versions(head))

    def mark_seen(self, head: ArticleHead) -> None:
        """Note that the raw record of `head` was seen, with a verdict or without.

        Without one the clock stays where it is: nothing is kept from which `restore` could learn the time.
        """
        mark = max(head.raw.offset, self._watermarks.get(head.raw.partition, -1))
        self._watermarks[head.raw.partition] = mark
        self._moved[head.raw.partition] = None

    def judge(
        self, head: ArticleHead, sketch: Sketch, text: Callable[[], str | None] | None = None
    ) -> Verdict:
        """Return the verdict on one article version and remember it.

        `text` gives the cleaned text, or None where there is none to be had, and must not raise. It is called for a revision only,
        whose verdict then has the diff.
        """
        self._advance(head)
        self.mark_seen(head)
        if head.withdrawn:
            return self._withdraw(head)
        entry = self._entry(head, VerdictKind.UNIQUE, sketch.encode())
        found = self._store.look_up(entry.ref, sketch, entry.sketch, text_keys(sketch))
        relations = relate(self._store, sketch, entry, found, by_url=bool(head.url))
        verdict = self._decide(head, entry, sketch, found, relations)
        revised = relations.revised() if verdict.kind is VerdictKind.REVISION else None
        body = text() if text is not None and revised is not None else None
        if body is None or revised is None:
            return verdict
        diff = text_diff(Sketch.decode(revised.entry.sketch), sketch.headline, body)
        return verdict.model_copy(update={"diff": diff})

    def changes(self) -> list[tuple[bytes, bytes | None]]:
        """Return what changed since the last call, as (key, value) of a changelog; the value None = evicted.

        Keys are the seq as 8 bytes big-endian, or `w` and the raw partition as 4 bytes with the last offset judged as 8.
        """
        seqs = [*self._rewritten, *range(self._reported, self._store.next)]
        items = [(_key(seq), self._store.raw(seq)) for seq in sorted(seqs)]
        marks = [
            (_WATERMARK + part.to_bytes(4, "big"), self._watermarks[part].to_bytes(8, "big"))
            for part in sorted(self._moved)
        ]
        self._reported = self._store.next
        self._rewritten.clear()
        self._moved.clear()
        self._store.release()
        return [*items, *marks]

    def restore(
        self, items: Iterable[tuple[bytes, bytes]], fetch: Callable[[bytes], bytes | None] | None = None
    ) -> None:
        """Rebuild everything from the living (key, value) pairs, in any order; only in a Deduper that judged nothing yet.

        With `fetch`, which reads a key of what `changes` gave so far and will give, the values are left where they are, but for the
        last ones; those in `items` are not looked at then. Raises Rejected for a record that is none of ours.
        """
        keys: Iterable[bytes]
        read: Callable[[bytes], bytes | None]
        if fetch is None:
            values = dict(items)
            keys, read = values, values.get
        else:
            keys, read = [key for key, _ in items], fetch
            self._store.lean_on(lambda seq: read(_key(seq)))
        seqs = []
        for key in keys:
            if len(key) == _WATERMARK_BYTES and key.startswith(_WATERMARK):
                self._watermarks[int.from_bytes(key[1:], "big")] = int.from_bytes(read(key) or b"", "big")
            else:
                seqs.append(int.from_bytes(key, "big"))
        entries = ((seq, read(_key(seq)) or b"") for seq in sorted(seqs))
        for seq, group, stamp in self._store.restore(entries):
            self._groups.add(group, seq)
            self._clock = stamp
        self._reported = self._store.next

    def _advance(self, head: ArticleHead) -> None:
        """Move the clock on and evict what the window has left behind."""
        stamp = (head.record_time - _EPOCH) // _TICK
        self._clock = stamp if self._clock is None else max(self._clock, stamp)
        if self._window is not None:
            oldest = (self._clock - self._window // _TICK) // _STEP
            if oldest != self._oldest:
                self._oldest = oldest
                self._forget(self._store.old(oldest * _STEP))

    def _forget(self, seqs: list[int]) -> list[Entry]:
        gone, keys, numbers = list[Entry](), list[int](), list[int]()
        for seq in seqs:
            entry = self._store.entry(seq)
            if entry is not None:
                lost = self._store.remove(seq, entry, self._groups.members(entry.group))
                keys += lost[0]
                numbers += lost[1]
                self._groups.drop(entry.group, seq)
                gone.append(entry)
        self._store.unlink(keys, numbers)
        self._touch(seqs)
        return gone

    def _touch(self, seqs: Iterable[int]) -> None:
        self._rewritten.update(dict.fromkeys(seq for seq in seqs if seq < self._reported))

    def _decide(
        self, head: ArticleHead, entry: Entry, sketch: Sketch, found: LookUp, relations: Relations
    ) -> Verdict:
        seq, joined = self._store.next, relations.groups()
        merges: list[str] = []
        if joined:
            entry.group, entry.name, entry.lead, merges, written = self._groups.join(joined)
            self._touch(written)
        entry.kind = kind = _kind(relations, led=entry.lead is not None)
        entry.origin = head.agency or relations.origin() or head.source
        entry.contained = relations.contained()
        entry.late = relations.late
        if entry.lead is None:
            entry.lead = entry.ref
            if joined:
                self._touch(self._groups.set_lead(entry.group, entry.lead))
        self._keep(entry, sketch, found, relations)
        edges, revised = relations.edges(), relations.revised()
        return self._verdict(
            head,
            entry,
            seq,
            edges=edges,
            merges=tuple(merges),
            duplicate_of=entry.lead.model() if kind in (VerdictKind.EXACT, VerdictKind.NEAR) else None,
            revision_of=revised.entry.ref.model() if revised and kind is VerdictKind.REVISION else None,
            contains=tuple([o.ref.model() for o in map(self._store.entry, entry.contained) if o]),
        )

    def _keep(self, entry: Entry, sketch: Sketch, found: LookUp, relations: Relations) -> None:
        """Store the entry; one of a content that is here shares its sketch and postings."""
        twin = relations.exact.entry if relations.exact else None
        if twin is not None and sketch.words and relations.identical(entry.sketch):
            entry.born, entry.postings, entry.sketch = twin.born, twin.postings, twin.sketch
        self._store.append(entry, found)
        self._groups.add(entry.group, self._store.next - 1)

    def _withdraw(self, head: ArticleHead) -> Verdict:
        gone = self._forget(self._versions(head))
        for lost in gone:
            if lost.lead == lost.ref:
                self._touch(self._groups.set_lead(lost.group, None))
        entry = self._entry(head, VerdictKind.WITHDRAWN, b"")
        seq = self._store.next
        self._store.append(entry, None)
        return self._verdict(head, entry, seq, withdraws=tuple(lost.ref.model() for lost in gone))

    def _versions(self, head: ArticleHead) -> list[int]:
        """Return the living versions of the article that `head` names: by its URL, else by its producer's id."""
        found = self._store.by_article(head.article_id) if head.url else []
        if not found and head.raw_id is not None:
            found = self._store.by_raw_id(head.raw_id)
        return found

    def _entry(self, head: ArticleHead, kind: VerdictKind, sketch: bytes) -> Entry:
        seq = self._store.next
        return Entry(
            kind=kind,
            stamp=self._clock or 0,
            partition=head.raw.partition,
            offset=head.raw.offset,
            group=seq,
            born=seq,
            postings=0,
            ref=Ref(head.article_id, head.version, head.raw_id),
            origin=head.agency or head.source,
            name=head.article_id,
            lead=None,
            sketch=sketch,
            dated=_own_date(head),
        )

    @staticmethod
    def _verdict(
        head: ArticleHead,
        entry: Entry,
        seq: int,
        *,
        edges: tuple[Edge, ...] = (),
        merges: tuple[str, ...] = (),
        duplicate_of: ArticleRef | None = None,
        revision_of: ArticleRef | None = None,
        contains: tuple[ArticleRef, ...] = (),
        withdraws: tuple[ArticleRef, ...] = (),
    ) -> Verdict:
        return Verdict.trusted(
            seq=seq,
            article=entry.ref.model(),
            kind=entry.kind,
            group=entry.name,
            duplicate_of=duplicate_of,
            revision_of=revision_of,
            diff=None,
            contains=contains,
            withdraws=withdraws,
            merges=merges,
            similarity=max([edge.similarity for edge in edges], default=0.0),
            edges=edges,
            origin=entry.origin,
            url=head.url,
            source=head.source,
            published_at=head.published_at,
            record_time=head.record_time,
            raw=head.raw,
        )


def _own_date(head: ArticleHead) -> int | None:
    """Return when the article at an address says that it was published, or changed last: in ticks, and not after it came in."""
    said = [date for date in (head.published_at, head.modified_at) if date is not None]
    if not said or not head.url:
        return None
    return (min(max(said), head.record_time) - _EPOCH) // _TICK


def _key(seq: int) -> bytes:
    return seq.to_bytes(8, "big")


def _kind(relations: Relations, *, led: bool) -> VerdictKind:
    """Return the verdict. A new version of a URL goes on whatever else has its text, and so does a copy of what was taken back."""
    if relations.is_revision():
        return VerdictKind.REVISION
    if relations.groups():
        if not led:
            return VerdictKind.UNIQUE
        return VerdictKind.EXACT if relations.exact else VerdictKind.NEAR
    return VerdictKind.ROUNDUP if relations.stories else VerdictKind.UNIQUE
