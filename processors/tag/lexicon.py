"""Compiles the data into one automaton: every surface form, and what it can mean."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import ahocorasick_rs

from processors.tag.tables import Head, Organisation, Person, Place, TagData


@dataclass(slots=True)
class Entry:
    """All readings of one surface form; several may be set ("Jordan" is a state and a surname)."""

    surface: str
    country: str | None = None
    adjective: str | None = None
    people: str | None = None
    capital: str | None = None
    persons: list[Person] = field(default_factory=list)
    surname_of: list[Person] = field(default_factory=list)
    organisation: Organisation | None = None
    head: Head | None = None
    plural: bool = False
    place: Place | None = None

    @property
    def land(self) -> str | None:
        """The country that the form names, describes or governs."""
        return self.country or self.adjective or self.capital

    @property
    def is_adjective(self) -> bool:
        """Tell whether the form is an adjective of a country ("U.S." is both that and a name)."""
        return self.adjective is not None


PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "’": "'"}
)


def variants(form: str) -> Iterator[str]:
    """Yield a form with either apostrophe, with accents as they are and without them."""
    yield form
    if form.isascii():
        if "'" in form:
            yield form.replace("'", "’")
        return
    straight = form.replace("’", "'")
    if straight != form:
        yield straight
    plain = "".join(
        c for c in unicodedata.normalize("NFD", form.translate(PLAIN)) if not unicodedata.combining(c)
    )
    if plain not in (form, straight):
        yield plain


def cased(form: str) -> Iterator[str]:
    """Yield a lower-case form as it is, with a capital, and in title case."""
    small = {"of", "the", "for", "and", "in", "to", "de", "d'affaires"}
    yield form
    first = form[0].upper() + form[1:]
    if first != form:
        yield first
    title = " ".join(w if w in small and n else w[0].upper() + w[1:] for n, w in enumerate(form.split(" ")))
    title = "-".join(p[0].upper() + p[1:] if p and p not in small else p for p in title.split("-"))
    if title not in (form, first):
        yield title
    if form in ACRONYMS:
        yield form.upper()
    if form.endswith("s") and form[:-1] in ACRONYMS:
        yield form[:-1].upper() + "s"


ACRONYMS = frozenset({"ceo", "mp", "ngo", "mla", "pm"})


class Lexicon:
    """The compiled data: `match(text)` gives all forms in one pass, leftmost and longest first."""

    def __init__(self, data: TagData) -> None:
        """Compile `data`; the order of its rows decides between rows that claim one form."""
        self.data = data
        self.entries: dict[str, Entry] = {}
        self._countries(data)
        self._organisations(data)
        self._persons(data)
        self._places(data)
        self._heads(data)
        self.surfaces = list(self.entries)
        self.by_index = [self.entries[s] for s in self.surfaces]
        self._automaton = ahocorasick_rs.AhoCorasick(
            self.surfaces, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def match(self, text: str) -> list[tuple[int, int, int]]:
        """Return (index into `by_index`, start, end) of the leftmost longest forms, not yet checked for word ends."""
        return self._automaton.find_matches_as_indexes(text)

    def _entry(self, surface: str) -> Entry:
        entry = self.entries.get(surface)
        if entry is None:
            entry = self.entries[surface] = Entry(surface)
        return entry

    def _countries(self, data: TagData) -> None:
        for row in data.countries:
            for attribute, forms in (
                ("country", row.names),
                ("adjective", row.adjectives),
                ("people", row.people),
                ("capital", row.capitals),
            ):
                for form in forms:
                    for variant in variants(form):
                        entry = self._entry(variant)
                        if getattr(entry, attribute) is None:
                            setattr(entry, attribute, row.code)

    def _organisations(self, data: TagData) -> None:
        for row in data.organisations:
            for form in (row.name, *row.aliases):
                for variant in variants(form):
                    entry = self._entry(variant)
                    entry.organisation = entry.organisation or row

    def _persons(self, data: TagData) -> None:
        for row in data.persons:
            for form in (row.name, *row.aliases):
                for variant in variants(form):
                    self._entry(variant).persons.append(row)
            surname = row.surname
            if " " in row.name:
                for variant in variants(surname):
                    entry = self._entry(variant)
                    if row not in entry.persons:
                        entry.surname_of.append(row)

    def _places(self, data: TagData) -> None:
        for row in data.places:
            for form in (row.name, *row.aliases):
                for variant in variants(form):
                    entry = self._entry(variant)
                    entry.place = entry.place or row

    def _heads(self, data: TagData) -> None:
        for row in data.heads:
            for forms, plural in ((row.forms, False), (row.plurals, True)):
                for form in forms:
                    for cased_form in cased(form):
                        if "caps" in row.flags and cased_form.islower():
                            continue
                        for variant in variants(cased_form):
                            entry = self._entry(variant)
                            if entry.head is None:
                                entry.head, entry.plural = row, plural
