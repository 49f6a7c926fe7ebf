"""What somebody's office says of him where the tagger read title and name apart: "generals X and Y", "the envoy to Chad X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import AND, COMMA, NP, STOP
from processors.coding.who import Who, of_span, slug

if TYPE_CHECKING:
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.tag import ActorSpan

WHOLE = 2
"""Words of a name in full."""

LONGEST = 8
"""Names that one title stands before."""


def bearer(view: View, at: int, span: ActorSpan, who: Who) -> Who:
    """Return who bears the title that a phrase begins with: "Sudanese generals Adam Bakri" names Adam Bakri."""
    first, last = _name(view, at, span)
    ends = span.text.rsplit(" ", 1)[-1]
    post = " to " in span.text or (" of " in span.text and not _plural(span.text.partition(" of ")[0]))
    if first < 0 or " in " in span.text or (ends.istitle() and not post):
        return who  # "the school in X Province", "people of the Swiss Alps" bear no title
    name = view.slice(first, last)
    return Who(
        name,
        f"person.{who.country or '---'}.{slug(name)}",
        who.country,
        who.sector,
        "person",
        view.tokens.start[first],
    )


def titled(roles: Roles, at: int, who: Who) -> Who:
    """Give a name without country or office those of the title in front of it, or of the list that it stands in."""
    view = roles.view
    chunks = view.chunks
    if not all(w[:1].isupper() for w in who.name.split()):
        return who
    first = chunks[at].actors[0] if chunks[at].actors else None
    if first is not None and first.kind == "nominal" and first.start < who.at:
        return _given(who, first)  # "African Union envoy to Chad X" in one phrase
    j = at - 1
    for _ in range(LONGEST):
        if j >= 0 and chunks[j].kind == NP and j == at - 1:
            span = view.spans[chunks[j].end - 1]
            if span is None or span.kind != "nominal" or span.sector == "CVL":
                return who
            return _given(who, span)  # "the African Union envoy to Chad" right before the name
        while j >= 0 and chunks[j].kind in (AND, COMMA):
            j -= 1
        if j < 0 or j == at - 1 or chunks[j].kind != NP:
            return who
        span = next((a for a in chunks[j].actors if a.kind == "nominal" and _plural(a.text)), None)
        if span is not None and _name(view, j, span)[0] >= 0:
            return _given(who, span)  # "generals X and Y"
        if not view.tokens.text[chunks[j].start][:1].isupper():
            return who
        at, j = j, j - 1
        if j >= 0 and chunks[j].kind == NP:
            return who
    return who


def _given(who: Who, span: ActorSpan) -> Who:
    country = who.country or span.country
    key = who.key.replace("---", country, 1) if country and not who.country else who.key
    return who._replace(country=country, sector=who.sector or span.sector, key=key)


def _plural(words: str) -> bool:
    return words.endswith(("s", "men", "people"))


def _name(view: View, at: int, span: ActorSpan) -> tuple[int, int]:
    """Return the tokens of a capitalised name of two words or more between a title and the end of its phrase; (-1, -1) without."""
    c = view.chunks[at]
    if view.headline:
        return -1, -1
    first = c.start
    while first < c.end and view.tokens.start[first] < span.end:
        first += 1
    words = view.tokens.text[first : c.end]
    if (
        len(words) < WHOLE
        or any(ch.isdigit() for w in words for ch in w)
        or not all(w[:1].isupper() or w in ("al", "bin", "de", "van", "von", "-") for w in words)
    ):
        return -1, -1
    return first, c.end


def apposed(roles: Roles, at: int) -> list[Who]:
    """Return the person whose name a comma adds to what he is to somebody: "endorsed his former rival, A B"."""
    chunks, spans = roles.view.chunks, roles.view.spans
    if at + 2 >= len(chunks) or chunks[at + 1].kind != COMMA or chunks[at + 2].kind != NP:
        return []
    name = spans[chunks[at + 2].head]
    closed = at + 3 >= len(chunks) or chunks[at + 3].kind in (COMMA, STOP)
    return of_span(name) if name is not None and name.kind == "person" and closed else []
