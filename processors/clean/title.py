"""The headline of a plain text: the line above the article that looks like one."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from processors.clean.noise import noise

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_WORDS, _MOST_WORDS = 3, 30
_ENOUGH_WORDS = 4


def find_title(lines: Sequence[str], head: Sequence[int]) -> str | None:
    """Return the headline among the lines at `head`, the places above the article; None if none looks like one.

    In this order: a line that the first line of the page repeats (with the name of the site behind it, as a `<title>`
    does), a line that stands there more than once, the nearest line above the article that reads like a headline.
    """
    above = [lines[place] for place in reversed(head)]
    first = lines[0].lower()
    repeated = (line for line in above if _count(line) >= _ENOUGH_WORDS and above.count(line) > 1)
    in_title = (line for line in above if line is not lines[0] and line.lower() in first)
    long_enough = (line for line in above if _count(line) >= _ENOUGH_WORDS)
    return next((line for line in chain(in_title, repeated, long_enough, above) if _may_be_title(line)), None)


def _count(line: str) -> int:
    return line.count(" ") + 1


def _may_be_title(line: str) -> bool:
    words = _count(line)
    if not _LEAST_WORDS <= words <= _MOST_WORDS or line[-1] in ".:,;|>":
        return False
    rules = noise()
    return not (
        rules.is_line(line, words) or rules.is_caption(line, words) or line.startswith(("By ", "BY ", "by "))
    )
