"""Tokens of one sentence, as parallel lists: text, lower case, offsets, lexicon entry, forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from processors.text.morphology import Word, lexicon, unknown
from processors.text.perword import PerWord

MOST = 400
"""Tokens of one sentence that are looked at; the rest of a longer one is left alone."""

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


@dataclass(slots=True)
class Words:
    """A sentence cut into words, of which nothing is known yet: what it takes to see whether it is worth a closer look."""

    text: list[str]
    parts: list[str]
    """What stands between the words and the words in turn, from `start` on; words that are left out of `text` too."""
    start: int
    kept: list[int] | None = None
    """The indices of the words of `text` among all; None where it holds all."""

    @property
    def opens(self) -> bool:
        """Tell whether the first of these words is the first of the sentence."""
        return self.kept is None or self.kept[:1] == [0]

    @property
    def every(self) -> list[str]:
        """All words of the sentence, those that are left out of `text` too."""
        return self.text if self.kept is None else self.parts[1::2]

    def keep(self, kept: list[int]) -> Words:
        """Return the words with these indices."""
        return Words([self.text[i] for i in kept], self.parts, self.start, kept)

    def tokens(self) -> Tokens:
        """Return what is known of each of the words."""
        if not self.text:
            return Tokens([], [], [], [], [], [])
        edges = list(accumulate(map(len, self.parts), initial=self.start))
        starts, ends = edges[1::2], edges[2::2]
        if self.kept is not None:
            starts, ends = [starts[i] for i in self.kept], [ends[i] for i in self.kept]
        entries = list(map(ENTRIES.__getitem__, self.text))
        if self.opens:
            entries[0] = FIRST[self.text[0]]  # a capital makes no name of the first word
        lowers, words, forms = map(list, zip(*entries, strict=True))
        return Tokens(self.text, lowers, starts, ends, words, forms)


def _read(text: str, *, first: bool) -> Entry:
    lower = text.lower().replace("’", "'")
    word = lexicon().get(lower) or unknown(text, lower, first=first)
    parts = lower.split("-") if "-" in lower else ()
    return Entry(lower, word, frozenset((lower, word.noun or lower, word.verb or lower, *parts)))


ENTRIES = PerWord(partial(_read, first=False))
"""The entries of the words that do not open a sentence."""

FIRST = PerWord(partial(_read, first=True))
"""The entries of first words."""


def cut(field: str, start: int, end: int) -> Words:
    """Return the words of `field[start:end]`, at most `MOST` of them."""
    parts = TOKEN.split(field[start:end])
    parts.pop()  # what stands behind the last word
    del parts[2 * MOST :]
    return Words(parts[1::2], parts, start)


def tokenize(field: str, start: int, end: int) -> Tokens:
    """Return the tokens of `field[start:end]`, at most `MOST` of them."""
    return cut(field, start, end).tokens()
