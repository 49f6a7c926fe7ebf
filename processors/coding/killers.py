"""Who killed the dead of an attack, where another clause or phrase than the verb's own tells: "in strikes", "when X stormed in"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import COMMA, IN, NP, SUBORD, TIME, VG
from processors.coding.clauses import WHEN
from processors.coding.striking import CONDUCT, FIGHTS, attackers, striking
from processors.coding.who import Who, unique

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.draft import Draft
    from processors.coding.match import Matcher
    from processors.coding.roles import Roles
    from processors.coding.view import View

NEXT = ("and", "co", "adv", "ing", "")
"""Links of the clause that goes on with the same subject."""

STATES = ("state", "capital", "adjective")
"""Kinds of actor that strike with the arms of a state: "after Ruritania shelled the town", "when an Israeli tank fired"."""

ARMED = frozenset(("MIL", "REB", "COP", "UAF", "SEP", "CRM"))
"""Sectors of those who bear arms."""


def killers(draft: Draft, view: View, roles: Roles, matcher: Matcher) -> list[Who]:
    """Return who attacked where the text says that somebody was killed: by the strike, the attack of X, or when X stormed in."""
    if draft.clause is None:
        return []
    return (
        attackers(matcher.roles, draft.clause)
        or _attacker(draft, view, roles)
        or _one_attack(draft, roles, matcher)
        or _meanwhile(draft.clause, matcher)
        or _stormed(draft, view, roles, matcher.rules.sets["mishap_verb"])
        or _only_strike(draft, view, roles)
    )


def _stormed(draft: Draft, view: View, roles: Roles, mishaps: frozenset[str]) -> list[Who]:
    """Return those who bear arms right behind "when" or "after": whatever their verb is, it tells what they did to the dead."""
    chunks = view.chunks
    if any(c.link in WHEN and c.parent is draft.clause and c.verb.lemma in mishaps for c in view.clauses):
        return []  # "when an army helicopter crashed"
    hit = {w.key for w in draft.target}
    for j in range(draft.at + 1, len(chunks) - 1):
        if chunks[j].kind in (IN, SUBORD) and chunks[j].word in WHEN and chunks[j + 1].kind == NP:
            verb = j + 2 < len(chunks) and chunks[j + 2].kind == VG
            fought = chunks[j + 1].word in roles.memory.strikes or chunks[j + 1].word in FIGHTS
            if fought or (chunks[j].word == "as" and not verb):
                return []
            if verb and chunks[j + 2].passive:
                return []  # "while two gunmen are wounded"
            return [w for w in roles.phrase(j + 1) if w.sector in ARMED and w.key not in hit]
    return []


def _only_strike(draft: Draft, view: View, roles: Roles) -> list[Who]:
    """Return whose strike it was, where the sentence tells of the strikes of one side only: "was shot during an Israeli raid"."""
    if draft.code.startswith("181"):
        return []  # who is taken alive is not taken by the strike
    chunks = view.chunks
    opening = next((i for i, c in enumerate(chunks) if c.kind == COMMA), 0) if chunks[0].kind == IN else 0
    told = [
        striking(roles, at)
        for at in (*range(opening), *range(draft.at + 1, len(chunks)))
        if chunks[at].kind == NP and chunks[at].word in roles.memory.strikes and chunks[at - 1].kind != TIME
    ]
    sides = {frozenset(w.country for w in whos) for whos in told if whos}
    whos = unique(w for one in told for w in one)
    lands = {w.country for w in whos}
    return whos if len(sides) == 1 and not lands & {w.country for w in draft.target} else []


def _one_attack(draft: Draft, roles: Roles, matcher: Matcher) -> list[Who]:
    """Return who hurt the others of one sentence: "six were killed and two wounded in a Kenyan raid"."""
    casualty = matcher.rules.sets["casualty"]
    for other in matcher.view.clauses:
        if (
            other.parent is draft.clause
            and other.verb.passive
            and other.verb.lemma in casualty
            and other.link in NEXT
        ):
            return attackers(matcher.roles, other) or roles.agent(other) or _meanwhile(other, matcher)
    return []


def _attacker(draft: Draft, view: View, roles: Roles) -> list[Who]:
    """Return who carried out the attack in which somebody was killed: "in strikes conducted by X"."""
    chunks = view.chunks
    for j in range(draft.at + 1, len(chunks) - 1):
        if chunks[j].kind == IN and chunks[j].word == "by" and chunks[j + 1].kind == NP:
            verbs = {c.lemma for c in chunks[max(draft.at + 1, j - 2) : j] if c.kind == VG}
            if verbs & CONDUCT:
                return roles.doers([j + 1])
    return []


def _meanwhile(clause: Clause, matcher: Matcher) -> list[Who]:
    """Return who attacked when somebody was killed: "were killed when militants stormed the camp"."""
    for other in matcher.view.clauses:
        suffers = other.verb.passive or other.verb.lemma == "come"  # "after coming under fire from X"
        attacked = suffers and other.verb.form == "ing" and other.prep in WHEN
        if other.parent is clause and (other.link in WHEN or attacked):
            for act in matcher.of_clause.get(other.at, ()):
                if act.code[:2] in ("18", "19", "20") and act.noun < 0 and not act.negated:
                    return [w for w in act.source if attacked or w.sector in ARMED or w.kind in STATES]
    return []
