"""Acts that nouns name: talks, a prisoner swap, the suspension of aid; with light verbs or on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, NP, Chunk
from processors.coding.clauses import Clause
from processors.coding.draft import Draft
from processors.coding.grammar import words
from processors.coding.slots import Slots
from processors.coding.striking import conducted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.frames import Frame
    from processors.coding.who import Who

CONDITIONAL = words("conditional")
HARM = words("harm")
HAPPEN = words("happen")
NOUN_PREPOSITIONS = frozenset(("of", "for", "to", "on", "against", "into", "from", "about", "in", ""))
"""Prepositions behind a governing verb that lead to the act it governs: "called for the release"."""


class Nouns(Slots):
    """Finds acts that nouns name."""

    def _core(self, at: int) -> int:
        """Return the noun phrase that counts: "talks" of "a second day of talks"."""
        chunks = self.view.chunks
        if (
            chunks[at].word in self.rules.sets.get("measure", ())
            and at + 2 < len(chunks)
            and chunks[at + 1].word == "of"
            and chunks[at + 2].kind == NP
        ):
            return at + 2
        return at

    def _noun_frames(self, at: int) -> list[tuple[Frame, int]]:
        """Return the noun frames whose trigger heads the phrase at `at`, with the token of the head."""
        found = self._named.get(at)
        if found is None:
            found = self._named[at] = self._find_frames(at)
        return found

    def _find_frames(self, at: int) -> list[tuple[Frame, int]]:
        view = self.view
        c = view.chunks[at]
        head = c.head
        lemma = view.tokens.word[head].noun or view.tokens.lower[head]
        nouns = self.rules.nouns
        frames: Sequence[Frame] = nouns.get(lemma, ())
        if head > c.start:
            frames = (*nouns.get(f"{view.tokens.lower[head - 1]}_{lemma}", ()), *frames)
        if not frames:
            return []
        words = view.lemmas(c.start, c.end)
        found = []
        for frame in frames:
            if frame.modifier and not frame.modifier & words:
                continue
            if frame.not_near and frame.not_near & words:
                continue
            if frame.prep_object and not self._behind_fits(frame, at):
                continue
            found.append((frame, head))
        return found

    def _behind_fits(self, frame: Frame, at: int) -> bool:
        """Tell whether the phrases behind a noun hold a word that the frame asks for: "withdrawal from the court"."""
        behind = [i for p, i in self.roles.behind(at) if not frame.prep or p in frame.prep]
        return bool(frame.prep_object & self.view.chunk_lemmas(behind))

    def _noun_acts(self, clause: Clause, *, ending: bool = False) -> list[Draft]:
        """Return the acts that the object phrase of a clause names: "demanded the release of X"."""
        chain = [
            *clause.object,
            *(i for p, i in clause.phrases if p in NOUN_PREPOSITIONS and (p != "in" or not clause.object)),
        ]
        if clause.verb.passive:
            chain = [*clause.subject, *chain]
        for at in map(self._core, chain[:4]):
            for frame, head in self._noun_frames(at):
                if frame.operator:
                    if frame.operator == "end":
                        deeper = [
                            (f, h, i)
                            for _, i in self.roles.behind(at)[:2]
                            for f, h in self._noun_frames(i)
                            if not f.operator
                        ]
                        for f, h, i in deeper:
                            draft = self._from_noun(f, i, h, clause)
                            code = self.rules.operators["end"].apply(self._refined(draft))
                            if code:
                                draft.code, draft.type = code, self.rules.operators["end"].event_type(code)
                                draft.trigger = (head, h + 1)
                                return [draft]
                    continue
                if frame.voice == "inner" and ending:
                    continue
                return [self._from_noun(frame, at, head, clause)]
            nominal = self._nominal(at, clause)
            if nominal is not None:
                return [nominal]
        return []

    def _nominal(self, at: int, clause: Clause) -> Draft | None:
        """Return the act of a noun made from a verb: "the suspension of aid to X" is read as "suspend aid to X"."""
        view = self.view
        c = view.chunks[at]
        lemma = view.tokens.word[c.head].noun or view.tokens.lower[c.head]
        verb = self.rules.nominal.get(lemma)
        if verb is None:
            return None
        behind = self.roles.behind(at)
        pseudo = Clause(Chunk(1, c.start, c.head + 1, c.head, lemma=verb, form="ing"), at)
        pseudo.object = [i for p, i in behind if p == "of"]
        pseudo.phrases = [(p, i) for p, i in behind if p != "of"]
        pseudo.end = max([i for _, i in behind], default=at) + 1
        best, operator, _ = self._best(pseudo)
        draft: Draft | None = None
        if operator is not None and (best is None or best.weight < 3):  # noqa: PLR2004
            acts = self._noun_acts(pseudo, ending=operator.operator == "end")
            if acts:
                draft = acts[0]
                code = self.rules.operators[operator.operator].apply(self._refined(draft))
                if code is None:
                    return None
                draft.code, draft.type = code, self.rules.operators[operator.operator].event_type(code)
                draft.operators.append((operator.id, (c.head, c.head + 1)))
        if draft is None:
            if best is None:
                return None
            draft = self._from_frame(best, pseudo, c.head)
        draft.clause, draft.noun = clause, at
        draft.source = self.roles.following(at, ("by",)) or self.roles.modifiers(at)
        if (
            not draft.source
            and clause.verb.passive
            and clause.verb.lemma in ("announce", "order", "confirm", "declare")
        ):
            draft.source = self.roles.agent(clause)
        if not draft.source and (draft.operators or best is None or best.cameo[:2] == "07"):
            draft.source = [w for i in pseudo.object[:1] for w in self.roles.modifiers(i)]
        keys = {w.key for w in draft.source}
        draft.target = [w for w in draft.target if w.key not in keys]
        draft.trigger = (c.head, c.head + 1)
        draft.negated, draft.modal, draft.cue = False, "", None
        return draft

    def _from_noun(self, frame: Frame, at: int, head: int, clause: Clause | None) -> Draft:
        view, roles = self.view, self.roles
        c = view.chunks[at]
        first = (
            head - 1
            if head > c.start
            and f"{view.tokens.lower[head - 1]}_{view.tokens.word[head].noun}" in frame.lemmas
            else head
        )
        draft = Draft(frame, frame.cameo, clause, at, (first, head + 1), noun=at)
        draft.type = frame.type
        draft.reach = (c.start, min(len(view.tokens), c.end + 25))
        if clause is not None:
            draft.reach = (c.start, max(c.end, view.reach(clause)))
        self.used_nouns.add(at)
        modifiers = roles.modifiers(at)
        by = roles.following(at, ("by",))
        whos = roles.following(at, frame.target)
        if frame.symmetric:
            draft.source = modifiers or by
            draft.target = [w for w in whos if w.key not in {m.key for m in draft.source}]
        else:
            draft.source = by or modifiers or self._launched(at)
            if not draft.source and frame.source != ("subject",):
                draft.source = roles.following(at, frame.source)
            draft.target = [w for w in whos if w.key not in {m.key for m in draft.source}]
        if view.tokens.lower[c.start] == "no":
            draft.negated, draft.cue = True, (c.start, c.start + 1)
        return draft

    def _launched(self, at: int) -> list[Who]:
        """Return whose attack a bare noun is: "Kenyan gunfire and air strikes", "a rocket launched from Chad"."""
        chunks = self.view.chunks
        if chunks[at].word not in self.rules.sets["strikes"]:
            return []
        by = conducted(self.roles, at)
        if by:
            return by
        for clause in self.view.clauses:
            if clause.link == "mod" and at in clause.subject and clause.verb.lemma in ("launch", "fire"):
                return self.roles.phrases(i for p, i in clause.phrases if p == "from")
        joined = at > 1 and chunks[at - 1].kind == AND and chunks[at - 2].kind == NP
        if joined and chunks[at - 2].word in self.rules.sets["strikes"]:
            return self.roles.modifiers(at - 2)
        return [w for w in self.roles.following(at, ("from",)) if w.country]  # "an attack from Chad"

    def _light_nouns(self, clause: Clause) -> list[Draft]:
        """Return the acts of nouns whose light verb this is: "held talks", "talks took place"; at most one."""
        things = clause.object[:2] if not clause.verb.passive else clause.subject
        named = [(at, *found) for at in map(self._core, things) for found in self._noun_frames(at)]
        doing = clause.subject if not clause.verb.passive else []
        happening = [(at, *found) for at in map(self._core, doing) for found in self._noun_frames(at)]
        keys = {k for k, _ in self.keys(clause)} if named or happening else set()
        for at, frame, head in named:
            if not frame.operator and frame.light & keys and not self._suffers(frame, clause):
                return [self._with_light_verb(frame, at, head, clause)]
        for at, frame, head in happening:
            if self._happens(frame, keys, clause):
                return [self._as_subject(frame, at, head, clause)]
        for at in map(self._core, clause.subject):
            draft = self._told_by_noun(at, clause)
            if draft is not None:
                draft.weak = True
                draft.hypothetical = clause.verb.modal in CONDITIONAL
                return [draft]
        return []

    def _suffers(self, frame: Frame, clause: Clause) -> bool:
        """Tell whether the verb says what was done to a weapon, not with it: "the missiles were destroyed"."""
        return clause.verb.passive and frame.cameo[:2] == "19" and clause.verb.lemma in HARM

    def _with_light_verb(self, frame: Frame, at: int, head: int, clause: Clause) -> Draft:
        draft = self._from_noun(frame, at, head, clause)
        self._mood_noun(draft, clause)
        subject = self.roles.agent(clause) if clause.verb.passive else self.roles.phrases(clause.subject)
        if subject:
            keys = {s.key for s in subject}
            rest = [w for w in (*draft.source, *draft.target) if w.key not in keys]
            draft.target = rest if frame.symmetric else draft.target or rest
            draft.source = subject
        if not draft.target:
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
            if located and clause.verb.lemma in HARM and any(w.country for w in hit):
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
        nominal = self._nominal(at, clause)
        if (
            nominal is not None
            and nominal.source
            and (nominal.target or nominal.code[:2] in ("12", "14", "15", "16"))
        ):
            return nominal
        for frame, head in self._noun_frames(at):
            if frame.symmetric and not frame.operator:
                draft = self._from_noun(frame, at, head, clause)
                if len({w.country for w in (*draft.source, *draft.target)} - {None}) > 1:
                    return draft
        return None

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
        for at, c in enumerate(self.view.chunks):
            frames = self._noun_frames(at) if c.kind == NP and at not in self.used_nouns else ()
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
