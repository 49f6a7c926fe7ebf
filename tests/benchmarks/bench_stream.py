"""The stream against the same work without Kafka: throughput, what exactly once costs, several workers, latency, a backlog.

    python -m tests.benchmarks.bench_stream [--articles 3000] [--only throughput,workers,latency] [--backlog 100000] [--workers 2]

`--backlog N` drains a backlog that was there before the worker; `--workers N` is how many are held against one. Either given without
`--only` is all that is measured.

Articles are those of `articles.py`: 2 to 6 kB, half of them copies. All on one embedded broker, which runs on the same machine
and takes its share of the cores, as do the benchmark's own readers; CPU figures are those of the worker processes alone.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from aiokafka import AIOKafkaProducer

from streams.broker import EmbeddedBroker
from streams.client import client_options
from streams.tail.consumer import tail
from streams.topics import RAW
from tests.benchmarks import articles
from tests.benchmarks.chain import cost_by_stage
from tests.benchmarks.rig import (
    drain,
    end_what_was_started,
    new_log,
    over_backlog,
    produce,
    quarters,
    resident,
    workers,
)

if TYPE_CHECKING:
    from streams.settings import Settings

LATENCY_RATE, LATENCY_SECONDS, SETTLE_SECONDS = 50, 20, 5
LEAST_BACKLOG = 2000


def throughput(broker: str, folder: Path, count: int) -> None:
    """From articles.raw to committed geo.events, one worker, beside the chain without Kafka and beside at least once."""
    records = articles.feed(count)
    spent, counts = cost_by_stage(records)
    plain = sum(spent.values())
    once = over_backlog(broker, folder, records)
    least = over_backlog(broker, folder, records, guarantee="at_least_once")
    print(f"\nthroughput, {count} articles, half of them copies, {counts['events']} event revisions")
    print(f"  {'':24s} {'articles/s':>10s} {'CPU ms/article':>15s} {'peak MB':>8s}")
    print(f"  {'no Kafka':24s} {count / plain:10.0f} {1000 * plain / count:15.2f}")
    for stage, seconds in spent.items():
        print(f"      {stage:20s} {'':10s} {1000 * seconds / count:15.2f}")
    for name, run in (("exactly once", once), ("at least once", least)):
        print(f"  {name:24s} {run.rate:10.0f} {run.cpu_ms:15.2f} {run.peak_mb:8.0f}")
    print(f"  exactly once does {100 * once.rate * plain / count:.0f}% of the articles/s without Kafka")
    print(f"  Kafka and Faust, all hops: {once.cpu_ms - 1000 * plain / count:.2f} ms of CPU per article")
    print(f"  exactly once costs {100 * (once.cpu / least.cpu - 1):+.0f}% CPU over at least once")


def several_workers(broker: str, folder: Path, count: int, workers_: int = 2) -> None:
    """CPU per article with one worker and with several."""
    records = articles.feed(count)
    one = over_backlog(broker, folder, records)
    more = over_backlog(broker, folder, records, count=workers_)
    print(f"\none worker and {workers_}, {count} articles")
    for number, run in ((1, one), (workers_, more)):
        print(
            f"  {number:3d} {run.rate:8.0f} articles/s {run.cpu_ms:8.2f} ms of CPU per article, {run.peak_mb:4.0f} MB"
        )
    print(f"  ratio of CPU per article: {more.cpu / one.cpu:.2f} (bar: within .15 of 1)")


def latency(broker: str, folder: Path, _count: int) -> None:
    """Milliseconds from the write of a raw article to its first committed event at a consumer, at a steady rate."""
    settings = new_log(broker, folder)
    with workers(settings):
        waits = [
            (rate, asyncio.run(_latencies(settings, rate))) for rate in (LATENCY_RATE // 5, LATENCY_RATE)
        ]
    print("\nlatency, raw article written to its first event read (read_committed)")
    for rate, found in waits:
        cuts = statistics.quantiles(found, n=100)
        print(
            f"  {rate:3d} articles/s: p50 {cuts[49]:.2f} s  p99 {cuts[98]:.2f} s  of {len(found)} articles with an event"
        )


async def _latencies(settings: Settings, rate: int) -> list[float]:
    sent: dict[str, float] = {}
    seen: dict[str, float] = {}
    first = 100_000 * rate  # articles of their own for each rate: none is a copy of one before it
    begun = asyncio.Event()

    async def read() -> None:
        async for told in tail(settings, ready=begun.set):
            for evidence in told.event.evidence:
                seen.setdefault(evidence.url or "", time.monotonic())

    async def write() -> None:
        async with AIOKafkaProducer(**client_options(settings)) as producer:
            begin = time.monotonic()
            for number in range(rate * LATENCY_SECONDS):
                await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
                made = articles.article(first + number)
                sent[made["url"]] = time.monotonic()
                await producer.send(settings.topic(RAW), orjson.dumps(made), key=made["url"].encode())

    reader = asyncio.create_task(read())
    await begun.wait()
    await write()
    await asyncio.sleep(SETTLE_SECONDS)
    reader.cancel()
    with suppress(asyncio.CancelledError):
        await reader
    return [seen[url] - at for url, at in sent.items() if url in seen]


def backlog(broker: str, folder: Path, count: int) -> None:
    """Drain a backlog that was there before its one worker: neither memory nor cost may follow it."""
    settings = new_log(broker, folder)
    asyncio.run(produce(settings, articles.stream(count)))
    with workers(settings) as processes:
        start = resident(processes[0])
        run = drain(settings, processes, count)
    print(f"\nbacklog of {count} articles: {run.rate:.0f} articles/s, {run.cpu_ms:.2f} ms of CPU per article")
    print(f"  at the start, with partitions assigned: {start:.0f} MB")
    found = quarters(run.samples)
    for number, quarter in enumerate(found, 1):
        print(
            f"  {25 * number:3d}% drained: {quarter.peak_mb:5.0f} MB at most, {count / 4 / quarter.seconds:5.0f} articles/s,"
            f" {4000 * quarter.cpu / count:6.2f} ms of CPU per article"
        )
    first, last = found[0], found[-1]
    print(
        f"  last quarter to first: CPU {last.cpu / first.cpu:.2f}, memory {last.peak_mb / first.peak_mb:.2f}"
    )
    print(f"  memory grows by {1000 * (last.peak_mb - first.peak_mb) / (count * 0.75):.2f} kB an article")


PARTS = {"throughput": throughput, "workers": several_workers, "latency": latency}


def main() -> int:
    """Start a broker and measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_stream", description=__doc__)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--only", help="which parts, with commas")
    parser.add_argument("--backlog", type=int, metavar="N", help="articles that are there before the worker")
    parser.add_argument("--workers", type=int, metavar="N", help="how many workers are held against one")
    given = parser.parse_args()
    end_what_was_started()
    if given.backlog is not None and given.backlog < LEAST_BACKLOG:
        parser.error(
            f"--backlog takes {LEAST_BACKLOG} articles or more: quarters of fewer are too short to tell anything"
        )
    special = given.backlog is not None or given.workers is not None
    parts = given.only.split(",") if given.only else ([] if special else list(PARTS))
    with tempfile.TemporaryDirectory() as folder, EmbeddedBroker(Path(folder) / "kafka") as broker:
        for name in parts:
            PARTS[name](broker.bootstrap, Path(folder), given.articles)
        if given.workers is not None:
            several_workers(broker.bootstrap, Path(folder), given.articles, given.workers)
        if given.backlog is not None:
            backlog(broker.bootstrap, Path(folder), given.backlog)
    return 0


if __name__ == "__main__":
    sys.exit(main())
