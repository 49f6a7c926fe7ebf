"""Frames against one sentence: which fire, on which verb or noun, and what governing words make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.adjectives import COPULAS, Adjectives
from processors.coding.foreground import foreground, once, stands
from processors.coding.governing import said_in
from processors.coding.grammar import words
from processors.coding.mishaps import is_mishap

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft

COMMANDS = words("commands")
NEVER_IDLE = COMMANDS | {"be"}
"""Verbs that make an act of what the object of an order is done, or as which a verb counts that is left out."""
CLAIMED = words("claimed")
OPERATIONS = words("operations")
ANSWERED = words("answered")
FOUND = words("found_to")
TRANSPARENT = words("transparent")
UNREAL = words("unreal")

CONTENT = frozenset(
    (
        "of",
        "from",
        "for",
        "about",
        "against",
        "at",
        "in",
        "into",
        "with",
        "to",
        "on",
        "including",
        "without",
        "toward",
        "towards",
    )
)
"""Prepositions before a gerund that is content, not circumstance: "accused of sending"."""


def _housekeeping(draft: Draft) -> bool:
    """Tell whether it is an order within one government, of which no frame knows what is to be done."""
    if draft.type != "demand-made" or draft.operators or draft.clause is None:
        return False
    lands = {w.country for w in draft.source} | {w.country for w in draft.target}
    sectors = {w.sector for w in (*draft.source, *draft.target)}
    official = bool(draft.target) and sectors <= {"GOV", "MIL", "SPY", "LAB"} and "GOV" in sectors
    return draft.clause.verb.lemma in COMMANDS and official and len(lands - {None}) == 1


class Matcher(Adjectives):
    """Matches all frames on one sentence."""

    def drafts(self) -> list[Draft]:
        """Return the events of the sentence in the order of their triggers."""
        view = self.view
        children: dict[int, list[Clause]] = {}
        for clause in view.clauses:
            self._written(clause)
            self._outcome(clause)
            self._casualties(clause)
            if clause.parent is not None and clause.link in ("to", "ing", "that", "mod"):
                children.setdefault(clause.parent.at, []).append(clause)
        for clause in reversed(view.clauses):
            drafts = self.of_clause[clause.at] = self._clause(clause, children.get(clause.at, []))
            if drafts and clause.verb.form == "inf" and clause.parent is None:
                self._of_noun(clause)
            if drafts and clause.verb.form == "ing" and self._gerund(clause):
                for draft in drafts:
                    draft.purpose = True
        found = [
            d
            for clause in view.clauses
            for d in self.of_clause[clause.at]
            if not d.purpose and stands(d) and not _housekeeping(d)
        ]
        if found:
            found = [d for d in {id(d): d for d in found}.values() if not is_mishap(d, view, self.rules.sets)]
            found = once(foreground(found))
        if self.verbs_alone is None:
            found += self._free_nouns(found)
        return sorted(found, key=lambda d: (d.trigger, d.code))

    def _written(self, clause: Clause) -> None:
        """Let a participle that says what a text holds speak for its sender: "sent a letter threatening to ..."."""
        above = clause.parent
        if (
            clause.link == "mod"
            and clause.verb.form == "ing"
            and above is not None
            and not self.rules.sets["text"].isdisjoint(self.view.chunk_lemmas(self._texts(above)))
            and (clause.via in self._texts(above) or self._governs(clause))
        ):
            clause.link, clause.subject = "adv", list(above.subject)

    @staticmethod
    def _texts(clause: Clause) -> list[int]:
        """Return what may be a text that speaks for who made it: the object, or what a vote is for."""
        return [i for _, i in clause.phrases] if clause.verb.lemma == "vote" else clause.object

    def _outcome(self, clause: Clause) -> None:
        """Let a relative clause that tells what came of an operation or an offer be news: "an operation that killed 40 militants"."""
        above = clause.parent
        if clause.link != "rel" or above is None or len(clause.subject) != 1:
            return
        word, sets = self.view.chunks[clause.subject[0]].word, self.rules.sets
        if word in OPERATIONS and clause.subject[0] in above.object and clause.verb.lemma in sets["casualty"]:
            clause.link, clause.subject = "co", list(above.subject)
        elif word in sets["proposal"] and clause.verb.passive and clause.verb.lemma in ANSWERED:
            clause.link = "co"

    def _governs(self, clause: Clause) -> bool:
        """Tell whether the verb is one that makes something of another act: "threatening to ..."."""
        return any(frame.operator for frame in self.rules.verbs.get(clause.verb.lemma, ()))

    def _gapped(self, clause: Clause) -> bool:
        """Tell whether the verb shares the auxiliary of the one before: "five were killed and nine injured"."""
        above, casualty = clause.parent, self.rules.sets["casualty"]
        return (
            above is not None
            and above.verb.passive
            and not clause.verb.passive
            and clause.verb.past
            and not clause.object
            and above.verb.lemma in casualty
            and clause.verb.lemma in casualty | self.rules.sets["taken"]
        )

    def _casualties(self, clause: Clause) -> None:
        """Let the dead share the circumstances of the wounded: "five were killed and nine were injured in an attack"."""
        above = clause.parent
        if above is None or not above.verb.passive or clause.link not in ("and", "co", ""):
            return
        casualty = self.rules.sets["casualty"]
        inserted = next((i for p, i in above.phrases if p == "including"), clause.at)
        if self._gapped(clause):
            clause.verb.passive = True
        if (
            clause.subject
            and clause.verb.passive
            and not any(i < min(clause.subject[0], inserted) for _, i in above.phrases)
            and {clause.verb.lemma, above.verb.lemma} <= casualty
            and not set(above.subject) & set(clause.subject)
        ):
            clause.subject = [*above.subject, *clause.subject]

    def _clause(self, clause: Clause, children: list[Clause]) -> list[Draft]:
        inner = [
            d for child in children for d in self.of_clause[child.at] if child.link in ("to", "ing", "that")
        ]
        if not inner:
            return [] if self._is_idle(clause) else self._own(clause, children, inner)
        before = {id(d): len(d.operators) for d in inner}
        own = self._own(clause, children, inner)
        for draft in inner:
            if (
                len(draft.operators) == before[id(draft)]
                and draft.clause is not None
                and draft.clause.parent is clause
                and (not draft.planned or draft.clause.prep in CONTENT)
            ):
                if draft.clause.link == "to" and clause.verb.passive and clause.verb.lemma in FOUND:
                    continue
                if draft.doubted or self._carried(clause, draft.clause):
                    draft.purpose = draft.type == "protest-held" and any(d.type == draft.type for d in own)
                    continue  # "sat down on the road to protest" is one protest
                if said_in(draft, clause):
                    draft.source = self.roles.phrases(clause.subject)
                    draft.target = self.roles.phrases(clause.object) or draft.target
                    continue
                if draft.clause.verb.perfect and clause.verb.lemma in CLAIMED:
                    continue
                if (
                    draft.clause.link == "to"
                    and (clause.verb.lemma not in TRANSPARENT or draft.clause.via >= 0)
                ) or (
                    draft.clause.link == "ing"
                    and (draft.clause.prep in CONTENT or clause.verb.lemma in UNREAL)
                    and (clause.verb.lemma not in TRANSPARENT or draft.clause.via >= 0)
                ):
                    draft.purpose = True
        return own

    def _is_idle(self, clause: Clause) -> bool:
        """Tell whether neither its verb nor a noun can make an act of a clause that governs none."""
        verbs, lemma = self.verbs_alone, clause.verb.lemma
        return verbs is not None and lemma not in verbs and lemma not in NEVER_IDLE

    def _by_noun(self, clause: Clause) -> list[Draft]:
        """Return the acts of nouns whose light verb that of the clause is."""
        return self._light_nouns(clause) if self.verbs_alone is None else []

    def _own(self, clause: Clause, children: list[Clause], inner: list[Draft]) -> list[Draft]:
        told = bool(inner) or self.verbs_alone is None  # an adjective on its own is no verb
        if told and clause.verb.lemma in COPULAS and not clause.verb.passive:
            own = self._adjective(clause, children)
            if own:
                return own
        best, operator, end = self._best(clause)
        if operator is not None and clause.verb.lemma in COMMANDS:
            ordered = self._ordered(clause, children)
            if ordered:
                return ordered
        if best is None and operator is None:
            demand = self._must(clause)
            if demand is not None:
                return [demand]
            return self._aspect(clause, inner) + self._by_noun(clause)
        if operator is not None and (best is None or best.weight < 3):  # noqa: PLR2004 - an object of its own
            result = self._operate(clause, operator, inner, end, best)
            if result is not None:
                return result
        if best is None:
            light = self._by_noun(clause)
            if light:
                return light
            if (
                operator is not None
                and operator.operator == "announce"
                and not self._announces_nothing(clause)
            ):
                self._aspect(clause, inner)  # "announced its intention to withdraw"
            if operator is not None:
                return self._otherwise(clause, operator, children, end)
            return []
        draft = self._from_frame(best, clause, end)
        demanded = [c for c in children if c.link == "that"] if best.type == "demand-made" else []
        if demanded:
            near, draft.reach = draft.reach, (draft.reach[0], self.view.reach(demanded[0]))
            draft.code = self._refined(draft)  # what is demanded is told behind "that"
            draft.reach = near
        light = [] if best.weight >= 3 else self._by_noun(clause)  # noqa: PLR2004
        return light or [draft]

    def _announces_nothing(self, clause: Clause) -> bool:
        """Tell whether no plan was announced: "did not announce a plan to", "has not, so far, announced any plans to"."""
        view = self.view
        first = {view.tokens.lower[view.chunks[i].start] for i in clause.object}
        return clause.verb.negated or not first.isdisjoint(("any", "no"))

    def _ordered(self, clause: Clause, children: list[Clause]) -> list[Draft]:
        """Return the acts that an order names as things or as done: "ordered the arrest of", "ordered three activists jailed"."""
        done = self._had_done(clause, children) or self._by_noun(clause)
        if done or any(c.via < 0 or c.via in clause.object for c in children):
            return done
        ordered = [d for d in self._noun_acts(clause) if d.at in clause.object]
        for draft in ordered:
            draft.source = self.roles.phrases(clause.subject) or draft.source
            draft.target = [w for w in draft.target if w.key not in {s.key for s in draft.source}]
        return ordered

    def _had_done(self, clause: Clause, children: list[Clause]) -> list[Draft]:
        """Return the acts that somebody has done to the object: "ordered three activists jailed"."""
        done = [
            d
            for child in children
            if child.link == "mod"
            and child.verb.passive
            and child.via in clause.object[-1:]
            and child.at == child.via + 1
            for d in self.of_clause[child.at]
            if not d.source
        ]
        for draft in done:
            draft.source, draft.clause = self.roles.phrases(clause.subject), clause
            draft.target = [w for w in draft.target if w.key not in {s.key for s in draft.source}]
        return done

    def doers(self, draft: Draft) -> frozenset[str]:
        """Return the words for those who may do such an act though no actor is named; weapons do harm by themselves."""
        return self.rules.sets["harmful" if draft.code[:2] in ("18", "19") else "violence_victim"]
