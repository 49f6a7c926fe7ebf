"""Whose strike or arrest a noun phrase names, and who somebody without a name is thought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, NP, VG
from processors.coding.grammar import words
from processors.coding.who import Who, of_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.clauses import Clause
    from processors.coding.roles import Roles

CONDUCT = words("conduct")
"""Verbs whose agent is that of the attack they govern."""

BLAME = {"attribute": "to", "blame": "on"}
"""Those among them that name the agent behind a preposition of their own."""

PLACES = ("place", "capital")
"""Kinds of actor that tell where it was: "caused by strikes in Kabul"."""

ARMS = (None, "MIL")
"""Sectors of what strikes: "a Russian drone"."""

SUFFERED = words("suffered")
"""Verbs whose nouns belong to who suffers them: "the singer's arrest"."""

FORCES = ("COP", "GOV", "JUD", "MIL", "REB", "SPY")
"""Sectors of those who make others suffer."""

BOMBINGS = words("bombings")
"""Words of attacks that are called after the town in which they were."""

UNNAMED = {
    word: sector
    for sector in ("CRM", "REB", "SEP", "COP", "MIL")
    for word in words(f"{sector.lower()}_attack")
}
"""Words before a noun of attack that tell who did it, though nobody is named, with their sectors."""

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
    whos = roles.following(at, ("by", "from")) or conducted(roles, at)
    if not whos and not placed(roles, at):
        whos = [w for w in roles.modifiers(at) if w.country]
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
            blamed = [i for p, i in clause.phrases if p == BLAME.get(clause.verb.lemma)]
            return [w for w in roles.agent(clause) or roles.phrases(blamed) if w.kind not in PLACES]
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
            return roles.agent(clause) or roles.phrases(i for p, i in clause.phrases if p == "from")
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
            whos = roles.following(at, ("by",)) or conducted(roles, at) or doing(roles, at)
            if not whos and at > 1 and chunks[at - 1].kind == AND and chunks[at - 2].kind == NP:
                whos = [w for w in roles.modifiers(at - 2) if w.country]  # "Kenyan air and land attacks"
                whos = whos or [w for s in chunks[at - 2].actors for w in of_span(s) if s.kind == "adjective"]
            if not whos and fight:
                both = roles.phrases([i for p, i in roles.behind(at) if p == "between"])
                whos = [w for w in both if w.kind != "place"]
            if not whos and fight:
                against = [i for p, i in roles.behind(at) if p == "with" and chunks[i - 2].word != "border"]
                whos = roles.phrases(against[:1])  # "at the border with X" is no fight with X
            whos = [w for w in whos if w.sector not in PEACEFUL]  # "a school shooting"
            whos = whos or unnamed(roles, at)
            if whos:
                return whos
    return []


def doing(roles: Roles, at: int) -> list[Who]:
    """Return who does what the noun phrase at chunk `at` names: those before its head, unless they only say where."""
    return [] if placed(roles, at) else roles.modifiers(at)


def placed(roles: Roles, at: int) -> bool:
    """Tell whether the actor before a noun of attack says where it was: "a Kabul bombing", unlike "a Kabul missile strike"."""
    c = roles.view.chunks[at]
    if (
        not c.actors
        or c.actors[-1].kind not in ("state", "capital")
        or c.actors[-1].end > roles.view.tokens.start[c.head]
    ):
        return False
    inside = roles.view.tokens.lower[c.start : c.head + 1]
    if {"'s", "’s"} & set(inside):
        return False
    # "the Kabul attack" was there, "a Moscow attack on Ukraine" came from there.
    aimed = at + 1 < len(roles.view.chunks) and roles.view.chunks[at + 1].word in ("on", "against")
    town = c.actors[-1].kind == "capital" and c.word == "attack" and not aimed
    return town or not BOMBINGS.isdisjoint(inside)


def unnamed(roles: Roles, at: int) -> list[Who]:
    """Return those without a name whose attack the noun phrase at chunk `at` is: "a gang attack", "an insurgent raid"."""
    view = roles.view
    c = view.chunks[at]
    for i in range(c.start, c.head):
        sector = UNNAMED.get(view.tokens.lower[i])
        if sector is not None and view.spans[i] is None:
            word = view.tokens.text[i]
            return [Who(word, f"---.{sector}", None, sector, "nominal", view.tokens.start[i])]
    return []
