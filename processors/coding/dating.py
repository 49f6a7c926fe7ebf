"""Which of the dates of a sentence an act has: the nearest that does not only say who or what is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processors.coding.chunks import WH
from processors.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from processors.coding.clauses import Clause
    from processors.coding.dates import Found
    from processors.coding.draft import Draft
    from processors.coding.view import View

SPEECH = words("speech")
_ASIDE = ("rel", "mod")
"""How a clause hangs on its parent when it says which person or thing is meant."""

_OTHER_TIME = ("since", "after", "before", "until")
"""How a clause hangs on its parent when it is of another time."""

_FIRST_SINCE = re.compile(r"\b(?:first|last|second|third)\b[^.;]{0,80}\bsince\b[^.;,]{0,120}\Z")

_COMPLEMENT = ("to", "that", "ing")
"""How a clause hangs on the verb of which it is the complement."""

_CAUSE = ("in", "by", "during", "with", "from")
"""Prepositions before what an act is part of or done with: its date is that of the act."""

_CONTENT = ("of", "for", "from", "about", "against", "over")
"""Prepositions before the gerund of what somebody is said to have done: "accused of shelling a market in 2019"."""


def nearest(draft: Draft, view: View, old: Callable[[Found], bool], *, ahead: bool) -> Found | None:
    """Return the date of an act, or None where the sentence dates only other things.

    The date of a clause about a person or body ("who was abducted in 2019") is never that of the act. About a thing
    ("a strike carried out on Monday") it is, unless `old` calls it too long past for news. An act that lies `ahead` has the
    date of its own clause, and none that says when it was told of.
    """
    middle = view.tokens.start[draft.trigger[0]]
    dated = [
        (f, clause)
        for f, clause in ((f, _clause_of(f, view)) for f in view.dates)
        if not _aside(draft, view, f, clause, old) and not _other_time(draft, view, f, clause)
    ]
    own = [f for f, _ in dated]
    if ahead:
        dated = [(f, clause) for f, clause in dated if not _when_agreed(f, clause, draft, view)]
        own = [f for f, clause in dated if clause is not None and _inside(clause, draft)] or [
            f for f, clause in dated if not _when_said(clause, draft)
        ]
    return min(own, key=lambda f: (abs(f.start - middle), f.start), default=None)


def _clause_of(found: Found, view: View) -> Clause | None:
    """Return the clause whose verb is the last before a date; None for a date that opens the sentence."""
    starts = view.tokens.start
    return next((c for c in reversed(view.clauses) if starts[c.verb.head] < found.start), None)


def _other_time(draft: Draft, view: View, found: Found, clause: Clause | None) -> bool:
    """Tell whether a date is that of what came before or after: "reopened since X left in May", "the first visit since 2019"."""
    if _attribute(draft, view, found):
        return True
    told = view.text[view.start : found.end]
    if "since" in told and _FIRST_SINCE.search(told) is not None:
        return True
    if draft.clause is None or clause is None or clause.at <= draft.clause.at:
        return False
    while clause is not None and clause is not draft.clause:
        if clause.link in _OTHER_TIME:
            # "has refused flights since X left in May" lasts from then on
            return not (clause.link == "since" and draft.clause.verb.perfect)
        clause = clause.parent
    return False


def _attribute(draft: Draft, view: View, found: Found) -> bool:
    """Tell whether a date only says which thing is meant: "called off a January trip"; the act's noun may be that thing."""
    text = view.text
    if (
        not text.endswith((" a ", " an "), view.start, found.start)
        or not text[found.end + 1 : found.end + 2].islower()
    ):
        return False
    c = view.chunks[draft.noun] if draft.noun >= 0 else None
    own = c is not None and view.tokens.start[c.start] <= found.end + 1 < view.tokens.end[c.end - 1]
    return not own


def describes(clause: Clause, view: View) -> bool:
    """Tell whether a clause says who or what is meant; one in the first subject hangs on nothing: "A, who was freed in 2019, said ..."."""
    return clause.link in _ASIDE or (clause.at > 0 and view.chunks[clause.at - 1].kind == WH)


def _inside(clause: Clause | None, draft: Draft) -> bool:
    """Tell whether a clause is that of the act or a complement of it: "agreed to hold a summit in April"."""
    while clause is not None and clause is not draft.clause and clause.link in _COMPLEMENT:
        clause = clause.parent
    return clause is not None and clause is draft.clause


def _when_said(clause: Clause | None, draft: Draft) -> bool:
    """Tell whether a date says when a plan was told of, not when it is to be: "said on Monday that they would meet"."""
    if clause is not None and clause is not draft.clause and clause.verb.lemma in SPEECH:
        return True
    above, told = draft.clause, False
    while above is not None and above is not clause:
        parent = above.parent
        done = parent is not None and parent.verb.past and not parent.verb.modal
        told = told or above.link == "that" or (above.link in ("and", "co") and done)
        above = parent
    return told and above is clause  # of the clauses above, or before them all


def _when_agreed(found: Found, clause: Clause | None, draft: Draft, view: View) -> bool:
    """Tell whether a date says when a plan was made, not when it is to be: "agreed on Monday to reopen the border"."""
    if clause is None or clause is not draft.clause or not draft.operators:
        return False
    if not clause.verb.past or clause.verb.modal:
        return False
    return any(
        c.parent is clause and c.link == "to" and view.tokens.start[c.verb.start] >= found.end
        for c in view.clauses
    )


def _beside(clause: Clause, draft: Draft) -> bool:
    """Tell whether a clause says more of what did an act, or of what it was done to or in: "killed ten in a raid made on Monday"."""
    above = clause.parent
    if above is not None and clause.via >= 0:
        led = {i for prep, i in above.phrases if prep not in _CAUSE}
        if clause.via in led:
            return False  # "freed them under a deal signed in May", "accused A of a raid made in May"
    while above is not None and above is not draft.clause and above.link in ("and", "co"):
        above = above.parent
    return above is draft.clause


def _aside(
    draft: Draft, view: View, found: Found, clause: Clause | None, old: Callable[[Found], bool]
) -> bool:
    """Tell whether the clause of a date hangs below that of the act and only describes."""
    if draft.clause is None or clause is None or clause is draft.clause:
        return False
    if clause.at < draft.clause.at:  # "freed B, who was held in 2019, and Bordurie closed ..."
        below: Clause | None = draft.clause
        while below is not None and below is not clause:
            below = below.parent if below.link not in ("", "and", "co") else None
        return below is None and describes(clause, view)
    if view.text.endswith(", ", 0, found.start):
        return False  # ", May 3, 2020" dates the whole report
    while clause is not None and clause is not draft.clause:
        if clause.link in _ASIDE:
            meant = [clause.via] if clause.via >= 0 else clause.subject
            heads = [view.spans[view.chunks[i].head] for i in meant]
            named = any(s is not None and s.kind != "adjective" for s in heads)
            return named or old(found) or not _beside(clause, draft)
        if clause.link == "ing" and clause.prep in _CONTENT:
            return True
        clause = clause.parent
    return False
