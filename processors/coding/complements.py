"""What a verb group acts on: objects and prepositional phrases, found by walking right from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, IN, NP, STOP, TIME, VG
from processors.coding.coordination import kind_of
from processors.coding.grammar import words
from processors.coding.walks import REACH, SKIP, following, list_goes_on, looks_on, opens_clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.chunks import Chunk
    from processors.coding.clauses import Clause

CLAUSE_PREPOSITIONS = words("clause_prepositions")
PARTICLES = words("particles")
DITRANSITIVE = words("ditransitive")
PRONOUNS = words("pronouns")
PLACED = words("placed")
"""Verbs whose object may stand behind where or to whom it was done."""
SPEECH = words("speech")
CARRIED_ON = frozenset(("by", "during", "in", "against", "between", "following"))
"""Prepositions that go on with what was said before a place: "in Lima, Peru, by ..."."""


def find_complements(  # noqa: C901, PLR0912, PLR0915 - one branch for each kind of chunk on the way
    chunks: Sequence[Chunk], clause: Clause
) -> None:
    """Fill object, phrases and end by walking right from the verb."""
    n = len(chunks)
    j = clause.at + 1
    in_object = True
    last_np = -1
    stop = min(n, clause.at + REACH)
    while j < stop:
        c = chunks[j]
        if c.kind == NP:
            clausal = clause.verb.lemma in SPEECH or c.word in PRONOUNS or not in_object
            if clausal and opens_clause(chunks, j):
                break
            twice = last_np == j - 1 and clause.object == [last_np] and clause.verb.lemma in DITRANSITIVE
            # "signed in Vienna, Austria, a charter"
            late = not clause.object and clause.verb.lemma in PLACED and _placed(clause, chunks[j - 1])
            if in_object or twice or late:
                clause.object.append(j)
            last_np = j
            in_object = False
            j += 1
        elif c.kind in SKIP or (c.kind == STOP and c.word in "\"“”'‘’()"):
            j += 1
        elif c.kind == IN and j + 1 < n and chunks[j + 1].kind == TIME:
            j += 2
        elif c.kind == IN and (c.word == "according" or looks_on(chunks, j)):
            j += 3 if c.word == "according" else 4  # the act goes on with nothing of who says so or looks on
            last_np = -1
        elif c.kind == IN:
            nxt = following(chunks, j + 1)
            if (
                nxt < n
                and chunks[nxt].kind == NP
                and in_object
                and j == clause.at + 1
                and c.word in PARTICLES
            ):
                j = nxt  # "carried out an attack": the noun is the object
            elif nxt < n and chunks[nxt].kind == NP:
                if c.word in CLAUSE_PREPOSITIONS and opens_clause(chunks, nxt):
                    break
                if c.word == "with" and chunks[j - 1].kind == COMMA and _acts(chunks, nxt):
                    break  # "fighting broke out, with A shelling B"
                clause.phrases.append((c.word, nxt))
                in_object = False
                last_np = nxt
                j = nxt + 1
            elif nxt < n and chunks[nxt].kind == VG:
                break
            else:
                j += 1
        elif c.kind == AND or (c.kind == COMMA and last_np >= 0 and list_goes_on(chunks, j)):
            nxt = following(chunks, j + 1)
            if nxt < n and chunks[nxt].kind == AND:
                nxt = following(chunks, nxt + 1)
            if (
                nxt >= n
                or chunks[nxt].kind not in (NP, IN)
                or (chunks[nxt].kind == NP and opens_clause(chunks, nxt))
            ):
                break
            if chunks[nxt].kind == NP and last_np >= 0:
                if last_np in clause.object:
                    clause.object.append(nxt)
                else:
                    prep = next((p for p, i in reversed(clause.phrases) if i == last_np), "")
                    clause.phrases.append((prep, nxt))
                last_np = nxt
                j = nxt + 1
            else:
                j = nxt
        elif c.kind == COMMA:
            nxt = following(chunks, j + 1)
            behind = _behind_country(chunks, nxt)
            if behind < 0 and not clause.object and clause.verb.lemma in PLACED:
                behind = _behind_places(chunks, nxt)
            if behind >= 0:
                j = behind
            elif nxt < n and chunks[nxt].kind == IN and chunks[nxt].word not in ("as", "after", "before"):
                j = nxt
            else:
                break
        else:
            break
    clause.end = j


def _acts(chunks: Sequence[Chunk], np: int) -> bool:
    """Tell whether a participle says what a noun phrase does, or what somebody "of" a place does."""
    nxt = following(chunks, np + 1)
    if [c.kind for c in chunks[nxt : nxt + 2]] == [IN, NP] and chunks[nxt].word in ("of", "from"):
        nxt = following(chunks, nxt + 2)
    return nxt < len(chunks) and chunks[nxt].kind == VG and chunks[nxt].form == "ing"


def _placed(clause: Clause, before: Chunk) -> bool:
    """Tell whether between a verb and a noun phrase stands no more than where or to whom it was done."""
    places = all(prep in ("in", "at", "to") for prep, _ in clause.phrases)
    return before.kind in (NP, COMMA) and (places or before.word == "hold")  # "put on hold the sale of arms"


def _behind_places(chunks: Sequence[Chunk], at: int) -> int:
    """Return the object behind a larger place between commas, else -1: "in Vienna, Austria, a charter"."""
    if at + 2 >= len(chunks) or [c.kind for c in chunks[at : at + 3]] != [NP, COMMA, NP]:
        return -1
    return -1 if opens_clause(chunks, at + 2) else at + 2


def _behind_country(chunks: Sequence[Chunk], at: int) -> int:
    """Return the phrase behind a country or a name between commas, else -1: "shot in Lima, Peru, by", "sent its envoy, Ann Ray, to"."""
    if at + 2 >= len(chunks) or chunks[at].kind != NP or chunks[at + 1].kind != COMMA:
        return -1
    state = chunks[at].actors and chunks[at].actors[-1].kind == "state"
    named = kind_of(chunks[at]) in ("name", "person") and chunks[at + 2].word == "to"
    carried = chunks[at + 2].kind == IN and chunks[at + 2].word in CARRIED_ON
    return at + 2 if named or (state and carried) else -1
