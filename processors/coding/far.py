"""The other side where no slot of the frame holds it: the first foreign actor behind the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, IN, NP, VG
from processors.coding.clauses import CONDITIONS
from processors.coding.homes import beyond
from processors.coding.sides import Sides
from processors.coding.slot import REACTION
from processors.coding.who import WHERE

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.who import Who

ABSOLUTE = 7
"""Chunks behind ", with" within which stands the verb of those who do something beside the act."""

LIKE = ("like", "unlike")
"""Prepositions behind which stands who does the same, unless they name one of those before them: "countries like X"."""

AMID = ("following", "amid", "despite")
"""Prepositions behind which, after an act of violence, stands what led to it."""

BEING = ("be", "become", "remain")
"""Verbs behind which stands what somebody is."""
WHY = ("over", "amid", "about", "following", "despite")
"""Prepositions of the reason: a state of emergency "over threats from X" is none against X."""

SCENE = ("in", "at", "near", "after", "since", "before", "during", "outside")
"""Prepositions behind which stands where or when it was: who is named there is the target of a hostile act only."""


class Far(Sides):
    """Finds whom an act is directed at beyond the slots of its frame."""

    def _addressee(self, clause: Clause, lands: set[str | None]) -> list[Who]:
        """Return whom a demand is put to: the subject of its clause, "demanded that X leave"."""
        for child in self.view.clauses:
            if child.parent is clause and child.link == "that":
                return [w for w in self.roles.phrases(child.subject) if w.country and w.country not in lands]
        return []

    def _fallback(self, draft: Draft) -> None:
        """Fill an empty target with the first foreign actor behind the trigger, within the same stretch of the sentence."""
        signed = draft.type == "agreement-signed" and len({w.country for w in draft.source}) == 1
        own = self._forces(draft)
        if own and draft.clause is not None:
            self._scan(draft, draft.clause, {w.country for w in draft.source}, set(), own=True)
            draft.target = draft.target or own
            return
        if draft.target or draft.clause is None or not draft.source or (draft.frame.symmetric and not signed):
            return
        if draft.code == "0831" and all(w.kind == "person" for w in draft.source):
            return  # who resigns does so before nobody in particular
        if self._downed(draft.clause) or self._at_sea(draft.clause, draft):
            return
        if draft.type == "talks-inclusion-demanded":
            return  # whom the demand is put to is seldom who is named next
        if draft.type == "ceasefire-violated":
            lands = {w.country for w in draft.source}
            draft.target = [w for w in self.speaker(draft.clause) if w.country and w.country not in lands]
            if draft.target:
                return
        lands = {w.country for w in draft.source}
        trailing = {i for c in self.view.clauses if c.trailing for i in c.subject}
        if draft.code[:2] in ("10", "02"):
            draft.target = self._addressee(draft.clause, lands)
            if draft.target:
                return
        self._scan(draft, draft.clause, lands, trailing)
        if not draft.target and draft.code[:2] in ("13", "17", "18", "19"):
            draft.target = self._warned(draft.clause, lands)

    def _warned(self, clause: Clause, lands: set[str | None]) -> list[Who]:
        """Return whose act an act depends on: "said that if X attacked, it would close the border" is aimed at X."""
        above, opens = clause.parent, self.view.chunks[0].word in CONDITIONS
        for c in self.view.clauses:
            beside = c.parent is clause or c is above or (above is not None and c.parent is above)
            if (c.link in CONDITIONS and beside) or (opens and c is self.view.clauses[0] and c is not clause):
                return [w for w in self.roles.doers(c.subject) if w.country and w.country not in lands]
        return []

    def _forces(self, draft: Draft) -> list[Who]:
        """Return the target if it is no more than the forces of the source that it sends, and take it away."""
        lands, target = {w.country for w in draft.source if w.country}, draft.target
        if draft.clause is None or not target or draft.code[:2] in ("10", "13", "14", "17", "18", "19"):
            return []
        if any(w.country not in lands or w.sector != "MIL" or w.kind != "nominal" for w in target):
            return []
        draft.target = []
        return target

    def _scan(
        self, draft: Draft, clause: Clause, lands: set[str | None], trailing: set[int], *, own: bool = False
    ) -> None:
        """Take the first foreign actor behind the verb; one at a place only where the act is hostile."""
        later: list[Who] = []
        chunks = self.view.chunks
        told = False  # within "according to X and Y", "as the dawn of X"
        for at in range(clause.at + 1, len(chunks)):
            c = chunks[at]
            if c.start >= draft.reach[1] or self._stops(draft, at):
                break
            told = c.word in ("according", "as") or (told and c.kind != COMMA)
            talks = c.word in self.roles.memory.parleys and not c.actors  # "talks in X" are nobody's
            if c.kind != NP or at in trailing or told or talks or self._is_no_side(draft, at):
                continue
            whos = [w for w in self.roles.phrase(at) if w.country and w.country not in lands]
            if whos and draft.code[:2] in ("18", "19") and beyond(self.view, whos[0].at):
                continue
            if draft.code[:2] == "17" and self.roles.governor(at) in WHY:
                break
            if draft.code[:2] == "07" and self.roles.governor(at) == "from":
                continue  # whom it comes from gets no aid
            if not whos:
                continue
            if self.roles.governor(at) in SCENE:
                later = later or whos[:1]
            else:
                pair = self.roles.governor(at) == "between"
                draft.target, draft.far = whos[:1] + (self._other_of(at) if pair else []), True
                return
        if draft.code[:2] == "14":
            later = [w for w in later if w.kind not in WHERE]  # where they march is not against whom
        if later and (own or draft.code[:2] in ("13", "14", "15", "17", "18", "19")):
            draft.target, draft.far = later, True

    def _stops(self, draft: Draft, at: int) -> bool:
        """Tell whether from a chunk on no more is told of to whom it was done: of who somebody is, why, or what others do."""
        chunks, root = self.view.chunks, draft.code[:2]
        c = chunks[at]
        if c.kind == VG:
            # "arrested a man suspected of spying for X"
            return c.form in ("part", "ing", "inf") and root == "17"
        if c.kind == NP:
            return c.word in REACTION  # "moved soldiers to the island in response to threats from X"
        if c.kind != IN:
            return False
        if c.word == "with" and chunks[at - 1].kind == COMMA:  # ", with Ann Ray of X calling it a coup"
            verb = next((b for b in chunks[at + 1 : at + ABSOLUTE] if b.kind in (VG, COMMA)), None)
            return verb is not None and verb.form == "ing"
        return c.word in AMID and root in ("17", "18", "19")  # "shot a man following a clash with police"

    def _is_no_side(self, draft: Draft, at: int) -> bool:
        """Tell whether a noun phrase is part of the verb ("take part") or what somebody is ("becoming the first Nordic country")."""
        chunks = self.view.chunks
        before = chunks[at - 1]
        if before.word in LIKE:
            return chunks[at - 2].word not in self.roles.memory.collective
        of_verb = draft.noun < 0 and chunks[at].end <= draft.trigger[1]
        return of_verb or (before.kind == VG and before.lemma in BEING)

    def _other_of(self, at: int) -> list[Who]:
        """Return the second of two that "between" joins."""
        chunks = self.view.chunks
        joined = at + 2 < len(chunks) and chunks[at + 1].kind == AND and chunks[at + 2].kind == NP
        return [w for w in self.roles.phrase(at + 2) if w.country] if joined else []
