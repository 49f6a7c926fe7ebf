"""Why a sentence was coded as it was: which rules fired, which had their trigger in it and did not, and for want of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processors.coding.fitting import Fitting

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.frames import Frame, Rules
    from processors.coding.roles import Roles
    from processors.coding.view import View


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule whose trigger stands in the sentence and that did not fire."""

    rule: str
    trigger: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence: offsets in code points of its field, the rules that fired, those that almost did."""

    field: str
    start: int
    end: int
    sentence: str
    fired: tuple[str, ...]
    missed: tuple[NearMiss, ...]


def near_misses(view: View, roles: Roles, rules: Rules, fired: set[str]) -> tuple[NearMiss, ...]:
    """Return the rules whose trigger stands in the sentence and that did not fire, in the order of the text."""
    fitting = Fitting(rules, view, roles)
    found: dict[tuple[str, str], NearMiss] = {}
    for clause in view.clauses:
        for key, end in fitting.keys(clause):
            for frame in rules.verbs.get(key, ()):
                if frame.id not in fired:
                    trigger = view.slice(clause.verb.head, max(end, clause.verb.head) + 1)
                    miss = NearMiss(frame.id, trigger, reason(fitting, frame, clause))
                    found.setdefault((frame.id, trigger), miss)
    return tuple(found.values())


def reason(fitting: Fitting, frame: Frame, clause: Clause) -> str:
    """Return in one sentence why a frame whose trigger is the verb of `clause` did not fire."""
    for missing, text in (
        (not fitting.voice_fits(frame.voice, clause), f"the verb is not {frame.voice!r}, as the frame asks"),
        (
            not fitting.object_fits(frame, clause),
            "its object is not among the words that the frame asks for, or among those it bars",
        ),
        (
            bool(frame.subject) and not fitting.subject_fits(frame, clause),
            "its subject is not of the kind that the frame asks for",
        ),
        (
            not fitting.phrases_fit(frame, clause),
            f"no phrase with {' or '.join(sorted(frame.prep)) or 'a preposition'} fits",
        ),
        (
            not fitting.neighbours_fit(frame, clause),
            "none of the words that the frame asks for stands near, or one that it bars does",
        ),
    ):
        if missing:
            return text
    if frame.operator:
        return f"the operator {frame.operator!r} found no act that it governs"
    return "a more specific frame fits the same verb, or the act is background, purpose or nobody's"
