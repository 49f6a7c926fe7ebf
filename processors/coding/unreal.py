"""Acts that a sentence names though nobody has done them: "instead of attacking", "nearly attacked", "an attack is possible"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import NP, SUBORD, VG
from processors.coding.grammar import words

if TYPE_CHECKING:
    from processors.coding.chunks import Chunk
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.view import View

FORGONE = words("forgone")
"""Words before a gerund that say that the act was not done, one or two of them joined by "_"."""

NEARLY = words("nearly")
"""Words before a verb that say so of it."""

CLAIM_NOUNS = words("claim_nouns")
UNTRUE = words("untrue")
"""What reports are said to be that are not true."""

DENIAL = words("denial")
"""What is done to reports that are not true."""

REMOTE = words("remote")
THINKABLE = words("thinkable")
"""What acts are said to be that have not been done."""

AGREED = ("agreement-reached", "agreement-signed", "ceasefire-agreed")
BELIEF = words("belief")
NOBODY = words("nobody")
FEW = NOBODY | {"few"}
"""First words of those who do not believe something, as a whole."""

SHOWN = ("be", "prove", "turn_out", "remain", "seem")
"""Verbs that lead to what is said of a report."""


def settle(draft: Draft, view: View) -> None:
    """Set what the words around an act say of it: not done, possible or doubted, with the word that says so as the cue."""
    clause = draft.clause
    if clause is None:
        return
    at = _no_sign(clause, view)
    if at >= 0:
        draft.negated, draft.cue = not draft.negated, (at, at + 1)
    at = _forgone(draft, clause, view)
    if at < 0:
        at = _untrue(clause, view)
    if at < 0 and draft.type in AGREED:
        at = _said_of_act(draft, clause, view, REMOTE)
    if at >= 0:
        draft.negated, draft.cue = True, (at, at + 1)
        return
    at = _said_of_act(draft, clause, view, THINKABLE)
    if at >= 0:
        draft.hypothetical, draft.cue = True, (at, at + 1)
    at = _disbelieved(clause, view)
    if at >= 0:
        draft.doubted, draft.cue = True, (at, at + 1)


def _no_sign(clause: Clause, view: View) -> int:
    """Return the "no" of "no sign", "no evidence" and the like before a clause: "gave no sign that it wished to end the war"; else -1."""
    if clause.link not in ("that", "rel") or clause.via < 0:
        return -1
    first = view.chunks[clause.via].start
    return first if view.tokens.lower[first] == "no" else -1


def _forgone(draft: Draft, clause: Clause, view: View) -> int:
    """Return the word before its verb that says that an act was not done; else -1."""
    verb, lower = clause.verb, view.tokens.lower
    if draft.noun >= 0:
        return -1
    near = next((i for i in range(max(0, verb.start - 1), verb.head) if lower[i] in NEARLY), -1)
    if near >= 0 or verb.form != "ing" or not verb.start:
        return near
    if "_".join(lower[max(0, verb.start - 2) : verb.start]) in FORGONE:
        return verb.start - 2
    return verb.start - 1 if lower[verb.start - 1] in FORGONE else -1


def _untrue(clause: Clause, view: View) -> int:
    """Return the word by which the report that a clause is the content of is called untrue: "reports that ... were false"; else -1."""
    chunks = view.chunks
    that = next((at for at in range(clause.at - 1, 0, -1) if chunks[at].kind in (SUBORD, VG)), 0)
    if not that or chunks[that].word != "that" or chunks[that - 1].kind != NP:
        return -1
    if chunks[that - 1].word not in CLAIM_NOUNS:
        return -1
    said = next((c for c in chunks[clause.at + 1 :] if c.kind == VG), None)
    if said is not None and said.passive and said.lemma in DENIAL and not said.negated:
        return said.head
    return _said_of(said, view, UNTRUE) if said is not None and said.lemma in SHOWN else -1


def _said_of_act(draft: Draft, clause: Clause, view: View, wanted: frozenset[str]) -> int:
    """Return which of the words wanted is said of the act that a subject names: "a truce is possible", "is far off"; else -1."""
    if draft.noun < 0 or draft.noun not in clause.subject or clause.verb.lemma not in SHOWN:
        return -1
    return _said_of(clause.verb, view, wanted)


def _said_of(verb: Chunk, view: View, wanted: frozenset[str]) -> int:
    """Return which of the two words behind a verb is one of those wanted; else -1."""
    end = verb.end
    return next((i for i, word in enumerate(view.tokens.lower[end : end + 2], end) if word in wanted), -1)


def _disbelieved(clause: Clause, view: View) -> int:
    """Return the word by which a clause is what somebody does not believe; else -1."""
    above = clause.parent
    if above is None or above.verb.lemma not in BELIEF:
        return -1
    if above.verb.negated:
        return above.verb.cue[0] if above.verb.cue is not None else above.verb.start
    firsts = (view.chunks[at].start for at in above.subject)
    return next((first for first in firsts if view.tokens.lower[first] in FEW), -1)
