"""What an event looks like, as a function of the mentions that stand for it now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from processors.resolve.matching import is_person, is_vague
from schemas.event import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.resolve.matching import Told
    from schemas.mention import Mention

MAX_EVIDENCE = 100
"""Evidence kept in one record, first told first: beyond this an event is not in doubt, and a record has a size limit."""

COPIED = 40
"""Letters from which a sentence that two articles share was copied: headlines of five words are hit upon twice."""

PATCHED = (
    "status", "type", "cameo", "source", "target", "object", "modality", "attributed_to", "location", "date",
    "confidence", "independent_sources", "mentions", "fulfils",
)  # fmt: skip
"""Fields whose former values a revision's patch states; evidence follows from `mentions`."""


def lead(told: Sequence[Told]) -> Mention:
    """Return the mention that the event is described by: the most exact one, and of equals the first.

    An exact type before a vaguer one, a sentence of the text before a headline, then named people, a place, a date of its own, confidence.
    """

    def exactness(mention: Mention) -> tuple[bool, bool, int, bool, bool, float]:
        people = sum(map(is_person, (*mention.source, *mention.target)))
        dated = mention.date is not None and mention.date.basis != "publication"
        exact, in_text = not is_vague(mention.type), mention.evidence.field == "text"
        return exact, in_text, people, mention.location is not None, dated, mention.confidence

    return max((t.mention for t in told), key=exactness)


def independent(told: Sequence[Told]) -> int:
    """Count the sources that do not lean on each other.

    One outlet's articles are one, and so is one group of copies, and those that print one sentence word for word.
    """
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for t in told:
        parent[find("outlet:" + t.outlet)] = find("group:" + t.group)
        if len(t.mention.evidence.sentence) >= COPIED:
            parent[find("sentence:" + t.mention.evidence.sha256)] = find("group:" + t.group)
    return len({find("group:" + t.group) for t in told})


def fields(told: Sequence[Told]) -> dict[str, Any]:
    """Return the descriptive fields of the event that `told` (not empty, first told first) stand for."""
    best = lead(told)
    mentions = [t.mention for t in told]
    doubt = 1.0
    seen: set[str] = set()
    for t in told:
        if t.group not in seen:  # a second sentence of one source makes the event no surer
            seen.add(t.group)
            doubt *= 1 - max(m.mention.confidence for m in told if m.group == t.group)
    sources = independent(told)
    dated = next((m.date for m in (best, *mentions) if m.date and m.date.basis != "publication"), best.date)
    return {
        "status": Status.CORROBORATED if sources > 1 else Status.REPORTED,
        "type": best.type,
        "cameo": best.cameo,
        "plover_event": best.plover_event,
        "plover_mode": best.plover_mode,
        "goldstein": best.goldstein,
        "source": best.source,
        "target": best.target or next((m.target for m in mentions if m.target and not m.symmetric), ()),
        "symmetric": best.symmetric,
        "object": best.object or next((m.object for m in mentions if m.object), None),
        "modality": best.modality,
        "modality_cue": best.modality_cue.text if best.modality_cue else None,
        "attributed_to": best.attributed_to,
        "location": best.location or next((m.location for m in mentions if m.location), None),
        "date": dated,
        "mentions": tuple(m.mention_id for m in mentions),
        "evidence": tuple(m.evidence for m in mentions[:MAX_EVIDENCE]),
        "confidence": round(1 - doubt, 4),
        "independent_sources": sources,
    }
