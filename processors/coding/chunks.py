"""Chunks of a tagged sentence: noun phrases, verb groups and the words between them (after Abney 1991)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.coding.tagging import DATE
from processors.text.morphology import (
    ADJ,
    ADV,
    BE,
    CC,
    DET,
    DO,
    HAVE,
    MODAL,
    NEG,
    NOUN,
    NUM,
    POSS,
    POSSPRON,
    PREP,
    PRON,
    PUNCT,
    REL,
    SUB,
    TO,
    VB,
    VBD,
    VBG,
    VBN,
    VBZ,
    VERB,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.tag import ActorSpan
    from processors.text import Tokens

NP, VG, IN, AND, SUBORD, WH, COMMA, STOP, TIME, MANNER = range(10)
"""Kinds of chunk: noun phrase, verb group, preposition, coordinator, subordinator, relative word, comma, other mark,
time expression, adverb."""

_NP_TAGS = DET | POSSPRON | NUM | ADJ | NOUN | POSS | PRON
_AUX = MODAL | BE | HAVE | DO | TO
_VERBAL = VERB | _AUX
_ASIDE = ADV | NEG
_MODIFIED = ADJ | NOUN
_OPENING = DET | POSSPRON | PRON
"""Words with which a noun phrase can only begin."""
_NAMING = NOUN | PRON
_GOING_ON = _NP_TAGS | ADV | PUNCT
"""Tags with which a noun phrase may go on."""
_LEADING = ADJ | NUM | DET
"""Words that stand for a thing where no noun follows: "the poor", "five"."""
_PLAIN_AUX = BE | HAVE | DO

ACTED_ON = words("acted_on")
"""Nouns behind which a name may say who acted on it, with no "that" between."""

ARTICLES = ("a", "an", "the")
NOR = "nor"
_KINDS = {PREP: IN, CC: AND, SUB: SUBORD, REL: WH, POSS: MANNER}
"""The kinds of words that stand alone, by tag; "Saturday's meeting": the date is no part of the phrase."""


@dataclass(slots=True)
class Chunk:
    """A chunk over tokens [start, end); the fields after `head` are those of a verb group."""

    kind: int
    start: int
    end: int
    head: int = -1
    word: str = ""
    actors: Sequence[ActorSpan] = ()
    lemma: str = ""
    form: str = ""  # fin, inf, ing, part
    modal: str = ""
    negated: bool = False
    passive: bool = False
    perfect: bool = False
    past: bool = False
    bare: bool = False  # the form that stands behind a modal verb, here without one
    going: bool = False  # "was shelling"
    cue: tuple[int, int] | None = None


def chunk(tokens: Tokens, tags: Sequence[int], spans: Sequence[ActorSpan | None]) -> list[Chunk]:
    """Return the chunks of a sentence in order; `spans[i]` is the actor span that token i belongs to, or None."""
    out: list[Chunk] = []
    i, n = 0, len(tags)
    while i < n:
        t = tags[i]
        if t & _NP_TAGS and not (t == POSS and not (out and out[-1].kind == NP)):
            if spans[i] is None and (i + 1 == n or not tags[i + 1] & _GOING_ON):
                out.append(Chunk(NP, i, i + 1, i, tokens.noun[i]))  # most are a word alone
                i += 1
            else:
                i = _noun_phrase(tokens, tags, spans, i, out)
        elif t & _VERBAL or (t & _ASIDE and _verb_follows(tags, i)):
            i = _verb_group(tokens, tags, i, out)
        elif t & DATE:
            j = i
            while j < n and tags[j] & DATE:
                j += 1
            out.append(Chunk(TIME, i, j))
            i = j
        else:
            kind = _KINDS.get(t, -1)
            if kind < 0:
                kind = MANNER if t & _ASIDE else COMMA if tokens.text[i] == "," else STOP
            word = tokens.lower[i]
            if word == NOR:
                kind = AND  # "neither A nor B"
            out.append(Chunk(kind, i, i + 1, i, word))
            i += 1
    if NOR in tokens.lower:
        _carry_nor(tokens, out)
    return out


def _carry_nor(tokens: Tokens, chunks: Sequence[Chunk]) -> None:
    """Negate the verb behind the subject that "nor did it threaten" and the like turn round."""
    nor: Chunk | None = None
    for c in chunks:
        if nor is not None and c.kind == VG:
            c.negated, c.cue = True, c.cue or (nor.start, nor.start + 1)
        if c.kind == VG:
            nor = c if tokens.lower[c.start] == NOR else None
        elif c.kind in (SUBORD, WH, COMMA, STOP):
            nor = None


def _verb_follows(tags: Sequence[int], i: int) -> bool:
    n = len(tags)
    while i < n and tags[i] & _ASIDE:
        i += 1
    return i < n and bool(tags[i] & _VERBAL)


def _noun_phrase(
    tokens: Tokens, tags: Sequence[int], spans: Sequence[ActorSpan | None], i: int, out: list[Chunk]
) -> int:
    n = len(tags)
    j = i
    head = i
    has_noun = False
    actors: list[ActorSpan] = []
    last = PUNCT  # the tag before
    while j < n:
        t = tags[j]
        if not t & _NP_TAGS:
            if (t & ADV and j > i and not has_noun and j + 1 < n and tags[j + 1] & _MODIFIED) or (
                tokens.text[j] == "," and i < j < n - 1 and _attribute(tokens, tags, i, j)
            ):
                last = t
                j += 1
                continue
            break
        span = spans[j]
        if j > i and not last & POSS:
            if last & PRON and (t & _OPENING or tokens.lower[j - 1] not in ("all", "both")):
                break
            if has_noun and (
                t & _OPENING
                or (
                    span is not None
                    and span is not spans[j - 1]
                    and (_new_actor(tokens, tags, spans, i, j) or _opened(tags, spans, j, out))
                )
                or (t == NUM and tokens.noun[j] == "money")  # "gave Haiti $5 million"
            ):
                break
        if span is not None:
            if not actors or actors[-1] is not span:
                actors.append(span)
            while j + 1 < n and spans[j + 1] is span:
                j += 1
            head, has_noun = j, True
            t = tags[j]
        elif t & _NAMING:
            if not (has_noun and tokens.lower[j] == "dead"):  # "shot a man dead"
                head = j
            has_noun = True
        elif not has_noun and t & _LEADING:
            head = j
        elif t & POSS:
            has_noun = False
        last = t
        j += 1
    out.append(Chunk(NP, i, j, head, tokens.noun[head], actors))
    return j


def _attribute(tokens: Tokens, tags: Sequence[int], first: int, comma: int) -> bool:
    """Tell whether a comma parts two attributes of one noun: "direct, secret talks", "opened direct, high-level talks"."""
    before, behind = tags[comma - 1], tags[comma + 1]
    if before == behind == ADJ:
        return True
    return (
        comma + 2 < len(tags)
        and bool(tokens.word[comma - 1].flags & ADJ)
        and not tokens.word[comma - 1].flags & NOUN
        and bool(behind & (ADJ | NOUN) and tags[comma + 2] & NOUN)
        and tokens.text[comma + 1].islower()
        and first > 0
        and not tags[first - 1] & (BE | NOUN)
        and tokens.word[first - 1].verb not in ("remain", "stay", "become", "seem", "keep", "feel")
    )


def _opened(tags: Sequence[int], spans: Sequence[ActorSpan | None], j: int, out: Sequence[Chunk]) -> bool:
    """Tell whether the actor at j is the subject behind an opening phrase without a comma: "In return Ruritania freed ..."."""
    if not out or out[-1].kind != IN or (len(out) > 1 and out[-2].kind not in (COMMA, STOP)):
        return False
    span, last = spans[j], spans[j - 1]
    placed = last is None or (out[-1].word == "in" and last.kind in ("state", "capital"))
    if span is None or span.kind == "adjective" or not placed:
        return False
    while j < len(tags) and spans[j] is span:
        j += 1
    return _verb_follows(tags, j)


def _new_actor(
    tokens: Tokens, tags: Sequence[int], spans: Sequence[ActorSpan | None], first: int, j: int
) -> bool:
    """Tell whether the actor at j begins a phrase of its own, right after the finished noun of a phrase that begins at `first`.

    One with an article does, and a person, unless the noun is his title; so does whoever acts on what a noun says: "a move
    Ruritania condemned".
    """
    span, last = spans[j], spans[j - 1]
    if span is None or last is not None:
        return False
    if tokens.lower[j] in ARTICLES:
        return True  # "In Alexandria a policeman ..."
    if span.kind == "person" and tags[j - 1] & NOUN == 0:
        return True
    if tokens.lower[j - 1] not in ACTED_ON or tokens.lower[first] not in ("a", "an"):
        return False
    while j < len(tags) and spans[j] is span:
        j += 1
    return _verb_follows(tags, j)


def _verb_group(  # noqa: C901, PLR0912, PLR0915 - the states of an English verb group, read left to right
    tokens: Tokens, tags: Sequence[int], i: int, out: list[Chunk]
) -> int:
    n = len(tags)
    j = i
    vg = Chunk(VG, i, i)
    last_aux = 0
    main = -1
    while j < n:
        t = tags[j]
        if t & _ASIDE:
            if t & NEG or tokens.word[j].flags & NEG:
                vg.negated, vg.cue = True, vg.cue or (j, j + 1)
            if main >= 0 or not _verb_follows(tags, j):
                if main >= 0 or not last_aux:
                    break
                if not t & NEG and not (j + 1 < n and tags[j + 1] & NEG):
                    break
        elif t & MODAL:
            if last_aux:
                break
            vg.modal, vg.form, last_aux = tokens.lower[j], "fin", MODAL
            vg.cue = vg.cue or (j, j + 1)
            if tokens.word[j].flags & NEG:
                vg.negated = True
        elif t & TO:
            if last_aux or main >= 0:
                break  # otherwise only adverbs stand before it: "vowed not to yield"
            vg.form, last_aux = "inf", TO
        elif t & _PLAIN_AUX:
            if last_aux == DO:
                break
            low = tokens.lower[j]
            if not vg.form:
                vg.form = "ing" if low in ("being", "having", "doing") else "fin"
                vg.past = low in ("was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't")
            if tokens.word[j].flags & NEG:
                vg.negated, vg.cue = True, vg.cue or (j, j + 1)
            vg.perfect = vg.perfect or (t == HAVE)
            last_aux, main = t, -1
            vg.lemma, vg.head = tokens.word[j].verb or "be", j
        elif t & VERB:
            if main >= 0:
                break
            main = j
            _main_verb(vg, t, last_aux, tokens, j)
            j += 1
            break
        elif t == CC and last_aux == 0:
            break
        else:
            break
        j += 1
    if main < 0 and last_aux == HAVE:
        vg.perfect = False
    if vg.head < 0:
        vg.head = max(i, j - 1)
    j = max(j, i + 1)
    vg.end = j
    out.append(vg)
    return j


def _main_verb(vg: Chunk, t: int, last_aux: int, tokens: Tokens, j: int) -> None:
    vg.lemma, vg.head = tokens.word[j].verb or tokens.lower[j], j
    if last_aux == 0:
        vg.form = "ing" if t == VBG else "part" if t == VBN else "fin"
        vg.past = t == VBD
        vg.bare = t == VB and tokens.lower[j] == vg.lemma
    elif last_aux == BE and t & (VBN | VBD):
        vg.passive = True
    elif last_aux == BE and t == VBG:
        vg.going = True
    if vg.form == "part":
        vg.passive = True
    if t in (VB, VBZ) and last_aux == 0:
        vg.form = "fin"
