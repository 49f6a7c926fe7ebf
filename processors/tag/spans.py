"""Writes the spans of a field's actors: phrases that were resolved, and later mentions of names that the article taught."""

from collections.abc import Callable, Iterator

import ahocorasick_rs

from processors.tag.identity import Identity, nominal_key
from processors.tag.model import ActorSpan
from processors.tag.phrase import Phrase


def spans(text: str, phrases: list[Phrase], resolve: Callable[[Phrase], Identity | None]) -> list[ActorSpan]:
    """Turn the resolved phrases of a field into spans."""
    found = []
    for phrase in phrases:
        identity = resolve(phrase)
        if identity is None:
            continue
        found.append(
            ActorSpan(
                phrase.start,
                phrase.end,
                text[phrase.start : phrase.end],
                identity.name,
                identity.key,
                identity.country,
                identity.sector,
                identity.kind,  # type: ignore[arg-type]
                _members(text, phrase, identity),
            )
        )
    return found


def _members(text: str, phrase: Phrase, whole: Identity) -> tuple[ActorSpan, ...]:
    """Return one actor for each country of "U.S. and Russian officials" or "U.S.-Russia"; empty where there is one."""
    if len(phrase.stretches) < 2 or whole.kind == "person":  # noqa: PLR2004
        return ()
    if len({s[2] for s in phrase.stretches}) < 2:  # noqa: PLR2004
        return ()
    head_text = text[phrase.stretches[-1][1] : phrase.end].strip() if phrase.heads else ""
    parts = []
    for start, end, country in phrase.stretches:
        own = text[start:end]
        key = (
            nominal_key(country, whole.sector, phrase.head, plural=phrase.plural) if phrase.heads else country
        )
        name = f"{own} {head_text}".strip()
        kind = "nominal" if phrase.heads else "state"
        parts.append(ActorSpan(start, end, own, name, key, country, whole.sector, kind))  # type: ignore[arg-type]
    return tuple(parts)


class Taught:
    """Names that only one article taught: unknown people, acronyms."""

    def __init__(self, names: dict[str, Identity]) -> None:
        """Take who bears each name.

        An automaton for the few names of one article is built in a fraction of the time that a pattern of them takes.
        """
        self._names = names
        self._automaton = (
            ahocorasick_rs.AhoCorasick(
                list(names), implementation=ahocorasick_rs.Implementation.NoncontiguousNFA
            )
            if names
            else None
        )

    def mentions(self, text: str, taken: list[ActorSpan]) -> list[ActorSpan]:
        """Return where a field names them outside the spans found so far, in order."""
        found, at = [], 0
        for start, end in self._occurrences(text):
            while at < len(taken) and taken[at].end <= start:
                at += 1
            if at < len(taken) and taken[at].start < end:
                continue
            identity = self._names[text[start:end]]
            found.append(
                ActorSpan(
                    start,
                    end,
                    text[start:end],
                    identity.name,
                    identity.key,
                    identity.country,
                    identity.sector,
                    identity.kind,  # type: ignore[arg-type]
                )
            )
        return found

    def _occurrences(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the names stand as whole words, in order, of those that overlap the first and longest."""
        if self._automaton is None:
            return
        floor = 0
        for start, last in sorted(
            [(s, -e) for _, s, e in self._automaton.find_matches_as_indexes(text, overlapping=True)]
        ):
            if start >= floor and _is_edge(text, start) and _is_edge(text, -last):
                yield start, -last
                floor = -last


def _is_edge(text: str, at: int) -> bool:
    """Tell whether a word begins or ends at a position, as a pattern tells by its boundaries."""
    before, behind = text[at - 1 : at] if at else "", text[at : at + 1]
    return (before.isalnum() or before == "_") != (behind.isalnum() or behind == "_")
