"""The store on disk: a mapping in a file that is new at each start, under a table of Faust."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from faust.types import TP

from streams.disk import Scratch, Store
from streams.state import state_key
from streams.transport import App

if TYPE_CHECKING:
    from pathlib import Path


def store_of(folder: Path, partitions: int = 1) -> Any:  # noqa: ANN401 - a Store, which Faust leaves untyped
    """Make the store of a table."""
    app = App("test", store="disk://", datadir=folder, web_enabled=False)
    return app.Table("state", partitions=partitions, key_type=bytes, value_type=bytes).data


def event(key: bytes, value: bytes | None) -> SimpleNamespace:
    """Make what Faust reads from a changelog."""
    return SimpleNamespace(message=SimpleNamespace(key=key, value=value))


def test_a_scratch_file_is_a_mapping(tmp_path: Path) -> None:
    """Values are set, read, written anew and taken away, one by one and together; bytes of any kind are keys."""
    scratch = Scratch(tmp_path / "deep" / "s")
    scratch[b"a"], scratch[b"\x00\xff"] = b"1", b""
    scratch.write([(b"a", b"2"), (b"b", b"3"), (b"c", b"4"), (b"c", None), (b"never", None)])
    assert dict(scratch.items()) == {b"a": b"2", b"\x00\xff": b"", b"b": b"3"}
    assert (scratch.get(b"c"), scratch.pop(b"b"), len(scratch), sorted(scratch)) == (
        None,
        b"3",
        2,
        [b"\x00\xff", b"a"],
    )
    with pytest.raises(KeyError):
        del scratch[b"b"]
    scratch.clear()
    assert (len(scratch), b"a" in scratch) == (0, False)


def test_a_scratch_file_forgets_what_a_former_worker_left(tmp_path: Path) -> None:
    """The file is new at each start, whether the former one was closed or not."""
    Scratch(tmp_path / "s").write([(b"a", b"1")])
    assert dict(Scratch(tmp_path / "s").items()) == {}


def test_faust_takes_the_store_by_its_address(tmp_path: Path) -> None:
    """A table of an app with disk:// has our store, its file in the app's folder; nothing is said to be on disk already."""
    store = store_of(tmp_path)
    assert isinstance(store, Store)
    store[b"k"] = b"v"
    assert [path.name for path in tmp_path.iterdir()] == ["state.scratch"]
    assert (store.get(b"k"), list(store.items()), store.persisted_offset(TP("log", 0))) == (
        b"v",
        [(b"k", b"v")],
        None,
    )


def test_a_changelog_is_taken_up(tmp_path: Path) -> None:
    """The last value of a key counts; a key that was taken away, and set again after, is there."""
    store = store_of(tmp_path)
    store.apply_changelog_batch(
        [event(b"a", b"1"), event(b"b", b"1"), event(b"a", None), event(b"b", None), event(b"b", b"2")],
        None,
        None,
    )
    assert dict(store.items()) == {b"b": b"2"}


def test_a_changelog_that_could_not_be_written_down_is_not_passed_over(tmp_path: Path) -> None:
    """Faust goes on after an error of recovery: then nobody gets a state that lacks some of it."""
    store = store_of(tmp_path)
    store[b"a"] = b"1"
    store.data._file.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.Error):
        store.apply_changelog_batch([event(b"b", bytes(100_000))], None, None)
    with pytest.raises(sqlite3.Error):
        store.items()


@pytest.mark.parametrize("partitions", [1, 3])
async def test_state_of_partitions_that_are_gone_is_dropped(tmp_path: Path, partitions: int) -> None:
    """After a recovery only the active partitions' keys are left, which is none where a table of one partition is another's."""
    store = store_of(tmp_path, partitions)
    store.write([(state_key(partitions, p, b"k"), b"v") for p in range(partitions)])
    await store.on_recovery_completed({TP("log", 0)}, set())
    assert list(store) == [state_key(partitions, 0, b"k")]
    await store.on_recovery_completed(set(), {TP("log", 0)})
    assert list(store) == []
