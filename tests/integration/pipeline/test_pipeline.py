"""A feed on a real broker ends in accounted events; bad records end in dead letters; the worker answers and looks after itself."""

import asyncio
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from schemas.dead_letter import DeadLetter
from streams.hop import EXIT_STUCK
from streams.worker import WorkerProcess

pytestmark = pytest.mark.integration

Feed = Callable[[int], list[bytes]]
Log = Any  # the class stands in conftest.py, from which nothing can be imported


def test_a_feed_ends_in_accounted_events(log: Log, articles: Feed) -> None:
    """Everything is accounted for, and the events are those of the same processors without Kafka."""
    with log.worker() as running:
        log.produce(articles(40))
        found = log.drain()
        assert running.stop() == 0
    found.check()
    assert Counter(v.kind.value for v in found.verdicts.values()).keys() >= {
        "unique",
        "exact",
        "revision",
        "withdrawn",
    }
    assert found.events
    assert found.told == found.told_in_memory()
    assert found.repeated == 0


BAD: dict[str, bytes | None] = {
    "not UTF-8": b"\xff\xfe{}",
    "not JSON": b"{'body'",
    "not a JSON object": b"[1, 2]",
    "body: missing": b'{"id": "x"}',
    "no text": b'{"body": ""}',
    "no value": None,
    "title": b'{"body": "x", "title": 7}',
    "published_at": b'{"body": "x", "published_at": "2025-02-30"}',
    "nest": b'{"body": "x", "more": ' + b"[" * 50 + b"]" * 50 + b"}",
}


def test_bad_records_end_in_dead_letters_with_their_bytes(log: Log, articles: Feed) -> None:
    """Each bad record keeps its bytes and gets its reason; what can be used is used; the worker goes on."""
    usable = [
        orjson.dumps(
            {"body": "\x00\x01Norway\x07 imposed sanctions on Belarus on Tuesday.", "id": "control"}
        ),
        orjson.dumps(
            {"body": "<html><body><img src=x><script>1</script></body></html>", "content_type": "text/html"}
        ),
        orjson.dumps({"body": "Sweden recognised Kosovo. " + "Word " * 30_000, "id": "long"}),
    ]
    too_large = orjson.dumps({"body": "x" * (log.settings.max_body_bytes - 200)})
    with log.worker() as running:
        log.produce([*BAD.values(), *usable, too_large, *articles(3)])
        found = log.drain()
        assert running.is_running()
    found.check()
    kept = {r.value: DeadLetter.from_headers(list(r.headers)).reason for r in found.dead.values()}
    assert {value: reason in kept.get(value, "") for reason, value in BAD.items()} == dict.fromkeys(
        BAD.values(), True
    )
    assert usable[0] not in kept
    assert usable[2] not in kept
    assert kept[usable[1]] == "no text"
    assert all("\n" not in reason for reason in kept.values())


def test_a_body_over_the_limit_is_a_dead_letter(log: Log, articles: Feed) -> None:
    """A topic that someone else made may take more than the limit; the record is kept all the same."""
    small = log.but(max_body_bytes=4096)
    value = orjson.dumps({"body": "x" * 5000})
    with small.worker():
        small.produce([value, *articles(1)])
        found = small.drain()
    (letter,) = found.dead.values()
    assert letter.value == value
    assert "over the limit" in DeadLetter.from_headers(list(letter.headers)).reason


def test_faust_runs_the_same_app(log: Log, articles: Feed) -> None:
    """`faust -A streams.app worker` is a worker like any other, with the settings of the environment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "faust", "-A", "streams.app", "worker", "-l", "info", "--without-web"]
    environment = log.settings.environment() | {"DRAGOMAN_METRICS_PORT": str(port)}
    with (log.settings.data_dir / "faust.log").open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        log.produce(articles(5))
        found = log.drain()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as page:
            assert b'dragoman_records_in_total{stage="resolve"}' in page.read()
        process.terminate()
        assert process.wait(30) == 0
    finally:
        process.kill()
    found.check()


def test_a_stuck_worker_ends_by_itself(log: Log, articles: Feed) -> None:
    """Where nothing is committed though records wait, the process ends with the reason in its log."""
    stuck = log.but(commit_interval=3600, watchdog_seconds=2)
    with stuck.worker() as running:
        stuck.produce(articles(3))
        assert wait_for_end(running) == EXIT_STUCK
        assert "watchdog" in running.log_file.read_text("utf-8")


def wait_for_end(process: WorkerProcess) -> int | None:
    """Wait until a worker has ended, thirty seconds at most."""

    async def wait() -> int | None:
        async with asyncio.timeout(30):
            while process.is_running():  # noqa: ASYNC110 - a process tells nobody
                await asyncio.sleep(0.1)
        return process.returncode

    return asyncio.run(wait())
