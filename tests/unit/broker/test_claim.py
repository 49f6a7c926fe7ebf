"""The claim on a data folder, with other processes in the part of the broker."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from streams.broker.claim import Claim, Holder, holder, is_held
from streams.broker.errors import BrokerError


def test_a_claim_is_exclusive_and_ends(tmp_path: Path) -> None:
    """While one holds the folder a second is refused with the first's pid; after it the folder is free."""
    who = Holder(4711, "127.0.0.1:20001", 12.5)
    with Claim(tmp_path) as claim:
        claim.record(who)
        assert holder(tmp_path) == who
        with pytest.raises(BrokerError, match="a broker with pid 4711 already runs on"):
            Claim(tmp_path)
    assert holder(tmp_path) is None
    Claim(tmp_path).close()


def test_a_claim_without_a_record_is_a_start(tmp_path: Path) -> None:
    """Between claim and record the folder is held by nobody in particular, even over an old record."""
    (tmp_path / "broker.pid").write_text('{"pid": 1, "bootstrap": "x", "started_at": 0}', "utf-8")
    with Claim(tmp_path):
        assert is_held(tmp_path)
        assert holder(tmp_path) is None
        with pytest.raises(BrokerError, match="a broker already runs on"):
            Claim(tmp_path)


def test_a_pid_file_that_nobody_holds_is_stale(tmp_path: Path) -> None:
    """A record naming a living process means nothing without the lock."""
    (tmp_path / "broker.pid").write_text(
        f'{{"pid": {os.getpid()}, "bootstrap": "x", "started_at": 0}}', "utf-8"
    )
    assert not is_held(tmp_path)
    assert holder(tmp_path) is None


def test_no_folder_is_no_holder(tmp_path: Path) -> None:
    """Asking for a folder that is not there makes none."""
    assert holder(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_the_claim_lives_as_long_as_the_process_that_inherits_it(tmp_path: Path) -> None:
    """The starter lets go, the child holds on; the child's end, even by SIGKILL, frees the folder."""
    with Claim(tmp_path) as claim:
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"],
            stdin=subprocess.PIPE,
            pass_fds=(claim.fileno(),),
        )
        claim.record(Holder(child.pid, "127.0.0.1:20001", 0.0))
    try:
        held = holder(tmp_path)
    finally:
        child.kill()
        child.communicate()
    assert held is not None
    assert held.pid == child.pid
    assert not is_held(tmp_path)
