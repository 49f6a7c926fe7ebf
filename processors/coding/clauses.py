"""Who does what: each verb group with its subject, objects, prepositional phrases, and the verb that governs it.

No parse tree: a few walks over the chunks, each bounded by the clause, so that the cost is linear in the sentence. What the
walks assume of English word order is said where they assume it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, IN, NP, STOP, SUBORD, VG, WH
from processors.coding.complements import find_complements
from processors.coding.grammar import words
from processors.coding.participles import (
    ANSWERING,
    CHARGING,
    bare_relative,
    object_relative,
    reduce_participles,
)
from processors.coding.subjects import find_subject
from processors.coding.walks import SKIP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.chunks import Chunk

CLAUSE_PREPOSITIONS = words("clause_prepositions")
CLAIM_NOUNS = words("claim_nouns")
DISPUTING = frozenset(("deny", "demand"))
"""Verbs of saying that do not say what stands before them: "accused B of theft, a charge B denied"."""
JUDGING = words("judging")
SPEECH = words("speech")
CONDITIONS = ("if", "unless")
WHEN = ("when", "after", "as", "while")
"""Links of a clause that tells how it came about: "were killed when a shell landed"."""
TRANSITIVE = words("transitive")
QUOTES = ('"', "“", "”", "'", "‘", "’")


@dataclass(slots=True)
class Clause:
    """One verb group and what belongs to it; numbers are indices of chunks."""

    verb: Chunk
    at: int
    subject: list[int] = field(default_factory=list)
    object: list[int] = field(default_factory=list)
    phrases: list[tuple[str, int]] = field(default_factory=list)
    end: int = 0  # first chunk behind the stretch that the verb reaches
    parent: Clause | None = None
    link: str = ""  # to, ing, that, and, rel, adv, with: how it hangs on its parent
    via: int = -1  # the noun between parent and child: "ordered officials to ...", "the aim to ..."
    prep: str = ""  # "of sending", "from entering"
    trailing: bool = False  # "..., officials said."


def clauses(chunks: Sequence[Chunk]) -> list[Clause]:
    """Return the clauses of a chunked sentence in the order of their verbs."""
    found: list[Clause] = []
    reduce_participles(chunks)
    for at, chunk in enumerate(chunks):
        if chunk.kind == VG:
            clause = Clause(chunk, at)
            find_complements(chunks, clause)
            if found and chunks[at - 1].kind == AND and chunks[at - 2] is found[-1].verb:
                _share_object(found[-1], clause)
            if chunk.form not in ("inf", "ing", "part"):
                find_subject(chunks, clause, found)
            _govern(chunks, clause, found)
            if chunk.form in ("inf", "ing", "part") or not clause.subject:
                find_subject(chunks, clause, found)
            if clause.link == "and" and chunk.bare:
                _share_modal(found[-1], clause)
            elif clause.link == "while" and clause.parent is not None:
                _share_future(clause.parent, clause)
            if not (clause.object or chunk.passive):
                _relate(chunks, clause)
            found.append(clause)
    return found


def _relate(chunks: Sequence[Chunk], clause: Clause) -> None:
    """Give a verb the noun before it that it acts on: "the nuns whom they kidnapped", "a move Bordurie condemned"."""
    at, lemma = clause.at, clause.verb.lemma
    if lemma in TRANSITIVE and object_relative(chunks, at):
        clause.object = [at - 3]
    elif lemma in ANSWERING and object_relative(chunks, at):
        clause.object, clause.parent, clause.link = [at - 3], None, ""
    elif bare_relative(chunks, at):
        clause.object, clause.parent, clause.link = [at - 2], None, ""  # nobody's words but the text's


def _says(parent: Clause, clause: Clause) -> bool:
    """Tell whether a verb of saying has a clause right behind it, in whose subject stands a verb: "says a drone launched by C was hit"."""
    return parent.verb.lemma in SPEECH and clause.subject[:1] == [parent.at + 1]


def _restrictive(chunks: Sequence[Chunk], clause: Clause) -> bool:
    """Tell whether a clause only says which one is meant, so that what follows its comma goes on with the clause above."""
    if clause.link != "rel" or clause.parent is None:
        return clause.link == "mod" or (clause.link == "ing" and bool(clause.prep))
    wh = next((i for i in range(clause.at, clause.parent.at, -1) if chunks[i].kind == WH), clause.at)
    return chunks[wh - 1].kind == NP


def _listed(chunks: Sequence[Chunk], at: int, before: Clause) -> bool:
    """Tell whether the gerund at a chunk is one of a list: of what somebody is accused of, or that "and" closes."""
    if before.parent is not None and before.parent.verb.lemma in CHARGING:
        return True
    return any(
        c.kind == AND and chunks[k + 1].kind == VG and chunks[k + 1].form == "ing"
        for k, c in enumerate(chunks[at + 1 : -1], at + 1)
    )


def _share_object(first: Clause, second: Clause) -> None:
    """Give the first of two joined verbs the object that stands behind the second: "attack and seize a tanker"."""
    one, two = first.verb, second.verb
    if (
        one.form == two.form
        and not (one.passive or two.passive or first.object or first.phrases)
        and one.lemma in TRANSITIVE
    ):
        first.object = list(second.object)


def _share_modal(first: Clause, second: Clause) -> None:
    """Give the second of two verbs of one subject the modal verb of the first: "will train its troops and provide them with arms"."""
    if first.subject and second.subject == first.subject and not first.verb.negated:
        second.verb.modal, second.verb.cue = first.verb.modal, first.verb.cue


def _opener(between: Sequence[Chunk]) -> str:
    """Return the preposition that opens a clause: "after the army shelled"; not one that ends another: "has met him before, ..."."""
    for c, behind in zip_longest(between, between[1:]):
        if c.kind == IN and c.word in CLAUSE_PREPOSITIONS and (behind is None or behind.kind != COMMA):
            return c.word
    return ""


def _share_future(first: Clause, second: Clause) -> None:
    """Let what goes on beside an act to come be to come: "will withdraw, while the army deploys"."""
    verb = second.verb
    if first.verb.modal == "will" and verb.form == "fin" and not (verb.past or verb.perfect or verb.modal):
        verb.modal, verb.cue = first.verb.modal, first.verb.cue


def _govern(  # noqa: C901, PLR0912, PLR0915 - one branch for each way in which clauses hang together
    chunks: Sequence[Chunk], clause: Clause, found: Sequence[Clause]
) -> None:
    """Set parent, link, via and prep of a clause from what stands in front of its verb."""
    if not found:
        if (
            clause.verb.form == "part"
            and clause.at > 0
            and chunks[clause.at - 1].kind in (NP, COMMA)
            and any(c.kind == VG and c.form == "fin" for c in chunks[clause.at + 1 :])
        ):
            clause.link = "mod"
        elif clause.verb.form == "ing" and clause.at > 0 and chunks[clause.at - 1].kind == IN:
            clause.prep = chunks[clause.at - 1].word  # "after breaking off ties, A and B ..."
        return
    parent = found[-1]
    j = clause.at - 1
    while j > parent.at and (chunks[j].kind in SKIP or chunks[j].word in QUOTES):
        j -= 1  # "accused X of "taking hostages""
    form = clause.verb.form
    if form == "inf":
        clause.parent, clause.link = parent, "to"
        placed = j - 2 == parent.at and chunks[j - 1].kind == IN and chunks[j - 1].word in ("in", "at")
        placed |= parent.verb.lemma == "vote" and chunks[j].word[:1].isdigit()  # "voted 120-9 to condemn"
        if j > parent.at and chunks[j].kind == NP and not placed:  # "agreed in Geneva to cut tariffs"
            clause.via = j
        if chunks[j].kind == AND and parent.link == "to":
            clause.parent, clause.link, clause.via = parent.parent, "to", parent.via
        return
    if form in ("ing", "part"):
        clause.parent = parent
        if form == "part":
            clause.link = "mod"
            if chunks[j].kind == NP:
                clause.via = j
            return
        joined = chunks[j].kind == AND or (chunks[j].kind == COMMA and _listed(chunks, clause.at, parent))
        if joined and parent.link == "ing" and parent.prep and form == "ing":
            # "accused X of lying, stealing and cheating"
            clause.parent, clause.link, clause.prep, clause.via = (
                parent.parent,
                "ing",
                parent.prep,
                parent.via,
            )
        elif chunks[j].kind == IN:
            clause.prep = chunks[j].word
            clause.link = "ing"
            k = j - 1
            if k > parent.at and chunks[k].kind == NP:
                clause.via = k
        elif j == parent.at:
            clause.link = "ing"
        elif chunks[j].kind == NP:
            # "fighting broke out, with A shelling B": what A does is no attribute of his
            absolute = j > 1 and chunks[j - 1].word == "with" and chunks[j - 2].kind == COMMA
            clause.link, clause.via = "with" if absolute else "mod", j
        else:
            clause.link = "adv"
            above = parent
            # "denied that B had fled, saying ...": who denied says
            # as does who accuses: "said that two ships had been hit, accusing C"
            accuses = parent.verb.passive and clause.verb.lemma in JUDGING
            told = "that" if clause.verb.lemma in SPEECH or accuses else None
            while (
                above.parent is not None
                and chunks[j].kind == COMMA
                and (above.link == told or _restrictive(chunks, above))
            ):
                above = above.parent
            if not above.verb.passive:
                clause.parent = above  # "arrested men armed with knives, accusing them": who arrested accuses
        return
    start = clause.at
    if (
        clause.subject
        and parent.at < clause.at
        and parent.verb.form != "fin"
        and clause.subject[0] < parent.at
    ):
        # The verb before this one stands inside its subject: "the officials in charge of setting prices said".
        outside = [c for c in found if c.at < clause.subject[0]]
        if not outside:
            return
        parent, start = outside[-1], clause.subject[0]
        j = start - 1
    between = chunks[parent.at + 1 : start]
    kinds = [c.kind for c in between]
    if WH in kinds:
        clause.parent, clause.link = parent, "rel"
    elif (j > parent.at and chunks[j].kind == AND) or (j == parent.at and not _says(parent, clause)):
        clause.parent, clause.link = (parent, "and")
        if (
            clause.verb.form == "fin"
            and not clause.verb.modal
            and parent.verb.form == "inf"
            and not clause.verb.past
        ):
            clause.parent, clause.link, clause.via = parent.parent, parent.link, parent.via
    else:
        that = next((c for c in between if c.kind == SUBORD), None)
        if that is not None and that.word == "that":
            # "said that if the hostages were not freed, ..."
            that = next((c for c in between if c.kind == SUBORD and c.word in CONDITIONS), that)
        if that is not None:
            clause.parent = parent
            clause.link = "that" if that.word == "that" else that.word
            first = next((c for c in between if c.kind not in SKIP), that)
            if first.kind == NP and that.word == "that":
                clause.via = parent.at + 1 + between.index(first)
                if not first.actors and parent.verb.lemma not in SPEECH and first.word not in CLAIM_NOUNS:
                    clause.link = "rel"
        elif opener := _opener(between):
            clause.parent, clause.link = parent, opener
        elif COMMA not in kinds and AND not in kinds and STOP not in kinds:
            outer = parent.parent if parent.link in CONDITIONS else None
            clause.parent, clause.link = outer or parent, "that"
        elif (
            COMMA in kinds
            and clause.verb.lemma in SPEECH
            and clause.verb.lemma not in DISPUTING
            and not (clause.subject and chunks[clause.subject[0] - 1].kind == AND)
            and clause.end >= len(chunks) - 2 - len(clause.phrases) * 2
        ):
            clause.trailing = True
        else:
            clause.parent, clause.link = parent, ("co" if AND in kinds else "")
