"""One trial: a log of its own on a cluster, a feed in portions, workers, faults that strike while it runs, and the reckoning."""

from __future__ import annotations

import asyncio
import random
import uuid
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from streams.cluster import Cluster
from streams.drain import CHAIN, drained
from streams.replay import replay
from streams.settings import Settings
from streams.topics import EVENTS, RAW, VERDICTS, provision
from tests.faults.brokers import Brokers
from tests.faults.catalogue import PLANS, Plan
from tests.faults.feed import feed
from tests.faults.fleet import Fleet
from tests.faults.ledger import Log, compare_bytes, compare_runs, examine, read_log
from tests.faults.outcome import Outcome
from tests.faults.progress import STUCK_SECONDS, Progress, Seen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from pathlib import Path
    from typing import Self

    from aiokafka import TopicPartition

    from tests.faults.disk import Disk
    from tests.faults.feed import Raw

SESSION_SECONDS = 6.0
"""The least that a broker takes by default; after so long a worker that was killed is missed."""
DRAIN_SECONDS = 300.0
MARKERS = 4
"""So few offsets at the end of a log may be markers of transactions, which nobody has to process."""
RECORD_MS = 60_000


class Trial:
    """An async context manager: topics are made, the feed is laid out in portions, and at the end nothing is left running."""

    def __init__(
        self, name: str, brokers: Brokers, folder: Path, *, articles: int, portions: int, **changes: object
    ) -> None:
        """Take what to run on.

        Args:
            name: The trial, as a word; also the seed of its dice.
            brokers: The cluster, which runs.
            folder: For the workers' data and logs.
            articles: Records of the feed in all.
            portions: In how many portions `feed_on` produces them.
            changes: Settings other than the suite's.

        """
        self.brokers = brokers
        replicas = len(brokers.nodes)
        folder.mkdir(parents=True, exist_ok=True)
        self.settings = Settings(
            broker=brokers.bootstrap,
            topic_prefix=f"{name}-{uuid.uuid4().hex[:6]}.",
            replication=replicas,
            data_dir=folder,
            session_timeout=SESSION_SECONDS,
            # Small batches, so that faults strike between, before and inside many of them.
            batch_records=25,
        ).model_copy(update=changes)
        plan = PLANS.get(name, Plan(name))
        self.outcome = Outcome(name, self.settings.guarantee, *plan)
        self.dice = random.Random(name)  # noqa: S311 - when faults strike
        self.fleet = Fleet(self.settings)
        self.progress = Progress(self.settings)
        self._feed = list(islice(feed(), articles))
        self._portion = -(-articles // portions)
        self._fed = 0
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Make the topics, begin to look at progress and after the workers."""
        await provision(self.settings)
        await self._stack.enter_async_context(self.progress)
        await self._stack.enter_async_context(self.fleet)
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """End everything, and write down the outcome, whatever it is."""
        await self._stack.aclose()
        self.outcome.ended = {str(status): n for status, n in self.fleet.ended.items()}
        if error is not None:
            self.outcome.failure = f"{type(error).__name__}: {error}".splitlines()[0]
        self.outcome.write()

    async def feed_on(self) -> None:
        """Produce the next portion; after the last there is no more."""
        portion = self._feed[self._fed : self._fed + self._portion]
        self._fed += len(portion)
        await produce(self.settings, portion)

    def now(self) -> float:
        """Return the time by the loop's clock."""
        return asyncio.get_running_loop().time()

    async def moment(self, most: float = 1.5) -> None:
        """Wait until a moment that nobody chose, `most` seconds at most."""
        await asyncio.sleep(self.dice.uniform(0.1, most))

    async def recovered(
        self,
        since: float,
        before: Seen,
        partitions: Iterable[TopicPartition] = (),
        *,
        counts: bool = True,
    ) -> None:
        """Wait for the next commit on `partitions` (any, by default) and note the seconds since the fault.

        Noted too is when every partition among them that had work at the fault has moved, of whatever topic a stage reads: where
        that takes long, one stage hangs while the others go on. `counts`: this was one more repetition of the fault.
        """
        self.outcome.repetitions += counts
        held = set(partitions)
        first = await self.progress.moved(before, held)
        self.outcome.seconds.append(round(first - since, 2))
        if working := await self._with_work(before, held):
            every = await self.progress.moved(before, working, every=True)
            self.outcome.every.append(round(every - since, 2))

    async def _with_work(self, seen: Seen, held: set[TopicPartition]) -> set[TopicPartition]:
        async with Cluster(self.settings) as cluster:
            partitions = await cluster.partitions(*(self.settings.topic(name) for name in CHAIN))
            ends = await cluster.ends(partitions)
        return {
            p for p, end in ends.items() if (not held or p in held) and seen.offsets.get(p, 0) + MARKERS < end
        }

    async def whole(self) -> None:
        """Wait until every partition of the cluster is in sync on as many brokers as it has replicas."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.settings.broker)
        async with asyncio.timeout(STUCK_SECONDS):
            await admin.start()
            try:
                while True:
                    rows = await admin.describe_topics(await admin.list_topics())
                    partitions = [partition for row in rows for partition in row["partitions"]]
                    if all(len(p["isr"]) == len(p["replicas"]) for p in partitions):
                        return
                    await asyncio.sleep(0.2)
            finally:
                await admin.close()

    async def reckon(self, *, replayed: bool = False) -> Outcome:
        """Let the workers finish, end them, and hold the log against every reference; return the outcome.

        Args:
            replayed: Also run `dragoman replay` over the log, into another one, and compare the bytes.

        """
        while self._fed < len(self._feed):
            await self.feed_on()
        async with Cluster(self.settings) as cluster:
            await asyncio.wait_for(drained(cluster, self.settings), DRAIN_SECONDS)
        await self.fleet.__aexit__()
        log = await read_log(self.settings)
        outcome = self.outcome
        outcome.articles, outcome.events = len(log.records[RAW]), len(log.records[EVENTS])
        if len(log.records[RAW]) != len(self._feed):
            outcome.differences.append(f"{len(log.records[RAW])} raw records of {len(self._feed)} produced")
        findings = await asyncio.to_thread(examine, self.settings, log)
        outcome.lost, outcome.duplicated = findings.lost, findings.duplicated
        outcome.differences += findings.differences
        outcome.differences += compare_runs(log, await self._undisturbed())
        if replayed:
            outcome.replayed = True
            outcome.differences += [f"replayed, {line}" for line in await self._replay(log)]
        outcome.finished = True
        return outcome

    async def _undisturbed(self) -> Log:
        """Return the log of one worker that is left alone, over the same feed."""
        known = _UNDISTURBED.get(len(self._feed))
        if known is not None:
            return known
        settings = self.settings.model_copy(
            update={
                "topic_prefix": f"quiet-{uuid.uuid4().hex[:6]}.",
                "data_dir": self.settings.data_dir / "quiet",
            }
        )
        await provision(settings)
        await produce(settings, self._feed)
        async with Fleet(settings) as fleet:
            await fleet.start("one")
            async with Cluster(settings) as cluster:
                await asyncio.wait_for(drained(cluster, settings), DRAIN_SECONDS)
        found = await read_log(settings)
        _UNDISTURBED[len(self._feed)] = found
        return found

    async def _replay(self, log: Log) -> list[str]:
        prefix = f"again-{uuid.uuid4().hex[:6]}."
        await replay(self.settings, prefix, None, None)
        again = await read_log(self.settings.model_copy(update={"topic_prefix": prefix}))
        return compare_bytes(log, again, (VERDICTS, EVENTS))


_UNDISTURBED: dict[int, Log] = {}
"""Logs of undisturbed runs by the length of the feed: one run serves every trial of that length."""


async def produce(settings: Settings, records: Iterable[Raw]) -> None:
    """Write records to articles.raw, each once whatever the brokers do, and wait until all are acknowledged."""
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.broker.split(","),
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        request_timeout_ms=RECORD_MS,
    )
    await producer.start()
    try:
        topic = settings.topic(RAW)
        sent = [
            await producer.send(topic, raw.value, key=raw.key, partition=raw.partition % settings.partitions)
            for raw in records
        ]
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


@asynccontextmanager
async def running(
    name: str,
    folder: Path,
    *,
    nodes: int = 1,
    disk: Disk | None = None,
    workers: Sequence[str] = ("one",),
    replayed: bool = False,
    **given: Any,  # noqa: ANN401 - what a trial takes
) -> AsyncIterator[Trial]:
    """Give a trial on a cluster of its own, with the first portion fed and the workers ready; hold it to account at the end."""
    async with Brokers(folder, nodes, disk) as brokers, Trial(name, brokers, folder, **given) as trial:
        await trial.feed_on()
        for worker in workers:
            await trial.fleet.start(worker)
        yield trial
        (await trial.reckon(replayed=replayed)).check()
