"""Whose strike or arrest a noun phrase names, and who somebody without a name is thought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, NP, VG
from processors.coding.grammar import words
from processors.coding.who import of_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.clauses import Clause
    from processors.coding.roles import Roles
    from processors.coding.who import Who

CONDUCT = words("conduct")
"""Verbs whose agent is that of the attack they govern."""

BLAME = ("attribute",)
"""Those among them that name the agent behind "to"."""

ARMS = (None, "MIL")
"""Sectors of what strikes: "a Russian drone"."""

SUFFERED = words("suffered")
"""Verbs whose nouns belong to who suffers them: "the singer's arrest"."""

FORCES = ("COP", "GOV", "JUD", "MIL", "REB", "SPY")
"""Sectors of those who make others suffer."""

FIGHTS = words("fights")
"""Nouns of fighting in which the other side stands behind "with"."""

PEACEFUL = ("EDU", "MED", "REL", "BUS", "LAB", "HLH", "NGO", "AGR", "JUD", "LEG")
"""Sectors of those who are hit where an attack is called after them."""

THOUGHT = words("thought")
"""Verbs that say who an unnamed attacker is."""

NEAR = 5
"""Chunks within which the name of who is suspected stands behind the suspicion."""


def striking(roles: Roles, at: int) -> list[Who]:
    """Return whose strike the noun phrase at chunk `at` names: "an attack by X", "Kenyan drone and air strikes"."""
    chunks = roles.view.chunks
    whos = (
        roles.following(at, ("by",)) or conducted(roles, at) or [w for w in roles.modifiers(at) if w.country]
    )
    if whos:
        return whos
    for one in (at, at - 2 if at > 1 and chunks[at - 1].kind == AND else at):
        c = chunks[one]
        if c.kind == NP and c.word in roles.memory.strikes and roles.view.spans[c.head] is not None:
            armed = [w for w in roles.phrase(one) if w.country and w.sector in ARMS]
            if armed:
                return armed
    return []


def conducted(roles: Roles, at: int) -> list[Who]:
    """Return who carried out what a noun phrase names, where a participle behind it says so: "strikes launched by X"."""
    for clause in roles.view.clauses:
        if (
            clause.link == "mod"
            and clause.verb.lemma in CONDUCT
            and (clause.via == at or at in clause.subject)
        ):
            to = [i for p, i in clause.phrases if p == "to"] if clause.verb.lemma in BLAME else []
            return roles.agent(clause) or roles.phrases(to)
    return []


def suspected(roles: Roles, at: int) -> list[Who]:
    """Return who somebody without a name is thought to be: "by somebody thought to belong to X"."""
    chunks = roles.view.chunks
    if at + 2 >= len(chunks) or chunks[at + 1].kind != VG or chunks[at + 1].lemma not in THOUGHT:
        return []
    behind = next((i for i in range(at + 2, min(at + NEAR, len(chunks))) if chunks[i].kind == NP), -1)
    return [w for w in roles.phrase(behind) if w.sector] if behind >= 0 else []


def launched(roles: Roles, at: int) -> list[Who]:
    """Return whose attack a bare noun is: "Kenyan gunfire and air strikes", "a rocket launched from Chad"."""
    chunks = roles.view.chunks
    if chunks[at].word not in roles.memory.strikes:
        return []
    by = conducted(roles, at)
    if by:
        return by
    for clause in roles.view.clauses:
        if clause.link == "mod" and at in clause.subject and clause.verb.lemma in ("launch", "fire"):
            return roles.phrases(i for p, i in clause.phrases if p == "from")
    joined = at > 1 and chunks[at - 1].kind == AND and chunks[at - 2].kind == NP
    if joined and chunks[at - 2].word in roles.memory.strikes:
        return roles.modifiers(at - 2)
    return [w for w in roles.following(at, ("from",)) if w.country]  # "an attack from Chad"


def suffered(verb: str, owners: Sequence[Who]) -> bool:
    """Tell whether the owners of an act made a noun are those it was done to, and not a state, a body, the police."""
    return (
        verb in SUFFERED
        and bool(owners)
        and all(
            w.kind in ("person", "people", "name") or (w.kind == "nominal" and w.sector not in FORCES)
            for w in owners
        )
    )


def attackers(roles: Roles, clause: Clause) -> list[Who]:
    """Return whose attack it was in which people died: "were killed in Israeli airstrikes"."""
    chunks, deeds = roles.view.chunks, roles.memory.strikes
    for prep, phrase in clause.phrases:
        at = phrase
        if chunks[at].word in roles.memory.measure and at + 2 < len(chunks) and chunks[at + 1].word == "of":
            at += 2  # "in a series of air strikes"
        fight = chunks[at].word in FIGHTS
        if prep in ("in", "by", "during", "after", "following", "from") and (
            fight or chunks[at].word in deeds
        ):
            whos = roles.following(at, ("by",)) or roles.modifiers(at)
            if not whos and at > 1 and chunks[at - 1].kind == AND and chunks[at - 2].kind == NP:
                whos = [w for w in roles.modifiers(at - 2) if w.country]  # "Kenyan air and land attacks"
                whos = whos or [w for s in chunks[at - 2].actors for w in of_span(s) if s.kind == "adjective"]
            if not whos and fight:
                against = [i for p, i in roles.behind(at) if p == "with" and chunks[i - 2].word != "border"]
                whos = roles.phrases(against[:1])  # "at the border with X" is no fight with X
            whos = [w for w in whos if w.sector not in PEACEFUL]  # "a school shooting"
            if whos:
                return whos
    return []
