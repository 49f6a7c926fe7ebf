"""The embedded broker as a real process: data that lasts, crashes, taken ports, second owners, wrong jars."""

import asyncio
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import UnknownTopicOrPartitionError

from streams.broker import (
    MESSAGE_MAX_BYTES,
    BrokerError,
    EmbeddedBroker,
    default_cache_dir,
    start_background,
    status,
    stop,
)
from streams.broker.jars import ensure_jars, jar_folder
from streams.broker.lock import JarLock, LockedJar, packaged_lock
from streams.broker.ready import is_ready

pytestmark = pytest.mark.integration


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    """Give a broker of the test's own, not started, stopped at the end."""
    own = EmbeddedBroker(tmp_path / "data")
    try:
        yield own
    finally:
        own.stop()


async def write(bootstrap: str, topic: str, values: list[bytes]) -> None:
    """Make `topic` with one partition unless it is there, and append `values` to it."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        if topic not in await admin.list_topics():
            await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
    finally:
        await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_request_size=MESSAGE_MAX_BYTES)
    await producer.start()
    try:
        for value in values:
            await producer.send_and_wait(topic, value, partition=0)
    finally:
        await producer.stop()


async def read(bootstrap: str, topic: str, count: int) -> list[bytes]:
    """Read the first `count` values of `topic`."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        return [(await consumer.getone()).value for _ in range(count)]
    finally:
        await consumer.stop()


def wait_for_a_process(folder: Path) -> None:
    """Return when a broker's process on `folder` exists, ready or not."""
    while not status(folder).running:
        time.sleep(0.01)


async def test_records_survive_a_stop_and_a_start(broker: EmbeddedBroker) -> None:
    """After an orderly stop the same address serves the same records, and new ones follow them."""
    broker.start()
    address = broker.bootstrap
    await write(address, "kept", [b"one", b"two"])
    broker.stop()
    assert not broker.is_running()
    assert broker.pid is None
    broker.start()
    assert broker.bootstrap == address
    await write(address, "kept", [b"three"])
    assert await read(address, "kept", 3) == [b"one", b"two", b"three"]


async def test_acknowledged_records_survive_kill_9(broker: EmbeddedBroker) -> None:
    """A broker killed without warning starts again on its folder with every acknowledged record."""
    broker.start()
    values = [b"%d" % number for number in range(200)]
    await write(broker.bootstrap, "kept", values)
    broker.kill()
    assert not broker.is_running()
    assert not status(broker.data_dir).running
    broker.start()
    assert await read(broker.bootstrap, "kept", len(values)) == values


async def test_transactions_work_on_one_node(kafka: EmbeddedBroker, topic_prefix: str) -> None:
    """A committed transaction is visible to a read_committed consumer, an aborted one is not."""
    topic = f"{topic_prefix}transactions"
    await write(kafka.bootstrap, topic, [])
    producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, transactional_id=f"{topic_prefix}writer")
    await producer.start()
    try:
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"aborted")
        await producer.abort_transaction()
        async with producer.transaction():
            await producer.send_and_wait(topic, b"committed")
    finally:
        await producer.stop()
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=kafka.bootstrap,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        group_id=f"{topic_prefix}readers",
    )
    await consumer.start()
    try:
        assert (await consumer.getone()).value == b"committed"
    finally:
        await consumer.stop()


async def test_the_largest_promised_record_passes(kafka: EmbeddedBroker, topic_prefix: str) -> None:
    """A record just below MESSAGE_MAX_BYTES is taken and read back whole."""
    topic, large = f"{topic_prefix}large", os.urandom(MESSAGE_MAX_BYTES - 4096)
    await write(kafka.bootstrap, topic, [large])
    assert await read(kafka.bootstrap, topic, 1) == [large]


async def test_topics_are_not_made_by_asking_for_them(kafka: EmbeddedBroker, topic_prefix: str) -> None:
    """Producing to a topic that nobody made fails instead of making it."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, request_timeout_ms=1000)
    await producer.start()
    try:
        with pytest.raises(UnknownTopicOrPartitionError):
            await producer.send_and_wait(f"{topic_prefix}misspelt", b"lost")
    finally:
        await producer.stop()


async def test_async_context_manager_starts_and_stops(tmp_path: Path) -> None:
    """`async with` gives a broker that serves, in a folder of any name, and leaves none running."""
    folder = tmp_path / "Ünïcode = folder 𝄞"
    async with EmbeddedBroker(folder) as broker:
        await write(broker.bootstrap, "there", [b"value"])
        assert await read(broker.bootstrap, "there", 1) == [b"value"]
    assert not status(folder).running


async def test_a_cancelled_start_leaves_no_broker(tmp_path: Path) -> None:
    """Cancelling `async with` while the broker starts ends it too, and the folder is free."""
    starting = asyncio.create_task(EmbeddedBroker(tmp_path).__aenter__())
    await asyncio.to_thread(wait_for_a_process, tmp_path)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert not status(tmp_path).running


def test_a_second_broker_on_the_same_folder_is_refused(kafka: EmbeddedBroker) -> None:
    """The refusal is one line with the pid of the first, which goes on."""
    with pytest.raises(BrokerError) as refusal:
        EmbeddedBroker(kafka.data_dir).start()
    assert f"pid {kafka.pid} " in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert kafka.is_running()


def test_a_taken_port_is_refused(broker: EmbeddedBroker) -> None:
    """A port on which something listens is named in one line, and no process is left."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(BrokerError, match=f"port {port} is taken") as refusal:
            EmbeddedBroker(broker.data_dir, port=port).start()
    assert "\n" not in str(refusal.value)
    assert not status(broker.data_dir).running


def test_a_failed_start_quotes_the_cause(broker: EmbeddedBroker) -> None:
    """A broker that dies of a bad setting is reported in one line with Kafka's own cause."""
    broker.start()
    broker.stop()
    with pytest.raises(BrokerError, match=r"ended with status 1 .*num\.io\.threads") as failure:
        EmbeddedBroker(broker.data_dir, properties={"num.io.threads": "many"}).start()
    assert "\n" not in str(failure.value)
    assert broker.start().is_running()


def test_a_start_that_takes_too_long_leaves_no_process(broker: EmbeddedBroker) -> None:
    """When the time is up the process is ended and the folder is free."""
    with pytest.raises(BrokerError, match="does not serve after 0 s"):
        broker.start(timeout=0)
    assert broker.pid is None
    assert not status(broker.data_dir).running


def test_the_broker_outlives_its_starter_and_is_stopped_by_folder(tmp_path: Path) -> None:
    """A broker that another process started in the background serves after its end; `stop` ends it."""
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from streams.broker import start_background
        print(start_background(Path(sys.argv[1])).pid)
    """)
    try:
        starter = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
        )
        seen = status(tmp_path)
        assert seen.running
        assert seen.pid == int(starter.stdout)
        assert seen.uptime is not None
        assert seen.data_bytes > 0
        assert seen.log_file.stat().st_size > 0
        assert seen.bootstrap is not None
        host, port = seen.bootstrap.split(":")
        assert is_ready(host, int(port))
        with pytest.raises(BrokerError, match=f"pid {seen.pid} already runs"):
            start_background(tmp_path)
    finally:
        assert stop(tmp_path)
    after = status(tmp_path)
    assert not after.running
    assert (after.pid, after.uptime, after.bootstrap) == (None, None, seen.bootstrap)
    assert not stop(tmp_path)


def test_the_pid_file_of_a_crash_is_stale(broker: EmbeddedBroker) -> None:
    """A pid file that a killed broker left behind, though its pid lives, is no running broker."""
    broker.start()
    assert broker.pid is not None
    os.kill(broker.pid, signal.SIGKILL)
    broker.stop()
    pid_file = broker.data_dir / "broker.pid"
    pid_file.write_text(f'{{"pid": {os.getpid()}, "bootstrap": "127.0.0.1:1", "started_at": 0}}', "utf-8")
    assert not status(broker.data_dir).running
    assert not stop(broker.data_dir)
    assert broker.start().is_running()


def test_ctrl_c_does_not_reach_the_broker(kafka: EmbeddedBroker) -> None:
    """The broker is in a session of its own, so the terminal's signals pass it by."""
    assert kafka.pid is not None
    assert os.getsid(kafka.pid) == kafka.pid != os.getsid(0)


def test_a_corrupt_jar_is_named(kafka: EmbeddedBroker, tmp_path: Path) -> None:
    """One changed byte in a cached jar stops the start, before formatting, with one line that names the jar."""
    lock = packaged_lock()
    cache, jar = tmp_path / "cache", lock.jars[0]
    shutil.copytree(jar_folder(default_cache_dir(), lock), jar_folder(cache, lock))
    path = jar_folder(cache, lock) / jar.file_name
    damaged = bytearray(path.read_bytes())
    damaged[1000] ^= 1
    path.write_bytes(damaged)
    broker = EmbeddedBroker(tmp_path / "data", cache_dir=cache)
    with pytest.raises(BrokerError, match=f"^{jar.file_name} does not match the lock") as mismatch:
        broker.start()
    assert "\n" not in str(mismatch.value)
    assert not (tmp_path / "data" / "kafka").exists()
    assert kafka.is_running()


def test_a_warm_cache_asks_no_repository(kafka: EmbeddedBroker) -> None:
    """With all jars in the cache the fetcher is not called."""

    def refuse(jar: LockedJar, folder: Path) -> Path:
        message = f"asked for {jar.coordinate} in {folder}"
        raise AssertionError(message)

    lock: JarLock = packaged_lock()
    paths = ensure_jars(default_cache_dir(), lock, fetch=refuse)
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths] == [j.sha256 for j in lock.jars]
    assert kafka.is_running()
