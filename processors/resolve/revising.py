"""The next revision of an event: what the mentions that stand say now, beside what was published last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import orjson

from processors.resolve.view import MAX_EVIDENCE, PATCHED, fields
from schemas.actor import Evidence
from schemas.event import EVENT_MODELS, Cause, GeopoliticalEvent, Status, UnknownEvent
from schemas.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.resolve.opened import Open
    from schemas.verdict import Verdict


class Revision(NamedTuple):
    """One revision of an event: all but its evidence as a model, and as JSON values, and the evidence in JSON."""

    head: GeopoliticalEvent
    values: dict[str, Any]
    evidence: Sequence[bytes]

    def event(self) -> GeopoliticalEvent:
        """Return the revision with its evidence."""
        evidence = tuple(Evidence.model_validate(orjson.loads(each)) for each in self.evidence)
        return self.head.model_copy(update={"evidence": evidence})

    def encode(self) -> bytes:
        """Return what `schemas.codec.encode` makes of `event`, without making that."""
        return orjson.dumps(self.values | {"evidence": list(map(orjson.Fragment, self.evidence))})


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
        new["status"] = linked or new["status"]
    elif old:
        new = _plain(old) | {
            "status": Status.RETRACTED,
            "mentions": (),
            "independent_sources": 0,
            "fulfils": None,
        }
    else:
        return None
    revised = verdict.kind is VerdictKind.REVISION and told
    kind: Literal["withdrawal", "article"] = (
        "withdrawal" if verdict.kind is VerdictKind.WITHDRAWN else "article"
    )
    model = EVENT_MODELS.get(str(new["type"]), UnknownEvent)
    draft = model.model_validate(
        {
            **new,
            "event_id": event.event_id,
            "revision": event.revision + 1,
            "cause": Cause(kind=kind, id=verdict.article.article_id, seq=verdict.seq),
            "rules_version": rules_version,
            "record_time": verdict.record_time,
        }
    )
    now = draft.model_dump(mode="json")
    before = {name: old[name] for name in PATCHED if name in old and old[name] != now[name]}
    if old and not before:
        return None
    changed: dict[str, Any] = {}
    if (
        revised
        and draft.status is Status.REPORTED
        and set(before) - {"mentions", "confidence", "fulfils", "status"}
    ):
        changed["status"] = Status.REVISED
        now["status"] = Status.REVISED.value
        if old.get("status") != now["status"]:
            before["status"] = old.get("status")
    event.revision += 1
    event.published = {name: value for name, value in now.items() if name != "patch"}
    if old:
        changed["patch"] = now["patch"] = before
    head = draft.model_copy(update=changed) if changed else draft
    return Revision(head, now, [t.evidence for t in told[:MAX_EVIDENCE]])


def _plain(published: dict[str, Any]) -> dict[str, Any]:
    drop = ("event_id", "revision", "cause", "rules_version", "patch", "record_time")
    return {k: v for k, v in published.items() if k not in drop}
