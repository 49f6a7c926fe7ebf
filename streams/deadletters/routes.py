"""The way back of a dead letter: the record that puts its article into the flow again, so that something comes of it.

What a stage could not use can't always go back to the topic of that stage:

- clean (and ingest): the letter is the raw record; back to `articles.raw` it goes.
- dedupe: its lane has judged later articles by now and passes over anything older, by raw position. So the article's raw record
  is produced again.
- code: the article has its verdict and an empty mentions record, and the resolver has gone past both. So the raw record is produced
  again; dedupe recognises a redriven article that it has judged before and lets it pass, as a revision of itself.
- resolve: mentions that the resolver still waits for go back to `events.mentions`; anything else as for code.
"""

from __future__ import annotations

import re
from contextlib import aclosing
from typing import TYPE_CHECKING

from processors.resolve.resolver import NEXT
from schemas.codec import decode
from schemas.dead_letter import HEADER_PREFIX
from schemas.verdict import Verdict, VerdictKind
from streams.deadletters.letter import ATTEMPT
from streams.deadletters.log import record_at
from streams.dedupe_lanes import lane_count
from streams.records import OutRecord, to_ms
from streams.stages.clean import RAW_POSITION
from streams.stages.dedupe import KIND, SEQ
from streams.topics import MENTIONS, RAW, RESOLVE_TABLE, UNIQUE, VERDICTS, changelog

if TYPE_CHECKING:
    from aiokafka.structs import ConsumerRecord

    from streams.cluster import Cluster
    from streams.deadletters.log import Letter
    from streams.settings import Settings

OVERHEAD, PER_HEADER = 128, 12
"""Bytes that Kafka adds to a record in a batch of its own, and to each header, at most."""

_VERDICT = re.compile(r"verdict (\d+) of article ")
"""How the resolver names what it could not resolve: the record that brought it out can be another one."""


class NoWayError(Exception):
    """A letter can't be redriven; the message says why, in one line."""


class Router:
    """Finds the way back of each letter, by looking at what the stages have done since."""

    def __init__(self, cluster: Cluster, settings: Settings, *, force: bool = False) -> None:
        """Take where to look; with `force` an article may go back although a newer version of it was judged since."""
        self._cluster = cluster
        self._settings = settings
        self._force = force

    async def route(self, letter: Letter) -> OutRecord:
        """Return the record to write, `topic` being its name in the catalogue. Raises NoWayError."""
        stage, topic = letter.about.stage, letter.about.topic
        if stage in ("ingest", "clean"):
            return self._sized(_again(letter, RAW, letter.record))
        if stage == "dedupe":
            await self._refuse_superseded(letter, letter.record, seq=None)
            return await self._raw(letter, letter.record)
        if stage == "code":
            seq = _seq(letter.record)
            await self._refuse_superseded(letter, letter.record, seq)
            return await self._raw(letter, letter.record)
        if stage == "resolve":
            return await self._resolve(letter, topic)
        raise NoWayError(f"no stage is named {stage!r}")

    async def _resolve(self, letter: Letter, topic: str) -> OutRecord:
        named = _VERDICT.match(letter.about.reason)
        seq = int(named[1]) if named else _seq(letter.record)
        if topic == MENTIONS and seq >= await self._next_seq(seq):
            return _again(letter, MENTIONS, letter.record)
        article = await self._unique(letter, seq)
        await self._refuse_superseded(letter, article, seq)
        return await self._raw(letter, article)

    async def _raw(self, letter: Letter, article: ConsumerRecord) -> OutRecord:
        """Return the raw record that `article` was made of, by the position in its header."""
        given = _header(article, RAW_POSITION)
        partition, _, offset = given.partition("/")
        if not (partition.isdecimal() and offset.isdecimal()):
            raise NoWayError(f"header {RAW_POSITION} is {given[:40]!r}: not written by a stage")
        raw = await record_at(self._cluster, self._settings.topic(RAW), int(partition), int(offset))
        if raw is None:
            raise NoWayError(f"its raw record {RAW}[{partition}]@{offset} is gone; ingest the article again")
        return self._sized(_again(letter, RAW, raw))

    async def _unique(self, letter: Letter, seq: int) -> ConsumerRecord:
        """Return the record of `articles.unique` of a number."""
        since = to_ms(letter.about.record_time)
        partitions = await self._cluster.partitions(self._settings.topic(UNIQUE))
        start = await self._cluster.at_time(partitions, since)
        async with aclosing(self._cluster.read(start, await self._cluster.ends(partitions))) as records:
            async for record in records:
                if _header(record, SEQ) == str(seq):
                    return record
        raise NoWayError(
            f"no article {seq} on {UNIQUE}: its verdict brings no events of its own, or the record is gone"
        )

    async def _refuse_superseded(self, letter: Letter, article: ConsumerRecord, seq: int | None) -> None:
        """Raise NoWayError where a newer version of the article was judged, or it was withdrawn: the old one would replace it."""
        if self._force:
            return
        article_id = (article.key or b"").decode("utf-8", "replace")
        partitions = await self._cluster.partitions(self._settings.topic(VERDICTS))
        start = await self._cluster.at_time(partitions, to_ms(letter.about.record_time))
        async for record in self._cluster.read(start, await self._cluster.ends(partitions)):
            if seq is not None and int(_header(record, SEQ)) <= seq:
                continue
            kind = _header(record, KIND)
            if kind == VerdictKind.WITHDRAWN:
                verdict = decode(Verdict, record.value)
                hit = article_id in {ref.article_id for ref in (*verdict.withdraws, verdict.article)}
            else:
                hit = kind == VerdictKind.REVISION and (record.key or b"").decode() == article_id
            if hit:
                raise NoWayError(
                    f"the article has verdict {_header(record, SEQ)} ({kind}) since and would undo it; --force does it all the same"
                )

    async def _next_seq(self, seq: int) -> int:
        """Return the number of the next verdict that the resolver will resolve in the lane of `seq`, as its changelog says."""
        lanes = lane_count(self._settings)
        key = NEXT if lanes == 1 else NEXT + bytes((seq % lanes,))
        partitions = await self._cluster.partitions(changelog(self._settings, RESOLVE_TABLE))
        start, end = await self._cluster.beginnings(partitions), await self._cluster.ends(partitions)
        found = 0
        async for record in self._cluster.read(start, end):
            if record.key == key and record.value:
                found = int.from_bytes(record.value, "big")
        return found

    def _sized(self, record: OutRecord) -> OutRecord:
        size = record.size + OVERHEAD + PER_HEADER * len(record.headers)
        if size > self._settings.max_body_bytes:
            raise NoWayError(f"{size} bytes with what Kafka adds, more than {RAW} takes")
        return record


def _again(letter: Letter, topic: str, record: ConsumerRecord) -> OutRecord:
    """Return a record as it was, its headers without what made it a letter, and with how often it has been tried.

    Its timestamp stays where the topic keeps what producers say; on `articles.raw` the broker sets the present time.
    """
    kept = [(name, value) for name, value in record.headers if not name.startswith(HEADER_PREFIX)]
    value = None if record is letter.record and letter.about.null_value else record.value
    attempt = (ATTEMPT, str(letter.about.attempt).encode())
    return OutRecord(topic, record.key, value, (*kept, attempt), record.timestamp)


def _header(record: ConsumerRecord, name: str) -> str:
    return next((value.decode("utf-8", "replace") for key, value in record.headers if key == name), "")


def _seq(record: ConsumerRecord) -> int:
    given = _header(record, SEQ)
    if not given.isdecimal():
        raise NoWayError(f"header {SEQ} is {given[:40]!r}: not written by a stage")
    return int(given)
