"""The facts of a sentence (numbers, dates, names, negations) apart from its wording, so that two wordings can be aligned.

`Smith killed 3 on Monday.` has the skeleton `N killed 9 on D` and the facts smith, 3, mon. Two sentences of one skeleton
with other facts are one template filled twice, or a story and its update; two of other skeletons say nothing either way.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NAME, NUMBER, DATE = "\x01", "\x02", "\x03"
"""What stands in a skeleton for a run of names, a number and a date."""
DENIAL, NOTHING = "\x04", "\x05"
"""Words that are a fact, or none, and in no skeleton."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of `data/facts.toml`, ready for look-up: `words` gives (what a word is, the form it is compared in)."""

    words: dict[str, tuple[str, str]]
    starters: frozenset[str]
    updates: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """One sentence taken apart. `skeleton` and the lists keep the order of the words."""

    skeleton: list[str]
    names: list[str]
    numbers: list[str]
    denials: list[str]


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


def take_apart(tokens: list[str], lower: list[str], named: set[str]) -> Facts:
    """Return the facts of a sentence.

    `tokens` are its words as they stand, `lower` the same folded (`normal.fold`), `named` the words that stand with a capital
    inside some sentence of the text: only they count as a name where they open one.
    """
    special = lexicon().words
    facts = Facts([], [], [], [])
    skeleton = facts.skeleton
    for i, (token, low) in enumerate(zip(tokens, lower, strict=True)):
        known = special.get(low)
        if known is not None:
            kind, form = known
            if kind is DENIAL:
                facts.denials.append(form)
            elif kind is not NOTHING:
                facts.numbers.append(form)
                skeleton.append(kind)
        elif token[0].isupper() and (i or low in named):
            facts.names.append(low)
            if not skeleton or skeleton[-1] != NAME:
                skeleton.append(NAME)
        elif low[0].isdigit():
            facts.numbers.append(low.replace(",", ""))
            skeleton.append(NUMBER)
        else:
            skeleton.append(low)
    return facts
