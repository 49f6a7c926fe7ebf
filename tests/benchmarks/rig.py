"""What the stream benchmarks run on: a real broker, a log of its own per run, workers whose CPU time and memory are watched."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
import uuid
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import orjson
import psutil
from aiokafka import AIOKafkaProducer

from streams.client import client_options
from streams.cluster import Cluster
from streams.drain import backlog
from streams.settings import Settings
from streams.topics import CLEAN, RAW, VERDICTS, provision
from streams.worker import WorkerProcess
from tests.benchmarks import articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

LOOK_SECONDS = 0.25
MOST_SECONDS = 6 * 3600
WARM_UP = 60
"""Articles before what is measured: enough that each partition has some."""


class Sample(NamedTuple):
    """A look at a run: articles whose last stage is done, seconds and CPU seconds since its start, resident MB."""

    done: float
    seconds: float
    cpu: float
    mb: float


class Quarter(NamedTuple):
    """What a quarter of a run took."""

    seconds: float
    cpu: float
    peak_mb: float


@dataclass(slots=True)
class Run:
    """What one run over a backlog took: seconds by the clock, CPU seconds of the workers, most resident MB of any one of them."""

    articles: int
    seconds: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Articles per second."""
        return self.articles / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds per article, over all workers."""
        return 1000 * self.cpu / self.articles


def new_log(broker: str, folder: Path, **changes: object) -> Settings:
    """Return settings of a log of its own, with its topics made."""
    settings = Settings.model_validate(
        {
            "broker": broker,
            "topic_prefix": f"bench-{uuid.uuid4().hex[:8]}.",
            "data_dir": folder,
            "metrics_port": 0,
            **changes,
        }
    )
    asyncio.run(provision(settings))
    return settings


async def produce(settings: Settings, records: Iterable[bytes]) -> None:
    """Write raw records, spread over the partitions by their number."""
    async with AIOKafkaProducer(**client_options(settings), linger_ms=20, max_batch_size=1 << 18) as producer:
        for n, record in enumerate(records):
            await producer.send(settings.topic(RAW), record, key=str(n).encode())
        await producer.flush()


def end_what_was_started() -> None:
    """Let SIGTERM, as `timeout` sends it, unwind this process: by default broker and workers would outlive it."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))


@contextmanager
def workers(settings: Settings, count: int = 1) -> Iterator[list[psutil.Process]]:
    """Run workers that are ready; they are ended whatever happens."""
    with ExitStack() as stack:
        running = []
        for number in range(count):
            worker = WorkerProcess(settings, settings.data_dir / f"{settings.topic_prefix}{number}.log")
            stack.callback(worker.stop)
            worker.start()
            running.append(worker)
        for worker in running:
            worker.wait_ready(120)
        yield [psutil.Process(worker.pid) for worker in running]


def check_running(processes: list[psutil.Process]) -> None:
    """Raise NoSuchProcess where one has ended; one that its parent has not waited for is there still, but does nothing."""
    for process in processes:
        if process.status() == psutil.STATUS_ZOMBIE:
            raise psutil.NoSuchProcess(process.pid, msg="the worker has ended")


def drain(settings: Settings, processes: list[psutil.Process], count: int) -> Run:
    """Wait until everything has gone through every stage and is committed.

    Raises TimeoutError after `MOST_SECONDS`, NoSuchProcess where a worker has ended.
    """
    run = Run(count)
    started = time.monotonic()
    before = cpu_seconds(processes)

    def look(left: Mapping[str, int]) -> None:
        check_running(processes)
        megabytes = max(resident(process) for process in processes)
        run.peak_mb = max(run.peak_mb, megabytes)
        # Verdicts are resolved in their order, so that those left say how far the last stage is; each article has one.
        done = count - sum(left[topic] for topic in (RAW, CLEAN, VERDICTS))
        run.samples.append(
            Sample(done, time.monotonic() - started, cpu_seconds(processes) - before, megabytes)
        )

    async def wait() -> None:
        async with Cluster(settings) as cluster, asyncio.timeout(MOST_SECONDS):
            while any((left := await backlog(cluster, settings)).values()):
                look(left)
                await asyncio.sleep(LOOK_SECONDS)
            look(left)

    asyncio.run(wait())
    run.seconds = time.monotonic() - started
    run.cpu = cpu_seconds(processes) - before
    return run


def warm_up() -> list[bytes]:
    """Return articles that no run measures."""
    early = {"published_at": articles.START.isoformat()}  # of later ones, those that follow would be late
    return [orjson.dumps(articles.article(10_000_000 + number) | early) for number in range(WARM_UP)]


def quarters(samples: Sequence[Sample]) -> list[Quarter]:
    """Return what each quarter of a run took, by the articles that were done."""
    found, before = [], Sample(0, 0, 0, 0)
    whole = samples[-1].done
    for number in range(1, 5):
        end = next(sample for sample in samples if sample.done >= whole * number / 4)
        most = max(s.mb for s in samples if before.seconds <= s.seconds <= end.seconds)
        found.append(Quarter(end.seconds - before.seconds, end.cpu - before.cpu, most))
        before = end
    return found


def over_backlog(
    broker: str, folder: Path, records: Sequence[bytes], count: int = 1, **changes: object
) -> Run:
    """Write a backlog, run workers over it, and return what it took; starting the workers is not counted."""
    settings = new_log(broker, folder, **changes)
    with workers(settings, count) as processes:
        # The workers have their partitions before the first record is there, and rules, which load with it, before what is measured.
        asyncio.run(produce(settings, warm_up()))
        drain(settings, processes, WARM_UP)
        asyncio.run(produce(settings, records))
        return drain(settings, processes, len(records))


def cpu_seconds(processes: list[psutil.Process]) -> float:
    """Return the CPU seconds that the processes have used, in user and system mode."""
    total = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def resident(process: psutil.Process) -> float:
    """Return the resident set of a process in MB."""
    return float(process.memory_info().rss) / 1e6
