"""The facts of a sentence (numbers, dates, names, negations) apart from its wording, so that two wordings can be aligned.

`Smith killed 3 on Monday.` has the skeleton `N killed 9 on D` and the facts smith, 3, mon. Two sentences of one skeleton
with other facts are one template filled twice, or a story and its update; two of other skeletons say nothing either way.
"""

import re
import tomllib
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

from processors.dedupe.normal import fold
from processors.text.perword import PerWord

NAME, NUMBER, DATE = "\x01", "\x02", "\x03"
"""What stands in a skeleton for a run of names, a number and a date."""
DENIAL, NOTHING = "\x04", "\x05"
"""Words that are a fact, or none, and in no skeleton."""
KEPT = 1 << 15
"""Words that are remembered, in 300 bytes each: the vocabulary of a year of news, but for what is in one text of it."""
_TWO_NAMES = f"{NAME} {NAME}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of `data/facts.toml`, ready for look-up: `words` gives (what a word is, the form it is compared in)."""

    words: dict[str, tuple[str, str]]
    starters: frozenset[str]
    updates: re.Pattern[str]


class Facts(NamedTuple):
    """One sentence taken apart: its skeleton, with a space between the words, and its facts in their order."""

    skeleton: str
    names: list[str]
    numbers: list[str]
    denials: list[str]


class Token(NamedTuple):
    """What a word is by itself.

    `low` is the form in which it is compared, `crc` the four bytes of the CRC-32 of that, `mark` what stands for it in a
    skeleton. `kind` is empty for a word that only carries wording, else one of the marks above, and `form` what the fact is
    compared by. `NAME` means a capital: whether it is a name depends on where it stands.
    """

    low: str
    crc: bytes
    mark: str
    kind: str
    form: str


_MARK, _KIND = itemgetter(2), itemgetter(3)  # on tuples, half again as fast as by name


@cache
def lexicon() -> Lexicon:
    """Return the word lists, read once."""
    raw = tomllib.loads((files("processors.dedupe") / "data" / "facts.toml").read_text("utf-8"))
    words = {word: (NUMBER, form) for word, form in raw["numbers"].items()}
    words |= {word: (DATE, form) for word, form in raw["dates"].items()}
    words |= dict.fromkeys(raw["negations"], (DENIAL, "not")) | dict.fromkeys(
        raw["honorifics"], (NOTHING, "")
    )
    return Lexicon(
        words=words,
        starters=frozenset(raw["starters"]),
        updates=re.compile(rf"\s*(?:{'|'.join(raw['updates'])})\b[\s:-]*"),
    )


def _read(word: str) -> Token:
    low = fold(word)
    crc = crc32(low.encode("utf-8", "surrogatepass")).to_bytes(4, "little")
    known = lexicon().words.get(low)
    if known is not None:
        return Token(low, crc, known[0], *known)
    if word[0].isupper():
        return Token(low, crc, NAME, NAME, low)
    if low[0].isdigit():
        return Token(low, crc, NUMBER, NUMBER, low.replace(",", ""))
    return Token(low, crc, low, "", "")


read: Callable[[str], Token] = PerWord(_read, KEPT).__getitem__
"""Return what a word is, as it stands in a normalised text; remembered, since most words of a text were seen before."""


def take_apart(tokens: list[Token], named: Container[str] | None) -> Facts:
    """Return the facts of a sentence.

    `named` are the words that stand with a capital inside some sentence of the text: only they count as a name where they
    open one. None = capitals mean nothing here.
    """
    marks = list(map(_MARK, tokens))
    special = list(filter(_KIND, tokens))
    if not special:
        return Facts(" ".join(marks), [], [], [])
    names: list[str] = []
    numbers: list[str] = []
    denials: list[str] = []
    low, _, _, kind, _ = tokens[0]
    if kind is NAME and (named is None or low not in named):
        marks[0] = low
        del special[0]
    dropped = False
    for low, _, _, kind, form in special:
        if kind is NAME:
            names.append(low)
        elif kind is NUMBER or kind is DATE:
            numbers.append(form)
        else:
            dropped = True
            if kind is DENIAL:
                denials.append(form)
    if named is None and names:
        marks, names = [token.low if token.kind is NAME else token.mark for token in tokens], []
    if dropped:
        marks = [mark for mark in marks if mark not in (DENIAL, NOTHING)]
    skeleton = " ".join(marks)
    if len(names) > 1:
        while _TWO_NAMES in skeleton:
            skeleton = skeleton.replace(_TWO_NAMES, NAME)
    return Facts(skeleton, names, numbers, denials)
