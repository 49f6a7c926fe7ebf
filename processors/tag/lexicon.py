"""Compiles the data into one automaton: every surface form, and what it can mean."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

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
    persons: Sequence[Person] = ()
    surname_of: Sequence[Person] = ()
    organisation: Organisation | None = None
    head: Head | None = None
    plural: bool = False
    place: Place | None = None
    namesakes: tuple[Place, ...] = ()
    """All places of the name, the usual one first; empty where nothing but `place` can be meant."""
    trust: Literal["always", "alone", "placed"] = "always"
    """When the name means a place: always, where it is no part of a longer name, or only where something places it."""

    @property
    def has_other(self) -> bool:
        """Tell whether the form means anything but a place."""
        return bool(
            self.land or self.people or self.persons or self.surname_of or self.organisation or self.head
        )

    @property
    def is_place(self) -> bool:
        """Tell whether the form names a state or a place."""
        return bool(self.country or self.capital or self.place)

    @property
    def is_only_surname(self) -> bool:
        """Tell whether the form means people who are called so, and nothing else."""
        return bool(self.surname_of) and not (
            self.land or self.people or self.persons or self.organisation or self.head or self.place
        )

    @property
    def land(self) -> str | None:
        """The country that the form names, describes or governs."""
        return self.country or self.adjective or self.capital


PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "’": "'"}
)


def variants(form: str) -> Sequence[str]:
    """Return a form with either apostrophe, with accents as they are and without them."""
    if form.isascii():
        return (form, form.replace("'", "’")) if "'" in form else (form,)
    straight = form.replace("’", "'")
    plain = "".join(
        [c for c in unicodedata.normalize("NFD", form.translate(PLAIN)) if not unicodedata.combining(c)]
    )
    return tuple(dict.fromkeys((form, straight, plain)))


SMALL = frozenset({"of", "the", "for", "and", "in", "to", "de", "d'affaires"})
"""Words of a title that keep their small letter."""


def cased(form: str) -> Iterator[str]:
    """Yield a lower-case form as it is, with a capital, and in title case."""
    yield form
    first = form[0].upper() + form[1:]
    if first != form:
        yield first
    if " " in form or "-" in form:
        title = " ".join(
            [w if w in SMALL and n else w[0].upper() + w[1:] for n, w in enumerate(form.split(" "))]
        )
        title = "-".join([p[0].upper() + p[1:] if p and p not in SMALL else p for p in title.split("-")])
        if title not in (form, first):
            yield title
    if form in ACRONYMS:
        yield form.upper()
    if form.endswith("s") and form[:-1] in ACRONYMS:
        yield form[:-1].upper() + "s"


SHORT = 4
"""A city's name of fewer letters is too often something else."""

NEAR = 0.5
"""Degrees of latitude and longitude within which two places of one name are one place."""


def _share(entry: Entry, town: Place) -> None:
    """Give a form that has a meaning already a city of GeoNames too; a name of a state or body stays what it is."""
    if entry.country or entry.adjective or entry.people or entry.organisation or entry.head:
        return
    if entry.place is None and not entry.namesakes:
        if not entry.capital:
            entry.namesakes, entry.trust = (town,), "placed"
        return
    known = entry.namesakes or ((entry.place,) if entry.place is not None else ())
    for place in known:
        if place.country == town.country and abs(place.lat - town.lat) + abs(place.lon - town.lon) < 2 * NEAR:
            if not place.population and known[0] is place:
                entry.namesakes = (place._replace(population=town.population), *known[1:])
                entry.place = entry.namesakes[0] if entry.place is not None else None
            return
    entry.namesakes = (*known, town)


ACRONYMS = frozenset({"ceo", "mp", "ngo", "mep", "mla", "pm"})


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
        self._towns(data)
        self.called_after = (
            *(f" {thing}" for thing in data.words["called_after"]),
            *(f"-{word}-" for word in data.words["name_links"]),
        )
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
                    entry = self._entry(variant)
                    entry.persons = (*entry.persons, row)
            surname = row.surname
            if " " in row.name:
                for variant in variants(surname):
                    entry = self._entry(variant)
                    if row not in entry.persons:
                        entry.surname_of = (*entry.surname_of, row)

    def _places(self, data: TagData) -> None:
        for row in data.places:
            for form in (row.name, *row.aliases):
                for variant in variants(form):
                    entry = self._entry(variant)
                    entry.place = entry.place or row

    def _towns(self, data: TagData) -> None:
        """Add the cities of GeoNames, the most populous first, behind what the other files say of their names."""
        homographs = data.words["place_homographs"].split()
        guarded = frozenset(homographs).union(
            data.words["given_names"],
            data.words["given_lands"],
            data.words["openers"],
            data.words["not_names"],
        )
        guarded |= {word for person in data.persons for word in person.name.split(" ")}
        for form in self.entries.keys() & homographs:
            entry = self.entries[form]
            if entry.place is not None and not entry.has_other:
                entry.namesakes, entry.trust = (entry.place,), "placed"
                entry.place = None
        for town in sorted(data.towns, key=lambda t: -t.population):
            for form in (town.name, *town.aliases):
                known = self.entries.get(form)
                if known is not None:
                    _share(known, town)
                elif len(form) < SHORT or form in guarded:
                    self.entries[form] = Entry(form, namesakes=(town,), trust="placed")
                else:
                    self.entries[form] = Entry(form, place=town, namesakes=(town,), trust="alone")

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
