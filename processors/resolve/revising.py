"""The next revision of an event: what the mentions that stand say now, beside what was published last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from processors.resolve.view import MAX_EVIDENCE, PATCHED, fields
from schemas.actor import Evidence
from schemas.base import rfc3339
from schemas.codec import to_json
from schemas.event import EVENT_MODELS, GeopoliticalEvent, Status, UnknownEvent
from schemas.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.resolve.opened import Open
    from schemas.verdict import Verdict

_FIELDS = tuple(GeopoliticalEvent.model_fields)


class Revision(NamedTuple):
    """One revision of an event, all but its evidence as JSON values, and the evidence in JSON."""

    values: dict[str, Any]
    evidence: Sequence[bytes]

    def event(self) -> GeopoliticalEvent:
        """Return the revision with its evidence."""
        evidence = tuple(Evidence.model_validate(orjson.loads(each)) for each in self.evidence)
        head = EVENT_MODELS.get(self.values["type"], UnknownEvent).model_validate(self.values)
        return head.model_copy(update={"evidence": evidence})

    def encode(self) -> bytes:
        """Return what `schemas.codec.encode` makes of `event`, without making that."""
        return to_json(self.values | {"evidence": list(map(orjson.Fragment, self.evidence))})


def revise(
    event: Open,
    groups: Sequence[str],
    verdict: Verdict,
    rules_version: str,
    linked: Status | None = None,
    fulfils: str | None = None,
) -> Revision | None:
    """Return the revision that the verdict's article makes of an event, and note it in the event; None where nothing changed.

    The event is what its mentions say that stand; `groups` are the groups of copies that their articles are in now. An event of
    which nothing stands is retracted if it was published. `linked` is the status that other events give it, and `fulfils` the plan that
    it fulfils.
    """
    old, told = event.published, event.told
    if told:
        new = fields(told, groups) | {"fulfils": fulfils}
        new["status"] = linked.value if linked else new["status"]
    elif old:
        new = old | {
            "status": Status.RETRACTED.value,
            "mentions": [],
            "independent_sources": 0,
            "fulfils": None,
        }
    else:
        return None
    new |= {
        "event_id": event.event_id,
        "revision": event.revision + 1,
        "cause": {
            "kind": "withdrawal" if verdict.kind is VerdictKind.WITHDRAWN else "article",
            "id": verdict.article.article_id,
            "seq": verdict.seq,
        },
        "patch": None,
        "evidence": [],
        "rules_version": rules_version,
        "record_time": rfc3339(verdict.record_time),
    }
    now = {name: new.get(name) for name in _FIELDS}
    before = {name: old[name] for name in PATCHED if name in old and old[name] != now[name]}
    if old and not before:
        return None
    if (
        told
        and verdict.kind is VerdictKind.REVISION
        and now["status"] == Status.REPORTED.value
        and set(before) - {"mentions", "confidence", "fulfils", "status"}
    ):
        now["status"] = Status.REVISED.value
        if old.get("status") != now["status"]:
            before["status"] = old.get("status")
    event.revision += 1
    event.published = now.copy()
    del event.published["patch"]
    if old:
        now["patch"] = before
    return Revision(now, [t.evidence for t in told[:MAX_EVIDENCE]])
