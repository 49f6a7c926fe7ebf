"""A sentence made ready for matching: tokens, tags, chunks, clauses, actors and the words of any stretch of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from processors.coding.asides import without_asides
from processors.coding.chunks import NP, VG, Chunk, chunk
from processors.coding.clauses import Clause, clauses
from processors.coding.dates import find_dates, may_be_dated
from processors.coding.tagging import is_headline, tag
from processors.text.morphology import ADJ, CC, DET, HAVE, NOUN, NUM, POSSPRON, PREP, PUNCT, VBD, VBN
from processors.text.tokens import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.dates import Found
    from processors.tag import ActorSpan
    from processors.tag.model import Field
    from processors.text.tokens import Tokens


DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)*)(?:, ?[A-Z][\w.]+(?: [A-Z][\w.]+)?(?: \d{1,2})?)?"
    r"(?: \([^)]{1,40}\))? ?(?:--|-|–|—|:) ?(?=[\"“A-Z])"
)
"""Place, date and agency in front of the first sentence of a wire story."""


STATES = frozenset(("state", "capital", "seat", "people"))
"""Kinds of actor that count as the class STATE."""


_PEOPLE = ("nominal", "person")
"""Kinds of actor span that may begin with an adjective: "former President X"."""

_UNNAMED = frozenset(("nominal", "adjective"))
"""Kinds of actor span that are no names: "last week's protesters"."""


class View:
    """One sentence of one field."""

    __slots__ = (
        "_clauses", "actors", "chunks", "dates", "end", "field", "headline", "objects", "reaches", "spans", "start", "tags", "text",
        "tokens", "words",
    )  # fmt: skip

    def __init__(self, text: str, field: Field, start: int, end: int, actors: Sequence[ActorSpan]) -> None:
        """Take the field's text and name, the sentence in code points, and the actor spans that lie in it."""
        self.text, self.field, self.start, self.end, self.actors = text, field, start, end, actors
        begin = behind_dateline(text, start, end)
        words = without_asides(cut(text, begin, end))
        self.tokens = tokens = words.tokens()
        n, starts, ends = len(tokens), tokens.start, tokens.end
        self.spans: list[ActorSpan | None] = [None] * n
        marks = [0] * n
        named: list[int] = []  # tokens of actors
        for span in actors:
            if span.start < begin or text.startswith("$", span.end):
                continue  # what stands in the dateline, and "US$5"
            j = bisect_right(ends, span.start)
            if j < n and starts[j] < span.start:
                j += 1  # "government" within "anti-government" is no actor
            elif 0 < j < n and span.kind in _PEOPLE and _is_verb(tokens, j, span.kind):
                j += 1  # "police detained dozens of demonstrators": the verb is not part of the name
            while j < n and starts[j] < span.end:
                self.spans[j] = span
                marks[j] = 2 if span.kind == "adjective" else 1
                named.append(j)
                j += 1
        dated = begin > start or may_be_dated(words)
        self.dates = self._without_names(find_dates(text, start, end)) if dated else []
        in_date = [False] * n
        for found in self.dates:
            j = bisect_right(ends, found.start)
            while j < n and starts[j] < found.end:
                in_date[j] = True
                self.spans[j], marks[j] = None, 0
                j += 1
        for j in named:
            if marks[j] and tokens.word[j].flags & PUNCT and (j == 0 or not marks[j - 1]):
                self.spans[j], marks[j] = None, 0  # a span that starts with what is left of a date
        self.headline = field == "title" or is_headline(tokens)
        self.tags = tag(tokens, marks, in_date, headline=self.headline)
        self.chunks: list[Chunk] = chunk(tokens, self.tags, self.spans)
        self._clauses: list[Clause] | None = None
        self.words: dict[tuple[int, int], set[str]] = {}
        self.objects: dict[int, set[str]] = {}
        self.reaches: dict[int, int] = {}

    def _without_names(self, dates: list[Found]) -> list[Found]:
        """Return dates without those that are part of a name: "the March 23 Movement"."""
        names = [s for s in self.actors if s.kind not in _UNNAMED] if dates else []
        return [f for f in dates if not any(s.start <= f.start and f.end < s.end for s in names)]

    @property
    def clauses(self) -> list[Clause]:
        """The clauses, made when they are first asked for."""
        if self._clauses is None:
            self._clauses = clauses(self.chunks)
        return self._clauses

    def lemmas(self, first: int, last: int) -> set[str]:
        """Return the lemmas, neighbouring pairs and actor classes of the tokens [first, last); the set is kept, and not to be changed."""
        found = self.words.get((first, last))
        if found is None:
            found = set().union(*self.tokens.forms[first:last])
            if last - first > 1:
                found.update(self._pairs(first, last))
            for span in self.spans[first:last] if self.actors else ():
                if span is not None and span.kind != "adjective":
                    if span.sector:
                        found.add(span.sector)
                    if span.kind in STATES:
                        found.add("STATE")
            self.words[first, last] = found
        return found

    def _pairs(self, first: int, last: int) -> list[str]:
        """Return neighbouring words of the tokens [first, last) joined to one, and their lemmas so where these are others."""
        lowers, lemmas = self.tokens.lower[first:last], self.tokens.noun[first:last]
        pairs = list(map("_".join, pairwise(lowers)))
        return pairs if lemmas == lowers else [*pairs, *map("_".join, pairwise(lemmas))]

    def chunk_lemmas(self, indices: Sequence[int]) -> set[str]:
        """Return the lemmas of some chunks; the set may be a kept one, and is not to be changed."""
        chunks = self.chunks
        found = [self.lemmas(chunks[i].start, chunks[i].end) for i in indices]
        return found[0] if len(found) == 1 else set().union(*found)

    def object_lemmas(self, clause: Clause) -> set[str]:
        """Return the lemmas of what the verb acts on: its objects with their "of" phrases."""
        found = self.objects.get(clause.at)
        if found is None:
            head = bool(clause.object)
            behind = [
                i
                for prep, i in clause.phrases
                if prep in ("of", "into") or (not head and prep in ("for", "to", "on", "with", "in", ""))
            ]
            found = self.objects[clause.at] = self.chunk_lemmas([*clause.object, *behind])
        return found

    def reach(self, clause: Clause) -> int:
        """Return the token up to which the words of a clause count as near its verb: the next clause with a verb of its own."""
        found = self.reaches.get(clause.at)
        if found is None:
            found = self.reaches[clause.at] = self._reach(clause)
        return found

    def _reach(self, clause: Clause) -> int:
        chunks = self.chunks
        for j in range(max(clause.at + 1, clause.end), len(chunks)):
            if chunks[j].kind == VG and chunks[j].form == "fin":
                break
        else:
            return len(self.tokens)
        while j > clause.end and chunks[j - 1].kind == NP:
            j -= 1
        return chunks[j].start

    def slice(self, first: int, last: int) -> str:
        """Return the text of the tokens [first, last)."""
        return self.text[self.tokens.start[first] : self.tokens.end[last - 1]]


def behind_dateline(text: str, start: int, end: int) -> int:
    """Return where a sentence begins, its dateline left out."""
    dateline = DATELINE.match(text, start, end)
    return dateline.end() if dateline else start


def _is_verb(tokens: Tokens, i: int, kind: str) -> bool:
    """Tell whether the word at i, which a tagger took for an adjective of the next noun, is the verb of the clause."""
    flags, before = tokens.word[i].flags, tokens.word[i - 1].flags
    if before & HAVE:
        return bool(flags & VBN)  # "have ousted President X": he is not yet the ousted president
    return (
        kind == "nominal"
        and bool(flags & VBD)
        and not flags & (ADJ | NOUN)
        and not before & (DET | POSSPRON | ADJ | PREP | NUM | CC)
    )
