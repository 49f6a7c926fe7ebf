"""Finds the forms of the lexicon in a field and drops those that are only parts of other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from processors.tag.lexicon import Entry, Lexicon

LONGEST = 60
"""Code points in which a name behind such a form ends."""


@dataclass(slots=True)
class Hit:
    """One form of the lexicon in a field: code-point offsets and its readings. Nobody changes one once it is made."""

    start: int
    end: int
    entry: Entry


def read_as(fields: Sequence[list[Hit]], meant: Mapping[str, Entry]) -> list[list[Hit]]:
    """Return the hits of all fields of one article, those of some forms with the readings that these have in it."""
    if not meant:
        return list(fields)
    return [
        [Hit(h.start, h.end, meant[h.entry.surface]) if h.entry.surface in meant else h for h in hits]
        for hits in fields
    ]


def scan(lexicon: Lexicon, text: str) -> list[Hit]:
    """Return the forms in `text` that start and end at word boundaries, in order and not overlapping."""
    hits: list[Hit] = []
    by_index, size = lexicon.by_index, len(text)
    for index, start, end in lexicon.match(text):
        if start and text[start - 1].isalnum():
            continue
        if end < size and (text[end].isalnum() or text[end] in "_$"):
            inner = text.find(" ", start, end)  # "the Fed" within "the Federal Reserve" hides a longer name
            if inner > 0 and text[end].isalpha():
                hits += _hidden(lexicon, text, inner + 1, end)
            continue  # "US$35 billion" is a sum of money
        if hits and start < hits[-1].end:
            continue
        longer = _hidden(lexicon, text, start + 4, end) if text[start : start + 4] == "the " else []
        if longer and longer[0].end > end:  # "the Commonwealth" opens the name of another body
            hits += longer
            continue
        entry = by_index[index]
        goes_on = text[end : end + 2]
        if (
            (goes_on[:1] == "-" or (goes_on[:1] == " " and goes_on[1:].isupper()))
            and entry.is_place
            and text.startswith(lexicon.called_after, end)
        ):
            continue  # the Bristol Hotel is not in Bristol, nor is the Shan-e-Mustafa rally in Shan
        hits.append(Hit(start, end, entry))
    return hits


def _hidden(lexicon: Lexicon, text: str, first: int, end: int) -> list[Hit]:
    """Return the name that begins at a word within a form that was none, up to the words behind it."""
    stretch = text[first : end + LONGEST]
    for index, start, stop in lexicon.match(stretch):
        if start == 0 and not stretch[stop : stop + 1].isalnum():
            return [Hit(first, first + stop, lexicon.by_index[index])]
    return []


def is_title_case(text: str) -> bool:
    """Tell whether nearly all longer words of a short text are capitalised, as in a headline; no full stop ends one."""
    if text.endswith("."):
        return False
    words = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]  # noqa: PLR2004 - articles and prepositions
    return len(words) > 2 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)  # noqa: PLR2004
