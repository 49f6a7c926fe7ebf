"""Which noun phrases stand in one list: "A, B and C", "leaders of A and B", "twelve states, including A and B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, NP, VG
from processors.coding.grammar import words
from processors.coding.walks import LISTING, governed, opens_clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.chunks import Chunk

CLAUSE_PREPOSITIONS = words("clause_prepositions")
BOMBINGS = words("bombings")
NAMING = ("including", "among")
"""Prepositions that name some of those who have just been counted."""

LONGEST_LIST = 12
"""Members of a list of subjects."""

SECOND = 2
"""Where the second noun phrase of "A, B agree" stands."""

NAMED = frozenset({"state", "capital", "person", "org", "group"})
"""Kinds of actor that are named."""


def kind_of(chunk: Chunk) -> str:
    """Return the kind of the last actor of a noun phrase, "" without one."""
    return chunk.actors[-1].kind if chunk.actors else ""


def begins_clause(chunks: Sequence[Chunk], left: int, at: int) -> bool:
    """Tell whether ", and" between two noun phrases opens a clause: "freed the men, and Ruritania thanked ...".

    A list of two has no comma before its "and", so that what stands behind one is the subject of another verb.
    """
    if left != at - 3 or at >= len(chunks) or [c.kind for c in chunks[at - 2 : at + 1]] != [COMMA, AND, NP]:
        return False
    first = left
    while True:
        prep = governed(chunks, first)
        if prep > 0 and chunks[prep - 1].kind == NP:
            first = prep - 1  # "the bases at A, and ..."
        elif first > 1 and chunks[first - 1].kind == AND and chunks[first - 2].kind == NP:
            first -= 2  # "at A and B, and ..."
        else:
            break
    verb = (prep if prep >= 0 else first) - 1
    if verb < 0 or chunks[verb].kind != VG:
        return False
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    acts = behind is not None and behind.kind == VG and behind.form == "fin"
    return chunks[verb].form in ("fin", "inf") or (chunks[verb].form == "ing" and acts)


def joined_inside_phrase(chunks: Sequence[Chunk], at: int) -> int:
    """Return the preposition that governs "A and B" where B stands at `at`: "leaders of A and B"; else -1."""
    j = at - 1
    while j >= 0 and chunks[j].kind in (AND, COMMA) and j > at - 3:
        j -= 1
    if j == at - 1 or j < 0 or chunks[j].kind != NP or begins_clause(chunks, j, at):
        return -1
    joins = [c.word for c in chunks[j + 1 : at] if c.kind == AND]
    if not joins or any(word not in LISTING for word in joins):
        return -1
    prep = governed(chunks, j)
    if prep < 0:
        prep = joined_inside_phrase(chunks, j)
    if prep <= 0 or chunks[prep].word in CLAUSE_PREPOSITIONS:
        return -1
    first = prep
    while chunks[first].word == "of" and chunks[first - 1].kind == NP and governed(chunks, first - 1) > 0:
        first = governed(chunks, first - 1)
    if chunks[first].word in NAMING and first and chunks[first - 1].kind == COMMA:
        return -1  # "ten people, including two officers, and nine others": the insertion is no member
    if chunks[prep - 1].kind != NP:
        return prep
    same = (kind_of(chunks[j]) == kind_of(chunks[at])) or (not chunks[at].actors and not chunks[j].actors)
    return prep if same else -1


def _inserted(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a noun phrase belongs to an insertion: "ten people, including a guard and a nurse, and nine others"."""
    j = at
    while j > 1 and chunks[j].kind in (NP, AND):
        j -= 1
    return chunks[j].word in NAMING and chunks[j - 1].kind == COMMA


def _explains(name: Chunk, title: Chunk) -> bool:
    """Tell whether the second of two phrases says who the first is: "A B, the foreign minister said", unlike "A, B agree"."""
    first = title.actors[-1].text.partition(" ")[0].lower()
    return kind_of(name) == "person" and first in ("the", "a", "an")


def coordinated(chunks: Sequence[Chunk], at: int) -> list[int]:
    """Return `at` and the noun phrases that stand in one list with it, in their order."""
    members = [at]
    j = at - 1
    joined = j >= 0 and chunks[j].kind == AND
    if (
        at == SECOND
        and chunks[1].kind == COMMA
        and chunks[2].word not in BOMBINGS  # "Aden, Yemen bomb kills": no list, but a town and its country
        and kind_of(chunks[0]) in NAMED
        and kind_of(chunks[2]) in NAMED | {"nominal"}
    ):
        return [0] if _explains(chunks[0], chunks[2]) else [0, 2]
    while j > 0 and joined:
        while j >= 0 and chunks[j].kind in (AND, COMMA):
            j -= 1
        head = j
        if len(members) == 1 and begins_clause(chunks, j, at):
            break
        while head >= 0 and chunks[head].kind == NP and governed(chunks, head) >= 0:
            if chunks[governed(chunks, head)].word in CLAUSE_PREPOSITIONS:
                break  # "after A and B announced": both are subjects
            head = governed(chunks, head) - 1
        if head < 0 or chunks[head].kind != NP or _inserted(chunks, head):
            break
        members.insert(0, head)
        j = head - 1
        joined = (
            j >= 0
            and chunks[j].kind == COMMA
            and len(members) < LONGEST_LIST
            and (j < 1 or chunks[j - 1].kind == NP)
        )
    k = at + 1
    if k + 2 < len(chunks) and chunks[k].kind == COMMA and chunks[k + 1].word in NAMING:
        k += 2
        while k < len(chunks) and chunks[k].kind in (NP, COMMA, AND):
            if chunks[k].kind == NP:
                members.append(k)
                if opens_clause(chunks, k):
                    break
            k += 1
    return members
