"""The ledger: what stands on the topics of one log after a fault, held against what must stand there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from schemas.codec import decode
from schemas.dead_letter import DeadLetter
from schemas.event_codec import decode_event
from schemas.verdict import Verdict
from streams.cluster import Cluster
from streams.records import InRecord, OutRecord
from streams.replay.chain import Chain
from streams.stages import make_stages
from streams.stages.clean import RAW_POSITION
from streams.stages.dedupe import SEQ
from streams.topics import (
    CLEAN,
    CURRENT,
    DEAD_LETTERS,
    DEDUPE_TABLE,
    EVENTS,
    MENTIONS,
    RAW,
    RESOLVE_TABLE,
    UNIQUE,
    VERDICTS,
    changelog,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from streams.settings import Settings
    from streams.stages import Change, Stage

    Position = tuple[int, int]
    Record = Any
    """What was read, a ConsumerRecord, or what a stage gives, an OutRecord: both have key, headers and value."""
    Identity = Callable[[Record], object]

TABLES = {"dedupe": DEDUPE_TABLE, "resolve": RESOLVE_TABLE}
OWN_TO_A_RUN = {"event_id", "revision", "record_time", "cause", "patch", "superseded_by", "thread_id"}
"""What two undisturbed runs over one feed may tell differently of one event."""


@dataclass(slots=True)
class Findings:
    """What the ledger found: how many records are missing and how many stand twice, and every other difference, in words."""

    lost: int = 0
    duplicated: int = 0
    differences: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Log:
    """All committed records of one log, by catalogue name, each partition in its order; the tables by stage."""

    records: dict[str, list[Record]]
    tables: dict[str, dict[bytes, bytes]]

    def told(self) -> Counter[str]:
        """Return what the log tells in the end, for comparison with another run: each event by its mentions and content."""
        last: dict[bytes, Any] = {}
        for record in self.records[EVENTS]:
            last[record.key] = record
        events = (decode_event(record.value).model_dump(mode="json") for record in last.values())
        return Counter(
            repr(sorted((k, v) for k, v in event.items() if k not in OWN_TO_A_RUN)) for event in events
        )

    def judged(self) -> Counter[str]:
        """Return what deduplication says in the end: article, version, verdict, group."""
        verdicts = (decode(Verdict, record.value) for record in self.records[VERDICTS])
        return Counter(
            {f"{v.article.article_id} {v.article.version} {v.kind.value} {v.group}" for v in verdicts}
        )


async def read_log(settings: Settings) -> Log:
    """Read every topic of the log as a read_committed consumer sees it."""
    names = {
        settings.topic(n): n for n in (RAW, CLEAN, VERDICTS, UNIQUE, MENTIONS, EVENTS, CURRENT, DEAD_LETTERS)
    }
    names |= {changelog(settings, table): stage for stage, table in TABLES.items()}
    found: dict[str, list[Record]] = {name: [] for name in names.values()}
    async with Cluster(settings) as cluster:
        partitions = await cluster.partitions(*names)
        start, end = await cluster.beginnings(partitions), await cluster.ends(partitions)
        async for record in cluster.read(start, end):
            found[names[record.topic]].append(record)
    for records in found.values():
        records.sort(key=lambda r: (r.partition, r.offset))
    tables = {}
    for stage in TABLES:
        last = {record.key: record.value for record in found.pop(stage)}
        tables[stage] = {key: value for key, value in last.items() if value is not None}
    return Log(found, tables)


def examine(settings: Settings, log: Log) -> Findings:
    """Hold a log against its own raw records, taken through the stages in the order that its verdicts have."""
    expected = run_again(settings, log.records[RAW], _order(log))
    findings = Findings()
    for name, identity in _IDENTITIES.items():
        have = _once(log.records[name], identity, name, findings)
        want = {identity(record): record for record in expected.records[name]}
        _compare(name, have, want, findings)
    _compare_order(log, expected, findings)
    _compare_current(log, findings)
    for stage in TABLES:
        if log.tables[stage] != expected.tables[stage]:
            have_keys, want_keys = log.tables[stage].items(), expected.tables[stage].items()
            differ = len({key for key, _ in have_keys ^ want_keys})
            findings.differences.append(f"table of {stage}: {differ} keys differ")
    return findings


def compare_runs(log: Log, other: Log) -> list[str]:
    """Return how two runs over one feed differ in what they tell."""
    differences = []
    for what, one, two in (("events", log.told(), other.told()), ("verdicts", log.judged(), other.judged())):
        if one != two:
            more, less = (one - two).total(), (two - one).total()
            differences.append(f"{what}: {more} that the undisturbed run does not have, {less} missing")
    return differences


def compare_bytes(log: Log, other: Log, names: Iterable[str]) -> list[str]:
    """Return of which topics two logs differ in any byte of key, headers, value, timestamp or in the order of a partition."""
    return [f"{n}: not byte-identical" for n in names if _bytes(log.records[n]) != _bytes(other.records[n])]


def _bytes(records: Sequence[Record]) -> list[tuple[Any, ...]]:
    return [(r.partition, r.key, tuple(r.headers), r.value, r.timestamp) for r in records]


def _order(log: Log) -> list[Position]:
    """Return the places of the raw records: those with a verdict in the order of the verdicts, then the others."""
    verdicts = {v.seq: v.raw for v in (decode(Verdict, r.value) for r in log.records[VERDICTS])}
    judged = dict.fromkeys((at.partition, at.offset) for _, at in sorted(verdicts.items()))
    return [*judged, *sorted({(r.partition, r.offset) for r in log.records[RAW]} - judged.keys())]


def run_again(settings: Settings, raw: Iterable[Record], order: Iterable[Position]) -> Log:
    """Take raw records through the stages in memory, in an order; return what they give, and the tables that they end with."""
    at = {(record.partition, record.offset): record for record in raw}
    stages = {name: _Remembering(make()) for name, make in make_stages(settings).items()}
    chain = Chain(cast("Mapping[str, Stage]", stages))
    records: dict[str, list[Record]] = {name: [] for name in (RAW, *_IDENTITIES)}
    for position in order:
        for output in chain.feed(_in_record(RAW, at[position])):
            records[output.topic].append(output)
    return Log(records, {stage: stages[stage].table for stage in TABLES})


class _Remembering:
    """A stage whose table is kept, which a replay would not do."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.table: dict[bytes, bytes] = {}

    def process(self, record: InRecord) -> list[OutRecord]:
        return self._stage.process(record)

    def changes(self) -> Sequence[Change]:
        changes = self._stage.changes()
        for key, value in changes:
            if value is None:
                self.table.pop(key, None)
            else:
                self.table[key] = value
        return changes


def _in_record(topic: str, record: Record) -> InRecord:
    headers = tuple(record.headers)
    return InRecord(
        topic, record.partition, record.offset, record.timestamp, record.key, record.value, headers
    )


def _header(name: str) -> Identity:
    def identity(record: Record) -> object:
        return dict(record.headers)[name]

    return identity


def _dead(record: Record) -> object:
    letter = DeadLetter.from_headers(list(record.headers))
    return letter.stage, letter.topic, letter.partition, letter.offset, letter.reason


_IDENTITIES: dict[str, Identity] = {
    CLEAN: _header(RAW_POSITION),
    VERDICTS: _header(SEQ),
    UNIQUE: _header(SEQ),
    MENTIONS: _header(SEQ),
    EVENTS: _header("ce_id"),
    CURRENT: _header("ce_id"),
    DEAD_LETTERS: _dead,
}
"""By what a record is recognised as the same record again."""


def _once(
    records: Iterable[Record], identity: Identity, name: str, findings: Findings
) -> dict[object, Record]:
    found: dict[object, Record] = {}
    twice = 0
    for record in records:
        known = identity(record)
        twice += known in found
        found.setdefault(known, record)
    if twice:
        findings.duplicated += twice
        findings.differences.append(f"{name}: {twice} records stand twice")
    return found


def _compare(name: str, have: dict[object, Record], want: dict[object, Record], findings: Findings) -> None:
    missing, extra = want.keys() - have.keys(), have.keys() - want.keys()
    findings.lost += len(missing)
    if missing:
        findings.differences.append(f"{name}: {len(missing)} missing, as {min(map(str, missing))}")
    if extra:
        findings.differences.append(f"{name}: {len(extra)} that nothing led to, as {min(map(str, extra))}")
    changed = [i for i in want.keys() & have.keys() if _content(have[i]) != _content(want[i])]
    if changed:
        findings.differences.append(f"{name}: {len(changed)} with other content, as {min(map(str, changed))}")


def _content(record: Record) -> tuple[Any, ...]:
    when = record.timestamp_ms if isinstance(record, OutRecord) else record.timestamp
    return record.key, tuple(record.headers), record.value, when


def _compare_order(log: Log, expected: Log, findings: Findings) -> None:
    """Each partition of the event log, and the lane of the verdicts, must have its records in the order of the reference."""
    for name in (EVENTS, VERDICTS):
        identity = _IDENTITIES[name]
        place = {identity(record): n for n, record in enumerate(expected.records[name])}
        seen: dict[int, list[int]] = {}
        for identifier, record in _first_of_each(log.records[name], identity).items():
            if identifier in place:
                seen.setdefault(record.partition, []).append(place[identifier])
        if any(places != sorted(places) for places in seen.values()):
            findings.differences.append(f"{name}: not in the order of the verdicts")


def _compare_current(log: Log, findings: Findings) -> None:
    """Hold the last record of each key of the compacted topic against the last revision of that event."""
    last, current = ({r.key: r.value for r in log.records[name]} for name in (EVENTS, CURRENT))
    if last != current:
        findings.differences.append(f"{CURRENT}: not the last revisions of {EVENTS}")


def _first_of_each(records: Iterable[Record], identity: Identity) -> dict[object, Record]:
    found: dict[object, Record] = {}
    for record in records:
        found.setdefault(identity(record), record)
    return found
