"""Tell a copy from two stories that stand in one frame: a site's menus, appeals and imprint are longer than many a report."""

from collections.abc import Iterable
from typing import NamedTuple

from processors.dedupe.constants import MAX_SENTENCES, OWN_SHARE, OWN_WORDS, REWRITTEN, TOLD_SHARE
from schemas.sketch import Sketch

Places = Iterable[tuple[int, int]]


class Run(NamedTuple):
    """Sentences in a row, from the first to the last one, and their words."""

    first: int
    last: int
    words: int


def only_the_frame(short: Sketch, long: Sketch, shared: Places, words: float) -> bool:
    """Tell whether what two texts share is the frame around two stories of their own.

    `shared` are the sentences in common, with the same facts or others, as (place in the shorter text, place in the longer); `words` is
    how many words more than these the two share. Of texts of which only a sample of sentences is known nothing is said.
    """
    pairs = list(shared)
    if not pairs or max(len(short.sentences), len(long.sentences)) >= MAX_SENTENCES:
        return False
    mine, other = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    runs = _own(short, mine), _own(long, other)
    return (
        words < REWRITTEN * min(run.words for run in runs)
        and _is_a_story(short, runs[0])
        and _is_a_story(long, runs[1])
    )


def _is_a_story(sketch: Sketch, run: Run) -> bool:
    """Tell whether the part that is not shared is the story of the text.

    It states facts, and nothing around it takes its names up: an editor may open or close a report in words of his own, but the
    rest of it is about the same.
    """
    if run.words < max(OWN_WORDS, OWN_SHARE * sketch.words):
        return False
    inside = range(run.first, run.last + 1)
    told = sum(sketch.sentences[i][3] for i in inside if any(sketch.sentences[i][1:3]))
    taken_up = any((first in inside) != (last in inside) for _, first, last in sketch.recurring)
    return told >= TOLD_SHARE * run.words and not taken_up


def _own(sketch: Sketch, shared: set[int]) -> Run:
    """Return the run of most words that are not shared; fragments of a sentence do not end it."""
    best = run = Run(0, -1, 0)
    for place, (*_, words) in enumerate(sketch.sentences):
        if place in shared:
            run = Run(place + 1, place, 0)
        else:
            run = Run(run.first, place, run.words + words)
            best = max(best, run, key=lambda found: found.words)
    return best
