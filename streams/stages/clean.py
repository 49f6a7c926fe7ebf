"""clean: a raw article becomes its title and paragraphs, with the sketch that deduplication reads. Stateless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.clean import Cleaner, decode_raw
from processors.dedupe import Sketches
from schemas.article import RawPosition
from schemas.codec import encode
from schemas.errors import Rejected
from schemas.sketch import script_of
from streams.dedupe_lanes import lane_of
from streams.records import OutRecord, to_ms
from streams.stages.base import Stage, carried_headers
from streams.topics import CLEAN

if TYPE_CHECKING:
    from streams.records import InRecord

HEAD, SKETCH, RAW_POSITION = "head", "sketch", "raw"


class CleanStage(Stage):
    """articles.raw to articles.clean."""

    name = "clean"

    def __init__(self, max_body_bytes: int, max_record_bytes: int, lanes: int = 1) -> None:
        """Take the size limits, in bytes: of the raw value, and of what is written; and the number of deduplication lanes."""
        super().__init__(max_record_bytes)
        self._max_body_bytes = max_body_bytes
        self._lanes = lanes
        self._cleaner = Cleaner(preload=True)
        self._sketches = Sketches()

    def _handle(self, record: InRecord) -> list[OutRecord]:
        if len(record.value or b"") > self._max_body_bytes:
            msg = (
                f"body: record of {len(record.value or b'')} bytes, over the limit of {self._max_body_bytes}"
            )
            raise Rejected(msg)
        raw = decode_raw(record.value)
        article = self._cleaner.clean(
            raw, record.time, RawPosition(partition=record.partition, offset=record.offset)
        )
        if not article.text and not article.title and not article.withdrawn:
            msg = "no text"
            raise Rejected(msg)
        sketch = self._sketches.of(article.title, article.text, article.language)
        headers = (
            (HEAD, encode(article.head())),
            (SKETCH, sketch),
            (RAW_POSITION, f"{record.partition}/{record.offset}".encode()),
            *carried_headers(record),
        )
        key = article.article_id.encode()
        output = OutRecord(CLEAN, key, encode(article), headers, to_ms(article.record_time))
        if self._lanes == 1:
            return [output]
        if article.withdrawn:  # it says which article, and not in which script that was
            return [output._replace(partition=lane) for lane in range(self._lanes)]
        return [output._replace(partition=lane_of(script_of(sketch), self._lanes))]
