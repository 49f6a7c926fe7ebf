"""The whole chain in one process: raw bytes in, event revisions out. What `dragoman process` runs, and what tests compare Kafka with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from processors.clean import Cleaner, decode_raw
from processors.coding import Coder
from processors.dedupe import Deduper, make_sketch
from processors.resolve import Resolver
from schemas.errors import Rejected
from schemas.mention import Mentions

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from schemas.article import CleanArticle, RawPosition
    from schemas.event import GeopoliticalEvent
    from schemas.verdict import Verdict


@dataclass(slots=True)
class Step:
    """What became of one raw record, stage by stage; `rejected` is the one-line reason where it could not be used."""

    article: CleanArticle | None = None
    verdict: Verdict | None = None
    mentions: Mentions | None = None
    events: list[GeopoliticalEvent] = field(default_factory=list)
    rejected: str | None = None


def code_article(coder: Coder, article: CleanArticle, seq: int) -> Mentions:
    """Return the mentions record of one article version; `seq` is the number of its verdict."""
    tags, mentions = coder.code(article)
    return Mentions(
        seq=seq,
        article_id=article.article_id,
        version=article.version,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        record_time=article.record_time,
        tags=tags,
        mentions=mentions,
        rules_version=coder.rules_version,
    )


class Pipeline:
    """Clean, dedupe, code and resolve, in memory and in the order of the input."""

    def __init__(self, window: timedelta | None = None) -> None:
        """Take the deduplication window; None means that nothing is ever forgotten."""
        self._cleaner = Cleaner()
        self._deduper = Deduper(window)
        self._coder = Coder()
        self._resolver = Resolver(self._coder.rules_version)

    def feed(self, value: bytes | None, record_time: datetime, position: RawPosition) -> Step:
        """Take one raw record and return what became of it. Never raises for what the record holds."""
        step = Step()
        try:
            raw = decode_raw(value)
            step.article = self._cleaner.clean(raw, record_time, position)
        except Rejected as rejected:
            step.rejected = rejected.reason
            return step
        article = step.article
        if not article.text and not article.title and not article.withdrawn:
            step.rejected = "no text"
            return step
        sketch = make_sketch(article.title, article.text, article.language)
        step.verdict = self._deduper.judge(article.head(), sketch, lambda: article.text)
        self._resolver.verdict(step.verdict)
        if step.verdict.kind.goes_on:
            step.mentions = code_article(self._coder, article, step.verdict.seq)
            self._resolver.mentions(step.mentions)
        step.events = self._resolver.advance()
        self._deduper.changes()  # nothing is recovered here, so what a changelog would get is let go
        self._resolver.changes()
        return step
