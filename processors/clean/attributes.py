"""Whether an element has too many attributes, told before a page is parsed: a parser compares each with all before it.

A hundred thousand of them keep lexbor busy for twenty seconds. One pattern reads the page as the HTML standard's tokenizer does,
as far as that matters. It never goes back (all its repetitions are possessive), so its time is linear.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 2000
"""Attributes that one element may have: parsing takes a hundredth of a second then. Real pages stay under 100."""

_SPACE = r" \t\n\f\r"
_RAW = "(?i:iframe|noembed|noframes|script|style|textarea|title|xmp)"
"""Elements that hold text and no elements."""
_USUAL = rf""" [^{_SPACE}/>="']++="[^"]*+\""""
_VALUE = rf"""(?:"[^"]*+"|'[^']*+'|[^{_SPACE}>"'][^{_SPACE}>]*+)"""
_ANY = rf"[{_SPACE}/]*+[^{_SPACE}/>][^{_SPACE}/>=]*+(?:[{_SPACE}]*+=[{_SPACE}]*+{_VALUE})?+"
_ATTRIBUTES = rf"(?:{_USUAL}|{_ANY}){{0,{MOST_ATTRIBUTES}}}+[{_SPACE}/]*+(?=>|\Z)"
_TEXT = rf"[^<]*+(?:<(?!/{_RAW})[^<]*+)*+"
_RAW_ELEMENT = rf"{_RAW}(?=[{_SPACE}/>]){_ATTRIBUTES}{_TEXT}|"
_COMMENT = r"!--(?:[^-]++|-(?!->))*+"


def _page(raw: str) -> re.Pattern[str]:
    tag = rf"[a-zA-Z][^{_SPACE}/>]*+{_ATTRIBUTES}"
    return re.compile(rf"(?:[^<]++|</|<(?:{raw}{tag}|{_COMMENT}|(?![a-zA-Z/]|!--)))*+")


_PAGE, _FOREIGN_PAGE = _page(_RAW_ELEMENT), _page("")
_FOREIGN = re.compile(rf"<(?i:svg|math)(?=[{_SPACE}/>])")
_RAW_TAG = re.compile(rf"<{_RAW}(?=[{_SPACE}/>])")


def is_crowded(markup: str) -> bool:
    """Tell whether an element of a page has more than `MOST_ATTRIBUTES` attributes.

    In a drawing or a formula even a title or a script may hold elements: from the first one on a page is read both ways.
    """
    if _stops(_PAGE, markup, 0):
        return True
    foreign = _FOREIGN.search(markup)
    return (
        foreign is not None
        and _RAW_TAG.search(markup, foreign.end()) is not None
        and _stops(_FOREIGN_PAGE, markup, foreign.start())
    )


def _stops(pattern: re.Pattern[str], markup: str, start: int) -> bool:
    """Tell whether a pattern that reads a page to its end stops before it."""
    page = pattern.match(markup, start)
    return page is None or page.end() < len(markup)
