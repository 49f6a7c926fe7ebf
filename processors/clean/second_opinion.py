"""The slow, accurate extractor, asked only about pages on which the fast rules distrust themselves."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from processors.clean.dom import Paragraph

_WORD = re.compile(r"\w+")
_LONGEST = 1_000_000
_MOST_PARAGRAPHS = 3_000
"""Larger pages are left as they are: the time of the slow extractor grows with what it reads."""
_SURE = 25
"""A paragraph of this many letters that stands within the answer is part of it."""


def second_opinion(markup: str, paragraphs: list[Paragraph]) -> list[int]:
    """Return the places of those `paragraphs` that trafilatura (Barbaresi, ACL 2021) takes for the article; [] if it has none.

    Its answer only selects: the text stays as the page has it, so that offsets lead home from either path.
    """
    if len(markup) > _LONGEST or len(paragraphs) > _MOST_PARAGRAPHS:
        return []
    try:
        answer = _extractor()(markup, include_comments=False, fast=True)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, a second opinion that fails is none
        return []
    if not answer:
        return []
    lines = [_key(line) for line in answer.split("\n")]
    known, whole = set(lines), "\n".join(lines)
    keys = [_key(paragraph.text) for paragraph in paragraphs]
    return [
        place
        for place, key in enumerate(keys)
        if key and (key in known or (len(key) >= _SURE and key in whole))
    ]


def load_extractor() -> None:
    """Import the slow extractor now instead of at the first page in doubt; it takes 0.2 s."""
    _extractor()


@cache
def _extractor() -> Callable[..., str | None]:
    from trafilatura import extract  # noqa: PLC0415 - few pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of each page without text
    return extract


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))
