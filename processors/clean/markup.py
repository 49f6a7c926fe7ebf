"""Markup where plain text was announced: feeds send HTML, once or twice escaped, under any content type."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from processors.clean.lexicon import load_toml

_OPEN = r"<(?:!doctype html|/?(?:{tags})(?:\s[^<>]{{0,2000}})?/?>)"
_TAG_LINE = r"^[ \t]*<(?:(?:{void})(?:\s[^<>\n]*)?|({empty})(?:\s[^<>\n]*)?></\1)>[ \t\r]*$"
_ESCAPED = r"&(?:amp;)?lt;/?(?:{tags})(?:\s|/|&)"


@cache
def _pattern(form: str, tags: str = "markup_tags") -> re.Pattern[str]:
    return re.compile(form.format(tags="|".join(load_toml("html.toml")[tags])), re.IGNORECASE)


@cache
def _tag_line() -> re.Pattern[str]:
    tags = load_toml("html.toml")
    return re.compile(
        _TAG_LINE.format(void="|".join(tags["void_tags"]), empty="|".join(tags["empty_tags"])),
        re.IGNORECASE | re.MULTILINE,
    )


def is_markup(body: str) -> bool:
    """Tell whether `body` holds HTML tags."""
    return "<" in body and _pattern(_OPEN).search(body) is not None


def without_tag_lines(body: str) -> str:
    """Return `body` with white space in place of each line that is one element without text, as `<img ...>`.

    A page's pixels and scripts are often left in a text that was taken out of it; its lines are still its paragraphs.
    """
    return _tag_line().sub(lambda line: " " * len(line[0]), body)


def with_breaks(body: str) -> str:
    """Return `body` with its line ends as `<br>` if its markup sets no paragraphs itself: a text with some inline tags."""
    return body if _pattern(_OPEN, "paragraph_tags").search(body) else body.replace("\n", "<br>\n")


def unescaped_markup(body: str) -> str | None:
    """Return the HTML that `body` holds in escaped form, or None if it holds none."""
    if "&" not in body or "lt;" not in body or not _pattern(_ESCAPED).search(body):
        return None
    once = unescape(body)
    return once if is_markup(once) else unescape(once)
