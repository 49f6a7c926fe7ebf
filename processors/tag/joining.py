"""Whether the next hit of a field belongs to the phrase before it, by what stands between them and at both sides."""

from processors.tag.lexicon import Entry
from processors.tag.phrase import ACRONYM, BRACKET, Phrase
from processors.tag.scan import Hit
from processors.tag.tables import Head
from processors.tag.words import Words

OWNED = frozenset({"government", "administration", "cabinet", "regime", "coalition", "presidency"})
"""What a surname alone may stand before: "the Erhard government"."""

LONGEST = 60
"""Code points between two hits of a phrase: longer gaps hold more than modifiers."""

POSSESSIVES = ("'s ", "’s ", "' ", "’ ")


class Joining:
    """Joins the hits of one field."""

    def __init__(self, words: Words, text: str, hits: list[Hit], *, title_case: bool) -> None:
        """Take the field, its hits in order, and whether capitals mean nothing in it."""
        self.words, self.text, self.hits, self.title_case = words, text, hits, title_case

    def _linked(self, phrase: Phrase, link: str) -> bool | None:
        """Tell whether the next hit belongs to the phrase: True by a possessive, False by position, None not."""
        at = phrase.last + 1
        if at >= len(self.hits):
            return None
        hit = self.hits[at]
        if hit.start - phrase.end > LONGEST + BRACKET or self.text[phrase.end] not in " '’":
            return None  # most hits stand alone
        if phrase.organisation is not None and at + 1 < len(self.hits) and self._repeats(phrase, hit):
            at += 1
            hit = self.hits[at]
        gap = self.text[phrase.end : hit.start]
        if "(" in gap:
            gap = ACRONYM.sub("", gap, count=1)  # "International Criminal Court (ICC) president X"
        if len(gap) > LONGEST or not gap:
            return None
        possessive = False
        for mark in POSSESSIVES if gap[0] in "'’" else ():
            if gap.startswith(mark):
                if mark in POSSESSIVES[2:] and not self.text.startswith("s", phrase.end - 1):
                    return None
                possessive, gap = True, gap[len(mark) - 1 :]
                break
        if gap[0] != " " or "\n" in gap:
            return None
        if not self._fits(phrase, link, hit.entry, gap.strip(), possessive=possessive):
            return None
        phrase.last = at - 1  # the short name in brackets belongs to the phrase
        return possessive

    def _repeats(self, phrase: Phrase, hit: Hit) -> bool:
        """Tell whether a hit is the short name, in brackets, of the body that a phrase has just named."""
        if hit.entry.organisation is not phrase.organisation or phrase.heads:
            return False
        return self.text.startswith("(", hit.start - 1) and self.text.startswith(")", hit.end)

    def _fits(self, phrase: Phrase, link: str, entry: Entry, gap: str, *, possessive: bool) -> bool:
        """Decide by what stands at both sides of the gap."""
        adjacent = not gap
        free = possessive or link == "A"
        if entry.organisation is not None:
            return free and self.words.is_modifier_run(gap) and entry.organisation.kind != "seat"
        if entry.head is not None and (link != "H" or not entry.land):
            return self._head_fits(phrase, link, entry, entry.head, gap, free=free)
        if entry.persons or entry.surname_of:
            if not adjacent:
                return False
            titled = link == "H" and (
                "title" in phrase.heads[-1].flags or (not phrase.plural and bool(entry.persons))
            )
            return possessive or titled or (link == "A" and bool(entry.persons))
        if entry.adjective is not None:
            return free and adjacent and not phrase.heads
        return False

    def _head_fits(
        self, phrase: Phrase, link: str, entry: Entry, head: Head, gap: str, *, free: bool
    ) -> bool:
        """Decide whether a head can follow what the phrase ends in."""
        if not free and entry.surface in self.words.verbs:
            said = phrase.kind == "group" or self.text.startswith(" that ", self.hits[phrase.last + 1].end)
            if said or (link == "H" and not phrase.plural and phrase.heads[-1].role):
                return False  # "Hezbollah states", "the military states that", "the minister heads to"
        if not free and gap and not self.words.numbers.isdisjoint(gap.split()[1:]):
            return False  # "the European Union sanctions four Israeli settlers"
        if free or link == "O":
            return not gap or self.words.is_modifier_run(gap)
        if gap:
            return False
        if link in {"C", "K", "L"}:
            return phrase.kind != "people"
        if link == "N" and phrase.kind == "surname" and head.slug not in OWNED:
            return False  # "Meta Department" is none of a Mr Meta whom nobody has named
        if link == "N":
            return ("group" in head.flags or not entry.plural) and not self.title_case
        if link == "H":
            bodies = not phrase.plural or phrase.heads[-1].sector in {"MIL", "COP"}
            return bodies and not (self.title_case and "person" in head.flags)
        return False
