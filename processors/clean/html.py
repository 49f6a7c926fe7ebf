"""The article's paragraphs on a web page: the best part of the tree, then the best stretch within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processors.clean.dom import read_page, strip
from processors.clean.noise import noise
from processors.clean.plaintext import SHORT, count_words, line_score
from processors.clean.second_opinion import second_opinion
from processors.clean.segment import BARRIER, best_stretch

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from processors.clean.dom import Page, Paragraph
    from processors.clean.noise import Kind

_LINKS_MOST, _LINKS_ALL = 0.5, 0.9
"""A paragraph with a larger share of links is a teaser; with nearly nothing else, a menu entry or a \"read more\"."""
_LINK_WORDS = 3
_TEXT_TAGS = frozenset(
    ("p", "li", "h2", "h3", "h4", "blockquote", "tr", "strong", "em", "b", "i", "span", "dd", "dt", "pre")
)
_HEADLINES = frozenset(("h1", "h2", "h3"))

# Scores, in words of running text, beside those of `plaintext.line_score`.
_HEAD_OF_COMMENTS = -30.0
_PARAGRAPH = 2.0
_SHORT_TEXT = -1.0
_TEASER, _TEASER_WORD, _TEASER_WORDS = -4.0, -0.2, 40
_NOISE = -5.0
_MARKED_LEAST = 0.3
"""What a short text without links counts inside an element that says it holds the article: lists stay whole there."""

_BODY_SHARE, _SAME_BODY = 0.4, 0.8
"""A marked element wins with this share of the best score; of nested ones the inmost that has this share of the highest."""

# When the result is distrusted.
_LITTLE, _MUCH_MORE = 400, 2
"""Fewer characters than a short news item has; how many times more the page must give when it is read again."""
_ENOUGH = 40.0
_FEW_PARAGRAPHS, _MANY_PARAGRAPHS = 6, 60
_MOST, _DOUBT = 0.5, 0.3

_FRAGMENT = 5
"""So many paragraphs are a piece of a page, which may have no running text at all."""

_BEFORE, _AFTER = 6, 4


class Article(NamedTuple):
    """The paragraphs of an article, and the lines next to them and between them that are no part of it."""

    paragraphs: list[Paragraph]
    around: list[str]


class _Choice(NamedTuple):
    places: list[int]
    trusted: bool


def find_article(tree: LexborHTMLParser, markup: str) -> Article:
    """Return the article on a parsed page. `tree`, parsed from `markup`, is changed.

    Names of classes and ids are trusted first; where that leaves next to nothing, the page is read again without them, and
    where the rules distrust the result, a second extractor is asked.
    """
    strip(tree)
    page = read_page(tree)
    choice = _choose(page)
    length = _length(page, choice)
    if length < _LITTLE:
        again = read_page(tree, trust_names=False)
        other = _choose(again)
        if _length(again, other) > _MUCH_MORE * length:
            page, choice = again, other
    paragraphs, places = page.paragraphs, choice.places
    if not choice.trusted:
        places = second_opinion(markup, paragraphs) or places
    if not places and len(paragraphs) <= _FRAGMENT:
        places = _all_but_noise(paragraphs)
    return Article([paragraphs[place] for place in places], _around(paragraphs, places))


def _all_but_noise(paragraphs: list[Paragraph]) -> list[int]:
    """Return the places of all that may be text in a fragment too short to have an article: a feed's one line and its date."""
    words = [count_words(paragraph.text) for paragraph in paragraphs]
    look = noise().look([paragraph.text for paragraph in paragraphs], words)
    return noise().article(
        look, [place for place, paragraph in enumerate(paragraphs) if paragraph.links <= _LINKS_MOST]
    )


def _length(page: Page, choice: _Choice) -> int:
    return sum(len(page.paragraphs[place].text) for place in choice.places)


def _around(paragraphs: list[Paragraph], places: list[int]) -> list[str]:
    if not places:
        return []
    first, last, kept = places[0], places[-1], set(places)
    near = [
        *range(first - 1, max(-1, first - 1 - _BEFORE), -1),
        *range(first, min(len(paragraphs), last + 1 + _AFTER)),
    ]
    return [paragraphs[place].text for place in near if place not in kept]


def _choose(page: Page) -> _Choice:
    """Return the places of the paragraphs that are the article, and whether the choice is to be trusted."""
    paragraphs = page.paragraphs
    if len(paragraphs) <= 1:
        return _Choice(list(range(len(paragraphs))), trusted=True)
    words = [count_words(paragraph.text) for paragraph in paragraphs]
    look = noise().look([paragraph.text for paragraph in paragraphs], words)
    scores = list(map(_score, paragraphs, words, look.kinds))
    first, end, marked = _best_container(page, scores)
    inside = scores[first:end]
    if marked:
        inside = [
            _MARKED_LEAST if _NOISE < score < 0 and paragraphs[first + place].links < _LINKS_MOST else score
            for place, score in enumerate(inside)
        ]
    start, stop = best_stretch(inside)
    kept = noise().article(
        look,
        [
            place
            for place in range(first + start, first + stop)
            if not _is_teaser(paragraphs[place], words[place])
        ],
    )
    while len(kept) > 1 and paragraphs[kept[0]].tag in _HEADLINES:
        del kept[0]
    return _Choice(kept, _is_trusted(scores, kept, range(first, end), marked=marked))


def _is_trusted(scores: list[float], kept: list[int], container: range, *, marked: bool) -> bool:
    """Tell whether a choice looks right: enough text, most of the page's, not a long list of teasers."""
    good = sum(scores[place] for place in kept if scores[place] > 0)
    if good < _ENOUGH and len(scores) >= _FEW_PARAGRAPHS:
        return False
    if marked:
        return True
    against = -sum(scores[place] for place in container if scores[place] < 0)
    everything = sum(score for score in scores if score > 0)
    return good >= _MOST * everything and (len(container) < _MANY_PARAGRAPHS or against < _DOUBT * good)


def _is_teaser(paragraph: Paragraph, words: int) -> bool:
    """Tell whether a paragraph is next to nothing but links."""
    return paragraph.links > _LINKS_ALL and (
        paragraph.tag not in _TEXT_TAGS or (paragraph.tag != "li" and words > _LINK_WORDS)
    )


def _score(paragraph: Paragraph, words: int, kind: Kind) -> float:
    """Return how much a paragraph speaks for being inside the article; the unit is a word of running text."""
    score = line_score(paragraph.text, words, kind)
    if score == BARRIER:
        return _HEAD_OF_COMMENTS
    if paragraph.links > _LINKS_MOST and score > _NOISE:
        return _TEASER + _TEASER_WORD * min(words, _TEASER_WORDS)
    if score > 0 and paragraph.tag == "p":
        return score + _PARAGRAPH
    if score == SHORT and paragraph.tag in _TEXT_TAGS:
        return _SHORT_TEXT
    return score


def _best_container(page: Page, scores: list[float]) -> tuple[int, int, bool]:
    """Return (first, last + 1, marked) of the paragraphs under the element whose paragraphs score highest together."""
    parents = page.parents
    total = [0.0] * len(parents)
    low = [len(scores)] * len(parents)
    high = [0] * len(parents)
    for place, paragraph in enumerate(page.paragraphs):
        element = paragraph.container
        total[element] += scores[place]
        low[element] = min(low[element], place)
        high[element] = max(high[element], place + 1)
    best, chosen = 0.0, 0
    for element in range(len(parents) - 1, -1, -1):  # children come after their parents
        if total[element] > best + 1e-9:
            best, chosen = total[element], element
        parent = parents[element]
        if parent >= 0:
            total[parent] += total[element]
            low[parent] = min(low[parent], low[element])
            high[parent] = max(high[parent], high[element])
    if best <= 0:
        return 0, len(scores), False
    marked = [body for body in page.bodies if total[body] >= _BODY_SHARE * best]
    if marked:
        highest = max(total[body] for body in marked)
        chosen = max(body for body in marked if total[body] >= _SAME_BODY * highest)
    return low[chosen], high[chosen], bool(marked)
