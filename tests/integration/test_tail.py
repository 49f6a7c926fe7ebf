"""The typed consumer on the real broker."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from aiokafka import AIOKafkaProducer

from schemas.cloudevents import event_headers
from schemas.codec import encode
from schemas.contract import golden
from schemas.event import GeopoliticalEvent, UnknownEvent
from schemas.registry import event_types
from streams.broker import EmbeddedBroker
from streams.records import to_ms
from streams.settings import Settings
from streams.tail import EventFilter, Start, TailedEvent, tail
from streams.topics import EVENTS, provision

pytestmark = pytest.mark.integration

NOON = datetime(2025, 2, 13, 12, tzinfo=UTC)
KINDS = ("talks-held", "sanctions-imposed", "attack-carried-out")


def events() -> list[GeopoliticalEvent]:
    """Return thirty events, one every minute from noon on, three revisions of each of ten."""
    made = []
    for n in range(30):
        example = golden(event_types()[KINDS[n % 3]])
        fields = {
            "event_id": f"e{n % 10}",
            "revision": n // 10 + 1,
            "record_time": NOON + timedelta(minutes=n),
        }
        made.append(example.model_copy(update=fields))
    return made


async def publish(settings: Settings, found: list[GeopoliticalEvent], value: bytes | None = None) -> None:
    """Write events as resolve does."""
    async with AIOKafkaProducer(bootstrap_servers=settings.broker) as producer:
        for event in found:
            await producer.send_and_wait(
                settings.topic(EVENTS),
                value if value is not None else encode(event),
                key=event.event_id.encode(),
                headers=event_headers(event.model_dump(mode="json")),
                timestamp_ms=to_ms(event.record_time),
            )


@pytest.fixture
async def settings(kafka: EmbeddedBroker, topic_prefix: str, tmp_path: Path) -> Settings:
    """Give settings with topics of their own, thirty events on them."""
    made = Settings(broker=kafka.bootstrap, topic_prefix=topic_prefix, data_dir=tmp_path, metrics_port=0)
    await provision(made)
    await publish(made, events())
    return made


async def read(settings: Settings, wanted: EventFilter, start: Start | datetime) -> list[TailedEvent]:
    """Return what is there."""
    return [found async for found in tail(settings, wanted=wanted, start=start, until_idle=1)]


async def test_from_the_beginning_typed_and_in_order(settings: Settings) -> None:
    """All events come as models of their type, with their bytes, revisions of one event in their order."""
    found = await read(settings, EventFilter(), Start.BEGINNING)
    assert len(found) == 30
    assert {type(f.event).__name__ for f in found} == {"TalksHeld", "SanctionsImposed", "AttackCarriedOut"}
    assert all(encode(f.event) == f.value for f in found)
    for name in {f.event.event_id for f in found}:
        assert [f.event.revision for f in found if f.event.event_id == name] == [1, 2, 3]


async def test_from_a_time(settings: Settings) -> None:
    """A time starts at the first event recorded then or later."""
    found = await read(settings, EventFilter(), NOON + timedelta(minutes=20))
    assert sorted(f.event.record_time for f in found) == [NOON + timedelta(minutes=n) for n in range(20, 30)]
    assert await read(settings, EventFilter(), NOON + timedelta(days=1)) == []


async def test_filters_add_up(settings: Settings) -> None:
    """Types are alternatives, a country must hold besides."""
    one = golden(event_types()["talks-held"]).countries[0]
    wanted = EventFilter.checked(types=KINDS[:2], countries=[one])
    found = await read(settings, wanted, Start.BEGINNING)
    expected = [e for e in events() if e.type in KINDS[:2] and one in e.countries]
    assert sorted(f.value for f in found) == sorted(map(encode, expected))
    assert 0 < len(found) < 30


async def test_from_the_end_sees_what_comes_after_ready(settings: Settings) -> None:
    """From the end nothing old is shown, and everything that is written once it is ready."""
    ready = asyncio.Event()

    async def collect() -> list[TailedEvent]:
        return [found async for found in tail(settings, until_idle=3, ready=ready.set)]

    collecting = asyncio.create_task(collect())
    await asyncio.wait_for(ready.wait(), 20)
    new = events()[7].model_copy(update={"revision": 9})
    await publish(settings, [new])
    assert [f.value for f in await collecting] == [encode(new)]


async def test_what_cannot_be_read_is_told_and_passed_over(settings: Settings) -> None:
    """A broken value is named with its place; an unknown type is an UnknownEvent."""
    await publish(settings, events()[:1], b"not json")
    strange = orjson.loads(encode(events()[1])) | {"type": "alliance-dissolved"}
    await publish(settings, events()[1:2], orjson.dumps(strange))
    told: list[str] = []
    found = [f async for f in tail(settings, start=Start.BEGINNING, until_idle=1, passed_over=told.append)]
    assert len(found) == 31
    assert [f.event.type for f in found if isinstance(f.event, UnknownEvent)] == ["alliance-dissolved"]
    (line,) = told
    assert line.startswith(settings.topic(EVENTS))
    assert "not JSON" in line


def test_command(settings: Settings) -> None:
    """`dragoman tail --json` prints values as they stand in the log; without it a line for a person."""
    base = [sys.executable, "-m", "streams.cli", "tail", "--from", "beginning", "--until-idle", "1"]
    env = os.environ | settings.environment()
    as_json = subprocess.run(
        [*base, "--json", "--type", "talks-held"], env=env, capture_output=True, check=True
    )
    assert sorted(as_json.stdout.splitlines()) == sorted(
        encode(e) for e in events() if e.type == "talks-held"
    )
    shown = subprocess.run([*base, "--type", "sanctions-imposed"], env=env, capture_output=True, check=True)
    assert len(shown.stdout.splitlines()) == 10
    assert b"sanctions-imposed" in shown.stdout.splitlines()[0]
