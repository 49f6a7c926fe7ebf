"""Who fills one slot of a frame: the subject, the object, a phrase behind a preposition, or one that no grammar names."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from processors.coding.attached import held_by
from processors.coding.chunks import IN
from processors.coding.claims import DOWNED
from processors.coding.envoys import posts
from processors.coding.fitting import Fitting
from processors.coding.grammar import words
from processors.coding.homes import places
from processors.coding.saying import speaker
from processors.coding.striking import attackers, launched
from processors.coding.who import Who, bare
from processors.text.morphology import PRON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft

REACTION = frozenset(("response", "retaliation", "reaction", "reprisal"))
"""What stands behind these is why, and not to whom."""

CIRCUMSTANCE = ("following", "amid", "amidst", "despite", "after", "before")
"""Prepositions behind which stands when or why, and nobody to whom it was done."""

DITRANSITIVE = words("ditransitive")
JUDGING = ("05", "11", "12")
"""Roots of acts on somebody for what he did."""
HELD = ("173", "174", "172")
"""CAMEO codes of what authorities do to people whom they may only count: arrests, expulsions, bans."""
TWO = 2
"""Objects of who gives: "awarded the minister a medal" awards it to the minister."""

_WITHIN = ("by", "of", "from", "with", "against", "on", "to", "for", "in")
"""Prepositions behind a noun phrase that lead to whom it is about, the likeliest first."""


class Slot(Fitting):
    """Finds the actors of one slot."""

    def _slot(self, slot: str, draft: Draft, clause: Clause, *, target: bool = False) -> list[Who]:
        roles = self.roles
        if slot == "subject":
            whos = roles.phrases(clause.subject) if target else roles.doers(clause.subject)
            if not whos and target:
                whos = self._counted(clause.subject, draft) or self._inside(clause.subject, draft)
            return whos
        if slot == "object":
            return self._acted_on(draft, clause)
        if slot == "by":
            return roles.agent(clause)
        if slot in SPECIAL:
            return SPECIAL[slot](self, clause)
        if slot not in roles.prepositions:
            return []
        direct = self._group(slot, clause)
        if slot == "of" and direct and not self._of_object(direct[0], clause):
            direct = []
        whos = roles.phrases(direct)
        if not whos:
            # "a treaty with C was signed", "talks between A and B collapsed"
            own = clause.subject if clause.verb.passive or slot == "between" else ()
            for at in chain(clause.object, own, self._circumstances(clause)):
                whos = roles.following(at, (slot,))
                if whos:
                    break
        if not whos:
            whos = self._inside(direct, draft)
        return whos

    def _acted_on(self, draft: Draft, clause: Clause) -> list[Who]:
        """Return whom the object of the verb names, or else those within it."""
        roles = self.roles
        judged = draft.frame.cameo[:2] in JUDGING and not draft.frame.symmetric
        by = [w for i in clause.object for w in self.whose_doing(i, draft) if w.country] if judged else []
        both = clause.object
        given = clause.verb.lemma in DITRANSITIVE and len(both) == TWO and both[1] == both[0] + 1
        whos = by or (roles.phrases(clause.object[:1]) if given else []) or roles.phrases(clause.object)
        if self._downed(clause):
            whos = whos or launched(roles, clause.object[0])
        elif not self._at_sea(clause, draft):
            keys = {s.key for s in draft.source}
            # "trucks and drones belonging to X" are all X's
            whos = [w for i in clause.object[1:] for w in held_by(roles, i)] or whos
            if all(w.key in keys for w in whos):
                whos = self._counted(clause.object, draft) or self._inside(clause.object, draft)
        return whos

    def whose(self, clause: Clause) -> list[Who]:
        """Return those whose the object is: "a Russian attack", "missiles fired by X", "rockets launched from X"."""
        things = clause.subject if clause.verb.passive else clause.object
        found = [w for at in things for w in self.roles.modifiers(at)]
        for made in () if found else self.view.clauses:
            mine = made.via in things or (made.via < 0 and made.subject[:1] == things[:1])
            if made.link == "mod" and mine and made.verb.form == "part":
                found = self.roles.agent(made) or self.roles.phrases(
                    i for p, i in made.phrases if p == "from"
                )
        return found

    def whose_doing(self, at: int, draft: Draft) -> list[Who]:
        """Return whose doing a noun phrase is: "the murder of X by Y", "a plan put forward by Y"."""
        found = self.roles.following(at, ("by",)) if draft.frame.cameo[:2] == "11" else []
        if found:
            return found
        made = (c for c in self.view.clauses if c.link == "mod" and c.via == at and c.verb.form == "part")
        return [w for c in made for w in self.roles.agent(c)]

    def _of_object(self, at: int, clause: Clause) -> bool:
        """Tell whether an "of" phrase says more of the verb or its object, and not of what stands in a phrase between."""
        noun = at - 2
        return noun <= clause.at or noun in clause.object or noun in clause.subject

    def _counted(self, phrases: list[int], draft: Draft) -> list[Who]:
        """Return those whom the authorities of a country arrest or punish though nobody names them: "arrested two people"."""
        at = phrases[0] if phrases else -1
        if (
            at < 0
            or draft.frame.cameo[:3] not in HELD
            or self.view.chunks[at].word not in self.roles.memory.victims
        ):
            return []
        lands = {w.country for w in draft.source if w.country}
        there = {p for p in places(self.view, self.roles, located=True) if p}
        if len(there) == 1 and all(w.sector == "MIL" for w in draft.source):
            lands = there  # an army abroad detains those who live there
        c, land = self.view.chunks[at], lands.pop() if len(lands) == 1 else None
        name = bare(self.view.slice(c.start, c.end))
        return [Who(name, f"{land or '---'}.CVL", land, "CVL", "nominal", self.view.tokens.start[c.start])]

    def _at_sea(self, clause: Clause, draft: Draft) -> bool:
        """Tell whether a ship was attacked: what is said of it behind is not what was hit."""
        vessels = self.roles.memory.vessels
        return draft.frame.cameo[:2] in ("18", "19") and any(
            self.view.chunks[i].word in vessels for i in clause.object[:1]
        )

    def _settled(self, slot: str, clause: Clause, draft: Draft) -> bool:
        """Tell whether whom an act hit is told though nobody can say who it is: then what stands further on is not hit."""
        if slot == "object":
            return self._downed(clause) or self._at_sea(clause, draft)
        chunks = self.view.chunks
        if slot != "subject" or not clause.verb.passive or not clause.subject:
            return False
        c = chunks[clause.subject[0]]
        return bool(self.view.tags[c.head] & PRON) or c.word in self.roles.memory.vessels

    def _downed(self, clause: Clause) -> bool:
        """Tell whether a weapon was brought down, which is of no land that it flew over: "shot down two drones in Kano"."""
        arms = self.roles.memory.arms
        return clause.verb.lemma in DOWNED and not arms.isdisjoint(self.view.chunk_lemmas(clause.object))

    def _circumstances(self, clause: Clause) -> Iterator[int]:
        """Yield the prepositional phrases of a clause up to that which says why."""
        for prep, i in clause.phrases:
            if prep == "to" and i and self.roles.is_reason(i - 1):
                return
            if prep not in CIRCUMSTANCE:
                yield i

    def _group(self, prep: str, clause: Clause) -> list[int]:
        """Return the first phrase with a preposition, and those joined to it: "with A and B", not "... over C with D"."""
        group: list[int] = []
        for p, i in clause.phrases:
            if self.view.chunks[i].word in REACTION or (p == "to" and i and self.roles.is_reason(i - 1)):
                break
            if p == prep and not group:
                group = [i]
            elif group:
                if p != prep or any(c.kind == IN for c in self.view.chunks[group[-1] : i]):
                    break
                group.append(i)
        return group

    def _inside(self, indices: Iterable[int], draft: Draft) -> list[Who]:
        """Return the first actors within noun phrases or behind them: "the arrest of Turkish journalists"."""
        keys = {s.key for s in draft.source}
        found: list[Who] = []
        for at in indices:
            fresh = [w for w in self.roles.modifiers(at) if w.key not in keys]
            found += fresh or [w for w in self.roles.following(at, _WITHIN) if w.key not in keys]
        return found

    def team(self, clause: Clause) -> list[Who]:
        """Return those who lead the subject: "the team, led by X and Y, will ..."."""
        for other in self.view.clauses:
            if other.at < clause.at and other.verb.form == "part" and other.verb.lemma in ("lead", "head"):
                return self.roles.agent(other)
        return []

    def speaker(self, clause: Clause) -> list[Who]:
        """Return who says so."""
        return speaker(self.roles, clause)


SPECIAL: dict[str, Callable[[Slot, Clause], list[Who]]] = {
    "speaker": Slot.speaker,
    "team": Slot.team,
    "attack": lambda slot, clause: attackers(slot.roles, clause),
    "post": lambda slot, clause: posts(slot.roles, clause.subject if clause.verb.passive else clause.object),
    "surface": lambda slot, clause: slot.roles.phrases(clause.subject),
    "whose": Slot.whose,
    "possessor": lambda slot, clause: [w for at in clause.subject for w in slot.roles.modifiers(at)],
}
"""Slot that are neither subject nor object nor a preposition, and what fills them."""
