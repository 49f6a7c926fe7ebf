"""When an act was or is to be, against the publication of the article, and whether it is too long past for news."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from processors.coding.dates import resolve
from processors.coding.dating import nearest
from schemas.actor import EventDate, Modality
from schemas.registry import event_types

if TYPE_CHECKING:
    from datetime import date

    from processors.coding.dates import Found
    from processors.coding.draft import Draft
    from processors.coding.view import View

SPEECH_ACTS = frozenset({"REQUEST", "REJECT", "THREATEN"})
"""PLOVER classes of acts that are done by saying so: planned only where the text says that they will be said."""

OLD = timedelta(days=540)
"""An act dated further back than this from publication is background."""

EARLIER = frozenset(("previously", "formerly"))
"""Words beside a verb that put its act before the news."""

_SAME = re.compile(r"(?:[Ii]n )?(?:[Tt]hat|[Tt]he) (?:same )?(?:year|month)\b")
"""Openings of a sentence that is of the same time as the one before."""


def is_old(when: EventDate | None, published: date | None) -> bool:
    """Tell whether an act was too long before publication to be news."""
    if when is None or published is None or when.basis == "publication" or when.precision == "interval":
        return False
    last = when.start if when.precision == "after" else when.end
    return last is not None and last < published - OLD


def before_now(draft: Draft, view: View) -> bool:
    """Tell whether the words of an act put it before the news, on no day: "has previously mediated", "has mediated before"."""
    clause, lower = draft.clause, view.tokens.lower
    if clause is None or draft.noun >= 0 or clause.verb.modal:
        return False
    verb = clause.verb
    if not EARLIER.isdisjoint(lower[max(0, verb.start - 1) : verb.end + 1]):
        return True
    if not verb.perfect or "before" not in lower:
        return False
    last = view.reach(clause)
    ends = (
        i + 1 == len(lower) or not lower[i + 1][0].isalnum()
        for i in range(verb.end, last)
        if lower[i] == "before"
    )
    return any(ends)


def is_speech(draft: Draft) -> bool:
    """Tell whether the act is to say something: an intent is there once it is told, whatever lies ahead."""
    plover = event_types()[draft.type].plover
    return plover in SPEECH_ACTS or plover is None or draft.type == "peace-intent-expressed"


def date_of(draft: Draft, view: View, published: date | None) -> EventDate | None:
    """Return when an act was: by its own date, by that which the sentence goes on from, else by publication; None if unknown."""
    future = draft.planned or event_types()[draft.type].modality is Modality.PLANNED
    if view.dates:
        own = nearest(
            draft,
            view,
            lambda f: is_old(resolve(f, published, future=future), published),
            ahead=future and not is_speech(draft),
        )
        found = resolve(own, published, future=future) if own is not None else None
        if own is not None and found is not None:
            return _since(found, own.start, view, published)
    if published is None:
        return None
    if draft.era is not None and not future:
        told = _later(draft.era, published)
        if told is not None:
            return told
    if future:
        return EventDate.trusted(start=published, end=None, precision="after", basis="publication", text=None)
    return EventDate.trusted(start=published, end=published, precision="day", basis="publication", text=None)


def _since(found: EventDate, start: int, view: View, published: date | None) -> EventDate:
    """Return an open stretch of time where "since" stands before the date, or the clause it dates: "since the war began in 2022"."""
    before = view.text[max(view.start, start - 80) : start + 6].lower()
    if re.search(r"\bsince\b[^.;,]*$", before) is None:
        return found
    return found.model_copy(update={"end": published, "precision": "interval"})


def _later(era: tuple[Found, str], published: date) -> EventDate | None:
    """Return when it was in a tale that goes on: in the same time, or at some time after it; None where that was not long ago."""
    found, opening = era
    told = resolve(found, published, future=False)
    if told is None or not is_old(told, published):
        return None
    if _SAME.match(opening):
        return told.model_copy(update={"basis": "relative", "text": opening})
    return EventDate.trusted(start=told.start, end=None, precision="after", basis="relative", text=opening)
