"""Tagging and coding: articles and sentences a second, what leaving sentences unparsed saves, memory, and the time to the first event.

    python -m tests.benchmarks.bench_code [FILE.jsonl[.gz] ...]

Without files the articles are made up (`articles.py`) and the sentences are those of our own quality gate. Files hold one article a
line with `body` or `text`. Speeds are of CPU time on one core and of the first pass: no word has been seen before the run. The
ratio of the parse compares two runs over the same texts: as shipped, and with every sentence parsed. Where spaCy and its small
English pipeline are installed (`en_core_web_sm`), that pipeline reads the same sentences in the same run.
"""

import argparse
import gzip
import importlib.util
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import orjson

from processors.clean import Cleaner
from processors.coding import Coder
from processors.coding.triggers import Hits, Triggers, Unmet
from processors.garbage import keep_what_is_loaded
from schemas.article import CleanArticle, RawPosition
from schemas.raw import RawArticle
from tests.benchmarks.articles import article

NOW = datetime(2025, 4, 1, tzinfo=UTC)
GOLD = Path(__file__).parents[1] / "quality" / "gold.jsonl"
ARTICLES = 200
SIZE = 5_700
"""Bytes by which articles of other lengths are counted."""

PIPELINE = "en_core_web_sm"
FIRST = "France recalled its ambassador from Niger on Tuesday."


def _read(path: Path) -> list[str]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        rows = [orjson.loads(line) for line in lines]
    return [text for row in rows if (text := row.get("body") or row.get("text"))]


def _clean(bodies: Iterable[str]) -> list[CleanArticle]:
    cleaner = Cleaner(preload=True)
    return [
        cleaner.clean(
            RawArticle(body=body, content_type="text/plain"), NOW, RawPosition(partition=0, offset=at)
        )
        for at, body in enumerate(bodies)
    ]


def _seconds(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    started = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - started


def _every(_self: Triggers, _sentence: str, _actors: object, *, placed: bool) -> Hits:
    return Hits(set(), set(), {"any"}, Unmet({}, 0))


def measure(name: str, texts: Sequence[str]) -> None:
    """Print articles of `SIZE` bytes a second, and how much longer it takes where every sentence is parsed."""
    articles = _clean(texts)
    size = sum(len(text.encode()) for text in texts)
    coder = Coder()
    coder.code(_clean([FIRST])[0])
    keep_what_is_loaded()
    mine = _seconds(coder.code, articles)
    with mock.patch.object(Triggers, "hits", _every):
        whole = _seconds(coder.code, articles)
    print(
        f"{name}: {len(texts)} of {size / len(texts) / 1000:.1f} kB: {len(texts) / mine:.0f} a second,"
        f" {size / SIZE / mine:.0f} of {SIZE / 1000:.1f} kB a second; with every sentence parsed {whole / mine:.2f} times as long"
    )


def beside_spacy(sentences: Sequence[str]) -> None:
    """Print sentences a second, and the ratio to spaCy's small pipeline where there is one."""
    articles, coder = _clean(sentences), Coder()
    mine = _seconds(coder.code, articles)
    print(
        f"sentences that mostly hold an event: {len(sentences)}, {len(sentences) / mine:.0f} a second", end=""
    )
    if importlib.util.find_spec("spacy") is None or importlib.util.find_spec(PIPELINE) is None:
        print(f"; spaCy's {PIPELINE} is not installed: no ratio")
        return
    pipeline = importlib.import_module("spacy").load(PIPELINE)
    theirs = _seconds(pipeline, sentences)
    print(f"; {PIPELINE} {len(sentences) / theirs:.0f}, ratio {theirs / mine:.1f}")


def first_event() -> None:
    """Print how long `dragoman code` takes from its start to its first event, the least of five starts."""
    line = orjson.dumps({"id": "1", "body": FIRST, "published_at": "2025-03-04"})
    times = []
    for _ in range(5):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "streams.cli", "code"], input=line, capture_output=True, check=True
        )
        times.append(time.perf_counter() - started)
        if not done.stdout:
            message = "no event came out"
            raise RuntimeError(message)
    print(f"start to first event of `dragoman code`: {min(times):.2f} s")


def main(arguments: Sequence[str]) -> None:
    """Measure on the files named, else on made-up articles, and on the sentences of the quality gate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args(arguments).files
    first_event()
    texts = [(path.name, _read(path)) for path in files]
    for name, bodies in texts or [("made-up articles", [article(n)["body"] for n in range(ARTICLES)])]:
        measure(name, bodies)
    beside_spacy([orjson.loads(line)["text"] for line in GOLD.read_bytes().splitlines()])
    print(f"peak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
