"""The topic catalogue: every topic, what its key is, how it is partitioned and kept; and what makes the broker match it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from streams.client import Causes, client_options
from streams.dedupe_lanes import lane_count

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from streams.settings import Settings

RAW = "articles.raw"
CLEAN = "articles.clean"
UNIQUE = "articles.unique"
VERDICTS = "articles.verdicts"
MENTIONS = "events.mentions"
EVENTS = "geo.events"
CURRENT = "geo.events.current"
DEAD_LETTERS = "dead-letters"
HANDLED = "dead-letters.handled"

DEDUPE_TABLE = "dedupe"
RESOLVE_TABLE = "resolve"

FOREVER = "-1"
DAY_MS = 24 * 60 * 60 * 1000

APPEAR_TRIES, APPEAR_WAIT = 200, 0.05
"""How often, and with how many seconds between, new topics are looked for."""

CHECKED = ("cleanup.policy", "message.timestamp.type")
"""Settings of an existing topic that must be as the catalogue says: with others, records would vanish or change time."""


LANED = (CLEAN, f"{DEDUPE_TABLE}-changelog")
"""Topics with one partition for each lane of deduplication."""

LANES_FIXED = (
    ": DRAGOMAN_DEDUPE_LANES was another when it was made, and the state of a lane can't be divided;"
    " set it back, or begin a new log under another DRAGOMAN_TOPIC_PREFIX"
)


class TopicError(RuntimeError):
    """A topic is missing, or is not what the catalogue says; one line."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: `name` in the catalogue, `full_name` on the broker."""

    name: str
    full_name: str
    partitions: int
    key: str
    holds: str
    config: Mapping[str, str]


@dataclass(slots=True)
class Report:
    """What `provision` or `verify` found: names on the broker, in the order of the catalogue."""

    created: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


def changelog(settings: Settings, table: str) -> str:
    """Return the name that Faust gives the changelog topic of a table."""
    return f"{settings.group}-{table}-changelog"


def catalogue(settings: Settings) -> dict[str, Topic]:
    """Return every topic by its catalogue name, in the order of the flow."""
    kept = FOREVER if settings.retention_days is None else str(settings.retention_days * DAY_MS)
    log = {"cleanup.policy": "delete", "retention.ms": kept, "message.timestamp.type": "CreateTime"}
    log["max.message.bytes"] = str(settings.max_record_bytes)
    # The time at which the broker took a raw article is the clock of everything after it.
    raw = log | {"message.timestamp.type": "LogAppendTime", "max.message.bytes": str(settings.max_body_bytes)}
    lasting = log | {"retention.ms": FOREVER}
    compacted = log | {"cleanup.policy": "compact", "retention.ms": FOREVER}
    many, lanes = settings.partitions, lane_count(settings)
    rows = [
        (RAW, many, "url, else id", "RawArticle, from any producer", raw),
        (CLEAN, lanes, "article_id", "CleanArticle; head and sketch in the headers", log),
        (VERDICTS, 1, "article_id", "Verdict, one per article version, in the order of seq", log),
        (
            UNIQUE,
            many,
            "article_id",
            "CleanArticle of unique articles and revisions; seq in the headers",
            log,
        ),
        (MENTIONS, 1, "article_id", "Mentions, one per record of articles.unique", log),
        (EVENTS, many, "event_id", "GeopoliticalEvent, every revision, CloudEvents 1.0", lasting),
        (CURRENT, many, "event_id", "GeopoliticalEvent, the last revision of each event", compacted),
        (DEAD_LETTERS, 1, "as the original", "what could not be used, verbatim; why in the headers", lasting),
        (HANDLED, 1, "partition/offset", "what became of a dead letter: redriven or dropped", compacted),
    ]
    topics = {
        name: Topic(name, settings.topic(name), count, key, holds, config)
        for name, count, key, holds, config in rows
    }
    for table, count in ((DEDUPE_TABLE, lanes), (RESOLVE_TABLE, 1)):
        full = changelog(settings, table)
        topics[f"{table}-changelog"] = Topic(
            f"{table}-changelog", full, count, "state key", f"state of the {table} stage", compacted
        )
    return topics


async def provision(settings: Settings) -> Report:
    """Create the topics that are missing and verify those that exist. Raises TopicError."""
    async with _admin(settings) as admin:
        wanted = catalogue(settings)
        existing = set(await admin.list_topics())
        report = Report()
        missing = [topic for topic in wanted.values() if topic.full_name not in existing]
        if missing:
            response = await admin.create_topics(
                [
                    NewTopic(t.full_name, t.partitions, settings.replication, topic_configs=dict(t.config))
                    for t in missing
                ]
            )
            for name, code, *message in response.topic_errors:
                error = for_code(code)
                if code and error is not TopicAlreadyExistsError:  # two provisioners at once are no error
                    msg = f"can't create topic {name}: {error.__name__} {message or ''}".strip()
                    raise TopicError(msg)
            report.created = [topic.full_name for topic in missing]
            await _appear(admin, report.created)
        present = [topic for topic in wanted.values() if topic.full_name in existing]
        await _check(admin, present)
        report.found = [topic.full_name for topic in present]
        return report


async def verify(settings: Settings) -> Report:
    """Check that every topic exists as the catalogue says. Raises TopicError with the first thing that is wrong."""
    async with _admin(settings) as admin:
        wanted = catalogue(settings)
        existing = set(await admin.list_topics())
        for topic in wanted.values():
            if topic.full_name not in existing:
                msg = f"topic {topic.full_name} is missing: run `dragoman topics provision`"
                raise TopicError(msg)
        await _check(admin, list(wanted.values()))
        return Report(found=[topic.full_name for topic in wanted.values()])


@asynccontextmanager
async def _admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**client_options(settings))
    with Causes() as causes:
        try:
            await admin.start()
            yield admin
        except (KafkaError, OSError) as error:
            msg = f"broker {settings.broker}: {causes.of(error)}"
            raise TopicError(msg) from error
        finally:
            await admin.close()


async def _appear(admin: AIOKafkaAdminClient, names: list[str]) -> None:
    """Wait until the broker that is asked knows the new topics and who leads their partitions: the controller is quicker."""
    for _ in range(APPEAR_TRIES):
        rows = await admin.describe_topics(names)
        partitions = [partition for row in rows for partition in row["partitions"]]
        if all(row["partitions"] for row in rows) and all(p["leader"] >= 0 for p in partitions):
            return
        await asyncio.sleep(APPEAR_WAIT)
    msg = f"new topics did not appear within {APPEAR_TRIES * APPEAR_WAIT:.0f} s: {', '.join(names)}"
    raise TopicError(msg)


async def _check(admin: AIOKafkaAdminClient, topics: list[Topic]) -> None:
    if not topics:
        return
    counts = {
        row["topic"]: len(row["partitions"])
        for row in await admin.describe_topics([t.full_name for t in topics])
    }
    configs = await _configs(admin, topics)
    for topic in topics:
        if counts[topic.full_name] != topic.partitions:
            msg = f"topic {topic.full_name} has {counts[topic.full_name]} partitions, the catalogue says {topic.partitions}"
            if topic.name in LANED:
                msg += LANES_FIXED
            raise TopicError(msg)
        for name in CHECKED:
            actual = configs[topic.full_name].get(name)
            if actual != topic.config[name]:
                msg = f"topic {topic.full_name} has {name}={actual}, the catalogue says {topic.config[name]}"
                raise TopicError(msg)


async def _configs(admin: AIOKafkaAdminClient, topics: list[Topic]) -> dict[str, dict[str, str]]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic.full_name) for topic in topics]
    return {
        name: {entry[0]: entry[1] for entry in entries}
        for response in await admin.describe_configs(asked)
        for _, _, _, name, entries in response.resources
    }
