"""Acts to come: what an order, a plan or a duty makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import IN, MANNER, NP, SUBORD, TIME
from processors.coding.draft import Draft
from processors.coding.grammar import words
from processors.coding.light import Light

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.frames import Frame, Operator

COMMANDS = words("commands")
DONE_NOUNS = words("done_nouns")
OPERATIONS = words("operations")
PLAN_NOUNS = words("plan_nouns")
PROSPECT = words("prospect")
SPEECH = words("speech")
STARTED = words("started")
GATHERING = words("gathering")
POINTLESS = frozenset(("point", "need", "reason", "sense", "use"))
"""Nouns whose lack is a reason not to do something: "sees no point in talking to X"."""
UNMEANT = PLAN_NOUNS | POINTLESS
PROTESTING = words("protesting")


class Planning(Light):
    """Puts acts into the future."""

    def _future(self, draft: Draft) -> None:
        """Turn an act into the intent to do it."""
        code = self.rules.operators["pledge"].apply(self._refined(draft))
        if code is None or draft.code[:2] in ("03", "02", "13", "12", "10", "01", "11", "09", "15"):
            return
        draft.type = self._planned_type(draft, code)
        draft.code = code

    def _planned_type(self, draft: Draft, code: str) -> str:
        """Return the type of an act to come: the type of the deed, where none stands for the intent."""
        if draft.code[:2] in ("05", "06", "08") or draft.type in ("phone-call-held", "mediation-conducted"):
            return draft.type
        if draft.type in ("meeting-held", "visit-made"):
            return "meeting-planned"
        return self.rules.operators["pledge"].event_type(code)

    def _no_intention(self, clause: Clause, child: Clause) -> tuple[int, int] | None:
        """Return the tokens that say that an act is not meant, or not done yet: "has no intention of", "has yet to", "sees no point in"."""
        view = self.view
        if clause.verb.lemma not in ("have", "see", "find"):
            return None
        for i in clause.object:
            c = view.chunks[i]
            if view.tokens.lower[c.start] == "no" and c.word in UNMEANT:
                return c.start, c.end
        between = range(clause.verb.start, child.verb.start)
        yet = next((i for i in between if view.tokens.lower[i] == "yet"), None)
        return (yet, yet + 1) if yet is not None and child.link == "to" else None

    def _unwilling(self, draft: Draft, clause: Clause, said: tuple[int, int]) -> None:
        """Deny an act that nobody means to do, or turn it into a refusal: of a concession, and of what "no point" is seen in."""
        reject = self.rules.operators["reject"]
        pointless = any(self.view.chunks[i].word in POINTLESS for i in clause.object)
        refuses = pointless or (bool(clause.object) and draft.code[:2] == "08")
        code = reject.apply(self._refined(draft)) if refuses else None
        draft.cue = said
        draft.operators.append(("no-intention", said))
        if code is None:
            draft.negated, draft.planned = True, True
            self._future(draft)
            return
        draft.code, draft.type, draft.negated = code, reject.event_type(code), False
        draft.source = self.roles.phrases(clause.subject) or draft.source
        keys = {w.key for w in draft.source}
        owned = [
            w
            for i in (draft.clause.object if draft.clause is not None else ())
            for w in self.roles.following(i, ("of", "on", "against"))
        ]
        draft.target = [w for w in (*draft.target, *owned) if w.key not in keys]

    def _commanded(self, draft: Draft, operator: Operator, frame: Frame, clause: Clause, end: int) -> bool:
        """Handle an order to one's own people: their act, put into the future, is the act of who gives the order."""
        if operator.name != "demand" or clause.verb.lemma not in COMMANDS or clause.verb.passive:
            return False
        source, own = self.roles.phrases(clause.subject), self.roles.phrases(clause.object)
        lands = {w.country for w in source if w.country}
        if (
            not own
            or not lands
            or not {w.country for w in own} <= lands | {None}
            or own[0].sector not in ("GOV", "MIL", "SPY", None)
        ):
            return False
        draft.source = [*source, *own]
        draft.target = [w for w in draft.target if w.key not in {s.key for s in draft.source}]
        draft.operators.append((frame.id, (clause.verb.head, end + 1)))
        draft.trigger = (min(clause.verb.head, draft.trigger[0]), max(draft.trigger[1], end + 1))
        draft.cue, draft.planned, draft.negated = (
            (clause.verb.head, clause.verb.head + 1),
            True,
            clause.verb.negated,
        )
        draft.clause, draft.at = clause, clause.at
        self._future(draft)
        return True

    def _ahead(self, clause: Clause, via: int) -> bool:
        """Tell whether the verb puts its infinitive ahead: "is to send", "is likely to", "is going to", "expects to"."""
        lower, chunks, lemma = self.view.tokens.lower, self.view.chunks, clause.verb.lemma
        if lemma == "go":
            return lower[clause.verb.head] in PROSPECT
        if lemma != "be" and lemma not in PROSPECT:
            return False
        end = chunks[clause.at + 1].end if clause.at + 1 < len(chunks) else clause.verb.end
        return lemma in PROSPECT or via < 0 or not PROSPECT.isdisjoint(lower[clause.verb.start : end])

    def _must(self, clause: Clause) -> Draft | None:
        """Return the demand in "X said that Y must ...", whatever Y must do."""
        above = clause.parent
        if (
            clause.verb.modal != "must"
            or clause.link != "that"
            or above is None
            or above.verb.lemma not in SPEECH
        ):
            return None
        source, target = self.roles.phrases(above.subject), self.roles.phrases(clause.subject)
        frame = self.rules.generic.get("must")
        private = all(w.sector in ("CVL", "EDU", "BUS", "MED") for w in source)
        if frame is None or private or not target or {w.key for w in source} & {w.key for w in target}:
            return None
        draft = Draft(
            frame, frame.cameo, above, clause.at, (clause.verb.start, clause.verb.head + 1), source, target
        )
        draft.type, draft.reach = frame.type, (clause.verb.start, self.view.reach(clause))
        return draft

    def _of_noun(self, clause: Clause) -> None:
        """Let the noun in front of an infinitive govern its acts: "Hungary's refusal to approve funds angered ..."."""
        view, at = self.view, clause.at - 1
        later = any(c.at > clause.at and c.verb.form == "fin" for c in view.clauses)
        if not later or at < 0 or view.chunks[at].kind != NP:
            return
        word = view.chunks[at].word
        if word in DONE_NOUNS:
            for draft in self.of_clause[clause.at]:
                draft.source = draft.source or self.roles.modifiers(at)  # "X's decision to lift tariffs"
            return
        frames = self.rules.verbs.get(self.rules.nominal.get(word, ""), ())
        frame = next((f for f in frames if f.operator), None)
        for draft in self.of_clause[clause.at]:
            operator = self.rules.operators[frame.operator] if frame is not None else None
            code = operator.apply(self._refined(draft)) if operator is not None else None
            if frame is None or operator is None or code is None:
                draft.purpose = True
                continue
            draft.code, draft.type = code, operator.event_type(code)
            draft.source = self.roles.following(at, ("by",)) or self.roles.modifiers(at)
            draft.operators.append((frame.id, (view.chunks[at].head, view.chunks[at].head + 1)))
            for other in (d for found in self.of_clause.values() for d in found if d.noun == at):
                other.purpose = True  # the refusal as such, which the infinitive tells in full

    def _gerund(self, clause: Clause) -> bool:
        """Tell whether an -ing form is the subject of the next verb: "said that lifting the ban is out of the question"."""
        chunks = self.view.chunks
        if clause.link not in ("adv", "") or (clause.at and chunks[clause.at - 1].kind != SUBORD):
            return False
        later = next((c for c in self.view.clauses if c.at > clause.at and c.verb.form == "fin"), None)
        if later is None:
            return False
        return all(c.kind in (NP, IN, MANNER, TIME) for c in chunks[clause.at + 1 : later.at])

    def _carried(self, clause: Clause, child: Clause) -> bool:
        """Tell whether a verb that governs an act says that it was done: "gathered to protest", "joined X in bombing Y"."""
        if child.link == "ing" and clause.verb.lemma == "join" and child.prep == "in":
            return clause.verb.form == "fin" and not (clause.verb.modal or clause.verb.negated)
        if child.link != "to":
            return False
        if child.verb.lemma in PROTESTING and clause.verb.lemma in GATHERING:
            return True
        done = child.via >= 0 and self.view.chunks[child.via].word in OPERATIONS
        return clause.verb.lemma == "become" or (done and clause.verb.lemma in STARTED)
