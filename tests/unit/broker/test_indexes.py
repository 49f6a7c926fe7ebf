"""Kafka's index files are given their blocks before they need them."""

import os
import threading
import time
from pathlib import Path

import pytest

from streams.broker import indexes
from streams.broker.indexes import IndexKeeper, allocate

LENGTH = 96 * 1024

pytestmark = pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="this system can't allocate")


def sparse(path: Path) -> Path:
    """Make a file of a length but without blocks."""
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(LENGTH)
    return path


def blocks(path: Path) -> int:
    """Return the bytes that a file has on the disk."""
    return path.stat().st_blocks * indexes.BLOCK_BYTES


def test_index_files_get_blocks_and_keep_their_content_and_length(tmp_path: Path) -> None:
    """Both kinds of index of each partition are allocated once; other files are left alone."""
    found = [sparse(tmp_path / "log-0" / name) for name in ("00.index", "00.timeindex")]
    log = sparse(tmp_path / "log-0" / "00.log")
    with found[0].open("r+b") as file:
        file.write(b"entry")
    assert allocate(tmp_path) == 2
    assert all(blocks(path) >= LENGTH == path.stat().st_size for path in found)
    assert blocks(log) < LENGTH
    assert found[0].read_bytes().rstrip(b"\0") == b"entry"
    assert allocate(tmp_path) == 0


def test_nothing_is_there_yet(tmp_path: Path) -> None:
    """A folder that is not there, and files beside those of partitions, are no error."""
    (tmp_path / "meta.properties").write_text("")
    assert allocate(tmp_path) == 0
    assert allocate(tmp_path / "none") == 0


def test_a_keeper_sees_to_what_comes_until_it_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A segment made while the broker runs is allocated too; after the stop nothing of it runs."""
    monkeypatch.setattr(indexes, "SECONDS", 0.01)
    before = set(threading.enumerate())  # a broker of other tests may run, and keep its own
    keeper = IndexKeeper(tmp_path)
    keeper.start()
    (thread,) = set(threading.enumerate()) - before
    later = sparse(tmp_path / "log-0" / "00.index")
    latest = time.monotonic() + 10
    while blocks(later) < LENGTH and time.monotonic() < latest:
        time.sleep(0.01)
    keeper.stop()
    assert blocks(later) >= LENGTH
    assert not thread.is_alive()
    keeper.stop()


def test_a_file_where_a_folder_should_be_ends_no_keeper(tmp_path: Path) -> None:
    """What can't be looked into is passed over: the files of the other partitions are allocated."""
    (tmp_path / "a.index").write_bytes(b"")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    sparse(tmp_path / "log-0" / "00.index")
    assert allocate(tmp_path) == 1
    assert allocate(tmp_path / "a.index") == 0
