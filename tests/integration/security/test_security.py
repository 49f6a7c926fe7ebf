"""Every component over TLS with a login, with the rights of the file and no others; and no secret in anything that they say."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import urllib.error
import urllib.request
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import TopicAuthorizationFailedError

from streams.acls import grants, table
from streams.client import client_options
from streams.settings import Settings
from streams.worker import WorkerProcess
from tests.integration.security.conftest import PASSWORD, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.security.conftest import SecureBroker

pytestmark = pytest.mark.integration

MECHANISMS = {
    "topics": "SCRAM-SHA-512",
    "worker": "SCRAM-SHA-512",
    "ingest": "SCRAM-SHA-256",
    "tail": "PLAIN",
    "replay": "SCRAM-SHA-256",
    "dead-letters": "SCRAM-SHA-512",
}
TOKEN = "sentinel-4711-token"  # noqa: S105


@pytest.fixture
def secure(secure_kafka: SecureBroker, topic_prefix: str, tmp_path: Path) -> dict[str, Settings]:
    """Give the settings of each component: a user of its own, who may do what the file says and nothing else."""
    made = {}
    for component, mechanism in MECHANISMS.items():
        made[component] = Settings(
            broker=secure_kafka.login,
            topic_prefix=topic_prefix,
            data_dir=tmp_path / component,
            session_timeout=6,
            commit_interval=0.2,
            metrics_port=0,
            log_level="DEBUG",
            security_protocol="SASL_SSL",
            sasl_mechanism=mechanism,
            sasl_username=component,
            sasl_password=PASSWORD,
            ssl_cafile=secure_kafka.ca,
        )
        if mechanism != "PLAIN":
            secure_kafka.add_user(component, mechanism)
        secure_kafka.allow(component, grants(made[component], component, into=f"again.{topic_prefix}"))
    return made


def dragoman(settings: Settings, *arguments: str, status: int = 0) -> str:
    """Run a command with the settings; return what it wrote, both ways, after looking for secrets in it."""
    done = subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments],
        env=settings.environment() | {"DRAGOMAN_TRACEBACK": "1"} if status == 0 else settings.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = done.stdout + done.stderr
    assert (done.returncode, PASSWORD in said, TOKEN in said) == (status, False, False), said
    return said


def test_every_component_works_with_its_rights(secure: dict[str, Settings], topic_prefix: str) -> None:
    """The sample feed goes through everything, each command as a user who may do what the file says."""
    assert table().keys() == MECHANISMS.keys()
    assert "created" in dragoman(secure["topics"], "topics", "provision")
    feed = files("streams.sample") / "feed"
    serving = secure["worker"].model_copy(update={"metrics_port": free_port(), "metrics_token": _token()})
    worker = WorkerProcess(serving)
    worker.start()
    try:
        worker.wait_ready(60)
        assert "records read" in dragoman(
            secure["ingest"], "ingest", str(feed / "2025-01-01-to-15.jsonl"), str(feed / "broken.jsonl")
        )
        events = dragoman(secure["tail"], "tail", "--from", "beginning", "--json", "--until-idle", "8")
        assert events.count('"event_id"') > 3
        pages = [_page(serving, path) for path in ("/metrics", "/healthz", "/readyz")]
        assert b"dragoman_lag_seconds" in pages[0]
        waiting = dragoman(secure["dead-letters"], "dead-letters", "list")
        # Not 0 and 1: between the letters of two transactions stands a marker.
        places = [str(orjson.loads(line)["letter_offset"]) for line in waiting.splitlines()]
        assert "redriven to" in dragoman(secure["dead-letters"], "dead-letters", "redrive", places[0])
        assert "dropped" in dragoman(secure["dead-letters"], "dead-letters", "drop", places[1])
        assert "articles replayed" in dragoman(secure["replay"], "replay", "--into", f"again.{topic_prefix}")
        assert worker.stop() == 0
    finally:
        worker.kill()
    log = worker.log_file.read_bytes()
    for said in (log, *pages):
        assert PASSWORD.encode() not in said
        assert TOKEN.encode() not in said


def test_who_reads_events_may_not_write_them(secure: dict[str, Settings]) -> None:
    """The rights of `tail` are to read one topic: writing it, or reading another, is refused in one line."""
    dragoman(secure["topics"], "topics", "provision")
    reader = secure["tail"]

    async def write() -> None:
        async with AIOKafkaProducer(**client_options(reader)) as producer:
            await producer.send_and_wait(reader.topic("geo.events"), b"forged")

    with pytest.raises(TopicAuthorizationFailedError):
        asyncio.run(write())
    said = dragoman(reader, "dead-letters", "list", status=1)
    assert said.startswith("dragoman: ")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sasl_password": "wrong-" + PASSWORD}, "Authentication failed: Invalid username or password"),
        ({"ssl_cafile": None}, "certificate verify failed"),
        ({"ssl_cafile": "/no/such/file"}, "DRAGOMAN_SSL_CAFILE: /no/such/file: No such file or directory"),
    ],
)
def test_a_failed_login_is_one_line(secure: dict[str, Settings], change: dict[str, Any], said: str) -> None:
    """A wrong password, an unknown authority, a file that isn't there: one line, without the secret."""
    given = secure["tail"].model_dump() | change
    line = dragoman(
        Settings.model_validate(given), "tail", "--until-idle", "0.1", status=2 if "DRAGOMAN" in said else 1
    )
    assert said in line
    assert len(line.splitlines()) == 1


def test_a_host_of_another_name_is_refused(secure: dict[str, Settings]) -> None:
    """The certificate is for localhost: by its address the broker is not known, unless the check is turned off."""
    reader = secure["tail"]
    by_address = reader.model_copy(update={"broker": reader.broker.replace("localhost", "127.0.0.1")})
    assert "certificate is not valid for '127.0.0.1'" in dragoman(by_address, "topics", "verify", status=1)
    unchecked = by_address.model_copy(update={"ssl_check_hostname": False})
    assert "missing" in dragoman(unchecked, "topics", "verify", status=1)


def test_a_client_certificate_is_a_login_too(
    secure_kafka: SecureBroker, topic_prefix: str, tmp_path: Path
) -> None:
    """Where the broker asks for certificates, ours is shown; its name is the user. Without one there is no connection."""
    known = Settings(
        broker=secure_kafka.certificates,
        topic_prefix=topic_prefix,
        data_dir=tmp_path,
        security_protocol="SSL",
        ssl_cafile=secure_kafka.ca,
        ssl_certfile=secure_kafka.client,
        metrics_port=0,
    )
    assert "is missing" in dragoman(known, "topics", "verify", status=1)
    unknown = known.model_copy(update={"ssl_certfile": None})
    assert "missing" not in dragoman(unknown, "topics", "verify", status=1)


def test_help_shows_no_setting(secure: dict[str, Settings]) -> None:
    """No help text has a default in it that came from the environment."""
    for command in ("worker", "ingest", "tail", "replay", "topics", "dead-letters", "up"):
        assert "Usage" in dragoman(secure["worker"], command, "--help")


def test_a_worker_beyond_loopback_without_a_token_ends_in_one_line(secure: dict[str, Settings]) -> None:
    """Nothing starts, and the line names the setting."""
    open_to_all = secure["worker"].model_copy(update={"metrics_host": "0.0.0.0", "metrics_port": 9464})  # noqa: S104
    said = dragoman(open_to_all, "worker", status=2)
    assert said == (
        "dragoman: DRAGOMAN_METRICS_HOST=0.0.0.0 is not a loopback address: set DRAGOMAN_METRICS_TOKEN too\n"
    )


def _token() -> Any:  # noqa: ANN401 - a SecretStr
    from pydantic import SecretStr  # noqa: PLC0415

    return SecretStr(TOKEN)


def _page(settings: Settings, path: str) -> bytes:
    request = urllib.request.Request(
        f"http://127.0.0.1:{settings.metrics_port}{path}", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - an http address, see above
        return bytes(answer.read())
