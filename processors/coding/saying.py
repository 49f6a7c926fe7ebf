"""Who says so, and who said or did what a noun sums up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, SUBORD
from processors.coding.clauses import CLAIM_NOUNS, CLAUSE_PREPOSITIONS
from processors.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.chunks import Chunk
    from processors.coding.clauses import Clause
    from processors.coding.roles import Roles
    from processors.coding.who import Who

SPEECH = words("speech")
CLAIMING = SPEECH | words("judging")
"""Verbs whose subject made the claim that somebody then denies."""
BESIDE_SPEECH = ("co", "rel", "as", "though", "while")
"""How clauses hang that stand beside a verb of saying and tell nothing of what is said."""


def speaker(roles: Roles, clause: Clause) -> list[Who]:
    """Return the subject of the verb of saying that governs a clause, or stands behind it: "..., officials said"."""
    view = roles.view
    chunks, below, above = view.chunks, clause, clause.parent
    first = view.clauses[0]
    opens = above is not None and any(
        c.kind == SUBORD or c.word in CLAUSE_PREPOSITIONS for c in chunks[: first.at]
    )
    while above is not None:
        # "if A attacks, B will ...", "A fled and left for ...": A does not say what comes behind it
        joined = chunks[below.at - 1].kind == AND
        if below.link == "co" and below.subject and _apart(chunks, below.subject[0]):
            break  # "A said it would send troops, but B declined to": B's answer is not A's word
        aside = joined or (opens and above is first and below.link in ("", "co"))
        says = above.verb.lemma in SPEECH or (
            below.link == "that" and below.via >= 0 and chunks[below.via].word in CLAIM_NOUNS
        )
        if above.subject and says and below.link not in BESIDE_SPEECH and not aside:
            whos = roles.phrases(above.subject)
            if whos:
                return whos
        below, above = above, above.parent
    trailing = next((c for c in view.clauses if c.trailing and c.at > clause.at), None)
    if trailing is not None:
        return roles.phrases(trailing.subject)
    return roles.memory.quoted(view)


def _apart(chunks: Sequence[Chunk], first: int) -> bool:
    """Tell whether a comma and a conjunction, or "but", stand before the subject of a clause."""
    if chunks[first - 1].kind != AND:
        return False
    return chunks[first - 1].word == "but" or (first > 1 and chunks[first - 2].kind == COMMA)


def whose_act(roles: Roles, at: int) -> list[Who]:
    """Return who did or said what the noun phrase at `at` sums up behind a comma: "A closed its embassy, a move that B condemned"."""
    view = roles.view
    c = view.chunks[at]
    if at == 0 or view.chunks[at - 1].kind != COMMA or view.tokens.lower[c.start] not in ("a", "an"):
        return []
    before = [
        o for o in view.clauses if o.at < at and o.verb.form == "fin" and o.subject and o.subject[-1] < at
    ]
    if c.word in roles.memory.claims:  # who told it, not who did what was told
        before = [o for o in before if o.verb.lemma in CLAIMING] or before
    return roles.phrases(before[-1].subject) if before else []
