"""Articles out of plain text with a page's noise around and within it."""

from __future__ import annotations

import re
from itertools import accumulate, compress
from typing import NamedTuple

from processors.clean.credits import find_sign_off
from processors.clean.dates import printed_date
from processors.clean.noise import Kind, noise
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
_NOISE_SCORES = [0.0] * (len(Kind) + 1)
_NOISE_SCORES[Kind.COMMENTS] = BARRIER
_NOISE_SCORES[Kind.END] = -60.0
_NOISE_SCORES[Kind.BOX] = -10.0
_NOISE_SCORES[Kind.START] = -8.0
_NOISE_SCORES[Kind.LABEL] = -5.0
_NOISE_SCORES[Kind.NONE] = SHORT
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
    # no lower-case letter sorts before an a, so that one comparison spares most lines the look
    goes_on = {
        place
        for place in [place for place, text in enumerate(texts) if text >= "a" and text[0].islower()]
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
        texts=[
            texts[first] if end == first + 1 else " ".join(texts[first:end])
            for first, end in zip(firsts, ends, strict=True)
        ],
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


def select(lines: list[str], rest: str) -> Selection:
    """Return which lines are the article. One line is an article whatever it says.

    `rest` are the unusual characters of the text that the lines were taken from.
    """
    if len(lines) == 1:
        return Selection([0], [])
    words = _count_all(lines, rest)
    candidates = [
        place
        for place, count in enumerate(words)
        if count >= _PHRASE and (count >= _CONTENT or lines[place][-1] in _SENTENCE_END)
    ]
    found = _select(lines, words, candidates) if candidates else None
    if not found:
        return Selection(noise().article(noise().look(lines, words), range(len(lines))), [])
    kept, top = found
    return Selection(kept, list(range(max(0, top - _ABOVE), top)))


def _count_all(lines: list[str], rest: str) -> list[int]:
    """Return the number of words of each of `lines`."""
    if _UNSPACED_SCRIPT.search(rest):
        return list(map(count_words, lines))
    return [line.count(" ") + 1 for line in lines]


def _select(lines: list[str], words: list[int], candidates: list[int]) -> tuple[list[int], int] | None:
    """Return the places of the article and where its stretch begins; None where no stretch is worth anything.

    `candidates` are the places of lines that can be running text. What stands before or behind them all is not looked at,
    but for one line on each side.
    """
    skipped = max(0, candidates[0] - 1)
    lines, words = lines[skipped : candidates[-1] + 2], words[skipped : candidates[-1] + 2]
    look = noise().look(lines, words)
    scores = [_NOISE_SCORES[kind] for kind in look.kinds]
    positive = []
    for place in [place - skipped for place in candidates]:
        if look.kinds[place] is Kind.NONE:
            scores[place] = score = _prose_score(lines[place], words[place])
            if score > 0:
                positive.append(place)
    _discount(lines, words, scores, positive)
    first, end = best_stretch(scores)
    if first == end:
        return None
    kept: list[int] = []
    seen: set[str] = set()
    for place in noise().article(look, range(first, end)):
        line = lines[place]
        if line not in seen or words[place] < _CONTENT or line[-1] not in _SENTENCE_END:
            kept.append(place)
            seen.add(line)
    kept = _without_standfirst(lines, words, kept)
    return [place + skipped for place in kept], (kept[0] if kept else first) + skipped


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


def _discount(lines: list[str], words: list[int], scores: list[float], positive: list[int]) -> None:
    """Lower the scores of lines that stand there twice and of sentences that stand alone between headlines, as teasers do.

    `positive` are the places of the scores above zero.
    """
    seen: dict[str, int] = {}
    for place in positive:
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
    return _prose_score(line, words) if kind is Kind.NONE else _NOISE_SCORES[kind]


def _prose_score(line: str, words: int) -> float:
    """Return the score of a line that is no noise by its words."""
    terminal = line[-1] in _SENTENCE_END or (words >= _CONTENT and find_sign_off(line) is not None)
    if terminal and words >= _CONTENT:
        return float(min(words, _CAP))
    if words >= _LONG:
        return _LONG_WORTH * min(words, _CAP)
    return _PHRASE_WORTH * words if terminal and words >= _PHRASE else SHORT
