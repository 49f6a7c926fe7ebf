"""Acts that an adjective tells behind a verb which says no more than that it is so: "is willing to withdraw", "are critical of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import NP
from processors.coding.draft import Draft
from processors.coding.finishing import Finishing

if TYPE_CHECKING:
    from processors.coding.clauses import Clause

COPULAS = frozenset("be remain seem stand call deem consider become".split())
"""Verbs behind which an adjective may be a trigger."""


class Adjectives(Finishing):
    """Matches the frames of adjectives."""

    def _adjective(self, clause: Clause, children: list[Clause]) -> list[Draft]:
        view = self.view
        words = clause.object or (
            [clause.at + 1]
            if clause.at + 1 < len(view.chunks) and view.chunks[clause.at + 1].kind == NP
            else []
        )
        for at in map(self._one_of, words[:1]):
            c = view.chunks[at]
            for i in range(c.start, c.end):
                for frame in self.rules.adjectives.get(view.tokens.lower[i], ()):
                    if frame.operator:
                        inner = [
                            d for child in children for d in self.of_clause[child.at] if child.link == "to"
                        ]
                        result = self._operate(clause, frame, inner, i, None)
                        if result is None and any(ch.link == "to" for ch in children):
                            result = self._otherwise(clause, frame, children, i)
                        return result or []
                    told = (
                        clause.verb.negated
                        if frame.voice == "negated"
                        else self.voice_fits(frame.voice, clause)
                    )
                    if not told:
                        continue
                    if frame.subject and not frame.subject & view.chunk_lemmas(clause.subject):
                        continue
                    if not (self.phrases_fit(frame, clause) and self.neighbours_fit(frame, clause)):
                        continue
                    draft = self._from_frame(frame, clause, i)
                    draft.trigger = (i, i + 1)
                    if frame.voice == "negated":
                        draft.negated = False
                    return self._split(draft, clause)
        return []

    def _one_of(self, at: int) -> int:
        """Return the phrase that says what "one of" it is."""
        chunks = self.view.chunks
        few = chunks[at].word in ("one", "among") and at + 2 < len(chunks) and chunks[at + 1].word == "of"
        return at + 2 if few and chunks[at + 2].kind == NP else at

    def _split(self, draft: Draft, clause: Clause) -> list[Draft]:
        """Return one draft for each goal of the subject: "its aim to do X and join Y is unrealistic"."""
        if not draft.frame.split:
            return [draft]
        goals = [
            c
            for c in self.view.clauses
            if c.at < clause.at and c.verb.form in ("inf", "fin") and c.at > (clause.subject or [0])[0]
        ]
        found = []
        for goal in goals:
            last = min(goal.end, clause.at)
            while last > goal.at + 1 and self.view.chunks[last - 1].kind != NP:
                last -= 1
            text = self.view.slice(goal.verb.head, self.view.chunks[last - 1].end)
            copy = Draft(
                draft.frame,
                draft.code,
                draft.clause,
                draft.at,
                draft.trigger,
                list(draft.source),
                list(draft.target),
            )
            copy.type, copy.reach, copy.object, copy.cue = draft.type, draft.reach, text, draft.cue
            found.append(copy)
        return found or [draft]
