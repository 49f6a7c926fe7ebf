"""A disk without a free block under a broker: what was committed before it must be there afterwards, once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError

from streams.broker.indexes import SECONDS
from tests.faults.brokers import Brokers
from tests.faults.disk import Disk, NoDiskError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration

TOPIC = "log"
DISK_MB = 96
SETTLE_SECONDS = 20
AT_ONCE = {"index.interval.bytes": "0"}
"""Each append but the first writes to the index, so that the next one is the first to need a block for it."""


async def make_topic(bootstrap: str) -> None:
    """Make the topic, with one partition."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(TOPIC, 1, 1, topic_configs=AT_ONCE)])
    finally:
        await admin.close()


async def transaction(producer: AIOKafkaProducer, values: list[bytes]) -> bool:
    """Write values in one transaction and tell whether it was committed."""
    await producer.begin_transaction()
    try:
        await asyncio.gather(*[await producer.send(TOPIC, value, partition=0) for value in values])
        await producer.commit_transaction()
    except KafkaError:
        with suppress(KafkaError, TimeoutError):
            await asyncio.wait_for(producer.abort_transaction(), 10)
        return False
    return True


async def committed(bootstrap: str, wanted: list[bytes]) -> list[bytes]:
    """Return all values that a read_committed consumer sees, once there are as many as wanted and none has come for a second.

    A transaction may become readable a moment after its producer was told of the commit.
    """
    consumer = AIOKafkaConsumer(
        TOPIC, bootstrap_servers=bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await consumer.start()
    found: list[bytes] = []
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_SECONDS):
                while (more := await consumer.getmany(timeout_ms=1000)) or len(found) < len(wanted):
                    found += [record.value for records in more.values() for record in records]
    finally:
        await consumer.stop()
    return found


async def test_a_full_disk_costs_nothing_that_was_committed(tmp_path: Path) -> None:
    """The index of a partition has its blocks before it needs them: no batch stays in the log that was refused."""
    try:
        disk = Disk(tmp_path / "broker-1" / "kafka", DISK_MB)
    except NoDiskError as reason:
        pytest.skip(f"no small disk can be made here: {reason}")
    with disk:
        async with Brokers(tmp_path, disk=disk) as brokers:
            (node,) = brokers.nodes
            await make_topic(brokers.bootstrap)
            options = {"bootstrap_servers": brokers.bootstrap, "request_timeout_ms": 8000}
            async with AIOKafkaProducer(**options) as plain:
                await plain.send_and_wait(TOPIC, b"before", partition=0)
            producer = AIOKafkaProducer(**options, transactional_id="one")
            await producer.start()
            await asyncio.sleep(2 * SECONDS)  # longer than between two looks at the index files
            disk.fill()
            told = await transaction(producer, [b"refused 1", b"refused 2", b"refused 3"])
            # Meanwhile the broker tries to write the end of the transaction, or finds its disk full and ends.
            for _ in range(60):
                if not node.running:
                    break
                await asyncio.sleep(0.1)
            disk.clear()
            brokers.kill(node)
            with suppress(KafkaError, TimeoutError):
                await asyncio.wait_for(producer.stop(), 10)
            await brokers.start(node)
            expected = [b"before", *([b"refused 1", b"refused 2", b"refused 3"] if told else [])]
            assert await committed(brokers.bootstrap, expected) == expected
            async with AIOKafkaProducer(**options, transactional_id="one") as again:
                assert await transaction(again, [b"after"])
            expected.append(b"after")
            assert await committed(brokers.bootstrap, expected) == expected
