"""Word forms: every inflection of the verbs of the data file, noun plurals, and what an unknown word looks like.

The spelling rules are those of any school grammar: -s/-es/-ies, -ed/-ied, -ing with a dropped e, doubled consonants marked in
the data.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DET, PREP, PRON, CC, SUB, MODAL, BE, HAVE, DO, NEG, ADV, ADJ, NUM, NOUN = (1 << i for i in range(14))
VB, VBZ, VBD, VBN, VBG, TO, POSS, REL, PUNCT, NAME, PLURAL, POSSPRON = (1 << i for i in range(14, 26))
VERB = VB | VBZ | VBD | VBN | VBG

SHORT = 4
"""Letters up to which an ending tells nothing: "fly", "king", "red"."""

LONGEST = 40
"""Letters of the longest string that is looked at as a word."""

_VOWELS = frozenset("aeiou")


@dataclass(slots=True)
class Word:
    """What a word form can be: flags, and its lemma as a noun and as a verb. Nobody changes one once it is made."""

    flags: int
    noun: str
    verb: str


def third_person(lemma: str) -> str:
    """Return the -s form of a verb, or the plural of a noun."""
    if lemma.endswith(("s", "x", "z", "ch", "sh")) or lemma in (
        "veto",
        "embargo",
        "echo",
        "go",
        "do",
        "undergo",
    ):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def past(lemma: str, *, double: bool = False) -> str:
    """Return the regular past of a verb."""
    if double:
        return lemma + lemma[-1] + "ed"
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def gerund(lemma: str, *, double: bool = False) -> str:
    """Return the -ing form of a verb."""
    if double:
        return lemma + lemma[-1] + "ing"
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return lemma + "ing"


def singular(noun: str) -> str:
    """Return the lemma of a noun form; plurals by rule."""
    if len(noun) < SHORT or not noun.endswith("s") or noun.endswith(("ss", "us", "is", "series", "species")):
        return noun
    if noun[:-1] in _END_IN_E:
        return noun[:-1]
    if noun.endswith("ies") and len(noun) > SHORT:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "tzes", "zzes", "toes", "goes", "adoes", "edoes")):
        return noun[:-2]
    return noun[:-1]


_END_IN_E = frozenset(
    "attache avalanche cache calorie cliche cookie creche demarche movie niche prairie sortie tranche zombie".split()
)
"""Nouns whose plural looks as if they ended in "y" or in "ch"."""
_DOUBLES_IRREGULAR = frozenset(
    "begin cut forbid get let put quit rid run set shed shut sit split spread-eagle win overrun bid upset dig".split()
)
_CLASSES = {
    "det": DET, "preposition": PREP, "pronoun": PRON, "possessive": POSSPRON, "relative": REL, "conjunction": CC,
    "subordinator": SUB, "modal": MODAL, "be": BE, "have": HAVE, "do": DO, "negation": NEG, "adverb": ADV, "adjective": ADJ,
    "number": NUM,
}  # fmt: skip


class _Builder:
    def __init__(self) -> None:
        self.words: dict[str, Word] = {}

    def add(self, form: str, flags: int, noun: str = "", verb: str = "") -> None:
        old = self.words.get(form, Word(0, "", ""))
        self.words[form] = Word(old.flags | flags, old.noun or noun, old.verb or verb)

    def noun(self, lemma: str) -> None:
        self.add(lemma, NOUN, noun=lemma)
        self.add(third_person(lemma), NOUN | PLURAL, noun=lemma)

    def verb(self, lemma: str, second: str, third: str, *, double: bool) -> None:
        for form, flag in (
            (lemma, VB), (third_person(lemma), VBZ), (second, VBD), (third, VBN), (gerund(lemma, double=double), VBG),
        ):  # fmt: skip
            self.add(form, flag, verb=lemma)

    def regular(self, entry: str) -> None:
        lemma, *marks = entry.split("/")
        double = lemma.endswith("*")
        lemma = lemma.rstrip("*")
        self.verb(lemma, past(lemma, double=double), past(lemma, double=double), double=double)
        if "n" in marks:
            self.noun(lemma)
        if "a" in marks:
            self.add(lemma, ADJ)


def _verbs(builder: _Builder, text: str) -> None:
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line
        elif line and not line.startswith("#"):
            if section == "[regular]":
                for entry in line.split():
                    builder.regular(entry)
            elif section == "[irregular]":
                lemma, second, third = line.removesuffix("/a").split()
                builder.verb(lemma, second, third, double=lemma in _DOUBLES_IRREGULAR)
                if line.endswith("/a"):
                    builder.add(third, ADJ)
            else:
                for lemma in line.split():
                    builder.noun(lemma)


_AUXILIARIES = (
    (("was", "were", "is", "are", "am", "'s", "'re", "being", "been"), BE, "be"),
    (("has", "had", "having"), HAVE, "have"),
    (("does", "did", "doing", "done"), DO, "do"),
)


@cache
def lexicon() -> dict[str, Word]:
    """Return {lower-case form: Word} of all words that are known."""
    builder = _Builder()
    folder = files("processors.text") / "data"
    classes = tomllib.loads((folder / "words.toml").read_text("utf-8"))
    for name, flag in _CLASSES.items():
        for form in classes[name].split():
            builder.add(form, flag)
    builder.add("to", TO)
    for form in ("'s", "'"):
        builder.add(form, POSS)
    _verbs(builder, (folder / "verbs.txt").read_text("utf-8"))
    for forms, flag, lemma in _AUXILIARIES:
        for form in forms:
            builder.add(form, flag, verb=lemma)
    for form in ("state", "states"):  # "states" is hardly ever the verb in the news
        builder.words[form] = Word(NOUN | (PLURAL if form == "states" else 0), "state", "state")
    builder.words["according"] = Word(PREP, "", "")  # "according to": no accord
    return builder.words


_ADJECTIVE_ENDS = (
    "al",
    "ive",
    "ous",
    "ful",
    "less",
    "ic",
    "able",
    "ible",
    "ary",
    "ish",
    "ian",
    "ese",
    "backed",
    "led",
    "wide",
)


_ATTRIBUTES = ("-scale", "-level", "-range", "-based")
"""Ends of words that only stand before a noun: "a full-scale ground assault"."""


SIGNS = frozenset("$€£¥")
"""Signs of sums of money."""


def _shape(lower: str) -> Word:
    """Return the entry of a word that no list holds, from its ending alone."""
    if not SIGNS.isdisjoint(lower):
        return Word(NUM, "money", "")
    if lower[0].isdigit() or lower[-1].isdigit():
        return Word(NUM, lower, "")
    if not lower[0].isalnum():
        return Word(PUNCT, "", "")
    if lower.endswith("ly") and len(lower) > SHORT:
        return Word(ADV, lower, "")
    if lower.endswith("ing") and len(lower) > SHORT + 1:
        return Word(NOUN | VBG, lower, lower[:-3])
    if lower.startswith("un") and lower.endswith("ed") and len(lower) > SHORT:
        return Word(ADJ, lower, "")  # "unimpeded access": nobody unimpeded it
    if lower.endswith(_ATTRIBUTES):
        return Word(ADJ, lower, "")
    if lower.endswith("ed") and len(lower) > SHORT:
        return Word(VBD | VBN | ADJ, lower, lower[:-2])
    if lower.endswith(_ADJECTIVE_ENDS):
        return Word(ADJ | NOUN, lower, "")
    lemma = singular(lower)
    return Word(NOUN | (PLURAL if lemma != lower else 0), lemma, "")


_PUNCT = Word(PUNCT, "", "")
_PERCENT = Word(NUM, "%", "")
"""The sign goes on with its number, so that "a 15% tariff" is one phrase."""


def unknown(text: str, lower: str, *, first: bool) -> Word:
    """Return the entry of a word that is not in the lexicon; a capital inside a sentence makes it a name."""
    if text[0].isupper() and not first:
        return Word(NAME | NOUN, lower, "")
    if lower == "%":
        return _PERCENT
    if len(lower) == 1 and not lower.isalnum():
        return _PUNCT
    return _shape(lower) if len(lower) < LONGEST else Word(NOUN, lower, "")
