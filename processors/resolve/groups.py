"""The groups of copies that articles are in, of which some turn out to be one: under which name each goes now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processors.resolve.state import State

GROUP = b"g"
"""First byte of the state key of a group's new name."""


class Groups:
    """New names of groups that were joined, in memory and in the state."""

    def __init__(self, state: State) -> None:
        """Take where they are kept."""
        self._state = state
        self._names: dict[str, str] = {}

    def name(self, group: str) -> str:
        """Return the name that a group goes by now."""
        while group in self._names:
            group = self._names[group]
        return group

    def join(self, group: str, *, into: str) -> None:
        """Let a group be one with another. Versions of one URL share a name, so a group may be said to join itself."""
        group, into = self.name(group), self.name(into)
        if group != into:  # a circle of names would be followed for ever
            self._names[group] = into
            self._state.put(GROUP + group.encode(), into.encode())

    def restore(self, group: str, value: bytes) -> None:
        """Take up what the state has of a group."""
        self._names[group] = value.decode()
