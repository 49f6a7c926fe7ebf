"""A text as the words and sentences that are compared: no case, no accents, no punctuation, no style of the house."""

import re
import tomllib
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from itertools import islice

_APOSTROPHES = "\u2018\u2019\u02bc\u00b4\u00ad\u200b\u200c\u200d\ufeff"
_TYPOGRAPHY = "\u00a0\u00ab\u00bb\u2010\u2011\u2012\u2013\u2014\u2015\u201a\u201b\u201c\u201d\u201e\u201f"
_ACCENTS = re.compile("[\u0300-\u036f]+")
_SENTENCE = re.compile(
    r"[.!?\u0964\u061f\r\n\u3002\uff01\uff1f]"
    r"(?:(?<=[.!?\u0964\u061f])[\")\]]*\s+|(?<=[\r\n\u3002\uff01\uff1f])[\r\n\u3002\uff01\uff1f]*)"
)
"""One class in front, so that the search skips from mark to mark; which kind it was decides what else goes."""
_WORD = re.compile(
    r"[0-9]+(?:[.,:][0-9]+)*(?:st|nd|rd|th)?(?![^\W_])|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+"
)
_ASCII_WORD = re.compile(
    r"[A-Za-z][A-Za-z0-9]*|[0-9]+(?:[.,:][0-9]+)*(?:st|nd|rd|th)?(?![A-Za-z0-9])|[A-Za-z0-9]+", re.ASCII
)
"""The same on ASCII, letters first, at half the time."""
_DIGIT = "0"
_PLAIN = bytes(
    ord(_DIGIT) if chr(code) in "0123456789" else code if chr(code) == "\n" or bytes([code]).isalpha() else 32
    for code in range(256)
)
"""Letters and line breaks as they are, one digit for all, and spaces for the rest."""
_RANGES = (
    (0x0250, "latin"),
    (0x0400, "greek"),
    (0x0530, "cyrillic"),
    (0x0590, "other"),
    (0x0600, "hebrew"),
    (0x0900, "arabic"),
    (0x0E00, "indic"),
    (0x0F00, "thai"),
    (0x1100, "other"),
    (0x1200, "hangul"),
    (0x1E00, "other"),
    (0x1F00, "latin"),
    (0x2000, "greek"),
    (0x3040, "other"),
    (0xAC00, "cjk"),
    (0xD7B0, "hangul"),
)
"""(first code point behind the range, script), ascending; blocks of the Unicode standard, coarsely."""
_ENDS = [end for end, _ in _RANGES]
_SCRIPTS = [*(name for _, name in _RANGES), "other"]


_SPELT_LETTERS = 5


def normalise(text: str) -> str:
    """Return `text` in NFKC without accents, apostrophes and invisible characters; case and line breaks stay."""
    text = text.replace("'", "").replace("`", "")
    if not text.isascii():
        for mark in _APOSTROPHES:  # a character at a time is a fast scan; a class of them is not
            text = text.replace(mark, "")
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, " ")
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    return text


def sentences(text: str) -> list[str]:
    """Return the sentences of a normalised text, roughly: at end marks followed by a space, and at line breaks."""
    return [s for s in _SENTENCE.split(text) if s]


def words_by_sentence(text: str) -> list[list[str]]:
    """Return the words and numbers of each sentence of a normalised text as they stand; each CJK or Thai character is a word.

    A sentence without any is passed over.
    """
    split = sentences(text)
    if not split:
        return []
    if not text.isascii():
        found = [(_ASCII_WORD if sentence.isascii() else _WORD).findall(sentence) for sentence in split]
    else:
        plain = "\n".join(split).encode("ascii").translate(_PLAIN).decode("ascii").split("\n")
        found = [
            _ASCII_WORD.findall(sentence) if _DIGIT in letters else letters.split()
            for sentence, letters in zip(split, plain, strict=True)
        ]
    return list(filter(None, found))


@cache
def _spellings() -> list[tuple[re.Pattern[str], str]]:
    rules = tomllib.loads((files("processors.dedupe") / "data" / "spelling.toml").read_text("utf-8"))["rule"]
    return [(re.compile(rule["from"]), rule["to"]) for rule in rules]


def fold(word: str) -> str:
    """Return a word in lower case and in one of its spellings (organised, organized): for comparing, not for reading."""
    low = word.lower()
    if len(low) >= _SPELT_LETTERS:
        for pattern, spelling in _spellings():
            low = pattern.sub(spelling, low)
    return low


def script(text: str) -> str:
    """Return the script of the first 200 letters, one of `schemas.sketch.SCRIPTS`; `none` without a letter."""
    letters = "".join(islice(filter(str.isalpha, text), 200))
    if letters.isascii():
        return "latin" if letters else "none"
    counts: dict[str, int] = {}
    for char in letters:
        name = _SCRIPTS[bisect_right(_ENDS, ord(char))]
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: (counts[name], name))
