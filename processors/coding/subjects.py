"""Who does it: the subject of a verb group, found by walking left from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, IN, NP, STOP, SUBORD, VG, WH
from processors.coding.coordination import (
    CLAUSE_PREPOSITIONS,
    NAMED,
    SECOND,
    coordinated,
    joined_inside_phrase,
    kind_of,
)
from processors.coding.grammar import words
from processors.coding.walks import REACH, SKIP, governed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.chunks import Chunk
    from processors.coding.clauses import Clause

OBJECT_CONTROL = words("object_control")
SPEECH = words("speech")
ACCUSING = SPEECH | words("judging")
"""Verbs of what those say who said something before."""
ASIDE = ("rel", "mod", "after", "as", "because", "before", "if", "since", "when", "while")
"""How clauses hang that end at their comma: "after troops shelled the town, fled" goes on none."""

NOMINATIVE = ("he", "she", "they", "we", "I")
"""Pronouns that are nothing but subjects."""

CALLING_FOR = words("calling_for")
INVARIANT = words("invariant")
"""Verbs whose past is the bare verb: "beat protesters, detain a reporter"."""


def find_subject(chunks: Sequence[Chunk], clause: Clause, found: Sequence[Clause]) -> None:
    """Fill the subject of a clause."""
    form = clause.verb.form
    parent = clause.parent
    if form == "inf":
        if parent is None and not found and not any(c.kind == VG and c.form == "fin" for c in chunks):
            clause.subject = _walk_left(chunks, clause, found)  # a headline: "President to visit Vietnam"
            clause.verb.modal = "will"
            return
        if parent is not None:
            clause.subject = _of_infinitive(clause, parent)
        return
    if form in ("ing", "part"):
        if clause.link in ("mod", "with"):
            clause.subject = [clause.via] if clause.via >= 0 else []
        elif parent is not None:
            passive_parent = parent.verb.passive and not parent.subject
            clause.subject = list(parent.object if clause.prep in ("of", "from", "for") and clause.via in parent.object
                                  else [] if passive_parent else parent.subject)  # fmt: skip
        else:
            before = clause.at - 1
            placed = (
                before > SECOND
                and chunks[before - 2].kind == COMMA
                and kind_of(chunks[before - 1]) == "state"
            )
            last = not any(c.kind == VG and c.form == "fin" for c in chunks[clause.at + 1 :])
            if placed and last and chunks[before].kind == COMMA and chunks[0].kind == NP:
                clause.subject = [0]  # "Gunmen in Kano, Nigeria, killing six": the country is where it was
            elif before >= 1 and chunks[before].kind == COMMA and chunks[before - 1].kind == NP:
                clause.subject = coordinated(chunks, before - 1)
            elif before >= 0 and chunks[before].kind == NP:
                clause.subject = [before]
        return
    clause.subject = _walk_left(chunks, clause, found)
    if not clause.subject and clause.link in ("and", "to") and parent is not None:
        clause.subject = list(parent.subject)
    if (
        not clause.subject
        and found
        and chunks[clause.at - 1].kind == STOP
        and chunks[clause.at - 1].word == ";"
    ):
        clause.subject = list(found[-1].subject)  # a headline: "Iran issues warrants; seeks aid"
    for earlier in found:
        if earlier.verb.form in ("ing", "part") and not earlier.subject and earlier.parent is None:
            earlier.subject = list(
                clause.subject
            )  # "Visiting Kyiv, the minister said": the subject comes later


def _of_infinitive(clause: Clause, parent: Clause) -> list[int]:
    """Return who does what an infinitive says: the object of "ordered X to", X of "called for X to", else the subject above."""
    if parent.verb.lemma in CALLING_FOR and ("for", clause.via) in parent.phrases:
        return [clause.via]
    objects = parent.object if clause.via in parent.object and parent.verb.lemma in OBJECT_CONTROL else []
    if len(objects) > 1 and objects[-1] == objects[0] + 1 == clause.via:
        objects = []  # "sent Iran a plan to end the war": who sends it would end it
    return list(objects or parent.subject)


def _walk_left(  # noqa: C901, PLR0912 - one branch for each kind of chunk on the way
    chunks: Sequence[Chunk], clause: Clause, found: Sequence[Clause]
) -> list[int]:
    at = clause.at
    j = at - 1
    weak = -1
    fresh = True  # nothing but adverbs between here and the verb
    if (series := _series(chunks, clause, found)) is not None:
        return list(series.subject)
    for _ in range(REACH):
        if j < 0:
            break
        c = chunks[j]
        if c.kind == NP:
            prep = governed(chunks, j)
            joint = joined_inside_phrase(chunks, j)
            left = j - 1
            while left > 0 and chunks[left].kind in SKIP:
                left -= 1
            if (
                left > 0
                and chunks[left].kind == VG
                and chunks[left].form in ("inf", "ing")
                and chunks[left - 1].kind != COMMA
            ):
                j = left - 1  # the object of a verb inside the subject: "its aim to join the alliance is ..."
                fresh = False
                continue
            if prep < 0 and joint < 0:
                members = coordinated(chunks, j)
                behind = members[0] - 1
                if (
                    len(members) > 1
                    and behind > 0
                    and chunks[behind].kind == VG
                    and chunks[behind].form == "ing"
                ):
                    j = (
                        behind - 1
                    )  # "an attack, involving drones and missiles kills": a list of another verb's objects
                    fresh = False
                    continue
                return members
            if prep >= 0 and chunks[prep].word in CLAUSE_PREPOSITIONS:
                after_clause = any(c.verb.form == "fin" and c.at < prep for c in found)
                # a headline's first verb may pass for a noun: "Toll tops 400 as Israel bombs Gaza"
                own = kind_of(chunks[j]) in NAMED or chunks[j].word in NOMINATIVE
                if (after_clause or own) and not any(c.kind == COMMA for c in chunks[j:at]):
                    return coordinated(chunks, j)  # "recalled its envoy after the army shelled ..."
                weak = j
            j = (prep if prep >= 0 else joint) - 1
        elif c.kind == COMMA:
            j = _opening(chunks, j)
        elif c.kind == WH:
            return _antecedent(chunks, j, c.word)
        elif c.kind == AND and fresh:
            return _shared(chunks, clause, found)
        elif c.kind == VG and c.form == "fin":
            wh = _relative_before(chunks, j)
            if wh < 0 and fresh and j > SECOND and chunks[j - 1].kind == NP and chunks[j - 2].word == "that":
                wh = (
                    j - 2 if chunks[j - 3].kind == NP else -1
                )  # "the soldiers that rebels captured were freed"
            if wh < 0:
                wh = _where_before(chunks, j)  # "a raid on a town where people had gathered killed ..."
            if wh < 0:
                break
            j = wh - 1
        elif c.kind == SUBORD or (c.kind == STOP and c.word in ";:—–"):
            break
        else:
            j -= 1
        if c.kind not in SKIP:
            fresh = False
    return coordinated(chunks, weak) if weak >= 0 else []


def _series(chunks: Sequence[Chunk], clause: Clause, found: Sequence[Clause]) -> Clause | None:
    """Return the act before in a series of one subject's acts: "recalls its envoy, expels two aides and closes ..."; else None."""
    before = clause.at - 1
    while before > 0 and chunks[before].kind in SKIP:
        before -= 1
    if not found or chunks[before].kind != COMMA:
        return None
    # "chased rebels fleeing the town, burned their camp": the participle says more of the object
    last = next((c for c in reversed(found) if c.link != "mod"), found[-1])
    within = {COMMA, SUBORD, WH, STOP, VG} if last is found[-1] else {COMMA, SUBORD, WH, STOP}
    goes_on = (
        last.verb.form == clause.verb.form == "fin"
        and bool(last.object)
        and not clause.verb.modal
        and (bool(last.verb.past) == bool(clause.verb.past) or last.verb.lemma in INVARIANT)
        and last.verb.lemma not in SPEECH
        and (clause.verb.lemma not in SPEECH or bool(clause.object and clause.end < len(chunks) - 2))
        and not {c.kind for c in chunks[last.at + 1 : before]} & within
        and _relative_before(chunks, last.at) < 0
        and last.link not in ASIDE
    )
    return last if goes_on else None


def _only_told(chunks: Sequence[Chunk], clause: Clause, told: Clause) -> bool:
    """Tell whether a verb does not go on with what somebody said before it, but with who said it.

    What is so or is going on acts not again: "told them that a return was unrealistic, and ruled out ..."; nor does, behind a comma,
    what had been done: "said that A had resigned, and granted him asylum".
    """
    if told.link != "that" or told.parent is None or told.parent.verb.lemma not in SPEECH:
        return False
    verb = told.verb
    is_so = verb.lemma == "be" and not verb.passive
    done = verb.perfect and verb.past and chunks[clause.at - 2].kind == COMMA
    return is_so or verb.going or done


def _shared(chunks: Sequence[Chunk], clause: Clause, found: Sequence[Clause]) -> list[int]:
    """Return the subject that a coordinated verb shares: that of the last finite verb in the same tense."""
    finite = [c for c in found if c.verb.form == "fin"] or list(found)
    if not finite:
        return []
    verb = clause.verb
    if verb.past and not verb.modal:
        if verb.lemma in ACCUSING and finite[-1] is found[-1] and finite[-1].verb.perfect:
            # "denied that its men had fled and accused B": who denies accuses
            told = (
                c for c in reversed(finite) if c.verb.past and not c.verb.perfect and c.verb.lemma in SPEECH
            )
            above = next(told, None)
            if above is not None:
                return list(above.subject)
        for other in reversed(finite):
            if _only_told(chunks, clause, other):
                continue
            if (other.verb.past or other.verb.perfect) and not other.verb.modal:
                return list(other.subject)
            if other.parent is None or other.parent not in finite:
                break
    return next((list(other.subject) for other in reversed(finite) if other.subject), [])


def _opening(chunks: Sequence[Chunk], comma: int) -> int:
    """Return where to go on left of the insertion that `comma` closes: before its opening comma, if it has one."""
    best = -1
    for p in range(comma - 1, max(-1, comma - REACH), -1):
        c = chunks[p]
        if c.kind == VG and c.form == "fin" and _relative_before(chunks, p) < 0:
            break
        if c.kind == STOP and c.word in ";:":
            break
        if c.kind == COMMA:
            following = chunks[p + 1].kind
            opens = following in (IN, WH) or (following == VG and chunks[p + 1].form in ("ing", "part"))
            if opens or best < 0:
                best = p
    if 0 < best == comma - SECOND and kind_of(chunks[best + 1]) == "state":
        while (
            best > SECOND
            and chunks[best - 1].kind == NP
            and chunks[best - 2].kind == COMMA
            and _placed(chunks[best - 1])
        ):
            best -= SECOND  # "in Amadiya District, Duhok, Iraq, kills"
    return best - 1 if best > 0 else comma - 1


def _placed(chunk: Chunk) -> bool:
    """Tell whether a noun phrase can be a place between a smaller and a larger one."""
    return not chunk.actors or kind_of(chunk) in ("state", "capital", "person")


def _relative_before(chunks: Sequence[Chunk], at: int) -> int:
    for p in range(at - 1, max(-1, at - 8), -1):
        if chunks[p].kind == WH:
            return p
        if chunks[p].kind in (COMMA, STOP, SUBORD):
            return -1
    return -1


def _where_before(chunks: Sequence[Chunk], at: int) -> int:
    """Return the "where" behind a noun phrase that opens the clause of the verb at `at`, else -1."""
    for p in range(at - 1, max(0, at - 8), -1):
        if chunks[p].kind == SUBORD:
            before = p - 2 if chunks[p - 1].kind == COMMA else p - 1
            return p if chunks[p].word == "where" and before >= 0 and chunks[before].kind == NP else -1
        if chunks[p].kind in (COMMA, STOP, WH, VG):
            return -1
    return -1


def _antecedent(chunks: Sequence[Chunk], wh: int, word: str) -> list[int]:
    """Return the noun phrase that a relative word stands for: the nearest, but a person for "who"."""
    j = wh - 1
    nearest = -1
    for _ in range(8):
        if j < 0 or chunks[j].kind == VG:
            break
        if chunks[j].kind == NP:
            nearest = j if nearest < 0 else nearest
            kinds = {a.kind for a in chunks[j].actors}
            if (
                word in ("which", "that")
                or not kinds <= {"state", "capital", "seat", "adjective"}
                or not kinds
            ):
                return coordinated(chunks, j) if word != "who" else [j]
        j -= 1
    return [nearest] if nearest >= 0 else []
