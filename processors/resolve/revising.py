"""The next revision of an event: what the mentions that stand say now, beside what was published last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from processors.resolve.view import PATCHED, fields
from schemas.event import EVENT_MODELS, Cause, GeopoliticalEvent, Status, UnknownEvent
from schemas.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.resolve.events import Open
    from processors.resolve.matching import Told
    from schemas.verdict import Verdict


def revise(
    event: Open,
    told: Sequence[Told],
    verdict: Verdict,
    rules_version: str,
    linked: Status | None = None,
    fulfils: str | None = None,
) -> GeopoliticalEvent | None:
    """Return the revision that the verdict's article makes of an event, and note it in the event; None where nothing changed.

    `told` are the mentions that stand, first told first; none retracts what was published. `linked` is the status that other events give
    it, and `fulfils` the plan that it fulfils.
    """
    old = event.published
    if told:
        new = fields(told) | {"fulfils": fulfils}
        new["status"] = linked or new["status"]
        new["record_time"] = verdict.record_time
    elif old:
        new = dict(_plain(old)) | {
            "status": Status.RETRACTED,
            "mentions": (),
            "evidence": (),
            "independent_sources": 0,
            "fulfils": None,
        }
        new["record_time"] = verdict.record_time
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
        }
    )
    now = draft.model_dump(mode="json")
    before = {name: old[name] for name in PATCHED if name in old and old[name] != now[name]}
    if old and not before:
        return None
    if revised and draft.status is Status.REPORTED and set(before) - {"mentions", "confidence"}:
        draft = draft.model_copy(update={"status": Status.REVISED})
        now["status"] = Status.REVISED.value
        if old.get("status") != now["status"]:
            before["status"] = old.get("status")
    if old:
        draft = draft.model_copy(update={"patch": before})
    event.revision += 1
    event.published = now | {"evidence": []}
    event.published.pop("patch", None)
    return draft


def _plain(published: dict[str, Any]) -> dict[str, Any]:
    drop = ("event_id", "revision", "cause", "rules_version", "patch", "record_time")
    return {k: v for k, v in published.items() if k not in drop}
