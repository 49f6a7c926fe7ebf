"""What a governing word makes of an act: promised, demanded, refused, threatened, ended, denied, put off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.claims import others
from processors.coding.grammar import words
from processors.coding.planning import PLAN_NOUNS
from processors.coding.unframed import Unframed

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.frames import Frame, Operator
    from processors.coding.who import Who

TRANSPARENT = words("transparent")
PROPOSE = "agree.propose-op"
"""The frame of verbs that put an act forward."""

WEAK_APPEAL = words("weak_appeal")
SAID_OF = words("said_of")
FOUND = words("found_to")
CLAIMED = words("claimed")
COMMANDS = words("commands")
SPEECH = words("speech")
OBJECT_CONTROL = words("object_control")
HOSTILE_ROOTS = ("13", "14", "15", "16", "17", "18", "19", "20")
BACKING = ("050", "051", "052")
"""Codes of support, which rallied for a third side is an act of its own."""
AGAINST_OTHERS = ("053", "113")
"""Codes of calls to stand by, or up to, somebody else than those who are called on: he is the target."""

NOT_TO = {"pledge": "abstain", "demand": "desist", "appeal": "refrain"}
"""Operators of what is promised or asked for where it is not to be done: "vowed not to yield", "urged X not to attack"."""

AFTERWARDS = ("after", "following", "since", "while")
"""Prepositions of a gerund that was done before, or beside, what the verb tells."""

CALLING = words("calling")
SAID = frozenset(("support-expressed", "apology-issued", "condemnation-issued"))
"""Types of acts that are done by saying so."""


def said_in(draft: Draft, clause: Clause) -> bool:
    """Tell whether a call or letter carries out its purpose: "phoned his counterpart to thank him"."""
    return draft.type in SAID and not draft.operators and clause.verb.lemma in CALLING


def _doers(whos: list[Who], mine: list[Who], *, abroad: bool) -> list[Who]:
    """Return who is to act, of an act asked for; `abroad` leaves out one's own: "warned that its forces could attack X"."""
    keys, lands = {w.key for w in mine}, {w.country for w in mine} if abroad else frozenset[str]()
    return [w for w in whos if w.key not in keys and w.country not in lands]


class Governing(Unframed):
    """Applies operators to acts."""

    def _operate(
        self,
        clause: Clause,
        frame: Frame,
        inner: list[Draft],
        end: int,
        best: Frame | None,
    ) -> list[Draft] | None:
        """Apply an operator to the acts that its word governs; None where there are none."""
        operator = self.rules.operators[frame.operator]
        governed = [
            d
            for d in inner
            if d.clause is not None
            and not d.purpose
            and d.code[:2] != "01"
            and (self._hangs(d, clause) or (operator.name == "pledge" and self._meant(d, clause)))
        ]
        if not governed and (best is None or best.weight == 0):
            governed = self._noun_acts(clause, ending=frame.operator == "end")
        if not governed:
            return None
        if frame.operator == "announce":
            for draft in governed:
                if draft.noun >= 0 and (draft.clause is clause or draft.clause is None):
                    if not draft.source:
                        draft.source = self.roles.phrases(clause.subject)
                    self._mood(draft, clause)
            return [d for d in governed if d.noun >= 0]
        mine = {w.key for w in self.roles.phrases(clause.subject)}
        for draft in governed:
            itself = (
                mine
                and {w.key for w in draft.source} == mine
                and draft.clause is not None
                and draft.clause.link == "that"
            )
            if (
                clause.verb.lemma == "deny"
                and draft.clause is not None
                and draft.clause.link in ("that", "ing")
            ):
                draft.negated, draft.cue = not clause.verb.negated, (clause.verb.head, clause.verb.head + 1)
                draft.operators.append((frame.id, (clause.verb.head, clause.verb.head + 1)))
                continue
            if clause.verb.lemma == "fail" and draft.code[:2] in HOSTILE_ROOTS:
                draft.negated, draft.cue = not clause.verb.negated, (clause.verb.head, clause.verb.head + 1)
                draft.operators.append((frame.id, (clause.verb.head, clause.verb.head + 1)))
                continue  # "failed to detonate" refuses nothing
            if frame.id == PROPOSE and (
                draft.code[:2] in ("15", "16", "17", "18", "19") or self._third_party(draft, mine)
            ):
                draft.proposed, draft.cue = True, (clause.verb.head, clause.verb.head + 1)
                draft.source = draft.source or self.roles.phrases(clause.subject)
                draft.operators.append((frame.id, (clause.verb.head, clause.verb.head + 1)))
                continue
            if clause.verb.lemma == "warn" and others(draft, self.roles.phrases(clause.subject)):
                draft.purpose = True  # what others may do is no threat of who warns of it
                continue
            if itself and operator.name in ("demand", "appeal"):
                continue  # "insists that it observes the truce" demands nothing
            intends = (
                draft.clause is not None
                and draft.clause.link == "to"
                and draft.clause.via < 0
                and draft.noun < 0
            )
            own = operator.name in ("demand", "appeal") and intends and not clause.verb.passive
            wanted = (
                operator.name == "pledge"
                and clause.verb.lemma in OBJECT_CONTROL
                and draft.clause is not None
                and draft.clause.via >= 0
            )
            # "seeks to end the war" is an intent of one's own, "urged X to end the war" an appeal to X.
            named = "pledge" if own else "appeal" if wanted else operator.name
            self._apply(draft, self.rules.operators[named], frame, clause, end)
        return [d for d in governed if d.noun >= 0]

    def _apply(self, draft: Draft, operator: Operator, frame: Frame, clause: Clause, end: int) -> None:
        if self._commanded(draft, operator, frame, clause, end):
            return
        spared = draft.clause is not None and draft.clause.verb.negated and draft.clause.link == "to"
        table = self.rules.operators[NOT_TO.get(operator.name, operator.name) if spared else operator.name]
        code = table.apply(self._refined(draft))
        if code is None:
            draft.purpose = True
            return
        deed = draft.code
        planned = operator.name == "pledge" and clause.verb.lemma in WEAK_APPEAL
        if operator.name == "appeal" and deed[:3] in BACKING and self._on_behalf(draft, clause):
            code = "053"
        if operator.name in ("demand", "appeal") and draft.type == "ceasefire-agreed":
            draft.type = "ceasefire-proposed"
            kept = draft.type
        else:
            kept = ""
        kept = (
            kept or draft.type
            if operator.name == "pledge"
            and (deed[:3] in ("054", "055", "057", "063") or deed[:2] in ("03", "15"))
            else ""
        )
        draft.type = kept or (self._planned_type(draft, code) if planned else table.event_type(code))
        draft.code = code
        draft.operators.append((frame.id, (clause.verb.head, end + 1)))
        inner_source = draft.source
        active = (
            not clause.verb.passive or operator.name == "pledge"
        )  # "is committed to": the subject commits itself
        draft.source = self.roles.phrases(clause.subject) if active else self.roles.agent(clause)
        keys = {w.key for w in draft.source}
        addressee = [
            w
            for w in self.roles.phrases(clause.object if not clause.verb.passive else clause.subject)
            if w.key not in keys
        ]
        phrase = [
            w
            for p, i in clause.phrases
            if p in ("to", "on", "from", "by", "with")
            for w in self.roles.phrase(i)
            if w.key not in keys
        ]
        inner = [w for w in draft.target if w.key not in keys]
        if code in AGAINST_OTHERS and inner:
            draft.target = inner
        elif operator.name in ("demand", "appeal", "threaten", "accuse"):
            # "warned that its army would strike": no state threatens itself with force
            abroad = operator.name == "threaten" and (bool(inner) or code[:3] == "138")
            draft.target = addressee or _doers(inner_source, draft.source, abroad=abroad) or phrase or inner
        elif operator.name == "reject":
            modifiers = [w for at in clause.object for w in self.roles.modifiers(at) if w.key not in keys]
            behind = [
                w
                for at in clause.object
                for w in self.roles.following(at, ("by", "from"))
                if w.key not in keys
            ]
            draft.target = (
                modifiers
                or behind
                or inner
                or [w for w in inner_source if w.key not in keys]
                or addressee
                or phrase
            )
        else:
            draft.target = inner or phrase or [w for w in inner_source if w.key not in keys] or addressee
        if draft.frame.symmetric and len({w.country for w in draft.source}) > 1:
            draft.target = []  # "A and B failed to agree": both sides are known
        draft.negated = clause.verb.negated
        draft.modal, draft.cue = clause.verb.modal, clause.verb.cue
        draft.trigger = (min(clause.verb.head, draft.trigger[0]), max(draft.trigger[1], end + 1))
        draft.planned = operator.name == "pledge" and (code[:3] == "035" or bool(kept) or planned)
        draft.proposed = frame.id == PROPOSE
        if operator.name == "pledge" and deed == "0871" and not planned:
            # A truce that is agreed is there; one that is vowed is to come.
            draft.type = (
                "ceasefire-agreed" if draft.frame.type == "ceasefire-agreed" else "peace-intent-expressed"
            )
            draft.planned = clause.verb.lemma != "agree"
        draft.clause, draft.at = clause, clause.at
        draft.hypothetical = clause.link in ("if", "unless", "whether")
        self._both_agree(draft, clause)

    def _on_behalf(self, draft: Draft, clause: Clause) -> bool:
        """Tell whether backing is asked for somebody else than who asks: "urged the bloc to support the rebels"."""
        mine = {w.country for w in self.roles.phrases(clause.subject)}
        return bool(draft.target) and not {w.country for w in draft.target} & (mine | {None})

    def _hangs(self, draft: Draft, clause: Clause) -> bool:
        """Tell whether an act is the complement of the clause's verb, not the purpose of something in between."""
        child = draft.clause
        if child is None or child.parent is not clause:
            return False
        if child.link == "that":
            return True
        via = child.via
        if child.link == "to":
            predicate = clause.verb.lemma == "be" and via in clause.object  # "is willing to withdraw"
            return via < 0 or predicate or clause.verb.lemma in OBJECT_CONTROL
        # "demanded compensation for sheltering refugees": what stands behind "for" is the reason
        if child.prep in AFTERWARDS:
            return False  # "cancelled the tariffs after reaching a deal"
        return child.link == "ing" and not (child.prep == "for" and bool(clause.object))

    def _meant(self, draft: Draft, clause: Clause) -> bool:
        """Tell whether an act is what the object says that somebody means to do: "voiced its readiness to mediate"."""
        child = draft.clause
        return (
            child is not None
            and child.parent is clause
            and child.link == "to"
            and child.via in clause.object
            and self.view.chunks[child.via].word in PLAN_NOUNS
        )

    @staticmethod
    def _third_party(draft: Draft, mine: set[str]) -> bool:
        """Tell whether somebody else than the speaker is to act: "proposed that A and B exchange prisoners"."""
        return (
            bool(draft.source)
            and draft.clause is not None
            and draft.clause.link == "that"
            and not {w.key for w in draft.source} & mine
        )

    def _aspect(self, clause: Clause, inner: list[Draft]) -> list[Draft]:
        """Handle a verb that is in no frame but governs an act: pass it on, put it off, or drop it as a mere purpose."""
        if not inner:
            return []
        lemma = clause.verb.lemma
        kept: list[Draft] = []
        for draft in inner:
            if draft.clause is None or self._carried(clause, draft.clause) or said_in(draft, clause):
                continue
            refused = self._no_intention(clause, draft.clause)
            if refused is not None:
                self._unwilling(draft, clause, refused)
                continue
            link, via = draft.clause.link, draft.clause.via
            if link == "to" and clause.verb.passive and lemma in SAID_OF:
                draft.doubted, draft.cue = True, (clause.verb.start, clause.verb.end)
                continue
            if link == "to" and self._ahead(clause, via):
                draft.planned, draft.cue = True, (clause.verb.start, draft.clause.verb.head)
                self._future(draft)
            elif link == "to" and draft.frame.voice == "inner" and clause.link in ("to", "ing"):
                draft.purpose = True  # "to discuss an agreement to end the war"
            elif link == "to" and via >= 0 and self.view.chunks[via].word in PLAN_NOUNS:
                draft.planned = True
                self._future(draft)
            elif link == "to" and draft.clause.verb.perfect and lemma in CLAIMED:
                kept.append(draft)  # "claimed to have captured X": done, by what the subject says
            elif link == "to" and lemma not in TRANSPARENT and not (clause.verb.passive and lemma in FOUND):
                draft.purpose = True
            elif link in ("to", "ing") and lemma in TRANSPARENT:
                draft.planned = draft.planned or (lemma == "decide" and draft.code[:2] in ("18", "19", "20"))
                draft.negated = draft.negated or clause.verb.negated
                draft.modal = draft.modal or clause.verb.modal
                draft.cue = draft.cue or clause.verb.cue
                if clause.verb.passive and not draft.source:
                    draft.source = self.roles.agent(clause)
                if clause.link in ("to", "ing"):
                    # "agreed to help oust X": what governs the transparent verb governs the act.
                    draft.clause.parent, draft.clause.link = clause.parent, clause.link
                    draft.clause.via, draft.clause.prep = clause.via, clause.prep
                    kept.append(draft)
        return [d for d in kept if d.clause is not None and lemma in TRANSPARENT]
