"""dedupe: each article version gets its verdict and its number; what is new goes on. One lane, whose order is the order of the system."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from processors.dedupe import Deduper
from schemas.article import ArticleHead, CleanArticle
from schemas.codec import decode, encode
from schemas.errors import Rejected
from schemas.sketch import Sketch
from streams.records import OutRecord
from streams.stages.base import Stage, trace_headers
from streams.stages.clean import HEAD, RAW_POSITION, SKETCH
from streams.topics import UNIQUE, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from streams.records import InRecord
    from streams.stages.base import Change

SEQ, KIND = "seq", "kind"


class DedupeStage(Stage):
    """articles.clean to articles.verdicts and articles.unique. Reads head and sketch from the headers, the body only for a diff."""

    name = "dedupe"

    def __init__(self, window: timedelta | None, max_record_bytes: int) -> None:
        """Take the window within which copies are recognised; None forgets nothing."""
        super().__init__(max_record_bytes)
        self._deduper = Deduper(window)

    def changes(self) -> Sequence[Change]:
        """Return the state keys that changed."""
        return self._deduper.changes()

    def restore(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Take up the state again."""
        self._deduper.restore(items)

    def _handle(self, record: InRecord) -> list[OutRecord]:
        head = decode(ArticleHead, _needed(record, HEAD))
        sketch = Sketch.decode(_needed(record, SKETCH))
        if self._deduper.seen(head):
            self.repeats += 1
            return []
        verdict = self._deduper.judge(head, sketch, partial(_text, record))
        key, seq, trace = head.article_id.encode(), str(verdict.seq).encode(), trace_headers(record)
        headers = ((SEQ, seq), (KIND, verdict.kind.value.encode()), *trace)
        outputs = [OutRecord(VERDICTS, key, encode(verdict), headers, record.timestamp_ms)]
        if verdict.kind.goes_on:
            headers = ((SEQ, seq), (RAW_POSITION, record.header(RAW_POSITION) or b""), *trace)
            outputs.append(OutRecord(UNIQUE, key, record.value, headers, record.timestamp_ms))
        return outputs


def _text(record: InRecord) -> str | None:
    try:
        return decode(CleanArticle, record.value).text
    except Rejected:
        return None  # the verdict stands on the headers; code has its own say on the body


def _needed(record: InRecord, name: str) -> bytes:
    value = record.header(name)
    if value is None:
        msg = f"header {name}: missing"
        raise Rejected(msg)
    return value
