"""Links between events: which plan a fact fulfilled, which plan was called off, which fact another outlet denies.

A link holds as long as both of its events are told. Where one is retracted, the other stands as if there had been none.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import orjson

from schemas.codec import to_json
from schemas.event import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from processors.resolve.state import State

LINKS = b"l"
"""First byte of the state key of an event's links."""


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


class End(NamedTuple):
    """An event at one end of a link: its id, and the number of an article that told it, by which it is found."""

    event_id: str
    article: int


class Links:
    """All links of open events, each in the state at both of its ends; in memory is which events have any."""

    def __init__(self, state: State) -> None:
        """Take where they are kept."""
        self._state = state
        self._linked: set[str] = set()

    def add(self, link: Link, earlier: End, later: End) -> None:
        """Link two events."""
        for end in (earlier, later):
            self._put(end.event_id, self._of(end.event_id) | {(earlier, later): link})

    def drop(self, event_id: str) -> list[End]:
        """Undo the links of an event that nothing tells any more; return the events at their other ends."""
        pairs = list(self._of(event_id))
        for pair in pairs:
            self._remove(pair)
        return sorted(earlier if later.event_id == event_id else later for earlier, later in pairs)

    def close(self, event_id: str, is_open: Callable[[str, int], bool]) -> None:
        """Forget the links of an event that was closed, but those to events that are open, which stand as they are."""
        for pair in self._of(event_id):
            if not any(is_open(*end) for end in pair):
                self._remove(pair)

    def status(self, event_id: str) -> Status | None:
        """Return the status that its links give to an event, None where they give none."""
        if event_id not in self._linked:
            return None
        held = {
            link
            for (earlier, _), link in self._of(event_id).items()
            if earlier.event_id == event_id or link is Link.DENIES
        }
        return next((status for link, status in _EARLIER.items() if link in held), None)

    def fulfilled(self, event_id: str) -> str | None:
        """Return the plan that an event fulfils."""
        if event_id not in self._linked:
            return None
        links = self._of(event_id).items()
        return next(
            (
                earlier.event_id
                for (earlier, later), link in links
                if later.event_id == event_id and link is Link.FULFILS
            ),
            None,
        )

    def restore(self, event_id: str) -> None:
        """Take up that the state has links of an event."""
        self._linked.add(event_id)

    def _of(self, event_id: str) -> dict[tuple[End, End], Link]:
        value = self._state.get(_key(event_id)) if event_id in self._linked else None
        rows = orjson.loads(value) if value is not None else ()
        return {(End(*earlier), End(*later)): Link(link) for link, earlier, later in rows}

    def _put(self, event_id: str, links: dict[tuple[End, End], Link]) -> None:
        if links:
            self._linked.add(event_id)
            rows = [(link.value, tuple(earlier), tuple(later)) for (earlier, later), link in links.items()]
            self._state.put(_key(event_id), to_json(rows))
        else:
            self._linked.discard(event_id)
            self._state.put(_key(event_id), None)

    def _remove(self, pair: tuple[End, End]) -> None:
        for end in pair:
            links = self._of(end.event_id)
            if links.pop(pair, None) is not None:
                self._put(end.event_id, links)


def _key(event_id: str) -> bytes:
    return LINKS + event_id.encode()
