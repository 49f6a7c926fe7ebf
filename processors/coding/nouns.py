"""Acts that nouns name: talks, a prisoner swap, the suspension of aid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import NP, Chunk
from processors.coding.clauses import Clause
from processors.coding.draft import Draft
from processors.coding.far import Far
from processors.coding.striking import launched, placed, suffered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.frames import Frame
    from processors.coding.who import Who

NOUN_PREPOSITIONS = frozenset(("of", "for", "to", "on", "against", "into", "from", "about", "in", ""))
"""Prepositions behind a governing verb that lead to the act it governs: "called for the release"."""
BESIDE = ("in", "on", "about")
"""Those that, behind an object, tell what it is about: "demanded answers on the raid"."""
REWARDS = ("reward", "bounty")
"""What is put on an act that is wanted: "a reward for the arrest of X"."""


class Nouns(Far):
    """Finds acts that nouns name."""

    def _core(self, at: int) -> int:
        """Return the noun phrase that counts: "talks" of "a second day of talks"."""
        chunks = self.view.chunks
        if (
            at + 2 < len(chunks)
            and chunks[at + 1].word == "of"
            and chunks[at + 2].kind == NP
            and chunks[at].word in self.rules.sets.get("measure", ())
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
        head, lemma, nouns = c.head, c.word, self.rules.nouns
        if lemma not in self.rules.noun_heads:
            return []
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
            if frame.not_object and not frame.not_object.isdisjoint(words | self._whose(at)):
                continue
            if frame.prep_object and not self._behind_fits(frame, at):
                continue
            found.append((frame, head))
        return found

    def _whose(self, at: int) -> set[str]:
        """Return the lemmas of what stands behind a noun with "of": what is released, killed, ended."""
        return self.view.chunk_lemmas([i for p, i in self.roles.behind(at) if p == "of"])

    def _behind_fits(self, frame: Frame, at: int) -> bool:
        """Tell whether the phrases behind a noun hold a word that the frame asks for: "withdrawal from the court"."""
        behind = [i for p, i in self.roles.behind(at) if not frame.prep or p in frame.prep]
        return bool(frame.prep_object & self.view.chunk_lemmas(behind))

    def _noun_acts(self, clause: Clause, *, ending: bool = False) -> list[Draft]:
        """Return the acts that the object phrase of a clause names: "demanded the release of X"."""
        chain = [
            *clause.object,
            *(i for p, i in clause.phrases if p in NOUN_PREPOSITIONS and not self._beside(p, clause)),
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

    def _beside(self, prep: str, clause: Clause) -> bool:
        """Tell whether a phrase says what the object is about, or what a reward is for: nobody governs an act in it."""
        heads = [self.view.chunks[i].word for i in clause.object]
        return bool(heads) and (prep in BESIDE or heads[-1] in REWARDS)

    def _nominal(self, at: int, clause: Clause) -> Draft | None:
        """Return the act of a noun made from a verb: "the suspension of aid to X" is read as "suspend aid to X"."""
        c = self.view.chunks[at]
        verb = self.rules.nominal.get(c.word)
        if verb is None:
            return None
        behind = self.roles.behind(at)
        pseudo = Clause(Chunk(1, c.start, c.head + 1, c.head, lemma=verb, form="ing"), at)
        pseudo.object = [i for p, i in behind if p == "of"]
        pseudo.subject = [i for p, i in behind if p == "by"]
        pseudo.phrases = [(p, i) for p, i in behind if p not in ("of", "by")]
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
        owners = self.roles.modifiers(at)
        draft.source = self.roles.following(at, ("by",)) or owners
        if draft.source is owners and not pseudo.object and suffered(verb, owners):
            draft.source = self.roles.doers(clause.subject) if not clause.verb.passive else []
            if "to" not in draft.frame.target or not draft.target:
                draft.target = owners  # "ordered the singer's arrest"
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

    def _between(self, clause: Clause) -> list[Who]:
        """Return the sides that stand behind the verb: "clashes erupt in X between A and B"."""
        for n, (prep, _) in enumerate(clause.phrases):
            if prep == "between":
                return self.roles.phrases(i for p, i in clause.phrases[n:] if p == "between")
            if prep not in ("in", "at", "near", "on", "of"):
                break
        # "a summit is held involving A, B and C"
        taking_part = (c for c in self.view.clauses if c.parent is clause and c.verb.lemma == "involve")
        return [w for c in taking_part for w in self.roles.phrases(c.object)]

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
        there = roles.modifiers(at) if c.word in roles.memory.strikes and placed(roles, at) else []
        modifiers = roles.modifiers(at) if not there else []
        by = roles.following(at, ("by",))
        whos = roles.following(at, frame.target)
        if frame.symmetric:
            draft.source = modifiers or by or (self._between(clause) if clause is not None else [])
            draft.target = [w for w in whos if w.key not in {m.key for m in draft.source}]
        else:
            draft.source = by or modifiers or launched(roles, at)
            if not draft.source and frame.source != ("subject",):
                draft.source = roles.following(at, frame.source)
            draft.target = [w for w in whos or there if w.key not in {m.key for m in draft.source}]
        if view.tokens.lower[c.start] == "no":
            draft.negated, draft.cue = True, (c.start, c.start + 1)
        return draft
