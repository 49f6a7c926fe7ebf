"""Resolution as a window fills: CPU ms per mention in quarters of a feed that all stays open, and the last quarter beside the first.

    python -m tests.benchmarks.bench_resolve --articles 20000

Articles are those of `articles.py`, cleaned, judged and coded beforehand, which takes longer than what is measured. They come in at once,
as a backlog does, so that no event is ever closed. State is handed over and read back as in a worker, from memory.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from processors.clean import Cleaner, decode_raw
from processors.coding import Coder
from processors.dedupe import Deduper, Sketches
from processors.garbage import keep_what_is_loaded
from processors.pipeline import code_article
from processors.resolve import Resolver
from schemas.codec import decode, encode
from schemas.mention import Mentions
from schemas.sketch import Sketch
from schemas.verdict import Verdict
from tests.benchmarks.articles import stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processors.resolve.revising import Revision

NOW = datetime(2025, 6, 1, tzinfo=UTC)
BATCH = 50
"""Verdicts between two commits."""

QUARTERS = 4


class Coded(NamedTuple):
    """The verdict on an article and, unless it is a copy, its mentions: as they come from Kafka."""

    verdict: bytes
    mentions: bytes | None


def coded(count: int) -> Iterator[Coded]:
    """Yield what the stages before make of so many made-up articles, half of them copies."""
    cleaner, coder, deduper, sketches = Cleaner(preload=True), Coder(), Deduper(None), Sketches()
    for record in stream(count):
        article = cleaner.clean(decode_raw(record), NOW)
        sketch = sketches.of(article.title, article.text, article.language)
        verdict = deduper.judge(article.head(), Sketch.decode(sketch))
        deduper.changes()
        told = encode(code_article(coder, article, verdict.seq)) if verdict.kind.goes_on else None
        yield Coded(encode(verdict), told)


class Resolving:
    """A resolver with its state in a table, and what it has cost."""

    def __init__(self) -> None:
        """Start with an empty table."""
        self._table: dict[bytes, bytes] = {}
        self._resolver = Resolver("bench")
        self._resolver.restore((), self._table.get)
        self.mentions = self.revisions = 0
        self.seconds = 0.0

    def take(self, batch: list[Coded]) -> None:
        """Resolve and commit a batch; reading and writing its records is not counted."""
        made: list[Revision] = []
        for record in batch:
            verdict = decode(Verdict, record.verdict)
            mentions = decode(Mentions, record.mentions) if record.mentions is not None else None
            begin = time.process_time()
            self._resolver.verdict(verdict)
            if mentions is not None:
                self._resolver.mentions(mentions)
                self.mentions += len(mentions.mentions)
            made += self._resolver.revisions()
            self.seconds += time.process_time() - begin
        begin = time.process_time()
        changes = self._resolver.changes()
        self.seconds += time.process_time() - begin
        for key, value in changes:
            if value is None:
                self._table.pop(key, None)
            else:
                self._table[key] = value
        self.revisions += len(made)


def main() -> int:
    """Code, resolve, and print what each quarter cost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000)
    count: int = parser.parse_args().articles
    records = list(coded(count))
    keep_what_is_loaded()
    resolving, costs = Resolving(), list[float]()
    for quarter in range(QUARTERS):
        seconds, mentions, revisions = resolving.seconds, resolving.mentions, resolving.revisions
        first, end = (len(records) * q // QUARTERS for q in (quarter, quarter + 1))
        for at in range(first, end, BATCH):
            resolving.take(records[at : min(at + BATCH, end)])
        mentions = resolving.mentions - mentions
        costs.append(1000 * (resolving.seconds - seconds) / max(1, mentions))
        print(
            f"  {end:>9,} articles  {mentions:>7,} mentions  {resolving.revisions - revisions:>7,} revisions"
            f"  {costs[-1]:6.3f} ms a mention",
            flush=True,
        )
    print(f"  last quarter to first: {costs[-1] / costs[0]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
