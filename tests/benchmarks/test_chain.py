"""What one article costs, stage by stage, without Kafka: the floor that the stream is compared with."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from processors.clean import Cleaner, decode_raw
from processors.coding import Coder
from processors.dedupe import Deduper, make_sketch
from processors.pipeline import code_article
from processors.resolve import Resolver
from processors.text import split_sentences
from schemas.codec import decode_event, encode
from schemas.errors import Rejected

pytestmark = pytest.mark.benchmark

NOW = datetime(2025, 4, 1, tzinfo=UTC)
ROUNDS = 3


def test_cost_per_stage() -> None:
    """Run the sample feed through the chain and print each stage's share; the ratios are to the cost of the JSON codec alone."""
    folder = files("streams") / "sample" / "feed"
    lines = [
        line
        for f in sorted(folder.iterdir(), key=lambda f: f.name)
        for line in f.read_bytes().splitlines()
        if line
    ]
    spent: Counter[str] = Counter()
    counts: Counter[str] = Counter()

    def timed(stage: str, started: float) -> float:
        now = time.perf_counter()
        spent[stage] += now - started
        return now

    coder, cleaner = Coder(), Cleaner()
    for _ in range(ROUNDS):
        deduper, resolver = Deduper(None), Resolver(coder.rules_version)
        for line in lines:
            clock = time.perf_counter()
            try:
                article = cleaner.clean(decode_raw(line), NOW)
            except Rejected:
                continue
            sketch = make_sketch(article.title, article.text, article.language)
            clock = timed("clean and sketch", clock)
            verdict = deduper.judge(article.head(), sketch)
            clock = timed("dedupe", clock)
            resolver.verdict(verdict)
            counts["articles"] += 1
            if verdict.kind.goes_on:
                mentions = code_article(coder, article, verdict.seq)
                clock = timed("tag and code", clock)
                resolver.mentions(mentions)
                counts["coded"] += 1
                counts["sentences"] += len(split_sentences(article.text))
            events = resolver.advance()
            clock = timed("resolve", clock)
            for event in events:
                decode_event(encode(event))
            counts["events"] += len(events)
            timed("codec", clock)
    total = sum(spent.values())
    print(f"\n{len(lines)} lines, {counts['articles'] / total:.0f} articles/s, one core, no Kafka")
    for stage, seconds in spent.items():
        each = 1000 * seconds / counts["articles"]
        print(
            f"  {stage:18s} {each:7.3f} ms per article  {100 * seconds / total:5.1f}%  {seconds / spent['codec']:6.1f} x codec"
        )
    print(f"  coding: {counts['sentences'] / spent['tag and code']:.0f} sentences/s")
