"""What became of the articles between two points of the logs, and whether the numbers add up.

The rule: raw = dead letters (clean, dedupe) + exact + near + revision + unique + withdrawn, where a round-up counts as unique;
unique + revision = coded + dead letters (code). Records that a restarted worker wrote twice count once, by verdict number,
dead letter's origin and event id with revision. A withdrawal counts once however many lanes of deduplication had something to take back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import orjson

from schemas.dead_letter import HEADER_PREFIX
from streams.topics import DEAD_LETTERS, EVENTS, MENTIONS, RAW, VERDICTS

if TYPE_CHECKING:
    from aiokafka.structs import ConsumerRecord

    from streams.cluster import Cluster, Offsets
    from streams.settings import Settings

COUNTED = (RAW, DEAD_LETTERS, VERDICTS, MENTIONS, EVENTS)
COPIES = ("exact", "near")
ROUNDUP = "roundup"


@dataclass(frozen=True, slots=True)
class Rule:
    """One equation of the account: a total, and the parts that must add up to it."""

    name: str
    total: int
    parts: tuple[tuple[str, int], ...]

    @property
    def holds(self) -> bool:
        """Tell whether the parts add up."""
        return self.total == sum(count for _, count in self.parts)

    def __str__(self) -> str:
        """Return the equation with its numbers, and a mark."""
        parts = " + ".join(f"{count} {name}" for name, count in self.parts)
        return f"{self.total} {self.name} = {parts}  {'✓' if self.holds else '✗ DOES NOT ADD UP'}"


@dataclass(slots=True)
class Account:
    """The numbers of one stretch of the logs."""

    raw: int = 0
    dead: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    coded: int = 0
    revisions: int = 0
    types: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def events(self) -> int:
        """Count the events that have a revision in this stretch."""
        return self.types.total()

    @property
    def rules(self) -> tuple[Rule, Rule]:
        """The two equations that must hold."""
        unique = self.verdicts["unique"] + self.verdicts[ROUNDUP]
        revision = self.verdicts["revision"]
        named = (("exact", "exact"), ("near", "near"), ("revision", "revision"))
        return (
            Rule(
                "raw",
                self.raw,
                (
                    ("dead letters", self.dead["clean"] + self.dead["dedupe"]),
                    *((name, self.verdicts[kind]) for kind, name in named),
                    ("unique", unique),
                    ("withdrawn", self.verdicts["withdrawn"]),
                ),
            ),
            Rule(
                "unique and revision",
                unique + revision,
                (("coded", self.coded), ("dead letters", self.dead["code"])),
            ),
        )

    @property
    def balanced(self) -> bool:
        """Tell whether both rules hold."""
        return all(rule.holds for rule in self.rules)


async def mark(cluster: Cluster, settings: Settings) -> Offsets:
    """Return where the logs that are counted end now."""
    return await cluster.ends(await cluster.partitions(*(settings.topic(name) for name in COUNTED)))


async def account(cluster: Cluster, settings: Settings, start: Offsets, end: Offsets) -> Account:
    """Count what stands in the logs from `start` up to `end`, both as `mark` gave them."""
    found = Account()
    tallies: dict[str, _Tally] = {
        settings.topic(RAW): _Raw(found),
        settings.topic(DEAD_LETTERS): _Dead(found),
        settings.topic(VERDICTS): _Verdicts(found),
        settings.topic(MENTIONS): _Mentions(found),
        settings.topic(EVENTS): _Events(found),
    }
    async for record in cluster.read(start, end):
        tallies[record.topic].add(record)
    return found


class _Tally(Protocol):
    def add(self, record: ConsumerRecord) -> None:
        """Count one record."""


class _Raw:
    def __init__(self, found: Account) -> None:
        self._found = found

    def add(self, record: ConsumerRecord) -> None:  # noqa: ARG002 - a raw record counts whatever it holds
        self._found.raw += 1


class _Dead:
    def __init__(self, found: Account) -> None:
        self._found = found
        self._seen: set[tuple[bytes, ...]] = set()

    def add(self, record: ConsumerRecord) -> None:
        headers = dict(record.headers)
        where = tuple(
            headers.get(HEADER_PREFIX + name, b"")
            for name in ("stage", "topic", "partition", "offset", "reason")
        )
        if where not in self._seen:
            self._seen.add(where)
            self._found.dead[where[0].decode()] += 1


class _Verdicts:
    def __init__(self, found: Account) -> None:
        self._found = found
        self._seen: set[int] = set()
        self._withdrawals: set[tuple[int, int]] = set()

    def add(self, record: ConsumerRecord) -> None:
        verdict = orjson.loads(record.value)
        if verdict["seq"] in self._seen:
            return
        self._seen.add(verdict["seq"])
        if verdict["kind"] == "withdrawn":
            raw = verdict["raw"]["partition"], verdict["raw"]["offset"]
            if raw in self._withdrawals:
                return  # several lanes of deduplication answer one
            self._withdrawals.add(raw)
        self._found.verdicts[verdict["kind"]] += 1


class _Mentions:
    def __init__(self, found: Account) -> None:
        self._found = found
        self._seen: set[int] = set()

    def add(self, record: ConsumerRecord) -> None:
        mentions = orjson.loads(record.value)
        if mentions["seq"] not in self._seen:
            self._seen.add(mentions["seq"])
            self._found.coded += mentions.get("error") is None


class _Events:
    def __init__(self, found: Account) -> None:
        self._found = found
        self._last: dict[bytes, tuple[str, str]] = {}
        self._seen: set[bytes] = set()

    def add(self, record: ConsumerRecord) -> None:
        headers = dict(record.headers)
        if headers["ce_id"] in self._seen:
            return
        self._seen.add(headers["ce_id"])
        found = self._found
        found.revisions += 1
        kind = headers["ce_type"].decode().removeprefix("dragoman.").rsplit(".", 1)[0]
        now = (kind, headers["ce_status"].decode())
        before = self._last.get(record.key)
        if before:
            found.types[before[0]] -= 1
            found.statuses[before[1]] -= 1
        self._last[record.key] = now
        found.types[now[0]] += 1
        found.statuses[now[1]] += 1
