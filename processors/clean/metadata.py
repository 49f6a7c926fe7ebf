"""What a page says of itself: JSON-LD (schema.org), OpenGraph and other meta elements, `<time>`, `<link>`, `<html lang>`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

import orjson

from processors.clean.dates import machine_date
from processors.clean.flags import paywall_tiers
from processors.clean.language import language_code
from processors.clean.lexicon import load_toml
from processors.clean.repair import repair

if TYPE_CHECKING:
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser

_CONTROLS = re.compile(r"[\x00-\x1f]")
_TRAILING_COMMA = re.compile(r",(?: {0,200})([}\]])")
_BY = re.compile(r"(?:by|written by|posted by)[: ]+", re.IGNORECASE)
_SITE = re.compile(" [|\u2013\u2014\u00bb\u00b7-] ")
_MOST_TIMES = 3
_MOST_NODES = 2_000
_LONGEST_JSON = 400_000
_LONGEST_NAME = 100


class _Names(NamedTuple):
    article_types: tuple[str, ...]
    titles: tuple[str, ...]
    authors: tuple[str, ...]
    sites: tuple[str, ...]
    published: tuple[str, ...]
    modified: tuple[str, ...]
    time_selectors: tuple[str, ...]
    author_selectors: tuple[str, ...]


@cache
def _names() -> _Names:
    return _Names(**{name: tuple(values) for name, values in load_toml("metadata.toml").items()})


@dataclass(slots=True)
class Metadata:
    """The facts of a page about itself; None where it says nothing usable. `headlines` holds each form of its title."""

    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    url: str | None = None
    site: str | None = None
    language: str | None = None
    paywall: bool = False
    live_blog: bool = False
    headlines: list[str] = field(default_factory=list)


def read_metadata(tree: LexborHTMLParser, url: str | None) -> Metadata:
    """Return what the page says of itself. `url` is where it was fetched, to resolve a relative canonical link."""
    names = _names()
    found = Metadata()
    meta = _meta(tree)
    article = _json_ld(tree)
    if article:
        _from_json_ld(found, article)
    found.author = (
        found.author or _person(_first(meta, names.authors)) or _marked(tree, names.author_selectors)
    )
    found.site = (
        _first(meta, names.sites[:1])
        or found.site
        or (_first(meta, names.sites) or "").removeprefix("@")
        or None
    )
    _read_titles(found, tree, meta)
    found.published_at = found.published_at or _date(meta, names.published) or _time(tree)
    found.modified_at = found.modified_at or _date(meta, names.modified)
    found.paywall = found.paywall or meta.get("article:content_tier", "").lower() in paywall_tiers()
    found.url = _address(tree, meta, url)
    attributes = tree.root.attributes if tree.root is not None else {}
    tag = (
        attributes.get("lang")
        or attributes.get("xml:lang")
        or _first(meta, ("content-language", "og:locale", "language"))
    )
    found.language = language_code(tag)
    return found


def _read_titles(found: Metadata, tree: LexborHTMLParser, meta: dict[str, str]) -> None:
    """Set the headline, and all forms of it that the page holds."""
    element = tree.css_first("title")
    page_title = repair_line(element.text(deep=True)) if element else None
    headings = [
        text
        for heading in tree.css("h1")[:4]
        if (text := repair_line(heading.text(deep=True))) and text != found.site
    ]
    said = [found.title, *(_first(meta, (name,)) for name in _names().titles), *headings, page_title]
    found.headlines = list(dict.fromkeys(text for text in said if text))
    found.title = _best_title(found.title, _first(meta, _names().titles), headings, page_title)


def _address(tree: LexborHTMLParser, meta: dict[str, str], url: str | None) -> str | None:
    """Return the canonical address that the page states, as an absolute one."""
    link = tree.css_first("link[rel=canonical]")
    address = (link.attributes.get("href") if link else None) or _first(meta, ("og:url",))
    try:
        return urljoin(url or "", address.strip()) if address else None
    except ValueError:
        return None


def repair_line(text: str | None) -> str:
    """Return `text` as one repaired line."""
    return repair(" ".join(text.split())) if text else ""


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the meta elements by name, property, itemprop or http-equiv in lower case; the first of each counts."""
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = attributes.get("content")
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        if name and content and content.strip():
            meta.setdefault(name.lower(), content)
    return meta


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if name in meta and (text := repair_line(meta[name][:2000]))), None)


def _date(meta: dict[str, str], names: tuple[str, ...]) -> datetime | None:
    return next((moment for name in names if name in meta and (moment := machine_date(meta[name]))), None)


def _time(tree: LexborHTMLParser) -> datetime | None:
    """Return the date of an element that is marked as the publication's, else of the first `<time>` that holds one."""
    for selector in _names().time_selectors:
        for node in tree.css(selector)[:_MOST_TIMES]:
            moment = machine_date(
                node.attributes.get("datetime") or node.attributes.get("content") or node.text(deep=True)
            )
            if moment:
                return moment
    return None


def _marked(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str | None:
    for selector in selectors:
        node = tree.css_first(selector)
        name = (
            _person(repair_line((node.attributes.get("content") or node.text(deep=True))[:400]))
            if node
            else None
        )
        if name:
            return name
    return None


def _person(text: str | None) -> str | None:
    """Return `text` if it can be a person's or desk's name: no address, not too long, the `By` taken off."""
    if not text:
        return None
    name = text.strip()
    by = _BY.match(name)
    name = name[by.end() :] if by else name
    return name if name and len(name) <= _LONGEST_NAME and "://" not in name and "@" not in name else None


def _json_ld(tree: LexborHTMLParser) -> dict[str, Any] | None:
    """Return the first schema.org article among the page's JSON-LD."""
    for node in tree.css('script[type="application/ld+json"]'):
        source = node.text(deep=True)
        if not source or len(source) > _LONGEST_JSON:
            continue
        try:
            data = orjson.loads(source)
        except orjson.JSONDecodeError:
            try:
                data = orjson.loads(_mended(source))
            except orjson.JSONDecodeError:
                continue
        article = _find_article(data)
        if article:
            return article
    return None


def _mended(source: str) -> str:
    """Return JSON without what pages wrap around it (comments, CDATA), control characters and commas before a bracket."""
    source = source.replace("<![CDATA[", "").replace("]]>", "")
    starts = [place for place in map(source.find, "{[") if place >= 0]
    inner = source[min(starts, default=0) : max(map(source.rfind, "}]")) + 1]
    return _TRAILING_COMMA.sub(r"\1", _CONTROLS.sub(" ", inner))


def _find_article(data: Any) -> dict[str, Any] | None:  # noqa: ANN401 - whatever the page holds
    queue = [data]
    for node in queue:
        if len(queue) > _MOST_NODES:
            return None
        if isinstance(node, list):
            queue.extend(item for item in node if isinstance(item, dict | list))
        elif isinstance(node, dict):
            kind = node.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(name, str) and name.endswith(_names().article_types) for name in kinds):
                return node
            queue.extend(
                node[name]
                for name in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(node.get(name), dict | list)
            )
    return None


def _from_json_ld(found: Metadata, article: dict[str, Any]) -> None:
    headline = article.get("headline") or article.get("name")
    found.title = repair_line(headline[:1000]) or None if isinstance(headline, str) else None
    found.author = _person(_named(article.get("author")) or _named(article.get("creator")))
    found.site = _named(article.get("publisher"))
    found.published_at = machine_date(article.get("datePublished"))
    found.modified_at = machine_date(article.get("dateModified"))
    free = article.get("isAccessibleForFree")
    found.paywall = free is False or (isinstance(free, str) and free.lower() == "false")
    kind = article.get("@type")
    found.live_blog = "LiveBlogPosting" in (kind if isinstance(kind, list) else [kind])


def _named(data: Any) -> str | None:  # noqa: ANN401 - whatever the page holds
    """Return the names in a schema.org Person, Organization, string or list of these, joined by commas."""
    names = []
    for item in data if isinstance(data, list) else [data]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, list):
            name = ", ".join(part for part in name if isinstance(part, str))
        if isinstance(name, str) and name.strip():
            names.append(repair_line(name[:300]))
    return ", ".join(names) or None


def _best_title(
    said: str | None, meta: str | None, headings: list[str], page_title: str | None
) -> str | None:
    """Return the headline as readers see it: the h1 that the metadata confirm, else the metadata, else the only h1."""
    told = [text for text in (said, meta, page_title) if text]
    for heading in headings:
        low = heading.lower()
        if any(low in text.lower() or text.lower() in low for text in told):
            return heading
    if said or meta:
        return said or meta
    if len(headings) == 1:
        return headings[0]
    return _without_site(page_title) if page_title else None


def _without_site(title: str) -> str:
    """Return a `<title>` without the name of the site behind its last separator."""
    separators = list(_SITE.finditer(title))
    if not separators:
        return title
    last = separators[-1]
    return title[: last.start()] if last.start() >= len(title) - last.end() else title
