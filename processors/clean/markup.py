"""Markup where plain text was announced: feeds send HTML, once or twice escaped, under any content type."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from processors.clean.lexicon import load_toml

_OPEN = r"<(?:!doctype html|/?(?:{tags})(?:\s[^<>]{{0,2000}})?/?>)"
_ESCAPED = r"&(?:amp;)?lt;/?(?:{tags})(?:\s|/|&)"


@cache
def _pattern(form: str, tags: str = "markup_tags") -> re.Pattern[str]:
    return re.compile(form.format(tags="|".join(load_toml("html.toml")[tags])), re.IGNORECASE)


def is_markup(body: str) -> bool:
    """Tell whether `body` holds HTML tags."""
    return "<" in body and _pattern(_OPEN).search(body) is not None


def with_breaks(body: str) -> str:
    """Return `body` with its line ends as `<br>` if its markup sets no paragraphs itself: a text with some inline tags."""
    return body if _pattern(_OPEN, "paragraph_tags").search(body) else body.replace("\n", "<br>\n")


def unescaped_markup(body: str) -> str | None:
    """Return the HTML that `body` holds in escaped form, or None if it holds none."""
    if "lt;" not in body or not _pattern(_ESCAPED).search(body):
        return None
    once = unescape(body)
    return once if is_markup(once) else unescape(once)
