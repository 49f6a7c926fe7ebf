"""The last word on an act: its finer code, what is denied, due, possible or depends on a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import SUBORD, VG
from processors.coding.firsthand import FIRST
from processors.coding.governing import Governing
from processors.coding.grammar import words
from processors.coding.unreal import settle

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft

CONDITIONAL = words("conditional")
FUTURE = words("future")
CONTINGENT = CONDITIONAL - {"must", "should", "ought"} | FUTURE
"""Modals whose act may depend on a condition that the sentence states."""
THINKING = words("thinking")
PRESSING = words("pressing")
HOSTILE = ("14", "15", "16", "17", "18", "19", "20")
"""Roots of acts that, put as a possibility, are a threat."""


def _thought(draft: Draft) -> bool:
    """Tell whether an act is what others think may come, so that nobody threatens it: "analysts fear that A may attack B"."""
    above = draft.clause.parent if draft.clause is not None and draft.clause.link == "that" else None
    return above is not None and above.verb.lemma in THINKING


class Finishing(Governing):
    """Settles code, type and polarity."""

    def finish(self, draft: Draft) -> None:
        """Settle code, type and polarity of a draft once everything that governs it has been heard."""
        draft.code = self._refined(draft) if draft.type != "protest-held" else self._for_what(draft)
        self._fallback(draft)
        if self._supposed(draft):
            draft.hypothetical = True
        if draft.hypothetical and draft.clause is not None and draft.noun < 0 and not draft.operators:
            draft.negated = False  # "if X does not release them": nobody denies that it will
        if draft.negated and self._refuses(draft):
            return
        settle(draft, self.view)
        if draft.modal in CONTINGENT and self._conditional(draft):
            draft.hypothetical = True
        perfect = draft.clause is not None and draft.clause.verb.perfect
        if draft.modal in FUTURE or (draft.modal == "would" and not perfect):
            draft.planned = True
            self._future(draft)
        elif draft.modal == "would":
            draft.hypothetical = True  # "would have signed": it did not come to that
        elif draft.modal in ("must", "should") and draft.clause is not None:
            self._required(draft, draft.clause)
        elif draft.modal in ("may", "might", "could", "can"):
            draft.hypothetical = True
            draft.doubted = draft.doubted or (perfect and draft.modal in ("may", "might"))
            code = self.rules.operators["threaten"].apply(draft.code)
            if (
                code
                and draft.modal != "can"
                and draft.code[:2] in HOSTILE
                and not perfect
                and not _thought(draft)
            ):
                draft.code, draft.type = code, "threat-issued"

    def _for_what(self, draft: Draft) -> str:
        """Return the code of a protest by what it is for, told as far as a clause of its own: "to demand that X resign"."""
        near = draft.reach
        for clause in self.view.clauses:
            above = clause.parent
            if (
                clause.link == "that"
                and above is not None
                and above.parent is draft.clause
                and above.verb.lemma in PRESSING
            ):
                draft.reach = (near[0], self.view.reach(clause))
                break
        code = self._refined(draft)
        draft.reach = near
        return code

    def _supposed(self, draft: Draft) -> bool:
        """Tell whether an act is the condition that opens the sentence, or undecided: "If A and B signed", "whether to attend"."""
        first, clause = self.view.chunks[0], draft.clause
        if clause is not None and clause.verb.form == "inf" and clause.at:
            before = self.view.chunks[clause.at - 1]
            if before.kind == SUBORD and before.word == "whether":
                return True
        return (
            first.kind == SUBORD and first.word in ("if", "unless") and draft.clause is self.view.clauses[0]
        )

    def _refuses(self, draft: Draft) -> bool:
        """Turn what somebody will not do, or does not concede, into a refusal; tell whether it is one."""
        clause = draft.clause
        announced = draft.modal in (*FUTURE, "would", "wouldn't") and draft.code[:2] != "12"
        active = clause is not None and clause.verb.negated and not clause.verb.passive and draft.noun < 0
        withheld = draft.code[:3] in ("080", "081", "086") and active
        if not (announced or withheld):
            return False
        operator = self.rules.operators["reject"]
        code = operator.apply(draft.code)
        if code is None:
            return False
        draft.code, draft.type, draft.negated = code, operator.event_type(code), False
        if clause is not None and clause.verb.passive and self._first_person(clause):
            draft.source, draft.target = draft.target, []  # "we will not be intimidated"
        return True

    def _first_person(self, clause: Clause) -> bool:
        lower, chunks = self.view.tokens.lower, self.view.chunks
        return any(lower[chunks[i].head] in FIRST for i in clause.subject)

    def _required(self, draft: Draft, clause: Clause) -> None:
        """Turn "X said that Y must do Z" into X's demand on Y, or appeal where it is "should"."""
        speaker = draft.speaker or self.speaker(clause)
        operator = self.rules.operators["demand" if draft.modal == "must" else "appeal"]
        code = operator.apply(draft.code)
        if draft.code[:2] in ("10", "02"):
            draft.source = speaker or draft.source
        elif speaker and code:
            draft.target, draft.source = draft.source or draft.target, speaker
            draft.code, draft.type = code, operator.event_type(code)
        else:
            draft.hypothetical = True

    def _conditional(self, draft: Draft) -> bool:
        """Tell whether an act depends on a condition that the sentence states."""
        first = self.view.tokens.lower[0] if len(self.view.tokens) else ""
        if first in ("were", "should", "had", "if", "unless"):
            return True
        if any(c.link in ("if", "unless") and c.parent is draft.clause for c in self.view.clauses):
            return True
        # The words up to the condition may hold clauses of their own, as long as none has a finite verb: "to help A".
        chunks = self.view.chunks
        for at in range(draft.clause.at + 1 if draft.clause is not None else len(chunks), len(chunks)):
            if chunks[at].kind == SUBORD and chunks[at].word in ("if", "unless"):
                return True
            if chunks[at].kind == VG and chunks[at].form == "fin":
                return False
        return False
