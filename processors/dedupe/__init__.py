"""Deduplication: which article is a copy, a new version, a round-up, or news.

`make_sketch` says what a text is in a few hundred bytes; `Deduper` judges sketches one after the other.
"""

from processors.dedupe.deduper import Deduper
from processors.dedupe.sketch import make_sketch

__all__ = ["Deduper", "make_sketch"]
