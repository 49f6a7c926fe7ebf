"""Keys: the 32-bit values under which an article is found, by name, by content and by text.

Text keys are even, the others odd, so that the two kinds never meet. A hit is a candidate, not a proof: who asks looks at the entry.
"""

from typing import NamedTuple
from zlib import crc32

import numpy as np

from processors.dedupe.constants import INDEXED_LEAD, INDEXED_SENTENCES, MIN_SENTENCE_WORDS
from processors.dedupe.index import Keys
from schemas.sketch import Sketch

_EVEN = 0xFFFFFFFE


class TextKeys(NamedTuple):
    """The keys of a text, distinct and in an order that the sketch alone decides; the first `indexed` are in the index."""

    keys: list[int]
    indexed: int


def text_keys(sketch: Sketch) -> TextKeys:
    """Return the MinHash keys and the sentence keys of a text; sentences beyond those indexed are only looked up."""
    rows = [
        (skeleton ^ names * 0x9E3779B1 ^ numbers * 0x85EBCA6B) & _EVEN
        for skeleton, names, numbers, words in sketch.sentences
        if words >= MIN_SENTENCE_WORDS
    ]
    sampled = sorted(rows[INDEXED_LEAD:])[: INDEXED_SENTENCES - INDEXED_LEAD]
    indexed = dict.fromkeys([key & _EVEN for key in sketch.keys] + rows[:INDEXED_LEAD] + sampled)
    count = len(indexed)
    indexed.update(dict.fromkeys(rows))
    return TextKeys(list(indexed), count)


def article_key(article_id: str) -> int:
    """Return the key of all versions of an article."""
    return crc32(article_id.encode("utf-8", "surrogatepass"), 1) | 1


def raw_key(raw_id: str) -> int:
    """Return the key of all that the producer calls `raw_id`."""
    return crc32(raw_id.encode("utf-8", "surrogatepass"), 2) | 1


def content_key(digest: bytes) -> int:
    """Return the key of a content hash."""
    return int.from_bytes(digest[:4], "big") | 1


def as_array(keys: list[int]) -> Keys:
    """Return keys as the index takes them, each once and in their order."""
    return np.array(list(dict.fromkeys(keys)), np.uint64)
