"""Sentence boundaries: one pass over the candidates, linear in the length of the text."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

LONGEST = 2_400
"""Code points after which a sentence is cut at a space: no one writes longer ones, but broken pages hold them."""

_END = re.compile(
    r"[.!?…\n]"  # one set of marks to begin with, which is looked for faster than two kinds of boundary
    r"(?:(?<=\n)(?:\s*\n)?|(?<!\n)[.!?…]{0,7}[\"'”’»)\]]{0,3}(?=\s))"
    r"(?=[\s\"'“‘«(\[]*(\w*))"  # the word behind
)
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return (abbreviations that never end a sentence, those that may)."""
    text = (files("processors.text") / "data" / "abbreviations.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return (
        frozenset(line for line in lines if not line.endswith("+")),
        frozenset(line[:-1] for line in lines if line.endswith("+")),
    )


STARTERS = frozenset(
    "the a an he she it they we i in on at but and as after before when while if this that these those his her their"
    " its our there however meanwhile since last earlier for no some many most more both".split()
)
"""Words that show, capitalised, that a sentence starts after an abbreviation that may end one."""


def _word_before(text: str, floor: int, end: int) -> str:
    """Return the letters, digits, dots and hyphens right before `end`, from `floor` on."""
    word = text[floor:end].rpartition(" ")[2]
    if word.isalnum():
        return word
    at = end
    while at > floor and (text[at - 1].isalnum() or text[at - 1] in "_.-"):
        at -= 1
    return text[at:end]


def _ends(text: str, start: int, at: int, mark: str, word: str) -> bool:
    """Tell whether the candidate boundary `mark` at `at`, with `word` behind it, really ends a sentence that began at `start`."""
    if mark[0] == "\n":
        # A single line break inside a sentence is a hard wrap when a small letter follows it.
        return mark.count("\n") > 1 or not word[:1].islower()
    if word[:1].islower():
        return False
    if mark[0] in "!?…" or mark[:2] == "..":
        return True
    last = _word_before(text, max(start, at - 20), at).lower()
    never, may = _abbreviations()
    if last in never or (len(last) == 1 and last.isalpha() and last != "i"):
        return False
    if last in may or ("." in last and _INITIALS.fullmatch(last)):
        return word.lower() in STARTERS and not word.islower()
    return True


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of `text` as (start, end) in code points, in order, without the space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        at, (mark, word) = match.start(), match.group(0, 1)
        if _ends(text, start, at, mark, word):
            _add(text, start, at if mark[0] == "\n" else at + len(mark), spans)
            start = at + len(mark)
    _add(text, start, len(text), spans)
    return spans


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        _add(text, start, cut, spans)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
