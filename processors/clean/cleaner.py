"""Raw article in, clean article out: the one place where the parts of cleaning meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processors.clean.credits import agency_name, find_byline, find_dateline, find_sign_off, split_author
from processors.clean.extract import Extract, from_html, from_text
from processors.clean.flags import says_live, says_paywall
from processors.clean.language import guess_language, language_code, load_model
from processors.clean.markup import is_markup, unescaped_markup, with_breaks, without_tag_lines
from processors.clean.noise import noise
from processors.clean.offsets import clip
from processors.clean.repair import repair
from processors.clean.second_opinion import load_extractor
from processors.clean.urls import canonical_url
from schemas.article import CleanArticle, RawPosition
from schemas.ids import article_id, content_hash

if TYPE_CHECKING:
    from datetime import datetime

    from schemas.raw import RawArticle

_UNKNOWN = RawPosition()
_BREAK = "\n\n"
_WORD = re.compile(r"\w+")
_DATELINE_WITHIN = 2
_SHORT_TEXT = 120
"""Below this many characters the page's own word on its language counts more than a guess from so little."""


class Cleaner:
    """Cleans articles. Holds no state between them: the same input always gives the same output."""

    def __init__(self, *, preload: bool = False) -> None:
        """Load and compile the rules.

        `preload` also loads what only articles in doubt need (0.6 s): right for a service, in which no article should wait
        for it, and wrong for a filter that may read one line.
        """
        noise()
        if preload:
            load_model()
            load_extractor()

    def clean(self, raw: RawArticle, record_time: datetime, position: RawPosition = _UNKNOWN) -> CleanArticle:
        """Return the article of `raw`: headline, paragraphs joined by blank lines, metadata, and offsets into `raw.body`.

        `record_time` is the LogAppendTime of the raw record and `position` where it stands. An article without text comes
        out with empty text and the flag `no-text`; a withdrawal with the id of the article that it takes back.
        """
        url = canonical_url(raw.url) if raw.url else None
        if raw.withdrawn:
            return CleanArticle(
                article_id=article_id(url, raw.id or ""),
                version=content_hash(""),
                raw_id=raw.id,
                url=url,
                source=raw.source,
                published_at=raw.published_at,
                record_time=record_time,
                raw=position,
                withdrawn=True,
            )
        found = _extract(raw)
        title = repair(" ".join(raw.title.split())) if raw.title and raw.title.strip() else found.title
        _drop_headlines(found, title)
        dateline, agency = _take_dateline(found)
        agency = _take_sign_off(found) or agency
        author, byline_agency = _byline(found)
        text = _BREAK.join(paragraph.text for paragraph in found.paragraphs)
        url = url or (
            canonical_url(found.url) if found.url else None
        )  # the given one first: withdrawals know no other
        version = content_hash(f"{title or ''}\n\n{text}")
        language = language_code(raw.language) or _language(found, title, text)
        return CleanArticle(
            article_id=article_id(url, version),
            version=version,
            raw_id=raw.id,
            url=url,
            source=raw.source or found.site,
            language=language,
            author=author,
            agency=agency or byline_agency,
            dateline=dateline,
            published_at=raw.published_at or found.published_at,
            modified_at=found.modified_at,
            record_time=record_time,
            raw=position,
            flags=_flags(found, raw.url, title, text),
            title=title or None,
            text=text,
            offsets=tuple(_offsets(found)),
        )


def _extract(raw: RawArticle) -> Extract:
    body = raw.body or ""
    if raw.content_type == "text/html" and "<" in body:
        return from_html(body, body, raw.url)
    if is_markup(body):
        text = without_tag_lines(body)
        if is_markup(text):
            return from_html(with_breaks(body), body, raw.url)
        body = text
    markup = unescaped_markup(body)
    return from_html(markup, body, raw.url) if markup else from_text(body)


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


def _first_word(text: str) -> str:
    """Return the first word of a text in lower case."""
    found = _WORD.search(text)
    return found[0].lower() if found else ""


def _drop_headlines(found: Extract, title: str | None) -> None:
    """Take the repetitions of the headline out of the paragraphs, unless nothing else would remain."""
    keys = {_key(text) for text in (title, *found.headlines) if text}
    longest = 2 * max(map(len, keys), default=0)
    heads = tuple(key[:1] for key in keys)
    rest = [
        piece
        for piece in found.paragraphs
        if len(piece.text) > longest
        or not _first_word(piece.text).startswith(heads)
        or _key(piece.text) not in keys
    ]
    if rest:
        found.paragraphs = rest


def _take_dateline(found: Extract) -> tuple[str | None, str | None]:
    """Cut the dateline off the first paragraphs; return it and its agency."""
    for paragraph in found.paragraphs[:_DATELINE_WITHIN]:
        dateline = find_dateline(paragraph.text)
        if dateline:
            paragraph.cut(dateline.end)
            return dateline.printed, dateline.agency
    return None, None


def _take_sign_off(found: Extract) -> str | None:
    """Cut the sign-off off the last paragraph; return the agency that it names."""
    last = found.paragraphs[-1] if found.paragraphs else None
    signed = find_sign_off(last.text) if last else None
    if not last or not signed:
        return None
    agency, start = signed
    last.text = last.text[:start]
    return agency


def _flags(found: Extract, url: str | None, title: str | None, text: str) -> tuple[str, ...]:
    signs = {
        "paywall": found.paywall
        or says_paywall([*found.around, *(piece.text for piece in found.paragraphs[-2:])]),
        "live-blog": found.live_blog or says_live(url, title),
        "no-text": not text,
    }
    return tuple(flag for flag, holds in signs.items() if holds)


def _byline(found: Extract) -> tuple[str | None, str | None]:
    """Return (author, agency) from the page's metadata, its bylines and its credit lines."""
    author, agency = split_author(found.author) if found.author else (None, None)
    for line in found.around:
        if author and agency:
            break
        who, desk = find_byline(line)
        author, agency = author or who, agency or desk or agency_name(line)
    return author, agency


def _language(found: Extract, title: str | None, text: str) -> str | None:
    if len(text) < _SHORT_TEXT and found.language:
        return found.language
    return (
        guess_language(text if len(text) >= _SHORT_TEXT else f"{title or ''} {text}", found.language)
        or found.language
    )


def _offsets(found: Extract) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    at = 0
    for paragraph in found.paragraphs:
        length = len(paragraph.text)
        if not paragraph.lost and len(paragraph.runs) == 1 and paragraph.runs[0][2] == length:
            runs.append((at, paragraph.runs[0][1], length))
        else:
            runs += clip(paragraph.runs, (paragraph.lost, paragraph.lost + length), at)
        at += length + len(_BREAK)
    return runs
