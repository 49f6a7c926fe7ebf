"""A table's local copy in a file: Faust's memory store with its mapping on disk, so that state may outgrow memory.

The file lives as long as the worker. As with the memory store, whose place this takes, all state is read from the changelog at the
start: nothing that a crash left behind can be out of step with it, so nothing is synced and nothing journaled.
"""

from __future__ import annotations

import sqlite3
from collections.abc import MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from faust.stores import STORES
from faust.stores.memory import Store as MemoryStore

from streams.state import own_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from faust.types import TP, EventT

CACHE_KIB = 4096
"""Pages that SQLite keeps in memory; the operating system keeps more where it has room."""

PAGE_BYTES = 8192
"""Of a page: an open event takes 2 kB, of which pages of half the size waste a third."""

_SETTINGS = (
    f"page_size={PAGE_BYTES}",
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    f"cache_size=-{CACHE_KIB}",
)


class Scratch(MutableMapping[bytes, bytes]):
    """A mapping of bytes in a file that is new each time."""

    def __init__(self, path: Path) -> None:
        """Take where the file is to stand; one that stands there is removed. Raises OSError or sqlite3.Error where it can't be made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._file = sqlite3.connect(path, isolation_level=None)
        for setting in _SETTINGS:
            self._file.execute(f"PRAGMA {setting}")
        self._file.execute("CREATE TABLE state (key BLOB PRIMARY KEY, value BLOB NOT NULL)")

    def __getitem__(self, key: bytes) -> bytes:
        """Return a value. Raises KeyError."""
        found = self._file.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        if found is None:
            raise KeyError(key)
        value: bytes = found[0]
        return value

    def __setitem__(self, key: bytes, value: bytes) -> None:
        """Set a value."""
        self.write(((key, value),))

    def __delitem__(self, key: bytes) -> None:
        """Take a key away. Raises KeyError where it isn't there."""
        if not self._file.execute("DELETE FROM state WHERE key = ?", (key,)).rowcount:
            raise KeyError(key)

    def __iter__(self) -> Iterator[bytes]:
        """Go through the keys; nothing may be written meanwhile."""
        return (key for (key,) in self._file.execute("SELECT key FROM state"))

    def __len__(self) -> int:
        """Count the keys, by going through them."""
        count: int = self._file.execute("SELECT count(*) FROM state").fetchone()[0]
        return count

    def items(self) -> Any:  # noqa: ANN401 - pairs, and no view on them
        """Go through keys and values; nothing may be written meanwhile."""
        return iter(self._file.execute("SELECT key, value FROM state"))

    def clear(self) -> None:
        """Take all keys away."""
        self._file.execute("DELETE FROM state")

    def write(self, changes: Iterable[tuple[bytes, bytes | None]]) -> None:
        """Make many changes at once, in their order; None takes a key away."""
        with self._together():
            for key, value in changes:
                if value is None:
                    self._file.execute("DELETE FROM state WHERE key = ?", (key,))
                else:
                    self._file.execute(
                        "INSERT INTO state VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        (key, value),
                    )

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @contextmanager
    def _together(self) -> Iterator[None]:
        self._file.execute("BEGIN")
        yield
        self._file.execute("COMMIT")


class Store(MemoryStore):  # type: ignore[type-arg]
    """The store behind `disk://`."""

    def __post_init__(self) -> None:
        """Leave the file to the first who asks for the data: the folder is known when the worker runs."""
        self._scratch: Scratch | None = None
        self._failed: Exception | None = None

    @property
    def data(self) -> Scratch:  # type: ignore[override]
        """The mapping. Raises what went wrong where it lacks some of the changelog."""
        if self._failed is not None:
            raise self._failed
        if self._scratch is None:
            self._scratch = Scratch(self.app.conf.datadir / f"{self.table_name}.scratch")
        return self._scratch

    def write(self, changes: Iterable[tuple[bytes, bytes | None]]) -> None:
        """Make many changes at once."""
        self.data.write(changes)

    def apply_changelog_batch(
        self,
        batch: Iterable[EventT[Any]],
        to_key: Callable[[Any], Any],  # noqa: ARG002 - keys and values are bytes as they are
        to_value: Callable[[Any], Any],  # noqa: ARG002
    ) -> None:
        """Take up what was read from the changelog.

        Faust logs what goes wrong here and goes on, as if all were there. So whoever asks for the state next is told again.
        """
        try:
            self.data.write((event.message.key or b"", event.message.value) for event in batch)
        except (sqlite3.Error, OSError) as error:
            self._failed = error
            raise

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:  # noqa: ARG002 - Faust's signature
        """Drop what is of partitions that others have."""
        self.keep_only({tp.partition for tp in active_tps})

    def keep_only(self, mine: set[int]) -> None:
        """Drop what is not of these partitions."""
        count = self.table.partitions or 1
        if count == 1:
            if 0 not in mine:
                self.data.clear()
            return
        gone = [key for key in self.data if own_key(count, key)[0] not in mine]
        self.data.write((key, None) for key in gone)

    async def on_stop(self) -> None:
        """Close the file."""
        await super().on_stop()
        if self._scratch is not None:
            self._scratch.close()
            self._scratch = None


STORES.aliases["disk"] = f"{__name__}:Store"
