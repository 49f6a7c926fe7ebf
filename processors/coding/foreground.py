"""News or background: which of the acts of a sentence it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft

FUTURE = words("future")
HARM = words("harm")
ASIDE = frozenset(("mod", "rel", "if", "unless", "whether"))
"""How a clause hangs on its parent when it only says which person is meant, or on what condition."""

BACKGROUND = frozenset(
    ("because", "when", "whenever", "after", "before", "since", "as", "until", "than", "once")
)
"""How a clause hangs on its parent when it tells the circumstances, not the news."""


def stands(draft: Draft) -> bool:
    """Tell whether an act may stand for itself: some count only when promised, demanded or refused."""
    return (
        draft.frame.voice != "inner"
        or bool(draft.operators)
        or draft.planned
        or draft.modal in (*FUTURE, "must", "would")
    )


def foreground(found: list[Draft]) -> list[Draft]:
    """Return the acts that the sentence is about: those in relative and adverbial clauses only where there is no other.

    What stands in such a clause was reported before and is told for orientation; coding it again as news would double it.
    """
    found = [d for d in found if d.code[:2] == "01" or not (_backward(d, ASIDE) or _meanwhile(d))]
    if len(found) <= 1:
        return found  # the rest is of acts that stand beside each other
    disputed = {d.at for d in found if d.code in ("016", "012", "011")}
    found = [d for d in found if d.at in disputed or not _under(d, disputed)]
    signed = {d.at for d in found if d.frame.symmetric and d.code.startswith("057")}
    marched = {d.at: d for d in found if d.type == "protest-held"}
    found = [d for d in found if not _terms(d, signed) and not _slogan(d, marched)]
    main = [d for d in found if _of_somebody(d) and not _backward(d, BACKGROUND) and not _scene(d)]
    return [d for d in found if d in main or d.code[:2] == "01"] if main else found


def _of_somebody(draft: Draft) -> bool:
    """Tell whether it is known of whom an act is, or will be: the dead of an attack are named later."""
    clause = draft.clause
    hurt = clause is not None and clause.verb.passive and clause.verb.lemma in HARM
    return hurt or bool(draft.source or draft.target)


def _terms(draft: Draft, signed: set[int]) -> bool:
    """Tell whether a demand or a promise is what an agreement says: "signed a truce, calling for an exchange of prisoners"."""
    clause = draft.clause
    return (
        draft.type in ("demand-made", "peace-intent-expressed")
        and clause is not None
        and clause.link == "adv"
        and clause.parent is not None
        and clause.parent.at in signed
    )


def _slogan(draft: Draft, marched: Mapping[int, Draft]) -> bool:
    """Tell whether a demand is what a protest is about: "rallied outside the palace, saying that he must resign"."""
    clause = draft.clause if draft.type == "demand-made" else None
    keys = {w.key for w in draft.source}
    if clause is not None and clause.verb.form == "ing" and clause.subject:
        acts = [p.clause for p in marched.values() if p.clause is not None and p.clause.at > clause.at]
        if any(act.subject == clause.subject for act in acts):
            return True  # "protesters calling for his resignation marched"
    while clause is not None and clause.link in ("adv", "that", "to") and clause.parent is not None:
        clause = clause.parent
        protest = marched.get(clause.at)
        if protest is not None:
            return {w.key for w in protest.source} == keys
    return False


def _under(draft: Draft, verbs: set[int]) -> bool:
    """Tell whether an act is only what somebody denies or doubts."""
    below = draft.clause if verbs else None
    while below is not None and (above := below.parent) is not None:
        if below.link in ("and", "co"):
            above = _joined_to(below, above)
            if above.at in verbs:
                return False  # "rejected the charge and blamed ..."
        elif above.at in verbs:
            return True
        below = above
    return False


def _joined_to(clause: Clause, above: Clause) -> Clause:
    """Return the clause above with the same subject, else the next one: "denied that its men had fled and accused ..."."""
    found: Clause | None = above
    while found is not None and found.subject != clause.subject:
        found = found.parent
    return found or above


def once(found: list[Draft]) -> list[Draft]:
    """Return the acts without those that a participle merely spells out: "shelled X, killing ten"."""
    kept: list[Draft] = []
    for draft in found:
        link = draft.clause.link if draft.clause is not None else None
        aside = link in ("adv", "and", "ing", "co", "") or (link == "to" and draft.type == "protest-held")
        same = any(
            k.type == draft.type and k.clause is not draft.clause and [w.key for w in k.source] == [w.key for w in draft.source]
            and (not draft.target or [w.key for w in k.target] == [w.key for w in draft.target] or draft.code[:2] in ("18", "19"))
            for k in kept
        )  # fmt: skip
        if not (aside and same):
            kept.append(draft)
    return kept


def _meanwhile(draft: Draft) -> bool:
    """Tell whether a request is only what somebody was about when he was hit: "were killed while seeking aid"."""
    clause = draft.clause
    return (
        draft.code[:2] in ("02", "10")
        and clause is not None
        and clause.verb.form == "ing"
        and clause.parent is not None
        and clause.parent.verb.passive
        and clause.parent.verb.lemma in HARM
    )


def _scene(draft: Draft) -> bool:
    """Tell whether an act only says what goes on at a place: "met in Idlib, where the army has launched an offensive"."""
    clause = draft.clause
    return clause is not None and clause.link == "where" and clause.verb.perfect


def _backward(draft: Draft, links: frozenset[str]) -> bool:
    clause = draft.clause
    while clause is not None:
        if clause.link in links or (clause.prep in links and (clause.link == "ing" or clause.parent is None)):
            return True
        if clause.parent is None or clause.link in ("", "co"):
            return False
        clause = clause.parent
    return False
