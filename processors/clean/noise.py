"""Which lines of a page are controls, labels, captions and banners: the phrases of `data/noise.toml`, compiled once."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from processors.clean.lexicon import load_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENDS = " \t-–—|•·*.,:;>»›«<‹▸►▶→←↓↑+()[]{}\"'“”‘’!?…_=~#/\\"
_COMMENT_VERBS = ("comment", "leave", "post", "write", "add", "submit")
_COMMENT_WORDS = (*_COMMENT_VERBS, *"0123456789")
_COMMENT_SIGN = " on "
_LONGEST_CREDIT = 160
_SENTENCE_END = frozenset('.!?"”')
_WORD = re.compile(r"\w+")
_HEAD = 2
"""Beginnings are looked up by so many characters; none is shorter."""


def bare(line: str) -> str:
    """Return a line in lower case without the punctuation and symbols at its ends."""
    return line.lower().strip(_ENDS)


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _any_of(phrases: Iterable[str]) -> BytesAhoCorasick:
    """Return a search for any of `phrases` in UTF-8: one in characters first has to map every byte to one."""
    return BytesAhoCorasick([_encoded(phrase) for phrase in phrases], implementation=Implementation.DFA)


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
        self._signs = _any_of((*data["comment_signs"], *heads))
        self._prose = frozenset(data["prose_words"])
        self._banner = frozenset(data["banner_words"])
        self._prose_least = limits["prose_words"]
        self._comments = _either(data["comments_pattern"])
        self._inside = _any_of(data["inside"])
        self._credit = _either(data["credit"])
        self._credit_words = _any_of(data["credit_words"])
        self._caption = _either(data["caption"])
        self._pattern = _either(data["pattern"])

    def kind(self, line: str, low: str, words: int) -> Kind:
        """Return what `line`, of so many words and as `bare` returns it in `low`, is by its words."""
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

    def kinds(self, lines: Sequence[str], words: Sequence[int]) -> list[Kind]:
        """Return the kind of each of `lines`, of so many `words` each: one scan tells which lines to look at closer."""
        none, whole, longest = Kind.NONE, self._whole, self.longest
        lows = [
            line.lower().strip(_ENDS) if count <= longest else ""
            for line, count in zip(lines, words, strict=True)
        ]
        kinds = [whole.get(low, none) for low in lows]
        text = _encoded("\n" + "\n".join(lows))
        place, seen = 0, 1
        for _, start, _ in self._signs.find_matches_as_indexes(text):
            place, seen = place + text.count(b"\n", seen, start + 1), start + 1
            kinds[place] = self.kind(lines[place], lows[place], words[place])
        return kinds

    def is_line(self, line: str, words: int) -> bool:
        """Tell whether `line`, of so many words, is a control, a label, a date, a counter or a banner."""
        low = bare(line)
        return self.kind(line, low, words) is not Kind.NONE or self.is_phrase(line, low, words)

    def is_phrase(self, line: str, low: str, words: int) -> bool:
        """Tell whether `line`, whose kind is none, is a date or a counter, or holds what only banners say."""
        if words > self.longest:
            return False
        if (words <= self._pattern_words or "#" in low) and self._pattern.fullmatch(low):
            return True
        said = words <= self._inside_words and self._inside.find_matches_as_indexes(_encoded(low))
        return bool(said) and not self._is_prose(line, low, words)

    def is_caption(self, line: str, words: int) -> bool:
        """Tell whether `line` is the caption of a picture: it opens like one or ends with a credit."""
        if words > _LONGEST_CREDIT:
            return False
        if self._caption.match(line):
            return True
        if words > self.longest and line[-1] in _SENTENCE_END:
            return False
        end = line[-_LONGEST_CREDIT:]
        return (
            bool(self._credit_words.find_matches_as_indexes(_encoded(end)))
            and self._credit.search(end) is not None
        )


@cache
def noise() -> Noise:
    """Return the one instance."""
    return Noise()
