"""The chain without Kafka, stage by stage: what each costs in CPU seconds."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from processors.clean import Cleaner, decode_raw
from processors.coding import Coder
from processors.dedupe import Deduper, Sketches
from processors.garbage import keep_what_is_loaded
from processors.pipeline import code_article
from processors.resolve import Resolver
from processors.text import split_sentences
from schemas.errors import Rejected
from schemas.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = datetime(2025, 4, 1, tzinfo=UTC)
WARM = orjson.dumps(
    {"body": "Norway's prime minister met the president of Sweden in Oslo on Monday.", "id": "w"}
)


def cost_by_stage(records: Sequence[bytes], rounds: int = 1) -> tuple[Counter[str], Counter[str]]:
    """Run raw records through all stages in this process; rules are loaded, and one article was coded, beforehand.

    Returns the CPU seconds by stage, in the order of the flow, and counts of articles, coded articles, sentences and events.
    """
    spent: Counter[str] = Counter(
        dict.fromkeys(("clean", "sketch", "dedupe", "tag and code", "resolve", "encode"), 0.0)
    )
    counts: Counter[str] = Counter()

    def timed(stage: str, started: float) -> float:
        now = time.process_time()
        spent[stage] += now - started
        return now

    coder, cleaner = Coder(), Cleaner(preload=True)
    coder.code(cleaner.clean(decode_raw(WARM), NOW))
    keep_what_is_loaded()
    for _ in range(rounds):
        deduper, resolver, sketches = Deduper(None), Resolver(coder.rules_version), Sketches()
        for record in records:
            clock = time.process_time()
            try:
                article = cleaner.clean(decode_raw(record), NOW)
            except Rejected:
                clock = timed("clean", clock)
                continue
            clock = timed("clean", clock)
            sketch = sketches.of(article.title, article.text, article.language)
            clock = timed("sketch", clock)
            verdict = deduper.judge(article.head(), Sketch.decode(sketch))
            deduper.changes()
            clock = timed("dedupe", clock)
            resolver.verdict(verdict)
            counts["articles"] += 1
            if verdict.kind.goes_on:
                mentions = code_article(coder, article, verdict.seq)
                clock = timed("tag and code", clock)
                resolver.mentions(mentions)
                counts["coded"] += 1
            revisions = resolver.revisions()
            resolver.changes()
            clock = timed("resolve", clock)
            for revision in revisions:
                revision.encode()
            clock = timed("encode", clock)
            counts["events"] += len(revisions)
            if verdict.kind.goes_on:
                counts["sentences"] += len(split_sentences(article.text))
    return spent, counts
