"""Tell a round-up from a truncated copy: both hold a smaller text, but the one goes on about other things."""

from string import ascii_lowercase

from processors.dedupe.constants import BLOCK_DENSITY, COHESION, HELD_SHARE, LEAD_PLACE, MIN_ALIGNED_WORDS
from processors.dedupe.rows import term_hash
from schemas.sketch import Sketch

_INITIALS = frozenset(map(term_hash, ascii_lowercase))
"""Single letters are names of nobody: halves of "U.S.", a middle initial."""

Places = tuple[tuple[int, int], ...]


def among_others(whole: Sketch, story: Sketch, places: Places, shared: float) -> bool:
    """Tell whether `whole` holds `story`, or its beginning, as one block among other stories.

    `places` are the sentences in common, as (place in the story, place in the whole), `shared` how many words the two share.
    """
    if shared > HELD_SHARE * whole.words or (story.headline and story.headline == whole.headline):
        return False
    if min(place for place, _ in places) > LEAD_PLACE:
        return False
    where = {place for _, place in places}
    first, last = min(where), max(where)
    counted = sum(words >= MIN_ALIGNED_WORDS for *_, words in whole.sentences[first : last + 1])
    if len(where) < BLOCK_DENSITY * counted:
        return False
    return first > LEAD_PLACE or not _taken_up(whole, story, first, last)


def _taken_up(whole: Sketch, story: Sketch, first: int, last: int) -> bool:
    """Tell whether what is around the block goes on about what the story is about."""
    outside = {term for term, start, end in whole.recurring if start < first or end > last}
    topics = (set(story.names) if story.cased else {term for term, _, _ in story.recurring}) - _INITIALS
    return not topics or len(topics & outside) >= COHESION * len(topics)
