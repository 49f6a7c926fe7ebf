"""The jar cache: download once, verify always, never use a part."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from streams.broker.errors import BrokerError
from streams.broker.jars import ensure_jars, jar_folder
from streams.broker.lock import JarLock, LockedJar

CONTENT = {name: f"bytes of {name}".encode() for name in ("one", "two", "three")}
LOCK = JarLock(
    "9.9",
    tuple(LockedJar("g", name, "1", hashlib.sha256(data).hexdigest()) for name, data in CONTENT.items()),
)


class Repository:
    """A fetcher over CONTENT that counts what is asked of it."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: list[str] = []
        self._lock = threading.Lock()

    def fetch(self, jar: LockedJar, folder: Path) -> Path:
        """Write the jar below `folder`, in a tree as Maven's."""
        with self._lock:
            self.asked.append(jar.artifact)
        path = folder / jar.group / jar.file_name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(CONTENT[jar.artifact])
        return path


def test_missing_jars_are_fetched_once(tmp_path: Path) -> None:
    """The first call fetches all, the second none, and both give the class path in the order of the lock."""
    repository, steps = Repository(), []
    first = ensure_jars(tmp_path, LOCK, repository.fetch, lambda done, total: steps.append((done, total)))
    second = ensure_jars(tmp_path, LOCK, repository.fetch)
    assert first == second == [jar_folder(tmp_path, LOCK) / f"{name}-1.jar" for name in CONTENT]
    assert [path.read_bytes() for path in first] == list(CONTENT.values())
    assert sorted(repository.asked) == sorted(CONTENT)
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_only_the_missing_jar_is_fetched_again(tmp_path: Path) -> None:
    """A jar that was deleted is the only one asked for."""
    ensure_jars(tmp_path, LOCK, Repository().fetch)
    (jar_folder(tmp_path, LOCK) / "two-1.jar").unlink()
    repository = Repository()
    ensure_jars(tmp_path, LOCK, repository.fetch)
    assert repository.asked == ["two"]


def test_a_download_that_breaks_off_is_never_used(tmp_path: Path) -> None:
    """A fetch that fails half-way leaves no jar under its name, and the next run completes the cache."""

    def break_off(jar: LockedJar, folder: Path) -> Path:
        if jar.artifact == "two":
            (folder / jar.file_name).write_bytes(CONTENT["two"][:4])
            message = "can't download g:two:1"
            raise BrokerError(message)
        return Repository().fetch(jar, folder)

    with pytest.raises(BrokerError, match="can't download"):
        ensure_jars(tmp_path, LOCK, break_off)
    folder = jar_folder(tmp_path, LOCK)
    assert not (folder / "two-1.jar").exists()
    assert not list(folder.glob("partial-*"))
    assert len(ensure_jars(tmp_path, LOCK, Repository().fetch)) == len(CONTENT)


def test_left_overs_of_a_killed_download_are_cleared(tmp_path: Path) -> None:
    """What a killed process had staged goes away at the next download."""
    left_over = jar_folder(tmp_path, LOCK) / "partial-killed"
    left_over.mkdir(parents=True)
    (left_over / "one-1.jar").write_bytes(b"half")
    ensure_jars(tmp_path, LOCK, Repository().fetch)
    assert not left_over.exists()


def test_a_wrong_download_is_refused_and_not_kept(tmp_path: Path) -> None:
    """Bytes that a repository serves and the lock does not know are an error that names the jar."""

    def tampered(jar: LockedJar, folder: Path) -> Path:
        path = Repository().fetch(jar, folder)
        if jar.artifact == "three":
            path.write_bytes(b"other bytes")
        return path

    with pytest.raises(BrokerError, match=r"^three-1\.jar does not match the lock") as refusal:
        ensure_jars(tmp_path, LOCK, tampered)
    assert "\n" not in str(refusal.value)
    assert not (jar_folder(tmp_path, LOCK) / "three-1.jar").exists()


def test_a_jar_changed_in_the_cache_is_refused(tmp_path: Path) -> None:
    """A cached jar is checked at every start; the error says how to get a good one."""
    path = ensure_jars(tmp_path, LOCK, Repository().fetch)[1]
    path.write_bytes(b"bytes of twO")
    with pytest.raises(BrokerError, match=r"^two-1\.jar does not match the lock.*delete .*two-1\.jar"):
        ensure_jars(tmp_path, LOCK, Repository().fetch)


def test_the_local_repository_of_the_user_is_left_as_it_was(tmp_path: Path) -> None:
    """A jar that the client finds in the user's own repository is copied, not moved away."""
    local = tmp_path / "local"
    local.mkdir()
    for jar in LOCK.jars:
        (local / jar.file_name).write_bytes(CONTENT[jar.artifact])
    ensure_jars(tmp_path / "cache", LOCK, lambda jar, _: local / jar.file_name)
    assert sorted(path.name for path in local.iterdir()) == sorted(jar.file_name for jar in LOCK.jars)


def test_first_runs_at_once_download_once(tmp_path: Path) -> None:
    """Four starts on an empty cache fetch every jar one time and all get the whole class path."""
    repository, start = Repository(), threading.Barrier(4)

    def run(_: int) -> int:
        start.wait()
        return len(ensure_jars(tmp_path, LOCK, repository.fetch))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [len(CONTENT)] * 4
    assert sorted(repository.asked) == sorted(CONTENT)
