"""Which lines of a page are controls, labels, captions and banners: the phrases of `data/noise.toml`, compiled once."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from processors.clean.credits import NO_BYLINE, find_byline
from processors.clean.lexicon import load_toml
from processors.clean.phrases import encoded, search_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENDS = " \t-–—|•·*.,:;>»›«<‹▸►▶→←↓↑+()[]{}\"'“”‘’!?…_=~#/\\"
_COMMENT_VERBS = ("comment", "leave", "post", "write", "add", "submit")
_COMMENT_WORDS = (*_COMMENT_VERBS, *"0123456789")
_COMMENT_SIGN = " on "
_LONGEST_CREDIT = 160
_SENTENCE_END = frozenset('.!?"”')
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[\d#@]")
_HEAD = 2
"""Beginnings are looked up by so many characters; none is shorter."""


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


class Kind(IntEnum):
    """What a line is by its words alone, the strongest first: a line that is several things counts as the first."""

    COMMENTS = 1
    END = 2
    BOX = 3
    LABEL = 4
    START = 5
    NONE = 6


class _Start(NamedTuple):
    phrase: str
    kind: Kind
    most_words: int


class Look(NamedTuple):
    """What lines are by their words; a line has one place in all of these.

    `lows` are the lines in lower case without the punctuation and symbols at their ends, and of long lines empty. `banners`
    are the places of lines that hold what only banners say.
    """

    lines: Sequence[str]
    words: Sequence[int]
    lows: Sequence[str]
    kinds: list[Kind]
    banners: set[int]


_NO_STARTS: tuple[tuple[str, ...], list[_Start]] = ((), [])


class Noise:
    """The phrases around articles, ready to match lines. Stateless once made; share one."""

    def __init__(self) -> None:
        """Compile the phrases."""
        data = load_toml("noise.toml")
        limits: dict[str, int] = data["limits"]
        self.longest = limits["start_words"]
        self._inside_words = limits["inside_words"]
        self._pattern_words = limits["pattern_words"]
        whole = [("line", Kind.LABEL), ("box", Kind.BOX), ("end", Kind.END), ("comments", Kind.COMMENTS)]
        self._whole = {phrase: kind for name, kind in whole for phrase in data[name]}
        starts = [
            *(_Start(phrase, Kind.END, limits["end_words"]) for phrase in data["end_start"]),
            *(_Start(phrase, Kind.BOX, self.longest) for phrase in data["box_start"]),
            *(_Start(phrase, Kind.START, self.longest) for phrase in data["start"]),
            *(_Start(phrase, Kind.START, limits["start_short_words"]) for phrase in data["start_short"]),
        ]
        by_head: dict[str, list[_Start]] = {}
        for start in starts:
            by_head.setdefault(start.phrase[:_HEAD], []).append(start)
        self._starts = {
            head: (tuple(start.phrase for start in group), group) for head, group in by_head.items()
        }
        heads = ("\n" + head for head in (*_COMMENT_VERBS, *(start.phrase for start in starts)))
        self._insides = len(data["inside"])
        self._signs = search_for((*data["inside"], *data["comment_signs"], *heads))
        self._prose = frozenset(data["prose_words"])
        self._banner = frozenset(data["banner_words"])
        self._prose_least = limits["prose_words"]
        self._comments = _either(data["comments_pattern"])
        self._credit = _either(data["credit"])
        self._credit_words = search_for(data["credit_words"])
        self._caption = _either(data["caption"])
        self._pattern = _either(data["pattern"])
        self._pattern_marked = _either(data["pattern_marked"])

    def kind(self, line: str, low: str, words: int) -> Kind:
        """Return what `line`, of so many words and and as it is in `Look.lows`, is by its words."""
        if words > self.longest:
            return Kind.NONE
        whole = self._whole.get(low)
        if whole:
            return whole
        phrases, starts = self._starts.get(low[:_HEAD], _NO_STARTS)
        if low.startswith(phrases):
            for start in starts:
                if words <= start.most_words and low.startswith(start.phrase):
                    labelled = start.phrase[-1] == ":"
                    return Kind.NONE if not labelled and self._is_prose(line, low, words) else start.kind
        if low.startswith(_COMMENT_WORDS) or _COMMENT_SIGN in low:
            heads = self._comments.fullmatch(low) and not self._is_prose(line, low, words)
            return Kind.COMMENTS if heads else Kind.NONE
        return Kind.NONE

    def _is_prose(self, line: str, low: str, words: int) -> bool:
        """Tell whether a line that holds a phrase of noise is a sentence of a report all the same."""
        if words < self._prose_least or line[-1] not in _SENTENCE_END:
            return False
        used = set(_WORD.findall(low))
        return not used.isdisjoint(self._prose) and used.isdisjoint(self._banner)

    def look(self, lines: Sequence[str], words: Sequence[int]) -> Look:
        """Return what each of `lines`, of so many `words` each, is: one scan tells which lines to look at closer."""
        none, whole, longest = Kind.NONE, self._whole, self.longest
        lows = [
            line.lower().strip(_ENDS) if count <= longest else ""
            for line, count in zip(lines, words, strict=True)
        ]
        kinds = [whole.get(low, none) for low in lows]
        banners: set[int] = set()
        text = encoded("\n" + "\n".join(lows))
        place, seen = 0, 1
        for sign, _, end in self._signs.find_matches_as_indexes(text, overlapping=True):
            place, seen = place + text.count(b"\n", seen, end), end
            if sign < self._insides:
                banners.add(place)
            else:
                kinds[place] = self.kind(lines[place], lows[place], words[place])
        return Look(lines, words, lows, kinds, banners)

    def article(self, look: Look, places: Iterable[int]) -> list[int]:
        """Return those of `places`, lines within an article, that are part of it: no control, banner, byline or caption."""
        lines, words, lows, kinds, banners = look
        places = [place for place in places if kinds[place] is Kind.NONE]
        credited = self._credited([lines[place] for place in places], [words[place] for place in places])
        return [
            place
            for at, place in enumerate(places)
            if not (
                words[place] <= self.longest
                and (
                    self._is_phrase(lines[place], lows[place], words[place], banner=place in banners)
                    or find_byline(lines[place]) != NO_BYLINE
                )
            )
            and at not in credited
            and not self._opens_caption(lines[place], words[place])
        ]

    def is_line(self, line: str, words: int) -> bool:
        """Tell whether `line`, of so many words, is a control, a label, a date, a counter or a banner."""
        look = self.look([line], [words])
        return look.kinds[0] is not Kind.NONE or self._is_phrase(
            line, look.lows[0], words, banner=bool(look.banners)
        )

    def _is_phrase(self, line: str, low: str, words: int, *, banner: bool) -> bool:
        """Tell whether `line`, whose kind is none, is a date or a counter, or holds what only banners say."""
        if words > self.longest:
            return False
        if (words <= self._pattern_words or "#" in low) and (
            self._pattern.fullmatch(low) or (_MARK.search(low) and self._pattern_marked.fullmatch(low))
        ):
            return True
        return banner and words <= self._inside_words and not self._is_prose(line, low, words)

    def is_caption(self, line: str, words: int) -> bool:
        """Tell whether `line` is the caption of a picture: it opens like one or ends with a credit."""
        return self._opens_caption(line, words) or bool(self._credited([line], [words]))

    def _opens_caption(self, line: str, words: int) -> bool:
        return words <= _LONGEST_CREDIT and self._caption.match(line) is not None

    def _credited(self, lines: Sequence[str], words: Sequence[int]) -> set[int]:
        """Return the places of the lines that end with the credit of a picture: one scan tells which ones to look at."""
        ends = [
            line[-_LONGEST_CREDIT:]
            if count <= self.longest or (count <= _LONGEST_CREDIT and line[-1] not in _SENTENCE_END)
            else ""
            for line, count in zip(lines, words, strict=True)
        ]
        text = encoded("\n".join(ends))
        place, seen = 0, 0
        found: set[int] = set()
        for _, start, _ in self._credit_words.find_matches_as_indexes(text):
            place, seen = place + text.count(b"\n", seen, start), start
            found.add(place)
        return {place for place in found if self._credit.search(ends[place])}


@cache
def noise() -> Noise:
    """Return the one instance."""
    return Noise()
