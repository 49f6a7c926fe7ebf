"""What an article is to one before it: a round-up that prints it, a shortened update, a new version that tells of the same event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processors.resolve.matching import same_type

if TYPE_CHECKING:
    from processors.resolve.opened import Open
    from processors.resolve.told import Told
    from schemas.verdict import TextDiff, Verdict

_LEFT_OUT = 0.25
"""Share of the former version's sentences: an update that drops a claim drops a sentence or two, an editor who cuts drops a half."""


def as_source(told: Told, event: Open, verdict: Verdict) -> Told:
    """Return what a round-up tells of the event of a story that it holds as told by that, and the reverse: it is no second source."""
    held = {ref.article_id for ref in verdict.contains}
    for other in event.told:
        if other.article_id in held:
            return replace(told, group=other.group, outlet=other.outlet)
    return told


def shortened(diff: TextDiff | None) -> bool:
    """Tell whether a new version leaves out a good part of the former one and puts less in its place."""
    if diff is None:
        return False
    former = diff.same + diff.changed + diff.removed
    return diff.removed > max(diff.added, _LEFT_OUT * former)


def former(told: Told, before: list[Open]) -> Open | None:
    """Return the event of the article's former version that a changed mention still tells of: same type and people."""
    mention = told.mention
    for event in before:
        old = event.published
        same = old and same_type(old["type"], mention.type) and old["modality"] == mention.modality.value
        if same and not event.told and [a["key"] for a in old["source"]] == [a.key for a in mention.source]:
            return event
    return None
