"""What other languages call states and bodies that the whole world knows: for the tags of articles that are not in English."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import ahocorasick_rs

from processors.tag.lexicon import Entry
from processors.tag.scan import Hit
from processors.tag.tables import Exonym, Organisation

ENDING = r"\w{0,4}"
"""What `*` stands for: the ending of a case, or of the adjective."""

UNSPACED = frozenset({"zh"})
"""Languages that put no space between words, so that a name may stand among other signs."""

PREFIXED = {"ar": "وفبلك"}
"""Letters that a language joins to the word behind them: "and", "so", "in", "for", "as"."""


class _Name(NamedTuple):
    tail: re.Pattern[str]  # what must follow the stem that the automaton finds
    entry: Entry


class _Language:
    """The names of one language."""

    def __init__(self, code: str, named: Iterable[tuple[str, Entry]]) -> None:
        self._spaced = code not in UNSPACED
        self._prefixes = PREFIXED.get(code, "")
        self._names: dict[str, list[_Name]] = {}
        end = r"(?!\w)" if self._spaced else ""
        for form, entry in named:
            stem, star, rest = form.partition("*")
            inner = ENDING.join(re.escape(part) for part in rest.split("*"))
            tail = re.compile((ENDING if star else "") + inner + end)
            self._names.setdefault(stem, []).append(_Name(tail, entry))
        self._stems = list(self._names)
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._stems, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def hits(self, text: str) -> list[Hit]:
        """Return the names in a text, in order and not overlapping."""
        found: list[Hit] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if found and start < found[-1].end:
                continue
            if self._spaced and not self._begins(text, start):
                continue
            for name in self._names[self._stems[index]]:
                match = name.tail.match(text, end)
                if match is not None:
                    found.append(Hit(start, match.end(), name.entry))
                    break
        return found

    def _begins(self, text: str, start: int) -> bool:
        """Tell whether a word begins at `start`, perhaps behind joined letters."""
        if not start or not text[start - 1].isalnum():
            return True
        before = start - 1
        return text[before] in self._prefixes and not (before and text[before - 1].isalnum())


class Exonyms:
    """The compiled file exonyms.tsv."""

    def __init__(self, rows: Sequence[Exonym], organisations: Sequence[Organisation]) -> None:
        """Take the rows of the file and the bodies that they may name."""
        bodies = {row.name: row for row in organisations}
        named: dict[str, list[tuple[str, Entry]]] = {}
        for row in rows:
            for language, forms in row.forms.items():
                for form in forms:
                    entry = (
                        Entry(form, organisation=bodies[row.of])
                        if row.of in bodies
                        else Entry(form, country=row.of)
                    )
                    named.setdefault(language, []).append((form, entry))
        self._languages = {code: _Language(code, forms) for code, forms in named.items()}

    def add(self, language: str | None, text: str, certain: list[Hit]) -> list[Hit]:
        """Return the hits of a field with the names that its language has for states; these win over `certain` ones."""
        known = self._languages.get(language or "")
        own = known.hits(text) if known is not None else []
        if not own:
            return certain
        kept, at = [], 0
        for hit in certain:
            while at < len(own) and own[at].end <= hit.start:
                at += 1
            if at == len(own) or hit.end <= own[at].start:
                kept.append(hit)
        return sorted([*own, *kept], key=lambda hit: hit.start)
