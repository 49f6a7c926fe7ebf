"""Tokens of one sentence, as parallel lists: text, lower case, offsets, lexicon entry, forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from processors.text.morphology import LONGEST, Word, lexicon, unknown

MOST = 400
"""Tokens of one sentence that are looked at; the rest of a longer one is left alone."""

KEPT = 65_536
"""Words whose entries are kept: more than a language has in daily use, in some 40 MB."""

TOKEN = re.compile(
    r"([A-Za-z]+(?= )"  # most words, told without a look at what is rarer
    r"|(?:[^\W\d_]\.){2,}(?:[-‐][^\W\d_]+)*"  # U.S., U.N.-brokered
    r"|['’][sS]\b"  # possessive
    r"|(?:(?:US|[AC])?[$€£¥])?\d(?:[\d,.]*\d)?(?:[kmKMB]|[mb]n)?(?![\w-])"  # numbers and sums: 1,500, US$20m
    r"|\w+(?:[-‐]\w+)*(?:['’](?![sS]\b)[^\W\d_]+)?"
    r"|[^\w\s])"
)


class Entry(NamedTuple):
    """What is known of a word whatever stands beside it."""

    lower: str
    word: Word
    forms: frozenset[str]
    """The word in lower case, its lemmas, and the parts of a word with hyphens."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a sentence; offsets are code points in the field that holds the sentence."""

    text: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]
    word: list[Word]
    forms: list[frozenset[str]]

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.text)


def _read(text: str, *, first: bool) -> Entry:
    lower = text.lower().replace("’", "'")
    word = lexicon().get(lower) or unknown(text, lower, first=first)
    forms = {lower, word.noun or lower, word.verb or lower}
    if "-" in lower:
        forms.update(lower.split("-"))
    return Entry(lower, word, frozenset(forms))


class _Entries(dict[str, Entry]):
    """The entries of the words that have been read, or of first words; emptied once they are `KEPT`."""

    def __init__(self, *, first: bool = False) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, text: str) -> Entry:
        entry = _read(text, first=self._first)
        if len(text) <= LONGEST:  # no page of one word stays in memory
            if len(self) >= KEPT:
                self.clear()
            self[text] = entry
        return entry


_ENTRIES = _Entries()
_FIRST = _Entries(first=True)


def tokenize(field: str, start: int, end: int) -> Tokens:
    """Return the tokens of `field[start:end]`, at most `MOST` of them."""
    parts = TOKEN.split(field[start:end])  # what stands between tokens and the tokens in turn
    texts = parts[1::2]
    if not texts:
        return Tokens([], [], [], [], [], [])
    del texts[MOST:]
    edges = list(accumulate(map(len, parts[: 2 * len(texts)]), initial=start))
    entries = [_ENTRIES[text] for text in texts]
    entries[0] = _FIRST[texts[0]]  # a capital makes no name of the first word
    lowers, words, forms = map(list, zip(*entries, strict=True))
    return Tokens(texts, lowers, edges[1::2], edges[2::2], words, forms)
