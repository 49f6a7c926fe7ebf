"""Names that no list holds: an unknown name behind a head, and a surname that is another person's."""

from processors.tag.joining import Joining
from processors.tag.phrase import Phrase


class Naming(Joining):
    """Reads the names in and behind phrases."""

    def _name(self, phrase: Phrase) -> None:
        """Read an unknown capitalised name after a singular head, in a phrase that holds no known one."""
        head = phrase.head
        if head is None or phrase.plural or self.title_case or phrase.kind == "person":
            return
        if "group" in head.flags and "title" not in head.flags:
            return
        span = self.words.name_after(self.text, phrase.end)
        if span is None or (" " not in self.text[span[0] : span[1]] and "title" not in head.flags):
            return
        following = phrase.last + 1
        if following < len(self.hits) and self.hits[following].start == span[0]:
            entry = self.hits[following].entry
            if (
                entry.land
                or entry.people
                or entry.organisation
                or (entry.head and self.hits[following].end >= span[1])
            ):
                return
        phrase.unknown, phrase.end, phrase.kind = span, span[1], "person"
        while phrase.last + 1 < len(self.hits) and self.hits[phrase.last + 1].start < phrase.end:
            phrase.last += 1

    def _other_person(self, phrase: Phrase, floor: int) -> None:
        """See that a surname with another first name ("Michelle Obama") or a further name ("Ahmed Ben Bella") is someone else."""
        if not phrase.candidates or phrase.name_span is None:
            return
        if self.title_case and not self._has_given_name(phrase, floor):
            return
        start, end = phrase.name_span
        if " " in self.text[start:end] or phrase.owner is not None:
            return
        following = self.hits[phrase.last + 1].start if phrase.last + 1 < len(self.hits) else -1
        longer = None if self.title_case else self.words.name_after(self.text, end)
        if (
            longer is not None
            and longer[0] == end + 1
            and not self._names_another(phrase, following, longer[0])
        ):
            if self.words.is_thing(self.text[slice(*longer)]):
                phrase.candidates, phrase.kind = [], "attributive"
            elif phrase.kind == "surname" or self.text[longer[0]].islower():
                phrase.unknown, phrase.candidates, phrase.kind = (start, longer[1]), [], "person"
                phrase.end = longer[1]
            return
        first = self.words.first_name(
            self.text, start, max(floor, self.hits[phrase.first - 1].end if phrase.first else 0)
        )
        if first is not None and phrase.start == start:
            phrase.unknown, phrase.candidates, phrase.kind = (first, end), [], "person"
            phrase.start = phrase.bare = first

    def _names_another(self, phrase: Phrase, following: int, at: int) -> bool:
        """Tell whether the capitalised word at `at` is an actor of its own, and no further name as in "Yusuf Ali Duale"."""
        if following != at:
            return False
        entry = self.hits[phrase.last + 1].entry
        return phrase.kind != "surname" or not entry.is_only_surname

    def _has_given_name(self, phrase: Phrase, floor: int) -> bool:
        """Tell whether the capitals of a headline hold a given name right before the surname: "Michelle Obama"."""
        first = self.words.first_name(self.text, phrase.start, floor)
        return first is not None and self.text[first : phrase.start - 1] in self.words.given
