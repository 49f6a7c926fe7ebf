"""An attack that the next sentence goes on with: "Kenya shelled the town. The attack killed four people"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.coding.draft import Draft
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.coding.who import Who

POINTING = frozenset("the this that these those".split())
"""Words before a noun by which it leads back to what has been told."""
HOSTILE = ("18", "19", "20")


class Attack(NamedTuple):
    """An attack that has been told, and the sentence that told it."""

    sentence: int
    field: str
    source: tuple[Who, ...]
    target: tuple[Who, ...]


def last_of(drafts: Iterable[Draft], view: View, sentence: int) -> Attack | None:
    """Return the attack that a sentence tells, where it tells of one side's only."""
    told = [d for d in drafts if d.code[:2] in HOSTILE and not d.negated and not d.hypothetical]
    sides = {frozenset(w.country for w in d.source) for d in told}
    if not told or len(sides) > 1 or None in next(iter(sides)):
        return None
    return Attack(sentence, view.field, tuple(told[0].source), tuple(told[0].target))


def referred(draft: Draft, view: View, roles: Roles) -> Attack | None:
    """Return the attack of the sentence before that a draft goes on with: its subject or its cause is "the attack"."""
    attack, clause = roles.memory.attack, draft.clause
    if (
        attack is None
        or clause is None
        or draft.code[:2] not in HOSTILE
        or attack.field != view.field
        or roles.memory.sentence != attack.sentence + 1
    ):
        return None
    named = [draft.noun] if draft.noun >= 0 else []
    for at in (*named, *clause.subject, *(i for p, i in clause.phrases if p in ("in", "during", "by"))):
        c = view.chunks[at]
        bare = c.word in roles.memory.strikes and not any(a.country for a in c.actors)
        if bare and view.tokens.lower[c.start] in POINTING:
            return attack
    return None
