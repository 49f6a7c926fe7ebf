"""What a governing word tells where no frame knows the act that it governs: "refused to take part"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.draft import Draft
from processors.coding.grammar import words
from processors.coding.planning import Planning

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.frames import Frame, Operator

COMMANDS = words("commands")
CONTRARY = words("contrary")
WEAK_APPEAL = words("weak_appeal")


AT_HOME = words("promising")
"""Verbs of promises that are mostly made to those at home."""


def _abroad(draft: Draft) -> bool:
    """Tell whether somebody of another country stands on one of the sides, or one that is no country."""
    lands = {w.country for w in (*draft.source, *draft.target) if w.country}
    return len(lands) > 1 or any(w.sector in ("IGO", "REB", "SEP") for w in (*draft.source, *draft.target))


class Unframed(Planning):
    """Makes acts of promises, demands and refusals of whatever it may be."""

    def _otherwise(self, clause: Clause, frame: Frame, children: list[Clause], end: int) -> list[Draft]:
        """Return what an operator makes of an act that no frame knows; nothing where its words say too little."""
        operator = self.rules.operators[frame.operator]
        if not operator.otherwise or not self._says_enough(operator, clause, children):
            return []
        draft = Draft(frame, operator.otherwise, clause, clause.at, (clause.verb.head, end + 1))
        draft.type = operator.otherwise_type or operator.event_type(operator.otherwise)
        # what is promised or demanded, and what one is accused of, stands behind "to" or "that"
        wished = operator.name in ("pledge", "demand", "appeal")
        told = next(
            (c for c in children if self._is_to_act(operator, c) or (wished and c.link == "to")), clause
        )
        draft.reach = (clause.verb.start, self.view.reach(told))
        draft.weak = True
        self._mood(draft, clause)
        self._fill(draft, clause)
        if not draft.target:
            for child in children:
                keys = {w.key for w in draft.source}
                doer = self.roles.phrases(child.subject) if self._is_to_act(operator, child) else []
                whos = [w for w in (*doer, *self.roles.phrases(child.object), *self._inside(child.object, draft),
                                    *(x for _, i in child.phrases for x in self.roles.phrase(i))) if w.key not in keys]  # fmt: skip
                if whos:
                    draft.target = whos[:1]
                    break
        self._both_agree(draft, clause)
        at_home = operator.name == "pledge" and clause.verb.lemma in AT_HOME and not _abroad(draft)
        ruling = any(w.country and w.sector in ("GOV", None) for w in draft.source)
        if at_home and not (ruling and self._refined(draft) != draft.code):
            return []  # "the senator vowed to write a bill": what is promised at home is no offer of peace
        if operator.name == "accuse" and not draft.target:
            return []  # "alleged that the money was lost": nobody is accused
        return [draft]

    def _says_enough(self, operator: Operator, clause: Clause, children: list[Clause]) -> bool:
        """Tell whether the clause has the complement that makes a promise, a demand, a refusal of its verb."""
        name, lemma = operator.name, clause.verb.lemma
        infinitives = [c for c in children if c.link == "to"]
        if not infinitives and not clause.object and not any(c.link == "that" for c in children):
            return False
        if lemma == "require" and not infinitives and not any(c.link == "that" for c in children):
            return False  # "required an operation" asks it of nobody
        if lemma in WEAK_APPEAL or lemma in ("fail", "authorise", "authorize"):
            return False  # "failed to win any seats" refuses nothing, "authorised the sale" demands nothing
        if name == "consider":
            return any(c.link == "ing" and not c.prep for c in children)
        if name == "pledge":
            return bool(infinitives) and not any(
                c.verb.negated or c.verb.lemma in CONTRARY for c in infinitives
            )
        if infinitives or name not in ("threaten", "demand", "appeal", "accept"):
            return True
        # "ordered extra stock" asks it of nobody, "asked the minister how it began" asks for an answer only
        question = lemma == "ask" and not any(p == "for" for p, _ in clause.phrases)
        if name == "threaten" or question or lemma in COMMANDS:
            return False
        return bool(clause.object) or any(c.link == "that" and self._bare(c) for c in children)

    @staticmethod
    def _is_to_act(operator: Operator, child: Clause) -> bool:
        """Tell whether the subject of a clause is who is accused, or who is to act: "insisted that Chad disarm rebels"."""
        return (
            operator.name in ("accuse", "demand", "appeal")
            and child.link == "that"
            and not child.verb.passive
        )

    def _bare(self, clause: Clause) -> bool:
        """Tell whether the verb has the bare form of what is demanded: "insisted that Ethiopia stop filling the dam", "... be freed"."""
        verb, lower = clause.verb, self.view.tokens.lower
        return (
            not verb.modal and not verb.past and (lower[verb.head] == verb.lemma or lower[verb.start] == "be")
        )

    @staticmethod
    def _both_agree(draft: Draft, clause: Clause) -> None:
        """Make an agreement of what two states agree to do: "A and B agreed to build a pipeline"."""
        several = len({w.country for w in draft.source if w.country}) > 1
        if (
            several
            and clause.verb.lemma == "agree"
            and draft.type in ("deal-proposed", "peace-intent-expressed", "agreement-reached")
        ):
            draft.type, draft.planned = "agreement-reached", False
