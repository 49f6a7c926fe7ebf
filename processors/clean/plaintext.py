"""Articles out of plain text with a page's noise around and within it."""

from __future__ import annotations

import re
from itertools import accumulate, compress
from typing import NamedTuple

from processors.clean.credits import find_byline, find_sign_off
from processors.clean.dates import printed_date
from processors.clean.noise import Kind, bare, noise
from processors.clean.segment import BARRIER, best_stretch

_TERMINAL = frozenset(".!?\"”’')…。！？»]:")
_SENTENCE_END = frozenset(".!?\"”’'…。！？»:)")
_WRAP_LEAST, _WRAP_MOST, _WRAPS = 30, 100, 3
_UNSPACED = 8
_UNSPACED_SCRIPT = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)

# Scores of lines, in words of running text.
SHORT = -4.0
"""The score of a short line that ends like no sentence: a headline, a label, an entry of a list."""
_NOISE_SCORES = {
    Kind.COMMENTS: BARRIER,
    Kind.END: -60.0,
    Kind.BOX: -10.0,
    Kind.START: -8.0,
    Kind.LABEL: -5.0,
}
_LONGEST_NOISE = 30
_CONTENT, _LONG, _PHRASE, _CAP = 10, 25, 4, 60
"""Words from which a line that ends like a sentence is running text, from which any line is, and from which it is something;
and the most words that count."""
_LONG_WORTH, _PHRASE_WORTH = 0.6, 0.5
_HEADLINE, _ALONE, _ALONE_WORTH = 4, 35, 0.3
_REPEATED, _NEAR = -2.0, 4

_ABOVE = 40
_STANDFIRST, _STANDFIRST_SHARE = 4, 3
_LONGEST_BYLINE = 90
_BYLINE = re.compile(r"(?:By|BY|Written by|Posted by|Published|Updated|Posted|Author) ?:? ?[A-Z\d].{2,80}")


class Lines(NamedTuple):
    """The lines or paragraphs of a text, stripped, and what leads back from each into the raw body.

    `printed` are the lines of the body with their ends, `positions` where they start; `firsts` and `lasts` hold for each
    text the number of the printed line that it starts and ends in.
    """

    texts: list[str]
    printed: list[str]
    positions: list[int]
    firsts: list[int]
    lasts: list[int]

    def span(self, place: int) -> tuple[int, int]:
        """Return (start, end) of a text in the raw body."""
        first, last = self.firsts[place], self.lasts[place]
        indent = len(self.printed[first]) - len(self.printed[first].lstrip())
        return self.positions[first] + indent, self.positions[last] + len(self.printed[last].rstrip())


def split_lines(body: str) -> Lines:
    """Return the lines of `body` that hold more than white space; lines that were wrapped at a width are joined."""
    printed = body.splitlines(keepends=True)
    stripped = list(map(str.strip, printed))
    texts, rows = list(filter(None, stripped)), list(compress(range(len(stripped)), stripped))
    positions = list(accumulate(map(len, printed), initial=0))
    return _unwrapped(Lines(texts, printed, positions, rows, rows))


def _unwrapped(lines: Lines) -> Lines:
    """Join lines that a fixed width broke: the next one goes on in lower case, or the whole text is set that way."""
    texts = lines.texts
    goes_on = {
        place
        for place in [place for place, text in enumerate(texts) if text[0].islower()]
        if place
        and len(texts[place - 1]) >= _WRAP_LEAST
        and texts[place - 1][-1] not in _TERMINAL
        and _adjacent(lines, place)
    }
    if not goes_on:
        return lines
    if len(goes_on) >= max(_WRAPS, len(texts) // 4) and max(map(len, texts)) <= _WRAP_MOST:
        goes_on.update(
            place
            for place in range(1, len(texts))
            if len(texts[place - 1]) >= _WRAP_LEAST and _adjacent(lines, place)
        )
    firsts = [place for place in range(len(texts)) if place not in goes_on]
    ends = [*firsts[1:], len(texts)]
    return lines._replace(
        texts=[" ".join(texts[first:end]) for first, end in zip(firsts, ends, strict=True)],
        firsts=[lines.firsts[first] for first in firsts],
        lasts=[lines.lasts[end - 1] for end in ends],
    )


def _adjacent(lines: Lines, place: int) -> bool:
    """Tell whether no blank line stands between a line and the one before it."""
    return lines.firsts[place] == lines.firsts[place - 1] + 1


def count_words(line: str) -> int:
    """Return the number of words of a line; in scripts without spaces two characters count as one word."""
    words = line.count(" ") + 1
    if line.isascii() or len(line) < _UNSPACED * words:
        return words
    return max(words, len(_UNSPACED_SCRIPT.findall(line)) // 2)


class Selection(NamedTuple):
    """Places of lines: the article's paragraphs, and those above them that may hold the headline."""

    kept: list[int]
    head: list[int]


def select(lines: list[str]) -> Selection:
    """Return which lines are the article. One line is an article whatever it says."""
    if len(lines) == 1:
        return Selection([0], [])
    words = [
        line.count(" ") + 1 if line.isascii() or len(line) < _UNSPACED else count_words(line)
        for line in lines
    ]
    first, end = _candidates(lines, words)
    none = Kind.NONE
    kinds = [none] * first + noise().kinds(lines[first:end], words[first:end])
    scores = [SHORT] * len(lines)
    scores[first:end] = [
        SHORT if kind is none and count < _PHRASE else line_score(line, count, kind)
        for line, count, kind in zip(lines[first:end], words[first:end], kinds[first:], strict=True)
    ]
    _discount(lines, words, scores)
    skipped = first
    first, end = (place + skipped for place in best_stretch(scores[first:end]))
    if first == end:
        kinds = noise().kinds(lines, words)
        places = range(len(lines))
        return Selection(
            [place for place in places if not is_noise(lines[place], words[place], kinds[place])], []
        )
    kept: list[int] = []
    seen: set[str] = set()
    for place in range(first, end):
        line, count = lines[place], words[place]
        if is_noise(line, count, kinds[place]) or (
            count >= _CONTENT and line[-1] in _SENTENCE_END and line in seen
        ):
            continue
        kept.append(place)
        seen.add(line)
    kept = _without_standfirst(lines, words, kept)
    top = kept[0] if kept else first
    return Selection(kept, list(range(max(0, top - _ABOVE), top)))


def _candidates(lines: list[str], words: list[int]) -> tuple[int, int]:
    """Return (first, last + 1) of the lines that can be running text, with a line on each side: the others need no look."""
    places = [
        place
        for place, count in enumerate(words)
        if count >= _PHRASE and (count >= _CONTENT or lines[place][-1] in _SENTENCE_END)
    ]
    return (max(0, places[0] - 1), places[-1] + 2) if places else (0, 0)


def is_noise(line: str, words: int, kind: Kind) -> bool:
    """Tell whether a line within an article is none of it: a control, a label, a banner, a byline, a caption."""
    rules = noise()
    if kind is not Kind.NONE:
        return True
    if words <= _LONGEST_NOISE and (
        rules.is_phrase(line, bare(line), words) or find_byline(line) != (None, None)
    ):
        return True
    return rules.is_caption(line, words)


def _without_standfirst(lines: list[str], words: list[int], kept: list[int]) -> list[int]:
    """Take off the front what stands above the byline or date: a headline that reads like a sentence, a summary."""
    for step in range(1, min(_STANDFIRST, len(kept) - 1)):
        last = _is_byline(lines[kept[step]])
        if last or any(_is_byline(line) for line in lines[kept[step - 1] + 1 : kept[step]]):
            rest = kept[step + last :]
            if sum(words[place] for place in kept[:step]) * _STANDFIRST_SHARE < sum(
                words[place] for place in rest
            ):
                return rest
    return kept


def _is_byline(line: str) -> bool:
    return len(line) < _LONGEST_BYLINE and (
        _BYLINE.fullmatch(line) is not None or printed_date(line) is not None
    )


def _discount(lines: list[str], words: list[int], scores: list[float]) -> None:
    """Lower the scores of lines that stand there twice and of sentences that stand alone between headlines, as teasers do."""
    seen: dict[str, int] = {}
    for place in [place for place, score in enumerate(scores) if score > 0]:
        line = lines[place]
        before = seen.get(line, -_NEAR - 1)
        if place - before <= _NEAR:
            scores[place] = scores[before] = _REPEATED
        elif (
            words[place] < _ALONE
            and 0 < place < len(lines) - 1
            and scores[place - 1] == scores[place + 1] == SHORT
            and min(words[place - 1], words[place + 1]) >= _HEADLINE
        ):
            scores[place] *= _ALONE_WORTH
        seen[line] = place


def line_score(line: str, words: int, kind: Kind) -> float:
    """Return how much a line of that kind of noise speaks for being inside the article; the unit is a word of running text."""
    if kind is not Kind.NONE:
        return _NOISE_SCORES[kind]
    terminal = line[-1] in _SENTENCE_END or (words >= _CONTENT and find_sign_off(line) is not None)
    if terminal and words >= _CONTENT:
        return float(min(words, _CAP))
    if words >= _LONG:
        return _LONG_WORTH * min(words, _CAP)
    return _PHRASE_WORTH * words if terminal and words >= _PHRASE else SHORT
