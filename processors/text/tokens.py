"""Tokens of one sentence, as parallel lists: text, lower case, offsets, lexicon entry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processors.text.morphology import Word, lexicon, unknown

MOST = 400
"""Tokens of one sentence that are looked at; the rest of a longer one is left alone."""

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., U.N.
    r"|['’][sS]\b"  # possessive
    r"|[$€£¥]?\d(?:[\d,.]*\d)?(?![\w-])"  # numbers and sums
    r"|\w+(?:[-‐]\w+)*(?:['’](?![sS]\b)[^\W\d_]+)?"
    r"|[^\w\s]"
)


@dataclass(slots=True)
class Tokens:
    """The tokens of a sentence; offsets are code points in the field that holds the sentence."""

    text: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]
    word: list[Word]

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.text)


def tokenize(field: str, start: int, end: int) -> Tokens:
    """Return the tokens of `field[start:end]`, at most `MOST` of them."""
    known = lexicon()
    texts: list[str] = []
    lowers: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[Word] = []
    for match in TOKEN.finditer(field, start, end):
        text = match.group()
        lower = text.lower()
        if "’" in lower:
            lower = lower.replace("’", "'")
        texts.append(text)
        lowers.append(lower)
        starts.append(match.start())
        ends.append(match.end())
        word = known.get(lower)
        words.append(word if word is not None else unknown(text, lower, first=not words))
        if len(texts) == MOST:
            break
    return Tokens(texts, lowers, starts, ends, words)
