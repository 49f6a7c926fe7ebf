"""The one stretch of a page that is the article: the contiguous lines of the highest total score.

Maximum subsequence segmentation (Pasternack and Roth, "Extracting article text from the web with maximum subsequence
segmentation", WWW 2009), with scores by rule instead of a trained classifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BARRIER = float("-inf")
"""The score of a line that no article crosses, once there was one."""
_ARTICLE = 40.0
"""A stretch of this score is an article already; before it, a barrier is only a line like `_EARLY`."""
_EARLY = -10.0
_WORTH, _WORTH_OF_ARTICLE, _SURELY_ARTICLE = 0.5, 0.2, 150.0
"""A part that scores this share of the best one wins if it comes first, and less is enough if it is surely an article:
comments may be longer than what they comment."""


def best_stretch(scores: Sequence[float]) -> tuple[int, int]:
    """Return (first, last + 1) of the contiguous scores with the highest sum; (0, 0) if none is above zero.

    Barriers part the sequence; of the parts' best stretches the first that is worth enough beside the highest is taken.
    Linear in the number of scores.
    """
    found: list[tuple[float, int, int]] = []
    best, best_start, best_end = 0.0, 0, 0
    total, start = 0.0, 0
    for place, score in enumerate(scores):
        if score > 0:
            if total <= 0:
                total, start = 0.0, place
            total += score
            if total > best:
                best, best_start, best_end = total, start, place + 1
        elif score != BARRIER:
            total += score
        elif best < _ARTICLE:
            total += _EARLY
        else:
            found.append((best, best_start, best_end))
            best, total = 0.0, 0.0
    found.append((best, best_start, best_end))
    highest = max(total for total, _, _ in found)
    if highest <= 0:
        return 0, 0
    return next(
        (start, end)
        for total, start, end in found
        if total >= _WORTH * highest or (total >= _SURELY_ARTICLE and total >= _WORTH_OF_ARTICLE * highest)
    )
