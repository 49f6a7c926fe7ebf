"""What cleaning finds in a body, as a web page or as text: paragraphs with their way back, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from processors.clean.dates import printed_date
from processors.clean.html import find_article
from processors.clean.metadata import read_metadata
from processors.clean.nesting import bounded
from processors.clean.offsets import NodeFinder, Run, align, compose
from processors.clean.plaintext import select, split_lines
from processors.clean.repair import repair, repair_lines, unusual
from processors.clean.title import find_title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from processors.clean.plaintext import Lines

_HEAD_LINES = 12
_TAIL_LINES = 6
_LONGEST_DATE = 120
"""Longer lines are sentences: a date in one is not when the article appeared."""


@dataclass(slots=True)
class Piece:
    """One paragraph: its text as repaired, the runs of that text in the raw body, and how much was cut off its front."""

    text: str
    runs: list[Run]
    lost: int = 0

    def cut(self, characters: int) -> None:
        """Take characters off the front of the text; `lost` keeps count, so that the runs still fit."""
        self.text = self.text[characters:]
        self.lost += characters


@dataclass(slots=True)
class Extract:
    """An article as it was found. `around` holds the lines next to the text, where bylines and credits stand."""

    paragraphs: list[Piece]
    title: str | None = None
    headlines: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    author: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    paywall: bool = False
    live_blog: bool = False


def from_text(body: str) -> Extract:
    """Return the article in a plain text."""
    lines = split_lines(body)
    rest = unusual(body)
    texts = repair_lines(lines.texts, rest)
    places: Sequence[int] = range(len(texts))
    if not all(texts):
        places = [place for place, text in enumerate(texts) if text]
        texts = [text for text in texts if text]
    if not texts:
        return Extract([])
    chosen = select(texts, rest)
    kept = chosen.kept
    pieces = [_piece(texts[place], body, lines, places[place]) for place in kept]
    first, last = (kept[0], kept[-1]) if kept else (0, -1)
    inside = set(kept)
    head = texts[max(0, first - _HEAD_LINES) : first]
    dropped = [texts[place] for place in range(first, last) if place not in inside]
    around = [*reversed(head), *dropped, *texts[last + 1 : last + 1 + _TAIL_LINES]]
    dates = (printed_date(line) for line in [*head, *dropped] if len(line) < _LONGEST_DATE)
    return Extract(
        pieces,
        title=find_title(texts, chosen.head),
        around=around,
        published_at=next((moment for moment in dates if moment), None),
    )


def _piece(text: str, body: str, lines: Lines, place: int) -> Piece:
    """Return a paragraph as a piece; `place` is that of the line it was."""
    start = lines.positions[lines.firsts[place]]
    if body.startswith(text, start):  # nearly all stand in the body as they are, at the start of a line
        return Piece(text, [(0, start, len(text))])
    return Piece(text, align(text, body, *lines.span(place)))


def from_html(markup: str, body: str, url: str | None) -> Extract:
    """Return the article in a web page or a piece of one. `body` is the raw body that `markup` was made from."""
    markup = bounded(markup)
    tree = LexborHTMLParser(markup)
    facts = read_metadata(tree, url)
    article = find_article(tree, markup)
    finder = NodeFinder(body)
    pieces = []
    for paragraph in article.paragraphs:
        text = repair(paragraph.text)
        if text:
            joined = "".join(paragraph.pieces)
            pieces.append(
                Piece(text, compose(align(text, joined, 0, len(joined)), finder.runs(paragraph.pieces)))
            )
    return Extract(
        pieces,
        title=facts.title,
        headlines=facts.headlines,
        around=article.around,
        author=facts.author,
        site=facts.site,
        url=facts.url,
        language=facts.language,
        published_at=facts.published_at,
        modified_at=facts.modified_at,
        paywall=facts.paywall,
        live_blog=facts.live_blog,
    )
