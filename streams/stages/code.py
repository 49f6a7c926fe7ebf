"""code: an article becomes tags and mentions. Stateless; one `events.mentions` record for each article, whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.pipeline import code_article
from schemas.article import CleanArticle
from schemas.codec import decode, encode
from schemas.errors import Rejected
from schemas.mention import Mentions
from streams.deadletters.letter import dead_letter
from streams.records import OutRecord
from streams.stages.base import Stage, carried_headers
from streams.stages.dedupe import SEQ
from streams.topics import MENTIONS

if TYPE_CHECKING:
    from processors.coding import Coder
    from streams.records import InRecord


class CodeStage(Stage):
    """articles.unique to events.mentions."""

    name = "code"

    def __init__(self, coder: Coder, max_record_bytes: int) -> None:
        """Take the coder, which holds the rules."""
        super().__init__(max_record_bytes)
        self._coder = coder

    def _handle(self, record: InRecord) -> list[OutRecord]:
        mentions = code_article(self._coder, decode(CleanArticle, record.value), _seq(record))
        return [_mentions_record(record, mentions)]

    def _failed(self, record: InRecord, reason: str) -> list[OutRecord]:
        rules = self._coder.rules_version
        letter = dead_letter(record, self.name, reason, rules)
        try:
            seq = _seq(record)
        except Rejected:
            return [letter]  # dedupe did not write this record, so no verdict waits for its mentions
        article_id, version = _identity(record)
        empty = Mentions(
            seq=seq,
            article_id=article_id,
            version=version,
            record_time=record.time,
            rules_version=rules,
            error=reason,
        )
        return [letter, _mentions_record(record, empty)]


def _mentions_record(record: InRecord, mentions: Mentions) -> OutRecord:
    headers = ((SEQ, str(mentions.seq).encode()), *carried_headers(record))
    return OutRecord(MENTIONS, mentions.article_id.encode(), encode(mentions), headers, record.timestamp_ms)


def _seq(record: InRecord) -> int:
    value = record.header(SEQ) or b""
    if not value.isdigit():
        msg = f"header seq: not a number: {value[:20]!r}"
        raise Rejected(msg)
    return int(value)


def _identity(record: InRecord) -> tuple[str, str]:
    try:
        article = decode(CleanArticle, record.value)
    except Rejected:
        return (record.key or b"").decode("utf-8", "replace"), ""
    return article.article_id, article.version
