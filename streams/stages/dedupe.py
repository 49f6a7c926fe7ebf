"""dedupe: each article version gets its verdict and its number; what is new goes on.

One lane, whose order is the order of the system; or several, each of which has a partition, a state and numbers of its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from processors.dedupe import Deduper
from schemas.article import ArticleHead, CleanArticle
from schemas.codec import decode, encode
from schemas.errors import Rejected
from schemas.sketch import Sketch
from schemas.verdict import VerdictKind
from streams.deadletters.letter import ATTEMPT
from streams.records import OutRecord
from streams.stages.base import Stage, carried_headers
from streams.stages.clean import HEAD, RAW_POSITION, SKETCH
from streams.state import own_key, state_key
from streams.topics import UNIQUE, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from schemas.verdict import Verdict
    from streams.records import InRecord
    from streams.stages.base import Change, Fetch

SEQ, KIND = "seq", "kind"


class DedupeStage(Stage):
    """articles.clean to articles.verdicts and articles.unique. Reads head and sketch from the headers, the body only for a diff.

    A lane is a partition of articles.clean. Of `n` lanes, lane `k` gives the numbers `k`, `k + n`, `k + 2n`...: without gaps in the lane,
    and no two lanes give the same. A withdrawal comes to all lanes: those that know the article answer, and the last one always.
    """

    name = "dedupe"

    def __init__(self, window: timedelta | None, max_record_bytes: int, lanes: int = 1) -> None:
        """Take the window within which copies are recognised (None forgets nothing), and how many lanes there are."""
        super().__init__(max_record_bytes)
        self._dedupers = [Deduper(window) for _ in range(lanes)]

    def changes(self) -> Sequence[Change]:
        """Return the state keys that changed, those of one lane after those of another."""
        lanes = len(self._dedupers)
        return [
            (state_key(lanes, lane, key), value)
            for lane, deduper in enumerate(self._dedupers)
            for key, value in deduper.changes()
        ]

    def restore(self, items: Iterable[tuple[bytes, bytes]], fetch: Fetch | None = None) -> None:
        """Take up the state again, of as many lanes as are given; with `fetch` most of it stays where it is."""
        lanes = len(self._dedupers)
        parts: list[list[tuple[bytes, bytes]]] = [[] for _ in self._dedupers]
        for whole, value in items:
            lane, key = own_key(lanes, whole)
            parts[lane].append(
                (key, value if fetch is None else b"")
            )  # a window of values is no small matter
        for lane, part in enumerate(parts):
            self._dedupers[lane].restore(
                part, None if fetch is None else partial(_fetched, fetch, lanes, lane)
            )

    def _handle(self, record: InRecord) -> list[OutRecord]:
        head = decode(ArticleHead, _needed(record, HEAD))
        sketch = Sketch.decode(_needed(record, SKETCH))
        lanes = len(self._dedupers)
        lane = record.partition if lanes > 1 else 0
        deduper = self._dedupers[lane]
        if deduper.seen(head):
            self.repeats += 1
            return []
        if head.withdrawn and lane != lanes - 1 and not deduper.knows(head):
            deduper.mark_seen(head)
            return []
        verdict = deduper.judge(head, sketch, partial(_text, record))
        if record.header(ATTEMPT) is not None:
            verdict = _let_pass(verdict)
        if lanes > 1:
            verdict = verdict.model_copy(update={"seq": verdict.seq * lanes + lane})
        key, seq, trace = head.article_id.encode(), str(verdict.seq).encode(), carried_headers(record)
        headers = ((SEQ, seq), (KIND, verdict.kind.value.encode()), *trace)
        outputs = [OutRecord(VERDICTS, key, encode(verdict), headers, record.timestamp_ms)]
        if verdict.kind.goes_on:
            headers = ((SEQ, seq), (RAW_POSITION, record.header(RAW_POSITION) or b""), *trace)
            outputs.append(OutRecord(UNIQUE, key, record.value, headers, record.timestamp_ms))
        return outputs


def _fetched(fetch: Fetch, lanes: int, lane: int, key: bytes) -> bytes | None:
    return fetch(state_key(lanes, lane, key))


def _text(record: InRecord) -> str | None:
    try:
        return decode(CleanArticle, record.value).text
    except Rejected:
        return None  # the verdict stands on the headers; code has its own say on the body


def _let_pass(verdict: Verdict) -> Verdict:
    """Return the verdict on a redriven article; one that was judged before is no copy of itself but a revision.

    Something failed after its first verdict, so that it brought no events, and as a copy it would bring none now.
    """
    own = verdict.article
    if verdict.kind.goes_on or not any(
        (edge.to.article_id, edge.to.version) == (own.article_id, own.version) for edge in verdict.edges
    ):
        return verdict
    return verdict.model_copy(update={"kind": VerdictKind.REVISION, "duplicate_of": None, "revision_of": own})


def _needed(record: InRecord, name: str) -> bytes:
    value = record.header(name)
    if value is None:
        msg = f"header {name}: missing"
        raise Rejected(msg)
    return value
