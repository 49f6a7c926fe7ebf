"""What one article costs, stage by stage, without Kafka: the floor that the stream is compared with."""

from __future__ import annotations

from importlib.resources import files

import orjson
import pytest

from tests.benchmarks.articles import article
from tests.benchmarks.chain import cost_by_stage

pytestmark = pytest.mark.benchmark

ROUNDS = 3
MADE = 200


def _sample() -> list[bytes]:
    folder = files("streams") / "sample" / "feed"
    return [
        line
        for f in sorted(folder.iterdir(), key=lambda f: f.name)
        for line in f.read_bytes().splitlines()
        if line
    ]


def test_cost_per_stage() -> None:
    """Print each stage's CPU time and share, on the sample feed and on longer made-up articles without copies."""
    made = [orjson.dumps(article(number)) for number in range(MADE)]
    for name, lines, rounds in (("sample feed", _sample(), ROUNDS), ("made-up articles", made, 1)):
        spent, counts = cost_by_stage(lines, rounds)
        total = sum(spent.values())
        print(
            f"\n{name}: {counts['articles']} articles, {counts['articles'] / total:.0f} a second, one core, no Kafka"
        )
        for stage, seconds in spent.items():
            each = 1000 * seconds / counts["articles"]
            print(f"  {stage:14s} {each:7.3f} ms per article  {100 * seconds / total:5.1f}%")
        print(f"  tag and code: {counts['sentences'] / spent['tag and code']:.0f} sentences/s")
