"""Tokens of one sentence, as parallel sequences: text, offsets, and what is known of each word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain
from typing import NamedTuple

from processors.text.morphology import (
    ADJ,
    ADV,
    BE,
    CC,
    DET,
    DO,
    HAVE,
    NEG,
    NOUN,
    NUM,
    PLURAL,
    POSSPRON,
    PREP,
    PRON,
    PUNCT,
    REL,
    SUB,
    VB,
    VBD,
    VBG,
    VBN,
    VBZ,
    Word,
    lexicon,
    unknown,
)  # fmt: skip
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


MARKS = frozenset(",.;:?!")
"""Marks that belong to no word whose end they follow."""

LONG = 4
"""Letters of a word that has a capital in a title-case headline."""

_PLAIN = {
    **{f: f for f in (DET, PREP, CC, PRON, POSSPRON, SUB, REL, BE, HAVE, DO, NEG, ADJ, NUM, NOUN, PUNCT)},
    **{NOUN | f: NOUN for f in (PLURAL, ADJ, ADJ | PLURAL)},
    **{NEG | f: NEG for f in (DET, CC, ADV)},
    **{aux | f: aux for aux in (BE, HAVE, DO) for f in (VB, VBZ, VBD, VBN, VBD | VBN, VBG, NEG)},
}
"""What words are that can be one thing only, but for those in `_ODD`."""

_ODD = frozenset(
    "that so her at least more less fewer than about around over state states what".split()
) | frozenset("\"“”'‘’")


class Entry(NamedTuple):
    """What is known of a word whatever stands beside it."""

    lower: str
    word: Word
    forms: frozenset[str]
    """The word in lower case, its lemmas, and the parts of a word with hyphens."""
    noun: str
    """Its lemma as a noun, else the word in lower case."""
    alone: int
    """The flag of a word that can be one thing only, whatever stands beside it; 0 for others, and with a capital."""
    capital: bool | None
    """Whether a longer word has a capital; None for short words and numbers."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a sentence; offsets are code points in the field that holds the sentence."""

    text: list[str]
    lower: tuple[str, ...]
    start: list[int]
    end: list[int]
    word: tuple[Word, ...]
    forms: tuple[frozenset[str], ...]
    noun: tuple[str, ...]
    alone: tuple[int, ...]
    capital: tuple[bool | None, ...]

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
            return Tokens([], (), [], [], (), (), (), (), ())
        edges = list(accumulate(map(len, self.parts), initial=self.start))
        starts, ends = edges[1::2], edges[2::2]
        if self.kept is not None:
            starts, ends = [starts[i] for i in self.kept], [ends[i] for i in self.kept]
        entries = list(map(ENTRIES.__getitem__, self.text))
        if self.opens:
            entries[0] = FIRST[self.text[0]]  # a capital makes no name of the first word
        lower, word, forms, noun, alone, capital = zip(*entries, strict=True)
        return Tokens(self.text, lower, starts, ends, word, forms, noun, alone, capital)


def _read(text: str, *, first: bool) -> Entry:
    lower = text.lower().replace("’", "'")
    word = lexicon().get(lower) or unknown(text, lower, first=first)
    parts = lower.split("-") if "-" in lower else ()
    noun = word.noun or lower
    forms = frozenset((lower, noun, word.verb or lower, *parts))
    loud = text[0].isupper()
    alone = 0 if loud or lower in _ODD else _PLAIN.get(word.flags, 0)
    capital = loud if len(text) >= LONG and text[0].isalpha() else None
    return Entry(lower, word, forms, noun, alone, capital)


ENTRIES = PerWord(partial(_read, first=False))
"""The entries of the words that do not open a sentence."""

FIRST = PerWord(partial(_read, first=True))
"""The entries of first words."""


def _pieces(run: str) -> tuple[str, ...]:
    if run.isalpha() and run.isascii():  # most runs are a word, or a word and a mark, and need no pattern
        return (" ", run)
    word, mark = run[:-1], run[-1:]
    if mark in MARKS and word.isalpha() and word.isascii():
        return (" ", word, "", mark)
    return (" ", *TOKEN.split(run)[1:-1])


PIECES = PerWord(_pieces)
"""What stands before and in each word of a run without a space, as no word reaches over one; a space stands before the run."""


def cut(field: str, start: int, end: int) -> Words:
    """Return the words of `field[start:end]`, at most `MOST` of them."""
    stretch = field[start:end]
    if stretch.isprintable() and "  " not in f" {stretch} ":  # no space but single ones between the runs
        parts = list(chain.from_iterable(map(PIECES.__getitem__, stretch.split(" "))))
        parts[0] = ""
    else:
        parts = TOKEN.split(stretch)
        parts.pop()  # what stands behind the last word
    del parts[2 * MOST :]
    return Words(parts[1::2], parts, start)


def tokenize(field: str, start: int, end: int) -> Tokens:
    """Return the tokens of `field[start:end]`, at most `MOST` of them."""
    return cut(field, start, end).tokens()
