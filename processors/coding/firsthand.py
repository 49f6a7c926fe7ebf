"""Who "I" and "we" are: whoever the sentence says is speaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.text.morphology import PRON

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.coding.who import Who

FIRST = frozenset("i me we us".split())
"""Pronouns of who speaks."""

OPENING = ('"', "“")
"""Marks that open a quotation."""

SAYING = words("speech") | words("quoting")
"""Verbs that stand beside a quotation, those too that take no clause of their own."""


def speaking(view: View, at: int, roles: Roles) -> list[Who]:
    """Return who says the words in which the first person at chunk `at` stands: "I condemn the raid," said X; nobody if untold."""
    verbs = _saying(view)
    before = [c for c in reversed(verbs) if c.at < at and at not in c.subject]
    return _first_told(view, roles, [*before, *(c for c in verbs if c.trailing)])


def teller(view: View, roles: Roles) -> list[Who]:
    """Return who speaks in a sentence whose quotation goes on behind it."""
    return _first_told(view, roles, _saying(view)[::-1])


def quotes(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation begins between two code points."""
    return text.find(OPENING[0], start, end) >= 0 or text.find(OPENING[1], start, end) >= 0


def is_open(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation that begins between two code points is still open at the second."""
    stretch = text[start:end]
    straight = stretch.count('"') % 2 == 1
    return straight or stretch.count("“") > stretch.count("”")


def reopens(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence that begins at `end` opens a quotation anew right behind one: "...", said X. "..."."""
    return text[end : end + 1] in OPENING and any(mark in text[start:end] for mark in OPENING)


def _saying(view: View) -> list[Clause]:
    return [c for c in view.clauses if c.verb.lemma in SAYING and c.verb.form in ("fin", "ing")]


def _first_told(view: View, roles: Roles, verbs: list[Clause]) -> list[Who]:
    for clause in verbs:
        for says in (clause.subject, clause.object[:1]):  # "...," said X
            whos = roles.phrases(says) if says and not _first(view, says) else []
            if whos:
                return whos
    return []


def _first(view: View, says: list[int]) -> bool:
    """Tell whether the verb of saying is itself in the words quoted: "I said that I would ..."."""
    heads = [view.chunks[i].head for i in says]
    return any(view.tags[h] & PRON and view.tokens.lower[h] in FIRST for h in heads)
