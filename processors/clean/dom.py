"""A page's tree as paragraphs in their order, each with what its place in the tree says about it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from processors.clean.lexicon import load_toml

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DEEPEST = 400
"""Elements nested deeper are read as one text; real pages stay under 60."""
_MOST_OF_PAGE = 0.5
"""An element with more of the page's text is looked into, whatever its class says: classes of wrappers mislead."""
_EMPTY = frozenset(("br", "hr"))
_CELLS = frozenset(("td", "th"))
"""A row of a table is one paragraph, unless its cells hold paragraphs of their own."""
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NAMES = ("class", "id", "itemprop")
_LONGEST_NAME = 300
_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0]+")


class Paragraph(NamedTuple):
    """The text between two breaks of a page: its pieces as the tree holds them, and where they stood."""

    text: str
    pieces: list[str]
    tag: str
    container: int
    links: float
    """Share of the characters that are links, 0 to 1."""


class Page(NamedTuple):
    """The paragraphs of a page, and for each element met its parent (-1 at the root); elements are in document order."""

    paragraphs: list[Paragraph]
    parents: list[int]
    bodies: list[int]
    """Elements that say of themselves that they hold the article's text."""


class _Rules(NamedTuple):
    skip_tags: frozenset[str]
    block_tags: frozenset[str]
    skip_words: frozenset[str]
    skip_classes: frozenset[str]
    skip_parts: re.Pattern[str]
    body_parts: re.Pattern[str]
    hidden: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = load_toml("html.toml")
    return _Rules(
        frozenset(data["skip_tags"]),
        frozenset(data["block_tags"]),
        frozenset(data["skip_words"]),
        frozenset(data["skip_classes"]),
        re.compile("|".join(map(re.escape, data["skip_parts"]))),
        re.compile("|".join(map(re.escape, data["body_parts"]))),
        re.compile(data["hidden"]),
    )


def _judge_name(name: str) -> int:
    """Judge an element by its class, id and itemprop: -1 if it is no part of an article, 1 if it holds its text, else 0."""
    rules = _rules()
    low = name.lower()
    if rules.body_parts.search(low):
        return 1
    if rules.skip_parts.search(low) or not rules.skip_classes.isdisjoint(low.split()):
        return -1
    words = {word.lower() for word in _WORDS.findall(name)}
    return 0 if words.isdisjoint(rules.skip_words) else -1


def strip(tree: LexborHTMLParser) -> None:
    """Take the elements out of a parsed page that never hold text of an article."""
    tree.strip_tags(list(_rules().skip_tags))


def read_page(tree: LexborHTMLParser, *, trust_names: bool = True) -> Page:
    """Return the paragraphs of a parsed and stripped page. One walk, no recursion; linear in the number of nodes.

    With `trust_names` elements whose class or id says that they are no part of the article are left out.
    """
    body = tree.body
    return Page([], [], []) if body is None else _Walk(body, trust_names=trust_names).run(body)


class _Walk:
    """One walk over a tree: the paragraph at hand, and the way back to the root."""

    def __init__(self, body: LexborNode, *, trust_names: bool) -> None:
        self._page = Page([], [], [])
        self._trust_names = trust_names
        self._most_text = len(body.text(deep=True)) * _MOST_OF_PAGE
        self._most_p = max(2.0, len(body.css("p")) * _MOST_OF_PAGE)
        self._rules = _rules()
        self._judged: dict[str, int] = {"": 0}
        self._pieces: list[str] = []
        self._links = 0
        self._linked = 0

    def run(self, body: LexborNode) -> Page:
        """Walk the tree under `body` and return what it holds."""
        parents, blocks = self._page.parents, self._rules.block_tags
        parents.append(-1)
        stack = [(body.iter(include_text=True), "body", 0)]
        while stack:
            children, tag, element = stack[-1]
            node = next(children, None)
            if node is None:
                stack.pop()
                if tag == "a":
                    self._links -= 1
                elif tag in blocks:
                    self._flush(tag, element)
            elif node.tag == "-text":
                self._take(node.text_content)
            elif self._enters(node, tag, element):
                if len(stack) < _DEEPEST:
                    stack.append((node.iter(include_text=True), node.tag or "", len(parents)))
                    parents.append(element)
                else:
                    self._take(node.text(deep=True))
                    self._links -= node.tag == "a"
        return self._page

    def _enters(self, node: LexborNode, tag: str, element: int) -> bool:
        """Open a child of `element`, whose tag is `tag`; tell whether to read what is in it."""
        name = node.tag
        if name is None or name[0] == "-":
            return False
        verdict = self._judge(node.attributes)
        if verdict < 0 and self._trust_names and not self._holds_article(node):
            return False
        if name in _CELLS:
            self._pieces.append(" ")
        elif name in self._rules.block_tags:
            self._flush(tag, element)
        if name in _EMPTY:
            return False
        if verdict > 0:
            self._page.bodies.append(len(self._page.parents))
        if name == "a":
            self._links += 1
        return True

    def _judge(self, attributes: dict[str, str | None]) -> int:
        """Return -1 for an element that is no part of an article, 1 for one that holds its text, else 0."""
        if not attributes:
            return 0
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return -1
        style = attributes.get("style")
        if style and self._rules.hidden.search(style):
            return -1
        name = " ".join(text for key in _NAMES if (text := attributes.get(key)))[:_LONGEST_NAME]
        verdict = self._judged.get(name)
        if verdict is None:
            verdict = self._judged[name] = _judge_name(name)
        return verdict

    def _take(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            if self._links:
                self._linked += len(text)

    def _holds_article(self, node: LexborNode) -> bool:
        """Tell whether an element that looks like no part of the article holds most of the page's text."""
        return len(node.css("p")) > self._most_p or len(node.text(deep=True)) > self._most_text

    def _flush(self, tag: str, element: int) -> None:
        pieces = self._pieces
        if not pieces:
            return
        text = _SPACE.sub(" ", "".join(pieces)).strip()
        if text:
            total = sum(map(len, pieces))
            self._page.paragraphs.append(Paragraph(text, pieces, tag, element, self._linked / total))
        self._pieces, self._linked = [], 0
