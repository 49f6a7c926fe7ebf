"""Which frame fits a verb: particles, objects, neighbours, subjects, voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import IN, MANNER, NP, TIME
from processors.coding.clauses import WHEN
from processors.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.frames import Frame, Rules
    from processors.coding.roles import Roles
    from processors.coding.triggers import Hits
    from processors.coding.view import View

FUTURE = words("future")
MAY = ("may", "might", "could", "can", "will", "would")
"""Modals of what may come; the first three say of an act below them that it is no more than possible."""

JOINT = "joint"
"""The voice that asks who the subject is."""

SEPARABLE = ("off", "out", "up", "down", "back", "over")
"""Particles that are prepositions too, and may stand behind the object."""

WONT = FUTURE | {"would", "wouldn't", "won't"}
ASSERTING = words("speech") - {"deny"}
BURST = words("burst")
CHARGES = words("charges")
HIT = words("hit")
UNHURT = ("miss", "survive")
"""Verbs of what is told of the others: "and six are missing in a raid"."""


class Fitting:
    """Finds the frame that fits a verb best."""

    def __init__(self, rules: Rules, view: View, roles: Roles, hits: Hits | None = None) -> None:
        """Take the rules, the sentence and the actors of its phrases, and what its words are known to tell: by default nothing."""
        self._asked: Mapping[int, int] = hits.unmet.asked if hits is not None else {}
        self._missing = hits.unmet.missing if hits is not None else 0
        bare = hits is not None and not hits.nouns and not hits.others
        self.verbs_alone = hits.verbs if hits is not None and bare else None
        """The words that may trigger something, where these are verbs only."""
        self.rules, self.view, self.roles = rules, view, roles
        self.of_clause: dict[int, list[Draft]] = {}
        self.used_nouns: set[int] = set()
        self._named: dict[int, list[tuple[Frame, int]]] = {}

    def keys(self, clause: Clause) -> list[tuple[str, int]]:
        """Return the verb with its particles, longest first, and the last token of each."""
        lemma, head = clause.verb.lemma, clause.verb.head
        if lemma not in self.rules.phrasal:
            return [(lemma, head)]
        chunks = self.view.chunks
        keys: list[tuple[str, int]] = []
        j = clause.at + 1
        while j < len(chunks) and chunks[j].kind == TIME:
            j += 1
        first = chunks[j] if j < len(chunks) else None
        if first is not None and first.kind in (IN, MANNER):
            second = chunks[j + 1] if j + 1 < len(chunks) else None
            if second is not None and second.kind in (IN, MANNER):
                keys.append((f"{lemma}_{first.word}_{second.word}", second.start))
                if first.kind == MANNER and second.kind == IN:
                    keys.append((f"{lemma}_{second.word}", second.start))  # "pushed hard for"
            keys.append((f"{lemma}_{first.word}", first.start))
        elif first is not None and first.kind == NP:
            at = self._particle(clause, j + 1)
            if at >= 0:
                keys.append((f"{lemma}_{chunks[at].word}", chunks[at].start))
            tail = f"{lemma}_{self.view.tokens.lower[first.start]}"
            if tail in self.rules.verbs or lemma == "take":
                keys.append((tail, first.start))
        keys.append((lemma, head))
        return keys

    def _particle(self, clause: Clause, first: int) -> int:
        """Return the chunk of a particle behind the object: "turned the plan down", "turned a request for fuel down"; -1 if none."""
        chunks = self.view.chunks
        far = False
        for j in range(first, min(clause.end + 2, len(chunks), clause.at + 8)):
            c = chunks[j]
            if c.kind not in (IN, MANNER) or c.word not in self.rules.particles:
                continue
            closes = j + 1 == len(chunks) or chunks[j + 1].kind != NP
            if (c.kind == MANNER or c.word in SEPARABLE) and (closes or not far):
                return j
            far = True
        return -1

    def _best(self, clause: Clause) -> tuple[Frame | None, Frame | None, int]:
        best: Frame | None = None
        operator: Frame | None = None
        asked, missing = self._asked, self._missing
        best_end = op_end = clause.verb.head
        if clause.verb.lemma not in self.rules.heads:
            return None, None, best_end
        for key, end in self.keys(clause):
            bonus = key.count("_") * 2
            found = False
            for frame in self.rules.verbs.get(key, ()):
                if missing and asked[frame.order] & missing:
                    continue
                if frame.operator:
                    if operator is None and self._fits(frame, clause):
                        operator, op_end = frame, end
                elif (
                    not found
                    and (best is None or frame.weight + bonus > best.weight)
                    and self._fits(frame, clause)
                ):
                    best, best_end, found = frame, end, True
            if best is not None and bonus:
                break
        return best, operator, best_end if best is not None else op_end

    def _fits(self, frame: Frame, clause: Clause) -> bool:
        return (
            (not frame.voice or frame.voice == JOINT or self.voice_fits(frame.voice, clause))
            and (not (frame.object or frame.not_object) or self.object_fits(frame, clause))
            and (not (frame.prep or frame.prep_object) or self.phrases_fit(frame, clause))
            and (not (frame.near or frame.not_near) or self.neighbours_fit(frame, clause))
            # Last, since a pronoun may have to be looked up in the sentences before.
            and (frame.voice != JOINT or self.voice_fits(JOINT, clause))
            and (not frame.subject or self.subject_fits(frame, clause))
        )

    def voice_fits(self, voice: str, clause: Clause) -> bool:
        """Tell whether the verb is as `voice` asks: passive, negated future, with a joint subject, ..."""
        test = VOICES.get(voice)
        return test is None or test(self, clause)

    def object_fits(self, frame: Frame, clause: Clause) -> bool:
        """Tell whether the object has one of the words that the frame asks for and none that it bars."""
        if not (frame.object or frame.not_object):
            return True
        view = self.view
        if not clause.verb.passive:
            found = view.object_lemmas(clause)
        else:
            found = self._undergone(clause)
            if clause.object:
                found = found | view.object_lemmas(clause)
        return not (frame.object and frame.object.isdisjoint(found)) and frame.not_object.isdisjoint(found)

    def _undergone(self, clause: Clause) -> set[str]:
        """Return the lemmas of what a passive verb acts on: its subject, and what is "of" it unless an act is the subject."""
        chunks, found = self.view.chunks, list(clause.subject)
        for first in clause.subject:
            at = first
            while at + 2 < clause.at and chunks[at + 1].word == "of" and chunks[at + 2].kind == NP:
                if chunks[at].word in self.rules.nominal:
                    break  # "the promise of aid was welcomed": the promise was
                at += 2
                found.append(at)
        return self.view.chunk_lemmas(found)

    def subject_fits(self, frame: Frame, clause: Clause) -> bool:
        """Tell whether the subject, or the agent of a passive, is of the kind that the frame asks for."""
        view, chunks = self.view, self.view.chunks
        subjects = [i for p, i in clause.phrases if p == "by"] if clause.verb.passive else clause.subject
        for i in subjects:
            behind = (i + 2,) if i + 2 < len(chunks) and chunks[i + 1].word == "of" else ()
            for c in map(chunks.__getitem__, (i, *behind)):
                if not frame.subject.isdisjoint(view.lemmas(c.start, c.end)):
                    return True
        # Last, since a pronoun may have to be looked up in the sentences before.
        return frame.of_class and any(not frame.subject.isdisjoint(self._classes(i)) for i in subjects)

    def phrases_fit(self, frame: Frame, clause: Clause) -> bool:
        """Tell whether the prepositional phrases that the frame asks for are there."""
        if (
            frame.prep
            and frame.prep.isdisjoint([p for p, _ in clause.phrases])
            and not self._prep_behind(clause, frame.prep)
        ):
            return False
        if not frame.prep_object:
            return True
        behind = self.view.chunk_lemmas([i for p, i in clause.phrases if not frame.prep or p in frame.prep])
        return not frame.prep_object.isdisjoint(behind)

    def neighbours_fit(self, frame: Frame, clause: Clause) -> bool:
        """Tell whether a word that the frame asks for stands in reach of the verb, and none that it bars."""
        if not (frame.near or frame.not_near):
            return True
        near = self.view.lemmas(clause.verb.start, self.view.reach(clause))
        if clause.verb.passive:
            near = near | self._undergone(clause)
            if frame.near and frame.near.isdisjoint(near):
                shared = self.shared(clause)
                behind = [i for c in shared for _, i in c.phrases]
                burst = [i for c in (clause, *shared) for i in self._burst(c)]
                near = near | self.view.chunk_lemmas([*burst, *behind])
        return not (frame.near and frame.near.isdisjoint(near)) and frame.not_near.isdisjoint(near)

    def _burst(self, clause: Clause) -> list[int]:
        """Return what came down or went off when something was done to the subject: "was killed when a shell landed".

        What they ran into as well: "died after a bus hit a landmine".
        """
        found: list[int] = []
        for c in self.view.clauses:
            if c.parent is not clause or c.link not in WHEN:
                continue
            if c.verb.lemma in BURST and c.link == "when":
                found += c.subject
            elif c.verb.lemma in HIT | BURST:
                around = (*c.subject, *c.object, *(i for _, i in c.phrases))
                found += [i for i in around if not CHARGES.isdisjoint(self.view.chunk_lemmas([i]))]
        return found

    def shared(self, clause: Clause) -> list[Clause]:
        """Return the passives that go on with that of a clause and share what stands behind: "two are killed and six trapped in a raid".

        Empty where one of them tells of wounds, and thus of the attack, itself.
        """
        found, last, casualty = [], clause, self.rules.sets["casualty"]
        if not clause.verb.passive or clause.verb.lemma not in casualty:
            return []
        for c in self.view.clauses:
            told = c.verb.passive or c.verb.lemma in UNHURT
            if c.parent is last and told and c.link in ("and", "co", ""):
                if c.verb.lemma in casualty and self.of_clause.get(c.at):
                    return []
                found.append(c)
                last = c
            elif c.parent is last and c.verb.lemma == "miss" and c.verb.form == "ing":
                found.append(c)  # "and 14 others are reported missing in a raid"
        return found

    def _classes(self, at: int) -> set[str]:
        found: set[str] = set()
        for who in self.roles.phrase(at):
            if who.sector:
                found.add(who.sector)
            if who.kind in ("state", "capital", "seat", "people", "adjective"):
                found.add("STATE")
        return found

    def _prep_behind(self, clause: Clause, preps: frozenset[str]) -> bool:
        reach = self.view.chunks[clause.at + 1 : min(clause.end + 1, clause.at + 9)]
        return any(c.kind == IN and c.word in preps for c in reach)


def _may(_fitting: Fitting, clause: Clause) -> bool:
    above = clause.parent.verb.modal if clause.parent is not None else ""
    return clause.verb.modal in MAY or clause.link == "ing" or above in MAY[:3]


def _several(fitting: Fitting, clause: Clause) -> bool:
    """Tell whether several do it themselves: "A and B speak", unlike "statements speaking of", whoever issued them."""
    if clause.link == "mod" and not all(fitting.view.chunks[i].actors for i in clause.subject):
        return False
    return len(fitting.roles.phrases(clause.subject)) > 1


def _no_one(fitting: Fitting, clause: Clause) -> bool:
    """Tell whether the subject is none of those it names: "no Russian official will attend", "there will be no talks"."""
    view, named = fitting.view, clause.subject or (clause.object if clause.verb.lemma == "be" else [])
    return any(view.tokens.lower[view.chunks[at].start] == "no" for at in named[:1])


VOICES: dict[str, Callable[[Fitting, Clause], bool]] = {
    "active": lambda _, clause: not clause.verb.passive,
    "passive": lambda _, clause: clause.verb.passive,
    "finite": lambda _, clause: clause.verb.form not in ("ing", "part"),
    "present": lambda _, clause: (
        clause.verb.form == "fin" and not (clause.verb.past or clause.verb.perfect or clause.verb.modal)
    ),
    "willnot": lambda fitting, clause: (
        clause.verb.modal in WONT and (clause.verb.negated or _no_one(fitting, clause))
    ),
    JOINT: _several,
    "intransitive": lambda _, clause: not clause.object,
    "transitive": lambda _, clause: bool(clause.object),
    "must": lambda _, clause: clause.verb.modal in ("must", "should"),
    "future": lambda _, clause: clause.verb.modal in FUTURE,
    "infinitive": lambda fitting, clause: any(
        c.parent is clause and c.link == "to" for c in fitting.view.clauses
    ),
    "reported": lambda _, clause: (
        clause.link == "that" and clause.parent is not None and clause.parent.verb.lemma in ASSERTING
    ),
    "may": _may,
}
"""What each voice asks of a clause; any other voice asks nothing here."""
