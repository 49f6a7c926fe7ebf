"""What a new version of a text says that the former one did not, sentence by sentence.

Of the former version its sketch is enough: the hashes of its sentences and facts. So a diff costs no look-up of old texts, and
comes out the same in a replay long after the old record has left its topic.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from processors.dedupe.constants import LEAD_SENTENCES, MAX_NAMES, MAX_NUMBERS, MAX_SENTENCES
from processors.dedupe.facts import NAME, Facts, read, take_apart
from processors.dedupe.normal import normalise, words_by_sentence
from processors.dedupe.rows import Row, facts_of, is_cased, row_of, term_hash
from schemas.sketch import Sketch
from schemas.verdict import ChangeKind, SentenceChange, TextDiff

MAX_CHANGES: Final = 64
"""Changes that a diff lists; beyond it only their number is told. A live blog that was written anew must not outgrow its record."""

_END: Final = re.compile(
    '[.!?\u0964\u061f\u2026][")\\]\'\u2019\u2018\u201c\u201d\u00bb]*\\s+|[\r\n\u3002\uff01\uff1f]+["\u201d\u300d]?'
)
"""As `normal.sentences` splits, but on the text as it stands, whose quotation marks are not spaces yet."""


class Sentence(NamedTuple):
    """A sentence of the new version: where it stands, in code points of the text, and what it says."""

    start: int
    end: int
    facts: Facts
    row: Row
    other: Facts | None
    """The same with its first word as a name where it is none, or the reverse: that depends on the sentences around it."""


def text_diff(former: Sketch, headline: int, text: str) -> TextDiff:
    """Return what changed from the version of which `former` is the sketch to `text`, whose hashed headline is given.

    A former version of more than 96 sentences is known by a sample of them: of the others nothing is said.
    """
    places = _places(former)
    wordings = {skeleton for skeleton, *_ in places}
    new = [_as_before(sentence, places, wordings) for sentence in _sentences(text)]
    held = {sentence.row[:3] for sentence in new}
    gone = [place for row, place in places.items() if row not in held]
    wording = _by_wording([former.sentences[place] for place in gone], gone)
    fresh = [s for s in _unique(new) if s.row[:3] not in places and _would_be_known(former, s.row)]
    ours = _by_wording([s.row for s in fresh], list(range(len(fresh))))
    changes = []
    for n, sentence in enumerate(fresh):
        theirs = wording.get(sentence.row[0], [])
        alike = len(theirs) == 1 and ours[sentence.row[0]] == [n]
        changes.append(_change(former, sentence, theirs[0] if alike else None))
    paired = {change.former for change in changes}
    removed = [SentenceChange(kind=ChangeKind.REMOVED, former=p) for p in sorted(gone) if p not in paired]
    return TextDiff(
        same=len(places) - len(gone),
        added=sum(change.kind is ChangeKind.ADDED for change in changes),
        changed=sum(change.kind is ChangeKind.CHANGED for change in changes),
        removed=len(removed),
        headline=headline != former.headline,
        changes=tuple((changes + removed)[:MAX_CHANGES]),
    )


def _sentences(text: str) -> Iterator[Sentence]:
    pieces: list[tuple[int, int, list[str]]] = []
    for start, end in _spans(text):
        pieces += [(start, end, split) for split in words_by_sentence(normalise(text[start:end]))]
    tokens = [list(map(read, split)) for *_, split in pieces]
    facts = facts_of([split for *_, split in pieces], tokens, cased=is_cased(normalise(text)))
    for (start, end, split), fact, sentence in zip(pieces, facts, tokens, strict=True):
        other, (low, *_, kind, _) = None, sentence[0]
        if kind is NAME:
            other = take_apart(sentence, () if fact.names[:1] == [low] else (low,))
        yield Sentence(start, end, fact, row_of(fact, len(split)), other)


def _as_before(sentence: Sentence, places: dict[tuple[int, ...], int], wordings: set[int]) -> Sentence:
    """Return the sentence with its first word taken as the former version took it, where that had the sentence or its wording."""
    if sentence.other is None or sentence.row[:3] in places:
        return sentence
    row = row_of(sentence.other, sentence.row[3])
    if row[:3] in places or (row[0] in wordings and sentence.row[0] not in wordings):
        return sentence._replace(facts=sentence.other, row=row)
    return sentence


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        yield start, match.start() + len(match[0].rstrip())
        start = match.end()
    yield start, len(text)


def _places(former: Sketch) -> dict[tuple[int, ...], int]:
    return {row[:3]: place for place, row in reversed(list(enumerate(former.sentences)))}


def _unique(new: list[Sentence]) -> list[Sentence]:
    return list({sentence.row[:3]: sentence for sentence in reversed(new)}.values())[::-1]


def _by_wording(rows: list[Row], numbers: list[int]) -> dict[int, list[int]]:
    wording: dict[int, list[int]] = {}
    for row, number in zip(rows, numbers, strict=True):
        wording.setdefault(row[0], []).append(number)
    return wording


def _would_be_known(former: Sketch, row: Row) -> bool:
    """Tell whether the former sketch would have the sentence if the text had had it: a long text keeps the lowest hashes."""
    return len(former.sentences) < MAX_SENTENCES or row <= max(former.sentences[LEAD_SENTENCES:])


def _change(former: Sketch, sentence: Sentence, place: int | None) -> SentenceChange:
    return SentenceChange(
        kind=ChangeKind.ADDED if place is None else ChangeKind.CHANGED,
        start=sentence.start,
        end=sentence.end,
        former=place,
        names=_unknown(sentence.facts.names, former.names, MAX_NAMES),
        numbers=_unknown(sentence.facts.numbers, former.numbers, MAX_NUMBERS),
    )


def _unknown(facts: list[str], known: tuple[int, ...], cap: int) -> tuple[str, ...]:
    """Return the facts that the former version did not have; of a full list only those up to its last hash can be told."""
    end = known[-1] if len(known) == cap else 0xFFFF
    return tuple(
        fact for fact in dict.fromkeys(facts) if term_hash(fact) <= end and term_hash(fact) not in known
    )
