"""`dragoman up` as a user runs it: its own broker and worker, a feed, a summary, and nothing left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson
import psutil
import pytest

pytestmark = pytest.mark.integration

UP = [sys.executable, "-m", "streams.cli", "up"]
DEADLINE = 180


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give an environment with a data folder of its own; afterwards no process may live that has it."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("DRAGOMAN_")}
    cache = os.environ.get("DRAGOMAN_CACHE_DIR")
    own |= {"DRAGOMAN_DATA_DIR": str(tmp_path / "data"), "DRAGOMAN_METRICS_PORT": "0"}
    own |= {"DRAGOMAN_CACHE_DIR": cache} if cache else {}
    yield own
    for process in left(tmp_path):
        process.kill()


def left(folder: Path) -> list[psutil.Process]:
    """Return the processes that were started on a data folder and still live."""
    found = []
    for process in psutil.process_iter():
        try:
            text = " ".join((*process.cmdline(), process.environ().get("DRAGOMAN_DATA_DIR", "")))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        if str(folder) in text and process.pid != os.getpid():
            found.append(process)
    return found


def feed(folder: Path, count: int = 30) -> Path:
    """Write a folder with JSON lines, a page, a copy and a line that can't be used."""
    place = folder / "feed"
    place.mkdir()
    sentence = (
        "Kenyan President William Ruto met French President Emmanuel Macron in Nairobi on Monday, item {}."
    )
    articles = [
        {
            "id": f"a{n}",
            "url": f"https://o.example/{n}",
            "body": sentence.format(n),
            "published_at": "2025-02-10",
        }
        for n in range(count)
    ]
    articles.append(articles[0] | {"id": "copy", "url": "https://p.example/0"})
    (place / "1.jsonl").write_bytes(b"\n".join(map(orjson.dumps, articles)) + b"\nnot json\n")
    (place / "2.html").write_text(
        '<meta property="article:published_time" content="2025-02-10T09:00:00Z">'
        "<article><h1>Talks</h1><p>Japan and Vietnam held talks in Hanoi on Friday.</p></article>"
    )
    return place


def run_once(environment: dict[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    """Run `up --once` to its end."""
    return subprocess.run(
        [*UP, "--once", *args], env=environment, capture_output=True, text=True, check=False, timeout=DEADLINE
    )


def numbers(output: str) -> dict[str, int]:
    """Return the numbers of the article rule by name."""
    line = next(line for line in output.splitlines() if line.startswith("articles  "))
    return {name.strip(): int(count) for count, name in re.findall(r"(\d+) ([a-z ]+)", line)}


def test_once_prints_an_account_that_adds_up_and_does_so_again(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """Everything fed is accounted for, on the first run and on kept data; nothing is left running."""
    place = str(feed(tmp_path))
    first = run_once(environment, "--feed", place)
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.count("✓") == 2
    assert "read      33 records, 33 to articles.raw" in first.stdout
    fates = numbers(first.stdout)
    assert fates["raw"] == 33
    assert fates["dead letters"] == 1
    assert fates["exact"] >= 1, first.stdout
    assert re.search(r"^events    \d+ in \d+ revisions: ", first.stdout, re.MULTILINE)
    assert re.search(r"^time      [\d.]+ s", first.stdout, re.MULTILINE)
    assert str(tmp_path / "data" / "broker") in first.stdout
    assert left(tmp_path) == []

    second = run_once(environment, "--feed", place)
    assert second.returncode == 0, second.stdout + second.stderr
    fates = numbers(second.stdout)
    assert (fates["raw"], fates["dead letters"], fates["unique"]) == (33, 1, 0)
    assert left(tmp_path) == []


def test_sample_feed(tmp_path: Path, environment: dict[str, str]) -> None:
    """The sample feed of the package is drained with events of many types; its six broken inputs are the dead letters."""
    done = run_once(environment, "--sample")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") == 2
    fates = numbers(done.stdout)
    assert fates["raw"] >= 86
    assert fates["dead letters"] == 6
    assert fates["withdrawn"] == 1
    assert min(fates[kind] for kind in ("exact", "near", "revision", "unique")) >= 1
    events = next(line for line in done.stdout.splitlines() if line.startswith("events    "))
    assert int(events.split()[1]) >= 30
    assert left(tmp_path) == []


def start(environment: dict[str, str], *args: str) -> subprocess.Popen[bytes]:
    """Start `up` in a session of its own, its output in a file."""
    output = Path(environment["DRAGOMAN_DATA_DIR"] + ".out").open("wb")  # noqa: SIM115 - the child writes to it
    with output:
        return subprocess.Popen(
            [*UP, *args], env=environment, stdout=output, stderr=output, start_new_session=True
        )


def wait_for(environment: dict[str, str], text: str, child: subprocess.Popen[bytes]) -> str:
    """Wait until the output holds a text; return the output."""
    output = Path(environment["DRAGOMAN_DATA_DIR"] + ".out")
    deadline = time.monotonic() + DEADLINE
    while text not in output.read_text():
        assert child.poll() is None, output.read_text()
        assert time.monotonic() < deadline, output.read_text()
        time.sleep(0.05)
    return output.read_text()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_ready(port: int, child: subprocess.Popen[bytes]) -> None:
    """Wait until a worker says that it has its partitions and their state."""
    deadline = time.monotonic() + DEADLINE
    while True:
        assert child.poll() is None
        assert time.monotonic() < deadline
        with suppress(OSError):  # not listening yet, or 503: not ready
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_everything_in_order(
    tmp_path: Path, environment: dict[str, str], number: signal.Signals
) -> None:
    """After a feed `up` stays; a signal stops worker and broker, in that order, with status 0."""
    child = start(environment, "--feed", str(feed(tmp_path, 3)))
    output = wait_for(environment, "ready     ", child)
    assert output.count("✓") == 2
    assert len(left(tmp_path)) >= 3
    child.send_signal(number)
    assert child.wait(60) == 0
    output = Path(environment["DRAGOMAN_DATA_DIR"] + ".out").read_text()
    assert output.index("stopping  worker") < output.index("stopping  broker")
    assert "Traceback" not in output
    assert left(tmp_path) == []


@pytest.mark.parametrize("moment", ["broker    ", "topics    ", "worker    "])
def test_impatient_signals_leave_nothing_behind(
    tmp_path: Path, environment: dict[str, str], moment: str
) -> None:
    """Ctrl-C twice, at any point of the start, still stops what was started."""
    child = start(environment)
    wait_for(environment, moment, child)
    child.send_signal(signal.SIGINT)
    time.sleep(0.1)
    child.send_signal(signal.SIGINT)
    assert child.wait(60) == 0
    assert "Traceback" not in Path(environment["DRAGOMAN_DATA_DIR"] + ".out").read_text()
    assert left(tmp_path) == []


def test_other_commands_find_the_broker_of_up(tmp_path: Path, environment: dict[str, str]) -> None:
    """While `up` runs, `ingest`, `topics`, `dead-letters` and `broker` work on its broker without any setting."""

    def call(*args: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "streams.cli", *args]
        return subprocess.run(command, env=environment, capture_output=True, check=False, input=b"not json\n")

    before = call("topics", "verify")
    assert before.returncode == 1
    assert before.stderr.startswith(b"dragoman: no broker: ")
    assert len(before.stderr.splitlines()) == 1
    assert call("broker", "status").returncode == 1

    child = start(environment)
    wait_for(environment, "ready     ", child)
    assert call("topics", "verify").returncode == 0
    assert call("broker", "status").returncode == 0
    assert b"1 records read, 1 produced" in call("ingest", "-").stdout
    deadline = time.monotonic() + 60
    while not (listed := call("dead-letters", "list").stdout):
        assert time.monotonic() < deadline
    assert b"clean" in listed
    assert b"not JSON" in listed
    assert call("dead-letters", "show", "0").stdout == b"not json"
    assert call("dead-letters", "show", "7").returncode == 1
    command = [sys.executable, "-m", "streams.cli", "worker"]
    port = free_port()
    second = subprocess.Popen(
        command,
        env=environment | {"DRAGOMAN_METRICS_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_ready(port, second)
    second.send_signal(signal.SIGTERM)
    assert second.wait(60) == 0, "a second worker joins and leaves in order"
    child.send_signal(signal.SIGINT)
    assert child.wait(60) == 0
    assert left(tmp_path) == []
