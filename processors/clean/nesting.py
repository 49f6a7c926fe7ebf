"""How deep a page is nested, told before it is parsed: an HTML parser's time grows with the square of the depth.

A megabyte of `<div>` keeps lexbor busy for minutes. The depth is estimated as the HTML standard builds its stack of open elements, as
far as that matters: an end tag closes the nearest element of its name, but none beyond a table, button or the like.
"""

from __future__ import annotations

import re
from collections import Counter

from processors.clean.attributes import is_crowded

MOST_NESTED = 3000
"""Elements that may stand in one another: parsing takes some hundredths of a second then. Real pages stay under 60."""
MOST_FORMATTING = 100
"""Elements such as <b> and <font> that may be left open: a parser opens each of them again in every paragraph that follows."""
_TAG = re.compile(r"<!--|<(/?)([A-Za-z][A-Za-z0-9]*)")
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>?")
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp")
}
"""Elements that hold text and no elements, unless they stand in one of these."""
_FOREIGN = frozenset(("svg", "math"))
_EMPTY = frozenset("area base br col embed frame hr img input link meta param source track wbr".split())
_SCOPES = frozenset("applet button caption marquee object table td template th".split())
_ENDS_ITS_KIND = {
    "p": _SCOPES,
    "li": _SCOPES | {"ul", "ol"},
    "dd": _SCOPES | {"dl"},
    "dt": _SCOPES | {"dl"},
    "option": frozenset({"select"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"table"}),
    "th": frozenset({"table"}),
}
"""Elements whose start tag ends an open one of the same name, unless one of these stands between."""
_TABLE = frozenset({"table"})
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def bounded(markup: str) -> str:
    """Return a page as it is, or without its tags where a parser would take too long over them: the text is what counts.

    That is where elements stand too deep in one another, or one has too many attributes. A page with few tags is not looked
    at for depth.
    """
    if (markup.count("<") > MOST_NESTED and _is_deeper(markup)) or is_crowded(markup):
        return _ANY_TAG.sub("<br>", markup)
    return markup


def _is_deeper(markup: str) -> bool:
    stack: list[str] = []
    formatting: Counter[str] = Counter()
    left_open = at = 0
    while found := _TAG.search(markup, at):
        at = found.end()
        if found[0] == "<!--":
            at = markup.find("-->", at) % (len(markup) + 1)
            continue
        name = found[2].lower()
        if name in _RAW and not found[1] and not _FOREIGN.intersection(stack):
            end = _RAW[name].search(markup, at)
            at = end.start() if end else len(markup)
            continue
        if name in _FORMATTING and (not found[1] or formatting[name]):
            step = -1 if found[1] else 1
            formatting[name] += step
            left_open += step
        if found[1]:
            _close(stack, name, _TABLE if name in _SCOPES else _SCOPES)
        elif name not in _EMPTY:
            if name in _ENDS_ITS_KIND:
                _close(stack, name, _ENDS_ITS_KIND[name])
            stack.append(name)
            if len(stack) > MOST_NESTED or left_open > MOST_FORMATTING:
                return True
    return False


def _close(stack: list[str], name: str, scopes: frozenset[str]) -> None:
    """Take the nearest element of a name off the stack with all that stands in it; nothing where a scope stands between."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place] == name:
            del stack[place:]
            return
        if stack[place] in scopes:
            return
