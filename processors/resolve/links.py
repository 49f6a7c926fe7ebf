"""Links between events: which plan a fact fulfilled, which plan was called off, which fact another outlet denies.

A link holds as long as both of its events are told. Where one is retracted, the other stands as if there had been none.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from schemas.event import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Link(StrEnum):
    """What the later event is to the earlier one."""

    FULFILS = "fulfils"
    CALLS_OFF = "calls-off"
    DENIES = "denies"


_EARLIER = {
    Link.CALLS_OFF: Status.CANCELLED,
    Link.FULFILS: Status.FULFILLED,
    Link.DENIES: Status.CONTRADICTED,
}
"""What a link makes of its earlier event; of several the first of these. A denial makes the same of the later one."""


class Links:
    """All links of open events, and their state for the changelog."""

    def __init__(self) -> None:
        """Start with none."""
        self._of: dict[str, dict[tuple[str, str], Link]] = {}
        self._changed: dict[bytes, bytes | None] = {}

    def add(self, link: Link, earlier: str, later: str) -> None:
        """Link two events."""
        for event_id in (earlier, later):
            self._of.setdefault(event_id, {})[earlier, later] = link
        self._changed[_key(earlier, later)] = link.value.encode()

    def drop(self, event_id: str) -> list[str]:
        """Undo the links of an event that nothing tells any more; return the events at their other ends."""
        pairs = list(self._of.get(event_id, ()))
        for pair in pairs:
            self._remove(pair)
        return sorted(earlier if later == event_id else later for earlier, later in pairs)

    def close(self, event_id: str, is_open: Callable[[str], bool]) -> None:
        """Forget the links of an event that was closed, but those to events that are open, which stand as they are."""
        for pair in list(self._of.get(event_id, ())):
            if not any(map(is_open, pair)):
                self._remove(pair)

    def status(self, event_id: str) -> Status | None:
        """Return the status that its links give to an event, None where they give none."""
        held = {
            link
            for (earlier, _), link in self._of.get(event_id, {}).items()
            if earlier == event_id or link is Link.DENIES
        }
        return next((status for link, status in _EARLIER.items() if link in held), None)

    def fulfilled(self, event_id: str) -> str | None:
        """Return the plan that an event fulfils."""
        links = self._of.get(event_id, {}).items()
        return next(
            (earlier for (earlier, later), link in links if later == event_id and link is Link.FULFILS), None
        )

    def changes(self) -> dict[bytes, bytes | None]:
        """Return what changed since the last call, for the changelog."""
        changed, self._changed = self._changed, {}
        return changed

    def restore(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Take up what `changes` gave."""
        for key, value in sorted(items):
            earlier, later = key.decode().split(" ")
            self.add(Link(value.decode()), earlier, later)
        self._changed.clear()

    def _remove(self, pair: tuple[str, str]) -> None:
        for event_id in pair:
            links = self._of.get(event_id, {})
            links.pop(pair, None)
            if not links:
                self._of.pop(event_id, None)
        self._changed[_key(*pair)] = None


def _key(earlier: str, later: str) -> bytes:
    return f"{earlier} {later}".encode()
