"""Sides that one act takes from another of its sentence, or from who tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.coding.striking import attackers
from processors.coding.who import without
from processors.text.morphology import PRON

if TYPE_CHECKING:
    from processors.coding.draft import Draft
    from processors.coding.match import Matcher
    from processors.coding.view import View


FUTURE = words("future")


def share(draft: Draft, view: View, matcher: Matcher) -> None:
    """Fill the sides that the verb above or the next one of the same subject has."""
    clause = draft.clause
    if (
        (not draft.target or _of_them(draft, view))
        and clause is not None
        and clause.link == "adv"
        and draft.code[:2] in ("11", "17", "18", "19")
    ):
        _same_target(draft, matcher)
    _breach(draft, matcher)
    _shared_target(draft, matcher)
    _accused(draft, matcher)
    _conditioned(draft, matcher)


def _same_target(draft: Draft, matcher: Matcher) -> None:
    """Let a participle hit or accuse whom its verb hit: "launched drones at Perm, damaging houses", "arrested X, accusing him"."""
    above = draft.clause.parent if draft.clause is not None else None
    if above is None or draft.clause is None or draft.clause.subject != above.subject:
        return
    roots = ("17", "18", "19") if draft.code[:2] != "11" else ("16", "17", "18", "19")
    for act in matcher.of_clause.get(above.at, ()):
        if act.code[:2] in roots and not act.negated and act.source:
            draft.target = [w for w in act.target if w.country] or draft.target
            return


def _of_them(draft: Draft, view: View) -> bool:
    """Tell whether a participle accuses those whom its verb has just named: "sanctioned X and Y, accusing them of"."""
    clause = draft.clause
    return (
        draft.code[:2] == "11"
        and clause is not None
        and bool(clause.object)
        and bool(view.tags[view.chunks[clause.object[0]].head] & PRON)
    )


def _breach(draft: Draft, matcher: Matcher) -> None:
    """Let who killed be who broke the truce by it: "was killed in an airstrike by X, violating the ceasefire"."""
    clause = draft.clause
    if draft.type != "ceasefire-violated" or clause is None or clause.link != "adv" or clause.parent is None:
        return
    if clause.parent.verb.passive and draft.source:
        draft.source = attackers(matcher.roles, clause.parent)


def _shared_target(draft: Draft, matcher: Matcher) -> None:
    """Let two acts against one side share it: "suspends aid and imposes sanctions on Ruritanian officials"."""
    if draft.target or draft.clause is None or draft.code[:2] != "16" or not draft.source:
        return
    for other in matcher.view.clauses:
        if other.parent is draft.clause and other.link == "and" and other.subject == draft.clause.subject:
            for act in matcher.of_clause.get(other.at, ()):
                if act.code[:2] in ("16", "17") and not act.negated:
                    draft.target = [w for w in act.target if w.country]
                    return


def _accused(draft: Draft, matcher: Matcher) -> None:
    """Let a demand that names nobody be put to whom its subject has just accused: "accuses X of Y and demands an apology"."""
    clause = draft.clause
    if draft.target or clause is None or draft.type != "demand-made":
        return
    for other in matcher.view.clauses:
        if other.at < clause.at and other.subject == clause.subject:
            for act in matcher.of_clause.get(other.at, ()):
                if act.code[:2] == "11" and not act.negated:
                    draft.target = [w for w in act.target if w.country]


def _conditioned(draft: Draft, matcher: Matcher) -> None:
    """Let a threat that names nobody be at who can still avert it: "threatened to break off the talks unless X gives way"."""
    clause = draft.clause
    if draft.target or clause is None or draft.type != "threat-issued" or not draft.source:
        return
    lands = {w.country for w in draft.source}
    for other in matcher.view.clauses:
        if other.link in ("if", "unless") and other.at > clause.at:
            whos = matcher.roles.phrases(other.subject)
            draft.target = [w for w in whos if w.country and w.country not in lands]
            return


def said(draft: Draft) -> None:
    """Let who says so be who threatens or has agreed, where the passive names nobody: "said an agreement was reached with X"."""
    clause = draft.clause
    if draft.source or not draft.speaker or clause is None:
        return
    bare = draft.noun < 0 and clause.verb.passive
    decides = draft.modal in FUTURE and draft.code[:2] not in ("13", "18", "19", "20") and draft.target
    if bare and decides and clause.link == "that" and all(w.sector == "GOV" for w in draft.speaker):
        draft.source = without(draft.speaker, draft.target)  # "X announces that Y will not be invited"
        return
    threat = draft.type == "threat-issued" and (bare or (draft.noun >= 0 and clause.link == "that"))
    if draft.target and (threat or (bare and draft.frame.symmetric)):
        draft.source = without(draft.speaker, draft.target)
