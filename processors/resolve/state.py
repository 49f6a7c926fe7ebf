"""The resolver's state as keys and values: what changed since the last commit, over what is kept elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Change = tuple[bytes, bytes | None]


class State:
    """A mapping of bytes that says what changed.

    What `changes` gave is read back through `fetch`, so that it need not be in memory too; until there is one it is kept here.
    """

    def __init__(self) -> None:
        """Start empty, on our own."""
        self._changed: dict[bytes, bytes | None] = {}
        self._kept: dict[bytes, bytes] | None = {}
        self._fetch: Callable[[bytes], bytes | None] = self._kept.get

    def lean_on(self, fetch: Callable[[bytes], bytes | None]) -> None:
        """Read from elsewhere from now on: `fetch` returns the value of a key, as the last changes that were taken say."""
        self._kept, self._fetch = None, fetch

    def take(self, key: bytes, value: bytes) -> None:
        """Take up a value that `changes` gave."""
        if self._kept is not None:
            self._kept[key] = value

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key, None where it has none."""
        if key in self._changed:
            return self._changed[key]
        return self._fetch(key)

    def put(self, key: bytes, value: bytes | None) -> None:
        """Set a key, or with None take it away."""
        self._changed[key] = value

    def changes(self) -> list[Change]:
        """Return the keys that changed since the last call, with their values; None where a key is gone."""
        changed, self._changed = self._changed, {}
        if self._kept is not None:
            for key, value in changed.items():
                if value is None:
                    self._kept.pop(key, None)
                else:
                    self._kept[key] = value
        return list(changed.items())
