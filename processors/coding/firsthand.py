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

SPEECH = words("speech")
QUOTING = frozenset(
    "tweet write post quip retort reply respond answer comment remark continue concur agree counter opine exclaim joke elaborate".split()
)
"""Verbs that stand beside a quotation though they take no clause of their own."""


def speaking(view: View, at: int, roles: Roles) -> list[Who]:
    """Return who says the words in which the first person at chunk `at` stands: "I condemn the raid," said X; nobody if untold."""
    verbs = [c for c in view.clauses if c.verb.lemma in SPEECH | QUOTING and c.verb.form == "fin"]
    before = [c for c in reversed(verbs) if c.at < at and at not in c.subject]
    for clause in (*before, *(c for c in verbs if c.trailing)):
        teller = clause.subject or (clause.object if clause.trailing else [])  # "...," said X
        if teller and not _first(view, teller, clause):
            return roles.phrases(teller)
    return []


def _first(view: View, teller: list[int], clause: Clause) -> bool:
    """Tell whether the verb of saying is itself in the words quoted: "I said that I would ..."."""
    heads = [view.chunks[i].head for i in teller if i != clause.at]
    return any(view.tags[h] & PRON and view.tokens.lower[h] in FIRST for h in heads)
