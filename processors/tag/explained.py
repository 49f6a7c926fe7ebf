"""Acronyms that an article explains itself: "the National Trade Commission (NTC)" is not the NTC that a list knows."""

import re
from collections.abc import Sequence

from processors.tag.lexicon import Entry
from processors.tag.scan import Hit, read_as
from processors.tag.tables import Organisation

IN_BRACKETS = re.compile(r"\([A-Z]{2,6}\)")
WORD = re.compile(r"[\w'’-]+")
BEFORE = 90
"""Code points before the bracket in which the words of the acronym stand."""
LONGEST = 6
"""Letters of an acronym."""


def without_explained(texts: Sequence[str], fields: Sequence[list[Hit]]) -> list[list[Hit]]:
    """Return the hits of all fields of one article; an acronym that the article explains as another body means none of the list."""
    if not any(map(IN_BRACKETS.search, texts)):
        return list(fields)
    others = {
        hit.entry.surface
        for text, hits in zip(texts, fields, strict=True)
        for hit in hits
        if hit.start and text[hit.start - 1] == "(" and _is_another(text, hit)
    }
    return read_as(fields, {form: Entry(form) for form in others})


def _is_another(text: str, hit: Hit) -> bool:
    """Tell whether the words before an acronym in brackets spell it, and are not those of the body of the list."""
    body, form = hit.entry.organisation, text[hit.start : hit.end]
    if body is None or not (form.isalpha() and form.isupper() and len(form) <= LONGEST):
        return False
    if not text.startswith(")", hit.end):
        return False
    words = [w for w in WORD.findall(text[max(0, hit.start - BEFORE) : hit.start - 1]) if w[0].isupper()]
    words = words[-len(form) :]
    return "".join(w[0] for w in words) == form and not _is_own({w.lower() for w in words}, body)


def _is_own(words: set[str], body: Organisation) -> bool:
    """Tell whether half of some words are in a name of a body: names differ from one translation to the next."""
    return any(
        2 * len(words & set(name.lower().split())) >= len(words) for name in (body.name, *body.aliases)
    )
