"""Times of a tale: "Two days later", "That year", "After his release" go on from the date of the sentence before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processors.coding.dating import describes

if TYPE_CHECKING:
    from processors.coding.coreference import Memory
    from processors.coding.dates import Found
    from processors.coding.view import View

_OPENING = re.compile(
    r"(?:(?:In )?(?:That|that|The|the) (?:same )?(?:year|month)"
    r"|(?:The (?:following|next)|On the (?:following|next)|Early the (?:following|next)|Later (?:that|the same)) (?:day|week|month|year)"
    r"|(?:An?|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Several|Some|A few|\d{1,3})"
    r" (?:day|week|month|year|decade)s? (?:later|after)"
    r"|(?:Soon|Shortly) (?:after(?:wards?)?|thereafter)"
    r"|After (?:his|her|their|its|that|this)(?: [\w-]+){0,2}|Later|Afterwards?|Thereafter|Subsequently|Then)\b"
)
"""How a sentence begins that goes on with a tale."""

FURTHEST = 6
"""Sentences back to which the date is looked for."""

_MAIN = ("", "and", "co")
"""How a clause hangs that tells what happened and not what somebody is."""


def era(view: View, memory: Memory) -> tuple[Found, str] | None:
    """Return the date from which a sentence goes on and the words that say so; None where it begins in another way."""
    opening = _OPENING.match(view.text, view.start, view.end)
    if opening is None or view.headline:
        return None
    for before in memory.views_before(view, FURTHEST):
        found = _dated(before)
        if found is not None:
            return found, opening.group()
        if _OPENING.match(before.text, before.start, before.end) is None:
            return None
    return None


def _dated(view: View) -> Found | None:
    """Return the last date that tells when what a sentence tells happened."""
    starts = view.tokens.start
    for found in reversed(view.dates):
        clause = next((c for c in reversed(view.clauses) if starts[c.verb.head] < found.start), None)
        if clause is None or (clause.link in _MAIN and not describes(clause, view)):
            return found
    return None
