"""Which body a common noun means: "the group", "the ministry" go on about the last one named; an apposition names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import ARTICLES, COMMA, NP, VG
from processors.coding.platforms import PLATFORMS
from processors.coding.who import Who, of_span

if TYPE_CHECKING:
    from processors.coding.coreference import Memory
    from processors.coding.view import View
    from processors.tag import ActorSpan

CALLED = {
    "band": frozenset(("REB", "SEP", "CRM", "UAF")),
    "agency": frozenset(("IGO", "NGO")),
    "firm": frozenset(("BUS",)),
    "faction": frozenset(("PTY", "OPP")),
}
"""Sets of nouns, and the sectors of the bodies that may be called so whatever their names are."""

UNNAMED = ("REB", "SEP", "CRM", "PTY", "OPP", "NGO", "IGO")
"""Sectors of bodies that a text first calls by what they are."""

OF_STATE = ("army", "navy", "force")
"""Nouns that alone mean the state's, whatever those who fight it call themselves: "rebels of the X Army ... the army"."""

POINTING = frozenset(("the", "this", "said"))
"""Words before a noun that lead back to what has been named."""

KINDS = ("org", "group")
GROUP = "grp."
"""How the keys of armed groups begin, and those of their members."""
NEAR = 4
"""Sentences within which the name stands."""


def named(memory: Memory, view: View, at: int) -> list[Who]:
    """Return the body that a common noun at chunk `at` stands for, where the article names it; else nobody."""
    c = view.chunks[at]
    head = view.spans[c.head]
    dead = view.tokens.lower[c.head] == "bodies"  # several bodies are rather the dead
    found = _named_before(memory, view, at) if c.word in memory.bodies and not dead else []
    return found or (_named_behind(view, at) if head is not None and head.kind == "nominal" else [])


def _named_before(memory: Memory, view: View, at: int) -> list[Who]:
    """Return the body named last that a bare noun may mean: "the group", after "the Liberation Front"."""
    c = view.chunks[at]
    first, last = c.start, c.head
    lower = view.tokens.lower
    if last - first not in (1, 2) or lower[first] not in POINTING or c.end != last + 1:
        return []
    if not view.tokens.text[last].islower() or any(a.country or a.kind in KINDS for a in c.actors):
        return []
    sectors = next((s for name, s in CALLED.items() if c.word in memory.called[name]), frozenset[str]())
    for span in memory.spans_before(view, view.tokens.start[first], NEAR):
        if c.word in OF_STATE and span.key.startswith(GROUP):
            continue
        if span.key.startswith(GROUP) and span.kind == "nominal" and "REB" in sectors:
            return [_whose(span)]
        if span.kind not in KINDS and (span.kind != "nominal" or not span.country):
            continue
        if span.name.lower() in PLATFORMS:
            continue  # what a body said by it is not about it
        called = c.word in span.text.lower().split() or c.word in span.name.lower().split()
        if called or (span.sector in sectors and span.kind in KINDS):
            return of_span(span)
    return []


def _whose(span: ActorSpan) -> Who:
    """Return the group of which the text names a member or official only: "a senior Hamas official said the group ..."."""
    key = ".".join(span.key.split(".")[:2])
    name = " ".join(w for w in span.text.split() if w[:1].isupper() and w.lower() not in ARTICLES)
    return Who(name or span.name, key, span.country, "REB", "group", span.start)


def _named_behind(view: View, at: int) -> list[Who]:
    """Return the group that an apposition names: "the militant organisation, the Liberation Front, claimed ..."."""
    chunks = view.chunks
    if at + 4 > len(chunks) - 1 or chunks[at + 1].kind != COMMA or chunks[at + 2].kind != NP:
        return []
    own, name = view.spans[chunks[at].head], view.spans[chunks[at + 2].head]
    if (
        name is None
        or name.kind not in KINDS
        or own is None
        or name.sector != own.sector
        or own.sector not in UNNAMED
    ):
        return []
    j = at + 3
    while j < len(chunks) - 1 and view.spans[chunks[j].start] is name:
        j += 1  # a name of several phrases: "the Front for the Liberation of X"
    closed = chunks[j].kind == COMMA and chunks[j + 1].kind == VG
    return of_span(name) if closed else []
