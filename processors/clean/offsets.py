"""Runs of offsets that lead from a cleaned text back into the raw body it came from.

A run is (start in the text, start in the source, length) in Unicode code points. Within a run both sides are equal
character by character, or both are white space. Characters that were repaired, inserted or decoded are in no run. Runs are
in order on both sides and do not overlap.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TypeAlias

Run: TypeAlias = tuple[int, int, int]

_PHRASE = re.compile(r"\S+(?: \S+){0,11}")
_TOKEN = re.compile(r"\S+")
_PIECE = re.compile(r"\w+|[^\w\s]")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LETTER = re.compile(r"\w")
_ENCODED = re.compile("[&<>\"'\u00a0\r\n]|[^\x00-\x7f]")
"""Characters that a page may write as entities, or as another line end: no part of the literal text that is searched."""

_PHRASE_WINDOW = 48
_TOKEN_WINDOW = 256
_PIECE_WINDOW = 48
_CHARACTER_WINDOW = 8
_NODE_WINDOW = 600
_PATIENCE = 20
"""How far ahead in the source a phrase, a word, a part of one, a character or a text node may stand, and how many times the
length of the source all searches may cost that find nothing: bounds that keep a text which is not there at linear cost."""
_ANCHOR = 4
"""Fewer characters are found anywhere."""


class _Runs(list[Run]):
    """A list of runs that joins a new one to the last where nothing, or one white space, is between them."""

    def __init__(self, text: str, source: str) -> None:
        super().__init__()
        self._text = text
        self._source = source

    def add(self, at: int, start: int, length: int) -> None:
        if self:
            last_at, last_start, last_length = self[-1]
            gap = at - last_at - last_length
            joined = gap == 0 or (
                gap == 1 and self._text[at - 1].isspace() and self._source[start - 1].isspace()
            )
            if joined and gap == start - last_start - last_length:
                self[-1] = (last_at, last_start, last_length + gap + length)
                return
        self.append((at, start, length))


def align(text: str, source: str, start: int, end: int) -> list[Run]:
    """Return the runs of `text` in `source[start:end]`, of which it is the repaired form."""
    length = len(text)
    # a slice compares faster than `startswith`, which goes character by character where the widths of characters differ
    if length <= end - start and source[start : start + length] == text:
        return [(0, start, length)] if text else []
    runs = _Runs(text, source)
    cursor = start
    for phrase in _PHRASE.finditer(text):
        words = phrase[0]
        found = source.find(words, cursor, min(end, cursor + len(words) + _PHRASE_WINDOW))
        if found >= 0:
            runs.add(phrase.start(), found, len(words))
            cursor = found + len(words)
        else:
            cursor = _align_words(runs, text, phrase.span(), source, cursor, end)
    return runs


def _seek(part: str, source: str, cursor: int, end: int) -> int:
    """Return where `part` next stands in `source[cursor:end]`, or -1. A mark alone is not sought beyond the next word.

    The mark that was an entity stands nowhere as such: the next one of its kind belongs to what comes later.
    """
    found = source.find(part, cursor, end)
    if found <= cursor or _LETTER.search(part) or not _LETTER.search(_ENTITY.sub("", source[cursor:found])):
        return found
    return -1


def _align_words(runs: _Runs, text: str, span: tuple[int, int], source: str, cursor: int, end: int) -> int:
    """Add the runs of `text[span]`, word by word, and where a word was repaired, part by part. Return the new cursor."""
    for token in _TOKEN.finditer(text, *span):
        word = token[0]
        found = _seek(word, source, cursor, min(end, cursor + len(word) + _TOKEN_WINDOW))
        if found >= 0:
            runs.add(token.start(), found, len(word))
            cursor = found + len(word)
            continue
        for part in _PIECE.finditer(text, token.start(), token.end()):
            found = _seek(part[0], source, cursor, min(end, cursor + len(part[0]) + _PIECE_WINDOW))
            if found >= 0:
                runs.add(part.start(), found, len(part[0]))
                cursor = found + len(part[0])
                continue
            for place in range(part.start(), part.end()):
                found = _seek(text[place], source, cursor, min(end, cursor + _CHARACTER_WINDOW))
                if found >= 0:
                    runs.add(place, found, 1)
                    cursor = found + 1
    return cursor


def _decode(node: str, source: str, start: int, end: int) -> list[Run] | None:
    """Return the runs of a text node in the markup it was decoded from; None if more than entities tells them apart."""
    runs: list[Run] = []
    at, cursor = 0, start
    for entity in _ENTITY.finditer(source, start, end):
        length = entity.start() - cursor
        if length:
            runs.append((at, cursor, length))
        at += length + len(unescape(entity[0]))
        cursor = entity.end()
    if cursor < end:
        runs.append((at, cursor, end - cursor))
        at += end - cursor
    same = at == len(node) and all(node.startswith(source[place : place + n], at) for at, place, n in runs)
    return runs if same else None


def clip(runs: list[Run], window: tuple[int, int], shift: int) -> list[Run]:
    """Return the runs of the part `window` (start, end) of a text, which now stands `shift` into a longer one."""
    first, end = window
    kept = []
    for at, start, length in runs:
        low, high = max(at, first), min(at + length, end)
        if low < high:
            kept.append((low - first + shift, start + low - at, high - low))
    return kept


def compose(outer: list[Run], inner: list[Run]) -> list[Run]:
    """Return runs from a text to its source, given those to a middle text and those of the middle text to the source."""
    runs: list[Run] = []
    place = 0
    for at, middle, length in outer:
        while place < len(inner) and inner[place][0] + inner[place][2] <= middle:
            place += 1
        step = place
        while step < len(inner) and inner[step][0] < middle + length:
            inner_at, start, inner_length = inner[step]
            low, high = max(middle, inner_at), min(middle + length, inner_at + inner_length)
            runs.append((at + low - middle, start + low - inner_at, high - low))
            step += 1
    return runs


class NodeFinder:
    """Finds the text nodes of a parsed page in its source, one after the other; they must come in document order."""

    def __init__(self, source: str) -> None:
        """Take the source of the page."""
        self._source = source
        self._cursor = 0
        self._patience = _PATIENCE * len(source)

    def runs(self, nodes: list[str]) -> list[Run]:
        """Return the runs of the joined `nodes` in the source; a node that is not found has none."""
        found: list[Run] = []
        at = 0
        for node in nodes:
            if not node.isspace():
                found += clip(self._node(node), (0, len(node)), at)
            at += len(node)
        return found

    def _node(self, node: str) -> list[Run]:
        source = self._source
        if self._cursor == 0 and source.startswith(node):
            self._cursor = len(node)
            return [(0, 0, len(node))]
        found = self._find(">" + node)
        if found >= 0:
            self._cursor = found + 1 + len(node)
            return [(0, found + 1, len(node))]
        literal = max(_ENCODED.split(node), key=len)
        found = self._find(literal) if len(literal) >= _ANCHOR else -1
        if found < 0:
            return []
        start = max(source.rfind(">", self._cursor, found) + 1, self._cursor)
        end = source.find("<", found)
        end = len(source) if end < 0 else end
        runs = _decode(node, source, start, end) or align(node, source, start, end)
        if runs:
            self._cursor = runs[-1][1] + runs[-1][2]
        return runs

    def _find(self, text: str) -> int:
        """Return where `text` next stands, or -1. What failed searches may cost in all is bounded."""
        end = len(self._source) if self._patience > 0 else self._cursor + len(text) + _NODE_WINDOW
        found = self._source.find(text, max(0, self._cursor - 1), end)
        if found < 0:
            self._patience -= end - self._cursor
        return found
