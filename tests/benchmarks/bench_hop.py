"""One hop of ours, exactly once and at least once, against a textbook Faust agent: events per second and CPU per event.

    python -m tests.benchmarks.bench_hop [--records 20000] [--rounds 1]

All read the same JSON records of 2 kB from 4 partitions of one embedded broker, and do the same to each: decode, mark, encode. The
backlog is there before a worker starts. Measured is from the first output that a reader of committed records sees to the last; CPU is
that of the worker process alone. The broker runs on the same machine and takes its share of the cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson
import psutil

from streams.broker import EmbeddedBroker
from streams.cluster import Cluster
from streams.topics import RAW, UNIQUE
from streams.worker import WorkerProcess
from tests.benchmarks.rig import check_running, cpu_seconds, end_what_was_started, new_log, produce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from streams.cluster import Offsets
    from streams.settings import Settings

PARTITIONS = 4
RECORD_BYTES = 2000
LOOK_SECONDS = 0.02
QUIET_SECONDS = 4.0
"""Without a new output for so long, it is looked whether all are there."""
LIMIT_SECONDS = 600


class Speed(NamedTuple):
    """What one run took: outputs written while it was watched, seconds by the clock, CPU seconds of the worker."""

    events: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Events per second."""
        return self.events / self.seconds

    @property
    def cpu_us(self) -> float:
        """CPU microseconds per event."""
        return 1e6 * self.cpu / self.events


class Look(NamedTuple):
    """What was seen at a moment: the clock, CPU seconds of the worker so far, and the end of each output partition."""

    at: float
    cpu: float
    ends: Offsets


def records(count: int) -> list[bytes]:
    """Return JSON objects of about 2 kB, each with an id of its own."""
    text = "The foreign minister of Norway met his colleague of Sweden in Oslo on Monday. " * 40
    made = []
    for number in range(count):
        row = {"id": f"r{number}", "title": f"Record {number}", "source": "bench", "body": ""}
        row["body"] = text[: RECORD_BYTES - len(orjson.dumps(row))]
        made.append(orjson.dumps(row))
    return made


@contextmanager
def ours(settings: Settings) -> Iterator[psutil.Process]:
    """Run our worker of one hop."""
    worker = WorkerProcess(settings, settings.data_dir / "ours.log", "tests.benchmarks.mark")
    worker.start()
    try:
        yield psutil.Process(worker.pid)
    finally:
        worker.stop()


@contextmanager
def textbook(settings: Settings) -> Iterator[psutil.Process]:
    """Run the textbook agent."""
    environment = {
        "BENCH_GROUP": settings.group,
        "BENCH_BROKER": settings.broker,
        "BENCH_FOLDER": str(settings.data_dir / "textbook"),
        "BENCH_PARTITIONS": str(PARTITIONS),
        "BENCH_IN": settings.topic(RAW),
        "BENCH_OUT": settings.topic(UNIQUE),
    }
    with (settings.data_dir / "textbook.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.textbook"],
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def measure(
    broker: str,
    folder: Path,
    rows: list[bytes],
    guarantee: str,
    run: Callable[..., AbstractContextManager[psutil.Process]],
) -> Speed:
    """Write the backlog to a log of its own and run one hop over it."""
    settings = new_log(broker, folder, partitions=PARTITIONS, guarantee=guarantee)
    asyncio.run(produce(settings, rows))
    with run(settings) as process:
        return asyncio.run(watch(settings, process, len(rows)))


async def watch(settings: Settings, process: psutil.Process, count: int) -> Speed:
    """Look at the ends of the output until all records are there; raises TimeoutError, and NoSuchProcess where the worker has ended."""
    async with Cluster(settings) as cluster, asyncio.timeout(LIMIT_SECONDS):
        outputs = await cluster.partitions(settings.topic(UNIQUE))
        begin = dict.fromkeys(outputs, 0)
        looks = [Look(time.monotonic(), cpu_seconds([process]), begin)]
        while True:
            ends = await cluster.ends(outputs)
            now = time.monotonic()
            if ends != looks[-1].ends:
                looks.append(Look(now, cpu_seconds([process]), ends))
            elif now - looks[-1].at > QUIET_SECONDS:
                check_running([process])
                # Markers of transactions have offsets too, so only the records tell whether all are there.
                if len(looks) > 1 and await written(cluster, begin, ends) >= count:
                    break
            await asyncio.sleep(LOOK_SECONDS)
        first, last = looks[1], looks[-1]
        events = await written(cluster, first.ends, last.ends)
    return Speed(events, last.at - first.at, last.cpu - first.cpu)


async def written(cluster: Cluster, start: Offsets, end: Offsets) -> int:
    """Count the committed records between two looks."""
    async with aclosing(cluster.read(start, end)) as found:
        return sum([1 async for _ in found])


def main() -> int:
    """Start a broker, run the three in turn and print them beside each other."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_hop", description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    end_what_was_started()
    rows = records(given.records)
    print(f"\none hop, {given.records} records of {len(rows[0])} bytes, {PARTITIONS} partitions, one worker")
    with tempfile.TemporaryDirectory() as folder, EmbeddedBroker(Path(folder) / "kafka") as broker:
        for _ in range(given.rounds):
            compare(broker.bootstrap, Path(folder), rows)
    return 0


def compare(broker: str, folder: Path, rows: list[bytes]) -> None:
    """Measure and print one round."""
    book = measure(broker, folder, rows, "at_least_once", textbook)
    once = measure(broker, folder, rows, "exactly_once", ours)
    least = measure(broker, folder, rows, "at_least_once", ours)
    print(f"  {'':32s} {'events/s':>10s} {'CPU µs/event':>13s}")
    for name, speed in (
        ("textbook agent, at least once", book),
        ("ours, exactly once", once),
        ("ours, at least once", least),
    ):
        print(f"  {name:32s} {speed.rate:10.0f} {speed.cpu_us:13.0f}")
    for name, speed in (("exactly once", once), ("at least once", least)):
        print(
            f"  ours {name} : textbook = {speed.rate / book.rate:.1f} : 1 by the clock, {book.cpu_us / speed.cpu_us:.1f} : 1 by CPU"
        )
    print(
        f"  exactly once costs {100 * (once.cpu_us / least.cpu_us - 1):+.0f}% CPU over at least once",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
