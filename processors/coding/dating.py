"""Which of the dates of a sentence an act has: the nearest that does not only say who or what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from processors.coding.clauses import Clause
    from processors.coding.dates import Found
    from processors.coding.draft import Draft
    from processors.coding.view import View

_ASIDE = ("rel", "mod")
"""How a clause hangs on its parent when it says which person or thing is meant."""

_CONTENT = ("of", "for", "from", "about", "against", "over")
"""Prepositions before the gerund of what somebody is said to have done: "accused of shelling a market in 2019"."""


def nearest(draft: Draft, view: View, old: Callable[[Found], bool]) -> Found | None:
    """Return the date of an act, or None where the sentence dates only other things.

    The date of a clause about a person or body ("who was abducted in 2019") is never that of the act. About a thing
    ("a strike carried out on Monday") it is, unless `old` calls it too long past for news.
    """
    middle = view.tokens.start[draft.trigger[0]]
    own = [f for f in view.dates if not _aside(draft, view, f, old)]
    return min(own, key=lambda f: (abs(f.start - middle), f.start), default=None)


def _aside(draft: Draft, view: View, found: Found, old: Callable[[Found], bool]) -> bool:
    """Tell whether a date stands in a clause that hangs below that of the act and only describes."""
    before = [c for c in view.clauses if view.tokens.start[c.verb.head] < found.start]
    clause: Clause | None = before[-1] if before else None
    if draft.clause is None or clause is None or clause.at <= draft.clause.at:
        return False
    if view.text[: found.start].endswith(", "):
        return False  # ", May 3, 2020" dates the whole report
    while clause is not None and clause is not draft.clause:
        if clause.link in _ASIDE:
            meant = [clause.via] if clause.via >= 0 else clause.subject
            heads = [view.spans[view.chunks[i].head] for i in meant]
            return any(s is not None and s.kind != "adjective" for s in heads) or old(found)
        if clause.link == "ing" and clause.prep in _CONTENT:
            return True
        clause = clause.parent
    return False
