"""The broker's jars in the user's cache: downloaded once, held against the lock at every start.

A jar enters the cache by one rename after its checksum matched, under a file lock: a download that breaks
off is never used, and two first runs at once download once. When all jars are there, nothing is asked of
any repository.
"""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from filelock import FileLock

from streams.broker.errors import BrokerError
from streams.broker.lock import JarLock, LockedJar

_log = logging.getLogger(__name__)

DOWNLOADS_AT_ONCE = 4
_PARTIAL = "partial-"

Fetch = Callable[[LockedJar, Path], Path]
"""Gives a path to a jar's bytes; may write them below the given folder."""


def jar_folder(cache_dir: Path, lock: JarLock) -> Path:
    """Give the folder in `cache_dir` that holds the jars of `lock`."""
    return cache_dir / f"kafka-{lock.kafka_version}"


def ensure_jars(
    cache_dir: Path,
    lock: JarLock,
    fetch: Fetch | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Give the verified jars of `lock` in the order of the class path, downloading those that are missing.

    Args:
        cache_dir: The cache to look into and to fill; made if need be.
        lock: What the jars must be.
        fetch: Where missing jars come from; by default the Maven client.
        on_progress: Called with (jars done, jars missing at the start) as downloads end, from their threads.

    Raises:
        BrokerError: a jar's bytes are not those of the lock, or a jar can't be had.

    """
    folder = jar_folder(cache_dir, lock)
    folder.mkdir(parents=True, exist_ok=True)
    if _missing(folder, lock):
        with FileLock(folder / ".lock"):
            for left_over in folder.glob(f"{_PARTIAL}*"):
                shutil.rmtree(left_over, ignore_errors=True)
            # Asked again under the lock: another first run may have brought them meanwhile.
            _download(folder, _missing(folder, lock), fetch or _maven_fetch(), on_progress)
    paths = [folder / jar.file_name for jar in lock.jars]
    with ThreadPoolExecutor(max_workers=DOWNLOADS_AT_ONCE) as pool:
        for jar, path, actual in zip(lock.jars, paths, pool.map(_sha256, paths), strict=True):
            if actual != jar.sha256:
                message = f"{_mismatch(jar, actual)}; delete {path} to download it again"
                raise BrokerError(message)
    return paths


def _missing(folder: Path, lock: JarLock) -> list[LockedJar]:
    return [jar for jar in lock.jars if not (folder / jar.file_name).is_file()]


def _download(
    folder: Path,
    missing: Sequence[LockedJar],
    fetch: Fetch,
    on_progress: Callable[[int, int], None] | None,
) -> None:
    if not missing:
        return
    _log.info("downloading %d jars of Apache Kafka into %s, once", len(missing), folder)
    staging = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder))

    def bring(jar: LockedJar) -> None:
        # Always through a copy in the staging folder: what was fetched may be the user's own local
        # repository.
        checked = shutil.copyfile(fetch(jar, staging), staging / jar.file_name)
        actual = _sha256(checked)
        if actual != jar.sha256:
            raise BrokerError(_mismatch(jar, actual))
        checked.replace(folder / jar.file_name)

    try:
        with ThreadPoolExecutor(max_workers=DOWNLOADS_AT_ONCE) as pool:
            for done, _ in enumerate(pool.map(bring, missing), start=1):
                if on_progress:
                    on_progress(done, len(missing))
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _maven_fetch() -> Fetch:
    # The Maven client takes 0.2 s to import, and only a first start needs it.
    from streams.broker.maven import fetch_jar  # noqa: PLC0415

    return fetch_jar


def _mismatch(jar: LockedJar, actual: str) -> str:
    return f"{jar.file_name} does not match the lock: SHA-256 is {actual}, expected {jar.sha256}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
