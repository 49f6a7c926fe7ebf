"""What the README promises to a stranger: its script runs as it stands, and its headers are CloudEvents."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiokafka import AIOKafkaConsumer
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

from schemas.event_codec import decode_event
from streams.settings import Settings
from streams.topics import provision
from streams.worker import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.broker import EmbeddedBroker

pytestmark = pytest.mark.integration

README = (Path(__file__).parents[2] / "README.md").read_text()


@pytest.fixture
def service(kafka: EmbeddedBroker, tmp_path: Path, topic_prefix: str) -> Iterator[Settings]:
    """Topics and one worker on the tests' broker. The script names topics without a prefix, so the group has the test's name."""
    settings = Settings(
        broker=kafka.bootstrap, app_id=topic_prefix.strip("."), data_dir=tmp_path, metrics_port=0
    )
    asyncio.run(provision(settings))
    worker = WorkerProcess(settings)
    worker.start()
    try:
        worker.wait_ready()
        yield settings
    finally:
        worker.stop()


def test_the_script_produces_an_article_and_reads_its_event(service: Settings, tmp_path: Path) -> None:
    """The README's Python block, run by itself with confluent-kafka alone, prints the event of the article that it produced."""
    (script,) = [
        block for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "confluent_kafka" in block
    ]
    assert len([line for line in script.splitlines() if line.strip()]) <= 16
    path = tmp_path / "consumer.py"
    path.write_text(script)
    process = subprocess.Popen(
        [sys.executable, path, service.broker], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
    finally:
        process.kill()
        process.wait()
    assert line.startswith("dragoman.meeting-held.v1 factual")
    assert "GHA" in line
    assert "The leaders of Ghana and Togo met in Accra on Saturday." in line
    asyncio.run(_headers_parse(service))


async def _headers_parse(settings: Settings) -> None:
    """Read every record of geo.events with the reference SDK: its attributes agree with the value."""
    consumer = AIOKafkaConsumer(
        "geo.events",
        bootstrap_servers=settings.broker,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    await consumer.start()
    try:
        records = [r for rows in (await consumer.getmany(timeout_ms=5000)).values() for r in rows]
    finally:
        await consumer.stop()
    assert records
    for record in records:
        read = from_binary_event(
            KafkaMessage(headers=dict(record.headers), key=record.key, value=record.value)
        )
        event = decode_event(record.value)
        attributes = read.get_attributes()
        assert attributes["id"] == f"{event.event_id}.{event.revision}"
        assert attributes["subject"] == event.event_id == record.key.decode()
        assert attributes["type"] == f"dragoman.{event.type}.v1"
        assert attributes["modality"] == event.modality
