"""The command line itself: help, errors, exit statuses, and what is loaded when."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from schemas.contract import documents
from streams.cli.app import app

DRAGOMAN = [sys.executable, "-m", "streams.cli"]
COMMANDS = [
    "up",
    "worker",
    "ingest",
    "tail",
    "replay",
    "clean",
    "dedupe",
    "code",
    "process",
    "version",
    "broker",
    "topics",
    "dead-letters",
    "schema",
]


def call(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, without the settings of this one."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("DRAGOMAN_")} | environment
    return subprocess.run(
        [*DRAGOMAN, *args], env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_help_names_every_command() -> None:
    """`--help` lists all commands, and each of them has a help of its own with an example."""
    text = CliRunner().invoke(app, ["--help"]).output
    for command in COMMANDS:
        assert f" {command} " in text
    for command in COMMANDS[:10]:
        done = CliRunner().invoke(app, [command, "--help"])
        assert done.exit_code == 0
        assert "Example: " in done.output


def test_help_loads_nothing_heavy() -> None:
    """The command line starts without Faust, aiokafka, pydantic or a processor."""
    code = (
        "import sys; from streams.cli.app import app; "
        "print([m for m in ('faust', 'aiokafka', 'pydantic', 'processors', 'rich.progress') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_filter_loads_what_it_needs() -> None:
    """`dragoman code` starts without the models of events, the index of copies, and what deduplication counts with."""
    code = (
        "import sys; from datetime import UTC, datetime; from streams.filters import CodeFilter; "
        "CodeFilter(datetime.now(UTC)); "
        "print([m for m in ('schemas.event', 'processors.dedupe', 'numpy', 'faust') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (("tail", "--type", "talks-hled"), 2, "did you mean 'talks-held'?"),
        (("tail", "--from", "yesterday"), 2, "--from: not an RFC 3339 date-time or date: 'yesterday'"),
        (("ingest", "/no/such/file"), 1, "/no/such/file: no such file or folder"),
        (("ingest", "--format", "xml", "-"), 2, "--format: 'xml' is none of jsonl, json, text, html"),
        (("up", "--feed", "/no/such/file"), 1, "/no/such/file: no such file or folder"),
        (("schema", "show", "nothing"), 2, "no document 'nothing'"),
        (("clean", "--received", "soon"), 2, "--received: not an RFC 3339"),
    ],
)
def test_errors_are_one_line(tmp_path: Path, args: tuple[str, ...], status: int, message: str) -> None:
    """What is wrong is told in one line, without a traceback, with the status for it."""
    done = call(*args, DRAGOMAN_DATA_DIR=str(tmp_path))
    assert done.returncode == status
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("dragoman: ")
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("args", [("tail",), ("worker",), ("dead-letters", "list"), ("topics", "provision")])
def test_without_a_broker(tmp_path: Path, args: tuple[str, ...]) -> None:
    """Where no broker is named and none runs, the line says what to do."""
    done = call(*args, DRAGOMAN_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("dragoman: no broker: DRAGOMAN_BROKER is not set")
    assert len(done.stderr.splitlines()) == 1


def test_wrong_setting_is_named(tmp_path: Path) -> None:
    """A setting that can't be is named as the variable that it came from."""
    done = call("topics", "list", DRAGOMAN_DATA_DIR=str(tmp_path), DRAGOMAN_PARTITIONS="many")
    assert done.returncode == 2
    assert done.stderr.startswith("dragoman: DRAGOMAN_PARTITIONS: ")
    assert len(done.stderr.splitlines()) == 1


def test_usage_errors_have_status_two() -> None:
    """An option that there isn't is a usage error."""
    assert call("tail", "--colour").returncode == 2
    assert call("nothing").returncode == 2


def test_schema_prints_the_contract(tmp_path: Path) -> None:
    """`schema` lists, shows by short name, and writes what the contract generates."""
    listed = call("schema", "list").stdout.splitlines()
    assert listed == list(documents())
    shown = call("schema", "show", "geopolitical-event").stdout
    assert shown.encode() == documents()["json/geopolitical-event.schema.json"]
    assert orjson.loads(call("schema", "show", "golden/talks-held.json").stdout)["type"] == "talks-held"
    assert call("schema", "write", str(tmp_path / "out")).returncode == 0
    written = {
        p.relative_to(tmp_path / "out").as_posix(): p.read_bytes() for p in (tmp_path / "out").rglob("*.json")
    }
    assert written == documents()


def test_topics_list_needs_no_broker(tmp_path: Path) -> None:
    """The catalogue is listed with the prefix of the settings."""
    done = call("topics", "list", DRAGOMAN_DATA_DIR=str(tmp_path), DRAGOMAN_TOPIC_PREFIX="shadow-")
    assert done.returncode == 0
    assert any(line.startswith("shadow-geo.events ") for line in done.stdout.splitlines())


def test_version_names_program_and_rules() -> None:
    """`version` tells what made the events."""
    lines = dict(line.split(maxsplit=1) for line in call("version").stdout.splitlines())
    assert {"dragoman", "rules", "aiokafka", "faust-streaming"} <= set(lines)
