"""The harness itself: the feed is what it claims to be, the ledger sees what it must, the report hides nothing."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import pytest

from processors.pipeline import Pipeline
from schemas.article import RawPosition
from streams.settings import Settings
from streams.topics import EVENTS, MENTIONS, RAW, VERDICTS
from tests.faults.catalogue import PLANS
from tests.faults.feed import Raw, feed
from tests.faults.ledger import OWN_TO_A_RUN, Log, examine, run_again
from tests.faults.outcome import EXACTLY_ONCE, Outcome
from tests.faults.report import render

PARTITIONS = 6
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def told(records: list[Raw], seed: int) -> tuple[Counter[str], Counter[str]]:
    """Return what the events say and how often each verdict falls, the partitions being read in turns that dice choose."""
    dice = random.Random(seed)  # noqa: S311 - an interleaving
    left: dict[int, list[Raw]] = defaultdict(list)
    for raw in reversed(records):
        left[raw.partition % PARTITIONS].append(raw)
    read, kinds, pipeline = Counter[int](), Counter[str](), Pipeline()
    last: dict[str, dict[str, Any]] = {}
    while left:
        partition = dice.choice(sorted(left))
        for _ in range(min(dice.randrange(1, 40), len(left[partition]))):
            place = RawPosition(partition=partition, offset=read[partition])
            step = pipeline.feed(left[partition].pop().value, WHEN, place)
            read[partition] += 1
            kinds[step.verdict.kind.value if step.verdict else "dead"] += 1
            last |= {event.event_id: event.model_dump(mode="json") for event in step.events}
        if not left[partition]:
            del left[partition]
    return Counter(
        repr(sorted((k, v) for k, v in e.items() if k not in OWN_TO_A_RUN)) for e in last.values()
    ), kinds


def test_the_feed_tells_the_same_however_its_partitions_are_read() -> None:
    """Two interleavings give the same events and verdicts, and every kind of record is there."""
    records = list(islice(feed(), 300))
    assert records == list(islice(feed(), 300))
    events, kinds = told(records, 1)
    assert (events, kinds) == told(records, 2)
    assert kinds["dead"] == 6
    assert {"unique", "exact", "revision", "withdrawn", "dead"} == set(kinds)
    assert events.total() > 200


class Record(NamedTuple):
    """A record as a consumer gives it."""

    partition: int
    offset: int
    timestamp: int
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = ()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Give the settings of a log that exists in memory only."""
    return Settings(data_dir=tmp_path_factory.mktemp("nothing"))


@pytest.fixture
def log(undisturbed: Log) -> Log:
    """Give a log to damage."""
    records = {name: list(rows) for name, rows in undisturbed.records.items()}
    return Log(records, {name: dict(table) for name, table in undisturbed.tables.items()})


@pytest.fixture(scope="module")
def undisturbed(settings: Settings) -> Log:
    """Give the log that undisturbed stages make of a small feed."""
    raw: list[Any] = []
    for at in islice(feed(), 60):
        place = at.partition % PARTITIONS
        raw.append(Record(place, sum(r.partition == place for r in raw), 1_767_225_600_000, at.key, at.value))
    made = run_again(settings, raw, [(r.partition, r.offset) for r in raw])
    for name, outputs in made.records.items():
        made.records[name] = [
            Record(0, n, o.timestamp_ms, o.key, o.value, o.headers) for n, o in enumerate(outputs)
        ]
    made.records[RAW] = raw
    return made


def test_the_ledger_finds_nothing_wrong_with_an_undisturbed_log(settings: Settings, log: Log) -> None:
    """What the stages make of the raw records is what it expects."""
    findings = examine(settings, log)
    assert (findings.lost, findings.duplicated, findings.differences) == (0, 0, [])


@pytest.mark.parametrize("name", [VERDICTS, MENTIONS, EVENTS])
def test_the_ledger_misses_a_record(settings: Settings, log: Log, name: str) -> None:
    """One record less is one lost, at least."""
    del log.records[name][-1]
    assert examine(settings, log).lost >= 1


@pytest.mark.parametrize("name", [VERDICTS, MENTIONS, EVENTS])
def test_the_ledger_sees_a_record_twice(settings: Settings, log: Log, name: str) -> None:
    """One record that stands twice is one duplicate and nothing else."""
    log.records[name].append(log.records[name][3])
    findings = examine(settings, log)
    assert (findings.lost, findings.duplicated) == (0, 1)


def test_the_ledger_sees_other_bytes_other_order_and_other_tables(settings: Settings, log: Log) -> None:
    """Changed content, events that changed places, and a table with one wrong key are each told."""
    events = log.records[EVENTS]
    events[0] = events[0]._replace(value=b"{}")
    events[5], events[6] = events[6], events[5]
    log.tables["resolve"].popitem()
    text = "\n".join(examine(settings, log).differences)
    assert "geo.events: 1 with other content" in text
    assert "geo.events: not in the order of the verdicts" in text
    assert "table of resolve: 1 keys differ" in text


def test_an_outcome_with_a_duplicate_fails_under_exactly_once_only() -> None:
    """At least once permits a record that stands twice; nothing permits one that is lost."""
    twice = Outcome(
        "x", "at_least_once", finished=True, duplicated=1, differences=["a: 1 records stand twice"]
    )
    twice.check()
    twice.guarantee = EXACTLY_ONCE
    for bad in (twice, Outcome("x", "at_least_once", finished=True, lost=1), Outcome("x", "at_least_once")):
        with pytest.raises(AssertionError):
            bad.check()


def test_the_report_has_a_line_for_every_trial() -> None:
    """What was not run, did not finish or missed its bar says so."""
    late = Outcome(
        "kill", EXACTLY_ONCE, *PLANS["kill"], repetitions=2, articles=10, seconds=[3.0, 99.0], finished=True
    )
    broken = Outcome("term", EXACTLY_ONCE, *PLANS["term"], repetitions=1, failure="StuckError: no commit")
    text = render({"kill": late, "term": broken}, WHEN)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(PLANS)
    assert "| 2 | 0 | 0 | 51.0 (99.0) | - | 15 MISSED |" in text
    assert sum("NOT RUN" in row for row in rows) == len(PLANS) - 2
    assert "NOT FINISHED" in text
    assert "StuckError: no commit" in text
