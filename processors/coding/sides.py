"""Source and target of a draft, from the slots that its frame names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.draft import Draft
from processors.coding.homes import beyond
from processors.coding.loosely import holds
from processors.coding.slot import Slot
from processors.coding.striking import launched
from processors.coding.unreal import NOBODY
from processors.coding.who import GROUND, Who, without

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.frames import Frame

OUTWARD = ("01", "02", "03", "04", "055", "06", "07", "087", "10", "11", "12", "16")
"""CAMEO codes of what the officials of a state do to others."""

BLOCKING = "191"
"""CAMEO code of blockades and closed borders."""

ANYBODY = ("whoever", "anyone", "anybody")
"""Words for those who may come to do something: "whoever attacks us will pay"."""

NEAR = 12
"""Tokens between subject and verb up to which the words of the subject refine the code."""


class Sides(Slot):
    """Fills source and target."""

    def _from_frame(self, frame: Frame, clause: Clause, end: int) -> Draft:
        verb = clause.verb
        draft = Draft(frame, frame.cameo, clause, clause.at, (verb.head, max(end, verb.head) + 1))
        draft.type = frame.type
        first = min((self.view.chunks[i].start for i in clause.subject), default=verb.start)
        draft.reach = (
            first if verb.start - first < NEAR and first < verb.start else verb.start,
            self.view.reach((self.shared(clause) or [clause])[-1]),
        )
        self._mood(draft, clause)
        self._fill(draft, clause)
        if not draft.source and frame.cameo[:2] in ("18", "19"):
            self._planted(draft, clause)
        self.used_nouns.update(clause.object)
        return draft

    def _planted(self, draft: Draft, clause: Clause) -> None:
        """Let who planted or fired it be who kills with it: "a bomb planted by X killed Y"."""
        if clause.subject and not clause.verb.passive:
            at = clause.subject[0]
            draft.source = launched(self.roles, at)
            if not draft.source and self.view.chunks[at].word == "shrapnel":
                of = [i for p, i in self.roles.behind(at) if p in ("from", "of")]
                # "shrapnel from a Chadian shell"
                draft.source = [w for i in of for w in self.roles.modifiers(i)]
            draft.target = without(draft.target, draft.source)

    def _mood(self, draft: Draft, clause: Clause) -> None:
        verb = clause.verb
        draft.negated = verb.negated
        draft.modal = verb.modal
        draft.cue = verb.cue
        named = clause.subject if verb.passive else (*clause.subject, *clause.object)
        nobody = next((at for i in named if (at := self._nobody(self.view.chunks[i].start)) >= 0), -1)
        if nobody >= 0:
            draft.negated, draft.cue = True, (nobody, nobody + 1)
        if draft.frame.voice == "willnot":
            draft.negated, draft.modal = False, ""
        anybody = any(self.view.tokens.lower[self.view.chunks[i].start] in ANYBODY for i in clause.subject)
        if anybody or clause.link in ("if", "unless", "whether"):
            draft.hypothetical = True

    def _nobody(self, first: int) -> int:
        """Return the word by which a noun phrase that begins at a token names nobody: "neither side", "no official"; else -1."""
        lower = self.view.tokens.lower
        if lower[first] in NOBODY and lower[first + 1 : first + 2] not in (("fewer",), ("less",), ("other",)):
            return first
        return first - 1 if first and lower[first - 1] == "neither" else -1  # "neither A nor B"

    def _fill(self, draft: Draft, clause: Clause) -> None:
        """Fill source and target of a draft from the slots that its frame names."""
        frame = draft.frame
        for slot in frame.source:
            if draft.source and frame.source[0] in ("from", "by"):
                break
            if slot == "subject" and clause.verb.passive:
                draft.source += self.roles.agent(clause)
            else:
                # who died "in a raid near Chad" was not raided by Chad
                where = GROUND if slot == "in" and frame.cameo[:2] in ("18", "19") else ()
                draft.source += [w for w in self._slot(slot, draft, clause) if w.kind not in where]
        slots = frame.target
        if clause.verb.passive and "subject" not in slots:
            slots = tuple("subject" if s == "object" else s for s in slots)
            slots = slots if "subject" in slots else (*slots, "subject")
        keys = {s.key for s in draft.source}
        lands = {s.country for s in draft.source if s.country}
        own: list[Who] = []
        official = all(w.sector in ("GOV", "MIL") for w in draft.source)
        for slot in slots:
            whos = [
                w
                for w in self._slot(slot, draft, clause, target=True)
                if w.key not in keys and not (frame.cameo[:2] == "06" and _headcount(w))
            ]
            # A border "with X" is closed to X
            if whos and frame.cameo[:2] in ("18", "19") and frame.cameo != BLOCKING:
                whos = [w for w in whos if not beyond(self.view, w.at)]
            if not whos and draft.source and self._settled(slot, clause, draft):
                break
            if not whos:
                continue
            if frame.cameo[:2] not in ("18", "19") and all(
                w.country in lands and w.sector in (None, "MIL", "GOV") and w.kind in ("nominal", "adjective")
                for w in whos
            ):
                own = own or whos  # "its troops" are what is sent, not to whom
                continue
            if (
                official
                and frame.cameo.startswith(OUTWARD)
                and all(w.kind == "state" and w.country in lands for w in whos)
            ):
                continue  # a minister who apologises for what his state did apologises to others
            draft.target = whos
            break
        else:
            draft.target = own
        above = clause.parent
        if frame.cameo[:2] == "07" and clause.link == "ing" and clause.prep == "by" and above is not None:
            helped = [w for w in self.roles.phrases(above.object) if w.country]
            if helped and not any(p == "to" for p, _ in clause.phrases):
                draft.target = without(helped, draft.source)  # "supports the navy by providing drones"

    def _refined(self, draft: Draft) -> str:
        code = draft.code
        for _ in range(3):
            if code not in self.rules.finer or not holds(self.view, self.rules.finer[code], *draft.reach):
                return code
            words = self.view.lemmas(*draft.reach)
            fit = next(r for r in self.rules.refinements[code] if not r.words.isdisjoint(words))
            code = fit.to
            if fit.type and not draft.operators:
                draft.type = fit.type
        return code


def _headcount(who: Who) -> bool:
    """Tell whether troops are only counted: "exercises with 90,000 troops" are with nobody."""
    return who.sector == "MIL" and not who.country and who.name[:1].isdigit()
