"""Nouns that name acts, with the verb that says no more than that it was done, or on their own: "held talks", "after talks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import NP
from processors.coding.grammar import words
from processors.coding.nouns import Nouns

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.frames import Frame

AFTERMATH = words("aftermath")
CLAIMED = words("claimed")
CONDITIONAL = words("conditional")
HARM = words("harm")
HAPPEN = words("happen")
REPORTING = words("reporting")
RUNNING_OUT = words("running_out")
VOID = words("void")
"""What an agreement is called by those who do not hold it valid: that it was made is no news."""


class Light(Nouns):
    """Finds acts of nouns whose verb is a light one, or which have none."""

    def _light_nouns(self, clause: Clause) -> list[Draft]:
        """Return the acts of nouns whose light verb this is: "held talks", "talks took place"; at most one."""
        verb = clause.verb
        if verb.lemma == "have" and self.view.tokens.lower[verb.end : verb.end + 1] == ("yet",):
            return []  # "talks between A and B have yet to begin": the verb behind it says what did not happen
        passive, subjects = verb.passive, [self._core(at) for at in clause.subject]
        named = self._acts(subjects if passive else [self._core(at) for at in clause.object[:2]])
        if not (named or clause.object or passive):
            # "a raid led to the arrest of X"
            named = [
                found
                for prep, i in clause.phrases[:1]
                for found in self._acts([self._core(i)])
                if f"{verb.lemma}_{prep}" in found[1].light
            ]
        happening = [] if passive else self._acts(subjects)
        if named and verb.lemma == "be" and self.view.tokens.lower[verb.start] == "there":
            for at, frame, head in named:
                if frame.cameo[:2] in ("18", "19") and not frame.operator:
                    return [self._as_subject(frame, at, head, clause)]  # "there have been attacks on X"
        keys = {k for k, _ in self.keys(clause)} if named or happening else set()
        for at, frame, head in named:
            if not frame.operator and frame.light & keys and not self._suffers(frame, clause):
                return [self._with_light_verb(frame, at, head, clause)]
        for at, frame, head in happening:
            if self._happens(frame, keys, clause):
                return [self._as_subject(frame, at, head, clause)]
        for at in subjects:
            draft = self._told_by_noun(at, clause)
            if draft is not None:
                draft.weak = True
                draft.hypothetical = clause.verb.modal in CONDITIONAL
                return [draft]
        return []

    def _acts(self, phrases: list[int]) -> list[tuple[int, Frame, int]]:
        """Return the noun frames of some phrases, each with its phrase and the token of its head."""
        return [(at, *found) for at in phrases for found in self._noun_frames(at)]

    def _suffers(self, frame: Frame, clause: Clause) -> bool:
        """Tell whether the verb says what was done to a weapon, not with it: "the missiles were destroyed"."""
        return clause.verb.passive and frame.cameo[:2] == "19" and clause.verb.lemma in HARM

    def _with_light_verb(self, frame: Frame, at: int, head: int, clause: Clause) -> Draft:
        draft = self._from_noun(frame, at, head, clause)
        self._mood_noun(draft, clause)
        subject = self.roles.agent(clause) if clause.verb.passive else self.roles.phrases(clause.subject)
        if clause.verb.lemma in REPORTING:
            subject = []  # who reports a raid did not make it
        if subject:
            keys = {s.key for s in subject}
            rest = [w for w in (*draft.source, *draft.target) if w.key not in keys]
            draft.target = rest if frame.symmetric else draft.target or rest
            draft.source = subject
        if not draft.target and clause.verb.lemma not in CLAIMED:  # where those who claim it are is not hit
            self._fill_rest(draft, clause)
        draft.trigger = min(clause.verb.head, draft.trigger[0]), max(clause.verb.head + 1, draft.trigger[1])
        return draft

    @staticmethod
    def _happens(frame: Frame, keys: set[str], clause: Clause) -> bool:
        """Tell whether the verb says no more than that the act of its subject takes place."""
        if frame.operator or ("be" in keys and not frame.free and "be" not in frame.light):
            return False
        return bool(frame.light & keys or (HAPPEN & keys and not clause.object))

    def _as_subject(self, frame: Frame, at: int, head: int, clause: Clause) -> Draft:
        draft = self._from_noun(frame, at, head, clause)
        self._mood_noun(draft, clause)
        if clause.verb.lemma in ("end", "cease", "stop") and draft.code[:2] in ("18", "19"):
            operator = self.rules.operators["end"]
            code = operator.apply(self._refined(draft))
            if code is not None:
                draft.code, draft.type = code, operator.event_type(code)
        if clause.object and frame.cameo[:2] in ("18", "19"):
            hit = self.roles.phrases(clause.object)
            located = not frame.symmetric and not self.roles.following(at, ("on", "against"))
            people = all(w.sector or w.kind == "person" for w in hit)
            if (located or people) and clause.verb.lemma in HARM and any(w.country for w in hit):
                draft.target = hit  # "a strike in the village killed a commander"
            if not draft.target:
                draft.target = self.roles.phrases(clause.object) or self._inside(clause.object, draft)
        if not draft.target:
            self._fill_rest(draft, clause)
        if clause.verb.modal in CONDITIONAL:
            draft.modal, draft.hypothetical = "", True
        return draft

    def _told_by_noun(self, at: int, clause: Clause) -> Draft | None:
        """Return the act that a subject names in full, whatever its verb: "the agreement between A and B angered C"."""
        end = clause.verb.end
        if clause.verb.lemma in RUNNING_OUT or not VOID.isdisjoint(self.view.tokens.lower[end : end + 3]):
            return None
        nominal = self._nominal(at, clause)
        if nominal is not None and (self._told_in_full(nominal) or self._led_on(nominal, clause)):
            return nominal
        for frame, head in self._noun_frames(at):
            if frame.symmetric and not frame.operator:
                draft = self._from_noun(frame, at, head, clause)
                if len({w.country for w in (*draft.source, *draft.target)} - {None}) > 1:
                    return draft
        return None

    @staticmethod
    def _told_in_full(draft: Draft) -> bool:
        """Tell whether a noun names both sides of its act, or as many as it has: "the killing of X by Y", "fire between A and B"."""
        if not draft.source:
            return draft.frame.symmetric and len({w.country for w in draft.target} - {None}) > 1
        return bool(draft.target) or draft.code[:2] in ("12", "14", "15", "16")

    @staticmethod
    def _led_on(draft: Draft, clause: Clause) -> bool:
        """Tell whether the verb says what the act led to, so that it was done, whoever did it: "the arrest of X sparked protests"."""
        led = clause.verb.lemma in AFTERMATH and draft.code[:2] in ("17", "18", "20")
        return led and any(w.country for w in draft.target)

    def _fill_rest(self, draft: Draft, clause: Clause) -> None:
        keys = {w.key for w in draft.source}
        joint = draft.frame.symmetric and len({w.country for w in draft.source}) > 1
        for slot in draft.frame.target:
            if joint and slot != "with":
                continue  # both sides are known; what follows "in" or "to" is a place
            whos = [w for w in self._slot(slot, draft, clause) if w.key not in keys]
            if whos:
                draft.target = whos
                return

    def _mood_noun(self, draft: Draft, clause: Clause) -> None:
        negated, cue = draft.negated, draft.cue
        self._mood(draft, clause)
        if negated:
            draft.negated, draft.cue = True, cue

    def _free_nouns(self, found: list[Draft]) -> list[Draft]:
        """Return the acts of nouns that stand on their own: "after a phone call with X"."""
        out: list[Draft] = []
        heads = self.rules.noun_heads
        for at, c in enumerate(self.view.chunks):
            if c.word not in heads or c.kind != NP or at in self.used_nouns:
                continue
            frames = self._noun_frames(at)
            if not frames or any(d.noun == at for d in found):
                continue
            for frame, head in frames:
                if not frame.free:
                    continue
                if any(
                    d.type == frame.type and d.clause is not None and at in d.clause.subject for d in found
                ):
                    break  # "a missile strikes a hotel" is one attack
                governor = self.roles.governor(at)
                draft = self._from_noun(frame, at, head, None)
                clause = self._around(at)
                draft.clause = clause
                if (
                    not draft.target
                    and len(draft.source) <= 1
                    and governor not in ("during", "in", "after", "following", "on", "by")
                ):
                    break
                draft.weak = (
                    governor not in ("during", "in", "after", "following", "on", "by") and frame.weight == 0
                )
                out.append(draft)
                break
        return out

    def _around(self, at: int) -> Clause | None:
        """Return the clause that a noun phrase belongs to, or the next one behind an opening phrase."""
        before = [c for c in self.view.clauses if c.at < at and c.verb.form == "fin"]
        if before:
            return before[-1]
        return next((c for c in self.view.clauses if c.verb.form == "fin"), None)
