"""Prometheus metrics of a worker: what goes in and out of each stage, how long it takes, how far it lags."""

from __future__ import annotations

import time
from collections import Counter as Tally
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from streams.topics import DEAD_LETTERS, EVENTS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streams.records import OutRecord
    from streams.watchdog import Partition, Position

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bucket bounds: from one light record to a batch of long articles."""


class Meter:
    """All metrics of one worker, in a registry of their own."""

    def __init__(self) -> None:
        """Declare them."""
        self.registry = CollectorRegistry()
        self._placed: set[Partition] = set()
        here = self.registry
        self.records_in = Counter(
            "dragoman_records_in", "Records that a stage finished", ["stage"], registry=here
        )
        self.records_out = Counter(
            "dragoman_records_out", "Records that a stage wrote, by topic", ["stage", "topic"], registry=here
        )
        self.dead_letters = Counter(
            "dragoman_dead_letters", "Records that could not be used", ["stage"], registry=here
        )
        self.repeats = Counter(
            "dragoman_repeats",
            "Records passed over because they had been processed before",
            ["stage"],
            registry=here,
        )
        self.verdicts = Counter(
            "dragoman_verdicts", "Deduplication verdicts, by kind", ["kind"], registry=here
        )
        self.events = Counter(
            "dragoman_events",
            "Event revisions, by type, status and modality",
            ["type", "status", "modality"],
            registry=here,
        )
        self.batch_seconds = Histogram(
            "dragoman_batch_seconds",
            "Seconds per batch, writing included",
            ["stage"],
            buckets=SECONDS,
            registry=here,
        )
        self.lag = Gauge(
            "dragoman_lag_records",
            "Records of an assigned partition not yet committed",
            ["topic", "partition"],
            registry=here,
        )
        self.lag_seconds = Gauge(
            "dragoman_lag_seconds",
            "Age of the oldest record of an assigned partition that is not committed, by its timestamp",
            ["topic", "partition"],
            registry=here,
        )
        self.commit_age = Gauge(
            "dragoman_commit_age_seconds",
            "Seconds for which a partition has had records and no commit",
            ["topic", "partition"],
            registry=here,
        )
        self.pending = Gauge(
            "dragoman_pending_verdicts", "Verdicts that wait for mentions in this worker", registry=here
        )
        self.partitions = Gauge(
            "dragoman_assigned_partitions", "Partitions that this worker reads", registry=here
        )
        self.ready = Gauge(
            "dragoman_ready", "1 when partitions are assigned and state is recovered", registry=here
        )
        self.rebalances = Counter(
            "dragoman_rebalances", "Reassignments of partitions that this worker saw", registry=here
        )

    def batch(self, stage: str, records: int, seconds: float) -> None:
        """Count the records of a batch that is done, and how long it took."""
        self.batch_seconds.labels(stage).observe(seconds)
        self.records_in.labels(stage).inc(records)

    def records(self, stage: str, outputs: Sequence[OutRecord], repeats: int = 0) -> None:
        """Count what a stage wrote and passed over. Kinds, types and statuses are read from the headers."""
        if repeats:
            self.repeats.labels(stage).inc(repeats)
        for topic, count in Tally(output.topic for output in outputs).items():
            self.records_out.labels(stage, topic).inc(count)
            if topic == DEAD_LETTERS:
                self.dead_letters.labels(stage).inc(count)
        for (kind,), count in _tally(outputs, VERDICTS, ("kind",)).items():
            self.verdicts.labels(kind).inc(count)
        for (kind, *others), count in _tally(
            outputs, EVENTS, ("ce_type", "ce_status", "ce_modality")
        ).items():
            self.events.labels(kind.split(".")[1], *others).inc(count)

    def positions(self, positions: Mapping[Partition, Position], ages: Mapping[Partition, float]) -> None:
        """Set lag and commit age of the partitions that are assigned now; others disappear."""
        now = time.time()
        self.partitions.set(len(positions))
        placed = (self.lag, self.lag_seconds, self.commit_age)
        # One by one: a scrape, which runs in another thread, must find those that stay.
        for gone in self._placed - positions.keys():
            for gauge in placed:
                gauge.remove(*gone)
        self._placed = set(positions)
        for (topic, partition), position in positions.items():
            self.lag.labels(topic, partition).set(position.lag)
            self.lag_seconds.labels(topic, partition).set(position.lag_seconds(now))
            self.commit_age.labels(topic, partition).set(ages.get((topic, partition), 0.0))


def _tally(outputs: Sequence[OutRecord], topic: str, names: Sequence[str]) -> Tally[tuple[str, ...]]:
    """Count the records of a topic by the values of some headers."""
    found = [dict(output.headers) for output in outputs if output.topic == topic]
    return Tally(tuple([headers.get(name, b"unknown").decode() for name in names]) for headers in found)


def metric_names() -> tuple[str, ...]:
    """Return every series name that `/metrics` can show, with the suffixes of counters and histograms."""
    suffixes = {
        "counter": ("_total", "_created"),
        "histogram": ("_bucket", "_sum", "_count", "_created"),
        "gauge": ("",),
    }
    families = sorted(Meter().registry.collect(), key=lambda family: family.name)
    return tuple(family.name + suffix for family in families for suffix in suffixes[family.type])


METRICS = metric_names()
"""What a dashboard or an alert may ask for."""
