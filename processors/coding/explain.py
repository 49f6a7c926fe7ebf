"""Why a sentence was coded as it was: which rules fired, which had their trigger in it and did not, and for want of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processors.coding.chunks import NP
from processors.coding.fitting import Fitting

if TYPE_CHECKING:
    from processors.coding.chunks import Chunk
    from processors.coding.clauses import Clause
    from processors.coding.frames import Frame, Rules
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.tag import ActorSpan


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule whose trigger stands in the sentence and that did not fire."""

    rule: str
    trigger: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence: offsets in code points of its field, the actors seen, the rules that fired, those that almost did."""

    field: str
    start: int
    end: int
    sentence: str
    actors: tuple[ActorSpan, ...]
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
    for chunk in view.chunks:
        for trigger, frame in _named(chunk, view, rules):
            if frame.id not in fired:
                found.setdefault(
                    (frame.id, trigger), NearMiss(frame.id, trigger, noun_reason(frame, chunk, view))
                )
    return tuple(found.values())


def _named(chunk: Chunk, view: View, rules: Rules) -> list[tuple[str, Frame]]:
    """Return the noun frames whose trigger heads a noun phrase, each with the words of the trigger."""
    if chunk.kind != NP:
        return []
    head = chunk.head
    lemma = view.tokens.word[head].noun or view.tokens.lower[head]
    named = [(view.slice(head, head + 1), frame) for frame in rules.nouns.get(lemma, ())]
    if head > chunk.start:
        pair = f"{view.tokens.lower[head - 1]}_{lemma}"
        named += [(view.slice(head - 1, head + 1), frame) for frame in rules.nouns.get(pair, ())]
    return named


def noun_reason(frame: Frame, chunk: Chunk, view: View) -> str:
    """Return in one sentence why a frame whose trigger heads the noun phrase `chunk` did not fire."""
    words = view.lemmas(chunk.start, chunk.end)
    if frame.modifier and not frame.modifier & words:
        return "none of the words that the frame asks for stands in the noun phrase"
    if frame.not_near & words:
        return "a word that the frame bars stands in the noun phrase"
    if frame.operator:
        return f"the operator {frame.operator!r} found no act that it governs"
    light = " or ".join(sorted(frame.light)[:4])
    if not frame.free:
        return f"no verb that makes it an act ({light or 'a light verb'}) governs it"
    return f"two sides or a light verb ({light or 'any'}) are wanting, or another rule tells the act"


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
