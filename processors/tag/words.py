"""The closed word classes of words.toml as sets and patterns, and what they say about the text around a hit."""

import re
from collections.abc import Iterable
from typing import Any

from processors.text.morphology import NOUN, VBD, VBN, VBZ, lexicon

MAX_LEFT = 7  # words that a phrase may reach to the left of its first hit
MAX_WORD = 40  # longer runs without a space are no words
_OPENED = re.compile(r".*[\"“‘'(\n—]", re.DOTALL)
"""What stands before a word with no space between."""
HYPHENED = ("-based", "-backed", "-old", "-led", "-era", "-held", "-ranking")
MAX_GAP = 4  # words between the adjective of a country and the head


INITIAL = 2
"""Length of an initial with its dot, the one word with a dot that can be a part of a name."""


def _predicates() -> frozenset[str]:
    """Return the words that can be nothing but a verb: "withdrew" of "the UN withdrew soldiers from Mali" joins no name."""
    verbal = VBD | VBN | VBZ
    return frozenset(
        form for form, word in lexicon().items() if word.flags & (VBD | VBZ) and not word.flags & ~verbal
    )


class Words:
    """Compiled word classes."""

    def __init__(self, data: dict[str, Any]) -> None:
        """Compile words.toml as read."""
        self.determiners = frozenset(data["determiners"])
        self.numbers = frozenset(data["numbers"])
        self.approximate = frozenset(data["approximate"])
        self.quantifiers = frozenset(data["quantifiers"])
        self.premodifiers = frozenset(data["premodifiers"])
        self.done_to = frozenset(data["done_to"])
        self.doers = frozenset(data["doers"])
        self.former = frozenset(data["former"])
        self.stops = frozenset(data["stops"]) | _predicates()
        self.leaving = frozenset(data["leaving"])
        self.possessive = frozenset(data["possessive"])
        self.joiners = frozenset(data["joiners"])
        self.keep = frozenset(data["compound_keep"])
        self.drop = frozenset(data["compound_drop"])
        self.prefixes = tuple(p + "-" for p in data["prefixes_drop"])
        self.not_names = frozenset(data["not_names"])
        self.openers = frozenset(data["openers"])
        self.things = frozenset(data["things"])
        self.verbs = frozenset(data["verbs"])
        self._object = re.compile(r" (\w+)")
        self._next = re.compile(r" ([a-z]+(?:-[a-z]+)*)\b")
        self.person_lands = frozenset(data["person_lands"])
        self.given = frozenset(data["given_names"])
        self.given_lands = frozenset(data["given_lands"])
        self.common = frozenset(data["common_surnames"])
        self.suffixes = frozenset(data["name_suffixes"])
        self.complements: dict[str, frozenset[str]] = {
            k: frozenset(v) for k, v in data["complements"].items()
        }
        small = "|".join(data["particles"])
        joined = "|".join(data["articles"])
        word = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*[\w]|[A-Z]\."
        self._name = re.compile(
            rf" ((?:(?:{joined})-)?(?:{word})(?: (?:(?:(?:{small})[ -])*(?:{word})|[A-Z]\b\.?))*)"
        )
        self._dated = re.compile(
            r"(?:\b(?:[Ii]n|[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ll]ast|[Nn]ext|[Ee]arly|[Ll]ate|[Oo]f|this|\d+) )$"
        )
        self._compound = re.compile(r"[-–]([a-z]+)\b")

    def learn_given(self, names: Iterable[str]) -> None:
        """Take further given names, such as those of the people whom the lexicon knows; words of the language are left out."""
        plain = (n for n in names if n.isalpha() and n not in self.openers | self.not_names)
        self.given |= frozenset(n for n in plain if n.lower() not in self.premodifiers)

    def name_after(self, text: str, position: int) -> tuple[int, int] | None:
        """Return the offsets of the capitalised words right after `position` that can be a person's name."""
        match = self._name.match(text, position)
        if match is None:
            return None
        start = end = match.start(1)
        for word in match.group(1).split(" "):
            bare = word[:-2] if word.endswith(("'s", "’s")) else word
            if bare in self.not_names:
                break
            end += len(bare) + (end > start)
            if bare != word:
                break
        return (start, end) if end > start else None

    def first_name(self, text: str, position: int, floor: int) -> int | None:
        """Return the start of a capitalised word right before `position` that can be a first name."""
        begin, word = self._word_before(text, position, floor)
        bare = word.rstrip(".")
        if bare != word and len(word) > INITIAL:
            return None  # "Kumar. He": a sentence ends between the two
        if len(bare) < 2 or not bare[0].isupper() or bare in self.openers or bare in self.not_names:  # noqa: PLR2004
            return None
        return (
            begin if bare.isalpha() and not bare.isupper() and bare.lower() not in self.premodifiers else None
        )

    def is_date(self, text: str, start: int, end: int) -> bool:
        """Tell whether a surname that is also a month stands in a date: "in May", "May 5", "5 May"."""
        return (
            self._dated.search(text, max(0, start - 8), start) is not None
            or text[end + 1 : end + 2].isdigit()
        )

    def given_name(self, text: str, position: int, floor: int) -> int | None:
        """Return the start of a given name right before `position`, where a state follows: "Michael Jordan"."""
        first = self.first_name(text, position, floor)
        return first if first is not None and text[first : position - 1] in self.given else None

    def is_thing(self, name: str) -> bool:
        """Tell whether a name goes on as that of a thing called after it: "Trump Tower"."""
        return not self.suffixes.isdisjoint(name.split(" "))

    def compound_after(self, text: str, position: int) -> tuple[int, bool] | None:
        """Return end and whether the country counts for a compound such as "-led" or "-backed" at `position`."""
        match = self._compound.match(text, position)
        if match is None:
            return None
        word = match.group(1)
        if word in self.keep:
            return match.end(), True
        return (match.end(), False) if word in self.drop else None

    def is_modifier_run(self, gap: str) -> bool:
        """Tell whether the words of `gap` can stand between an adjective and its head."""
        words = gap.split()
        if len(words) > MAX_GAP:
            return False
        return all(self._is_modifier(w) for w in words)

    def _is_modifier(self, word: str) -> bool:
        if word in self.premodifiers:
            return True
        if word in self.numbers and not word.endswith(("rst", "ond", "ird", "st")):
            return False  # "a Russian bomb wounds seven people", but "its first minister"
        if word in self.stops or not word.replace("-", "").replace("’", "").replace("'", "").isalpha():
            return False
        if word[0].isupper():
            return word.lower() in self.premodifiers
        return not word.endswith(("ed", "ly", "ing")) or "-" in word

    def left_edge(self, text: str, start: int, floor: int) -> tuple[int, int, bool]:
        """Extend a phrase to the left over determiners, numbers and modifiers.

        Gives the new start, the start without determiners, and whether a modifier says that the office is past.
        """
        edge = bare = start
        past = determined = counted = numbered = False
        for _ in range(MAX_LEFT):
            begin, word = self._word_before(text, edge, floor)
            low = word.lower()
            if low == "of":
                before, quantity = self._word_before(text, begin, floor)
                if quantity.lower() not in self.quantifiers:
                    break
                edge = bare = before
                determined = False
            elif not word or determined:
                break
            elif low in self.determiners:
                edge, determined = begin, True
            elif (low in self.done_to and (numbered or self._does(text, begin))) or (
                low in self.approximate and not counted
            ):
                break
            elif (
                # "in 2018. French troops": a number before a full stop belongs to the sentence before
                (counted := low in self.numbers or (word[0].isdigit() and word[-1] != "."))
                or low in self.approximate
                or self._premodifies(word, low)
            ):
                past = past or low in self.former
                edge = bare = begin
                numbered = (
                    numbered or counted
                )  # "convicted 23 Americans": no adjective stands before a number
            else:
                break
        return edge, bare, past

    def leaves(self, text: str, start: int, bare: int) -> bool:
        """Tell whether "from" behind a phrase says what is left, not where one is from: "its troops from", "withdrew troops from"."""
        if text[start:bare].strip().lower() in self.possessive:
            return True
        begin, word = self._word_before(text, start, 0)
        if word == "of":
            word = self._word_before(text, begin, 0)[1]
        return word.lower() in self.leaving

    def _does(self, text: str, position: int) -> bool:
        """Tell whether somebody stands right before `position`, so that a participle there is what they did: "soldiers ousted"."""
        _, word = self._word_before(text, position, 0)
        low = word.lower()
        if low in self.doers or not low.endswith("s") or low in self.stops or low in self.determiners:
            return low in self.doers
        known = lexicon().get(low)
        return known is None or bool(known.flags & NOUN)  # "meets detained leaders" is no plural

    def _word_before(self, text: str, edge: int, floor: int) -> tuple[int, str]:
        """Return start and text of the word that ends one space before `edge`; empty where there is none."""
        if edge <= floor or text[edge - 1] != " ":
            return edge, ""
        begin = text.rfind(" ", max(floor, edge - MAX_WORD), edge - 1) + 1 or floor
        word = text[begin : edge - 1]
        if not word.isalnum():
            word = _OPENED.sub("", word)
        return edge - 1 - len(word), word

    def _premodifies(self, word: str, low: str) -> bool:
        return (low in self.premodifiers and word not in self.openers) or (
            word.islower() and word.endswith(HYPHENED)
        )

    def is_attributive(self, text: str, end: int) -> bool:
        """Tell whether what follows a singular head makes it a modifier: "prisoner swap", "rebel-held"."""
        if text[end : end + 1] in {"-", "–"}:
            return True
        match = self._next.match(text, end)
        if match is None or match.group(1) not in self.things:
            return False
        return not (match.group(1)[-1] == "s" and self._opens_object(text, match.end()))

    def _opens_object(self, text: str, at: int) -> bool:
        """Tell whether an object begins here, so that the word before is a verb: "the judge issues a warrant"."""
        follows = self._object.match(text, at)
        if follows is None:
            return False
        word = follows.group(1)
        return word in self.determiners or (word[0].isupper() and word not in self.not_names)
