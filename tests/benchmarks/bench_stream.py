"""The stream against the same work without Kafka: throughput, what exactly once costs, two workers, latency, memory of a backlog.

    python -m tests.benchmarks.bench_stream [--articles 3000] [--only throughput,workers,latency,memory]

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
from tests.benchmarks.rig import new_log, over_backlog, workers

if TYPE_CHECKING:
    from streams.settings import Settings

LATENCY_RATE, LATENCY_SECONDS, SETTLE_SECONDS = 50, 20, 5


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


def two_workers(broker: str, folder: Path, count: int) -> None:
    """CPU per article with one worker and with two."""
    records = articles.feed(count)
    one = over_backlog(broker, folder, records)
    two = over_backlog(broker, folder, records, count=2)
    print(f"\none worker and two, {count} articles")
    for name, run in (("one", one), ("two", two)):
        print(f"  {name:10s} {run.rate:8.0f} articles/s {run.cpu_ms:8.2f} ms of CPU per article")
    print(f"  CPU per article with two: {100 * (two.cpu / one.cpu - 1):+.0f}%")


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


def memory(broker: str, folder: Path, count: int) -> None:
    """Resident memory of a worker while a backlog drains: it must not follow the backlog."""
    run = over_backlog(broker, folder, articles.feed(count))
    print(f"\nbacklog of {count} articles: peak {run.peak_mb:.0f} MB, {run.rate:.0f} articles/s")
    for tenth in range(1, 11):
        at = [megabytes for left, megabytes in run.samples if left <= run.samples[0][0] * (11 - tenth) / 10]
        print(f"  {100 - 10 * (tenth - 1):3d}% of the records left: {at[0] if at else run.peak_mb:5.0f} MB")


PARTS = {"throughput": throughput, "workers": two_workers, "latency": latency, "memory": memory}


def main() -> int:
    """Start a broker and measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_stream", description=__doc__)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--only", default=",".join(PARTS), help="which parts, with commas")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, EmbeddedBroker(Path(folder) / "kafka") as broker:
        for name in given.only.split(","):
            PARTS[name](broker.bootstrap, Path(folder), given.articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
