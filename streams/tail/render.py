"""An event as one line for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from schemas.actor import Actor, EventDate
    from schemas.event import GeopoliticalEvent

TYPE_WIDTH = 24
SIDE_WIDTH = 60
NAMES = 3


def one_line(event: GeopoliticalEvent) -> str:
    """Return record time, type, source -> target, modality, place and date, outlet, status; unknown parts are left out."""
    arrow = "<->" if event.symmetric else "->"
    sides = side(event.source) + (f" {arrow} {side(event.target)}" if event.target else "")
    if event.object:
        sides += f" ({_short(event.object, 40)})"
    where = ", ".join(
        part
        for part in (_short(event.location.name, SIDE_WIDTH) if event.location else "", day(event.date))
        if part
    )
    outlets = dict.fromkeys(outlet(e.source, e.url) for e in event.evidence)
    told = _short(next(iter(outlets), ""), SIDE_WIDTH)
    if len(outlets) > 1:
        told += f" +{len(outlets) - 1}"
    status = str(event.status) + (f" r{event.revision}" if event.revision > 1 else "")
    parts = (sides, event.modality.value, where, told, status)
    stamp = event.record_time.strftime("%H:%M:%S")
    return f"{stamp}  {event.type:{TYPE_WIDTH}} " + "  ".join(part for part in parts if part)


def side(actors: tuple[Actor, ...]) -> str:
    """Return the actors of one side as `Name (COUNTRY)`, at most three by name; `?` for none."""
    names = [
        f"{a.name} ({a.country})" if a.country and a.country != a.name else a.name for a in actors[:NAMES]
    ]
    more = f" +{len(actors) - NAMES}" if len(actors) > NAMES else ""
    return _short(", ".join(names), SIDE_WIDTH) + more if names else "?"


def day(date: EventDate | None) -> str:
    """Return when it happened, as ISO dates; empty where the text does not say."""
    if date is None or date.start is None:
        return _short(date.text or "", SIDE_WIDTH) if date else ""
    end = date.end if date.end != date.start else None
    return f"{date.start}..{end}" if end else str(date.start)


def outlet(source: str | None, url: str | None) -> str:
    """Return the outlet's name, else the host of the URL."""
    return source or urlsplit(url or "").hostname or ""


def _short(text: str, width: int) -> str:
    # What an article holds must not steer the terminal that it is shown on.
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
