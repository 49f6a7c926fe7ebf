"""Deduplication: which article is a copy, a new version, a round-up, or news.

`make_sketch` says what a text is in a few hundred bytes, `Sketches` remembers what it said; `Deduper` judges one sketch after the other.
"""

from processors.dedupe.deduper import Deduper
from processors.dedupe.remembered import Sketches
from processors.dedupe.sketch import make_sketch

__all__ = ["Deduper", "Sketches", "make_sketch"]
