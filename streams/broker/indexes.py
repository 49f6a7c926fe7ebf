"""Blocks for Kafka's index files ahead of need: a full disk then refuses a record before it is in the log, not after.

Kafka makes the index files of a segment sparse and writes them through memory maps, right after a batch has gone into the log. Where the
disk has no block left for such a page, the JVM throws InternalError: the batch stands in the log, its producer is told that it failed, and
its offsets are given out again. A restart then finds offsets that fall, and drops the segment with all that was committed in it, or
shows records twice. With the blocks there it is the log's own write that fails, which Kafka is made for: it ends, and recovers.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

SECONDS = 1.0
"""Between two looks: new segments come with new topics, and then each time that one is full."""

BLOCK_BYTES = 512
"""The unit of `st_blocks` in POSIX practice, whatever the file system's own."""

_SUFFIXES = (".index", ".timeindex")


def allocate(log_dir: Path) -> int:
    """Give every index file below Kafka's folder the blocks that its length promises.

    Returns:
        How many files got some. One that the disk has no room for is left as it is, as is every file where the system can't do it.

    """
    return sum(_allocate(entry) for entry in _indexes(log_dir))


def _indexes(log_dir: Path) -> Iterator[os.DirEntry[str]]:
    for partition in _entries(log_dir):
        yield from (entry for entry in _entries(partition) if entry.name.endswith(_SUFFIXES))


def _entries(folder: os.DirEntry[str] | Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder; nothing where it is none, can't be read, or was deleted meanwhile with its topic."""
    with suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def _allocate(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):
        found = entry.stat()
        if found.st_blocks * BLOCK_BYTES >= found.st_size:
            return False
        file = os.open(entry, os.O_RDWR)
        try:
            os.posix_fallocate(file, 0, found.st_size)
        finally:
            os.close(file)
        return True
    return False


class IndexKeeper:
    """Allocates index files for as long as a broker runs, in a thread of its own."""

    def __init__(self, log_dir: Path) -> None:
        """Take Kafka's folder of partitions; nothing runs before `start`."""
        self._log_dir = log_dir
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Allocate what is there, then go on with what comes."""
        if not hasattr(os, "posix_fallocate"):  # macOS
            return
        allocate(self._log_dir)
        self._over.clear()
        self._thread = threading.Thread(target=self._keep, name="index-keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; nothing if it does not run."""
        if self._thread is not None:
            self._over.set()
            self._thread.join()
            self._thread = None

    def _keep(self) -> None:
        while not self._over.wait(SECONDS):
            allocate(self._log_dir)
