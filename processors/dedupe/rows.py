"""The sentences of a text as they are compared: each taken apart into wording and facts, and hashed to a row of four numbers."""

from functools import lru_cache
from typing import Final
from zlib import crc32

from processors.dedupe.facts import NAME, Facts, Token, lexicon, take_apart

Row = tuple[int, int, int, int]
"""Hashes of the skeleton, of the names and of the numbers of a sentence (0 = none), and its words, at most 255."""

_SHOUTED: Final = 0.6
_SAMPLE: Final = 2000
_BYTE: Final = 255
_CAPITALS: Final = bytes(range(ord("A"), ord("Z") + 1))
_LETTERS: Final = _CAPITALS + _CAPITALS.lower()


def is_cased(text: str) -> bool:
    """Tell whether the text uses capitals as prose does: some, and not for most letters."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        letters = len(sample) - len(sample.encode().translate(None, _LETTERS))
        upper = len(sample) - len(sample.encode().translate(None, _CAPITALS))
    else:
        letters, upper = sum(map(str.isalpha, sample)), sum(map(str.isupper, sample))
    return 0 < upper < _SHOUTED * (letters or 1)


def hash32(value: str) -> int:
    """Return the CRC-32 of the text."""
    return crc32(value.encode("utf-8", "surrogatepass"))


def hash16(value: str) -> int:
    """Return a hash of 16 bits that is never 0, or 0 for an empty string."""
    return (hash32(value) % 0xFFFF) + 1 if value else 0


@lru_cache(1 << 14)
def term_hash(word: str) -> int:
    """Return the `hash16` of a single word or number, remembered."""
    return hash16(word)


def facts_of(split: list[list[str]], tokens: list[list[Token]], *, cased: bool) -> list[Facts]:
    """Return the facts of each sentence, given as its words as they stand and as they are read; `cased` as `is_cased` says."""
    if not cased:
        return [take_apart(sentence, None) for sentence in tokens]
    named = {token.low for sentence in tokens for token in sentence[1:] if token[3] is NAME}
    named -= lexicon().starters
    facts = []
    for written, sentence in zip(split, tokens, strict=True):
        shouted = written[0].isupper() and sum(map(str.isupper, written)) > _SHOUTED * len(written)
        facts.append(take_apart(sentence, None if shouted else named))
    return facts


def row_of(fact: Facts, length: int) -> Row:
    """Return the row of a sentence of `length` words."""
    skeleton, names, numbers, denials = fact
    named = hash16(" ".join(names)) if names else 0
    counted = hash16(" ".join(numbers) + "\n" * len(denials)) if numbers or denials else 0
    return hash32(skeleton), named, counted, min(length, _BYTE)
