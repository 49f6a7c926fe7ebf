"""What an event looks like, as a function of the mentions that stand for it now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.event import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.resolve.told import Told

MAX_EVIDENCE = 100
"""Evidence kept in one record, first told first: beyond this an event is not in doubt, and a record has a size limit."""

PATCHED = (
    "status", "type", "cameo", "source", "target", "object", "modality", "attributed_to", "location", "date",
    "confidence", "independent_sources", "mentions", "fulfils",
)  # fmt: skip
"""Fields whose former values a revision's patch states; evidence follows from `mentions`."""

_SAID = (
    "type", "cameo", "plover_event", "plover_mode", "goldstein", "source", "symmetric", "modality", "attributed_to",
)  # fmt: skip
"""Fields that are those of the mention by which the event is described."""


def lead(told: Sequence[Told]) -> Told:
    """Return the mention that the event is described by: the most exact one, and of equals the first.

    An exact type before a vaguer one, a sentence of the text before a headline, then named people, a place, a date of its own, confidence.
    """
    return max(told, key=lambda t: t.brief.exactness) if len(told) > 1 else told[0]


def independent(told: Sequence[Told], groups: Sequence[str]) -> int:
    """Count the sources that do not lean on each other.

    One outlet's articles are one, and so is one group of copies, and those that print one sentence word for word.
    """
    if len(told) == 1:
        return 1
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for t, group in zip(told, groups, strict=True):
        parent[find("outlet:" + t.outlet)] = find("group:" + group)
        if t.brief.sentence:
            parent[find("sentence:" + t.brief.sentence)] = find("group:" + group)
    return len({find("group:" + group) for group in groups})


def fields(told: Sequence[Told], groups: Sequence[str]) -> dict[str, Any]:
    """Return the descriptive fields, but for the evidence, of the event that `told` (not empty, first told first) stand for.

    `groups` are the groups of copies that their articles are in now. The fields are JSON values.
    """
    exact = lead(told)
    best = exact.said
    surest: dict[str, float] = {}  # a second sentence of one source makes the event no surer
    for t, group in zip(told, groups, strict=True):
        surest[group] = max(surest.get(group, 0.0), t.brief.confidence)
    doubt = 1.0
    for confidence in surest.values():
        doubt *= 1 - confidence
    sources = independent(told, groups)
    dated = exact if exact.brief.dated else next((t for t in told if t.brief.dated), exact)
    cue = best["modality_cue"]
    return {name: best[name] for name in _SAID} | {
        "status": (Status.CORROBORATED if sources > 1 else Status.REPORTED).value,
        "target": best["target"] or next((t.said["target"] for t in told if t.brief.aimed), []),
        "object": best["object"] or next((t.said["object"] for t in told if t.brief.about), None),
        "modality_cue": cue["text"] if cue else None,
        "location": best["location"] or next((t.said["location"] for t in told if t.brief.located), None),
        "date": dated.said["date"],
        "mentions": [t.brief.mention_id for t in told],
        "confidence": round(1 - doubt, 4),
        "independent_sources": sources,
    }
