"""Resolves the phrases of one article: surnames, acronyms, descriptions of people who have been named."""

import re
from collections import Counter
from datetime import date

from processors.tag.identity import (
    Identity,
    Roles,
    choose,
    country_of,
    nominal,
    sector_of,
    unknown_person,
)
from processors.tag.phrase import ACRONYM, Phrase
from processors.tag.tables import Person
from processors.tag.words import Words

NAME_BEFORE = re.compile(r"((?:[^\W\d_a-z](?:[\w’'-]+|\.) ){1,4}[^\W\d_a-z][\w’'-]+), $")
OWN = ("his ", "her ", "its ", "their ", "our ", "my ")
"""What a phrase begins with that says who holds an office of the subject: "in the North Sea, its minister said"."""
RESOLVABLE = frozenset(
    {
        "president",
        "pm",
        "leader",
        "fm",
        "dm",
        "im",
        "monarch",
        "vp",
        "dpm",
        "envoy",
        "opposition",
        "rebel",
        "governor",
        "finance",
    }
)


class Article:
    """The actors of one article, resolved in the order title, text."""

    def __init__(self, words: Words, roles: Roles, published: date | None) -> None:
        """Take the word classes, the offices and the day of publication."""
        self.words, self.roles, self.published = words, roles, published
        self.by_surname: dict[str, list[tuple[int, Identity]]] = {}
        self.people: list[tuple[int, Identity]] = []
        self.unknown: dict[str, Identity] = {}
        self.acronyms: dict[str, Identity] = {}
        self.appositions: dict[int, Identity] = {}

    # -- first pass: who is named --------------------------------------------------------------------------------

    def learn(self, text: str, phrases: list[Phrase], offset: int) -> None:
        """Register everyone whom the field names in full; `offset` orders the fields of the article."""
        before: Phrase | None = None
        for phrase in phrases:
            self._check_surname(phrase)
            if before is not None and phrase.heads and before.heads and _is_colleague(text, before, phrase):
                phrase.countries = [land for p in (before,) if (land := country_of(p)) is not None]
            identity = self._full_name(text, phrase)
            if identity is not None:
                self._register(identity, offset + phrase.start)
                if before is not None and self._is_apposition(text, before, phrase, identity):
                    self.appositions[offset + before.start] = identity
            elif phrase.heads and not phrase.plural and phrase.kind == "nominal":
                self._apposition(text, phrase, offset)
            before = phrase
            body = phrase.organisation
            if body is not None and phrase.heads and "(" in text[phrase.start : phrase.end]:
                inside = ACRONYM.search(text, phrase.start, phrase.end)
                if inside is not None:
                    own = Identity(body.name, body.key, body.country, body.sector, body.kind)
                    self.acronyms.setdefault(inside.group(1), own)
            if not text.startswith(" (", phrase.end) or not (phrase.organisation is not None or phrase.heads):
                continue
            match = ACRONYM.match(text, phrase.end)
            if match is not None:
                self.acronyms.setdefault(match.group(1), nominal(phrase, text))

    def _check_surname(self, phrase: Phrase) -> None:
        """Keep of the people who share a surname only those whom title and country can mean."""
        if phrase.kind != "surname" or phrase.head is None or phrase.owner is not None:
            return
        stated = phrase.countries[0] if phrase.countries and not phrase.dropped else None
        role = phrase.head.role
        fitting = [
            p
            for p in phrase.candidates
            if (stated is None or p.country == stated)
            and (role is None or self.roles.means(role, tuple(r.name for r in p.roles)))
            and (role is not None or stated is not None)
        ]
        if fitting:
            phrase.candidates = fitting
        else:
            phrase.unknown, phrase.candidates, phrase.kind = phrase.name_span, [], "person"

    def _full_name(self, text: str, phrase: Phrase) -> Identity | None:
        if phrase.unknown is not None:
            name = text[slice(*phrase.unknown)]
            if " " not in name:
                known = self._by_surname(name, None)
                if known is not None:
                    return None
            identity = unknown_person(name, phrase)
            self.unknown.setdefault(name, identity)
            return identity
        if phrase.candidates and (phrase.kind == "person" or phrase.heads):
            return self.known(phrase)
        return None

    def known(self, phrase: Phrase) -> Identity:
        """Return the identity of a person of the lexicon in this phrase."""
        stated = phrase.countries[0] if phrase.countries and not phrase.dropped else None
        person = choose(phrase.candidates, stated, phrase.head, self.published, self.roles)
        return self._of_person(person, phrase)

    def _of_person(self, person: Person, phrase: Phrase | None) -> Identity:
        sector = self.roles.sector_on(person, self.published)
        roles = self.roles.names_on(person, self.published)
        if phrase is not None and phrase.heads:
            stated = sector_of(phrase) if "neutral" not in phrase.heads[-1].flags else None
            # The Chief Executive of Hong Kong is no businessman.
            sector = sector if stated == "BUS" and sector else stated or sector
            if phrase.head is not None and phrase.head.role and not phrase.past:
                roles = (*roles, phrase.head.role)
        if phrase is not None and phrase.past and sector in {"GOV", "MIL", "LEG"}:
            sector = "ELI"
        return Identity(person.name, person.key, person.country, sector, "person", roles, person.surname)

    def _register(self, identity: Identity, position: int) -> None:
        surname = identity.surname or identity.name.rsplit(" ", 1)[-1]
        self.by_surname.setdefault(surname, []).append((position, identity))
        self.people.append((position, identity))

    @staticmethod
    def _is_apposition(text: str, office: Phrase, person: Phrase, identity: Identity) -> bool:
        """Tell whether `person` says who holds the office named right before it: "Mexico's president, X, ..."."""
        head = office.head
        return (
            head is not None
            and office.kind == "nominal"
            and not office.plural
            and not person.heads
            and "title" in head.flags
            and text[office.end : person.start] == ", "
            and text[person.end : person.end + 1] in {",", ".", ""}
            and country_of(office) in {None, identity.country}
        )

    def _apposition(self, text: str, phrase: Phrase, offset: int) -> None:
        """Learn the name in "the Kazakh foreign minister, X," and "X, the Kazakh foreign minister,"."""
        head = phrase.head
        if head is None or ("group" in head.flags and "title" not in head.flags):
            return
        span = self.words.name_after(text, phrase.end + 1) if text.startswith(", ", phrase.end) else None
        if span is not None and text[span[1] : span[1] + 1] not in {",", ".", ""}:
            span = None
        if span is None:
            closed = text.endswith(
                (", ", ", \n"), 0, phrase.start
            )  # with no comma, there is no name to search for
            closed = closed and not text.startswith(OWN, phrase.start)
            before = NAME_BEFORE.search(text, max(0, phrase.start - 60), phrase.start) if closed else None
            if before is None:
                return
            span = before.span(1)
        name = text[slice(*span)]
        words = name.split(" ")
        if len(words) < 2 or words[0] in self.words.openers or words[0] in self.words.not_names:  # noqa: PLR2004
            return
        identity = unknown_person(name, phrase)
        self.unknown.setdefault(name, identity)
        self._register(identity, offset + span[0])
        if span[0] > phrase.start:
            self.appositions[offset + phrase.start] = identity

    # -- second pass: what each phrase is ---------------------------------------------------------------------------

    def _by_surname(self, surname: str, position: int | None) -> Identity | None:
        named = self.by_surname.get(surname)
        if not named:
            return None
        before = [i for p, i in named if position is not None and p <= position]
        return before[-1] if before else named[0][1]

    def resolve(self, text: str, offset: int, phrase: Phrase) -> Identity | None:
        """Return who the phrase is, or None where it is no actor."""
        position = offset + phrase.start
        if phrase.kind == "surname" and not phrase.heads:
            start, end = phrase.name_span or (0, 0)
            surname = text[start:end]
            if surname in self.words.common and self.words.is_date(text, start, end):
                return None
            return self._by_surname(surname, position)
        if phrase.unknown is not None:
            name = text[slice(*phrase.unknown)]
            return self._by_surname(name.rsplit(" ", 1)[-1], position) or unknown_person(name, phrase)
        if phrase.candidates:
            name = text[slice(*phrase.name_span)] if phrase.name_span else ""
            if " " not in name:
                named = self._by_surname(name, position)
                if named is not None and (
                    phrase.kind == "surname" or named.key in {c.key for c in phrase.candidates}
                ):
                    return named
            return self.known(phrase)
        if phrase.kind == "place" and not phrase.heads and phrase.name_span is not None:
            return self._by_surname(text[slice(*phrase.name_span)], position)
        if phrase.kind == "attributive" and not phrase.heads:
            return None
        if phrase.heads and phrase.heads[-1].flags >= {"bound"} and self._is_bare(phrase):
            return None
        if phrase.dropped and not phrase.heads and phrase.organisation is None and phrase.kind != "people":
            return None
        described = self.appositions.get(position) or self._described(text, phrase, position)
        return described or nominal(phrase, text)

    def _is_bare(self, phrase: Phrase) -> bool:
        return not (
            phrase.countries
            or phrase.organisation
            or phrase.owner
            or phrase.complement
            or len(phrase.heads) > 1
        )

    def _described(self, text: str, phrase: Phrase, position: int) -> Identity | None:
        """Resolve "the president", "the Russian leader" to a person named before."""
        head = phrase.head
        if (
            head is None
            or phrase.plural
            or phrase.past
            or phrase.organisation
            or phrase.owner
            or phrase.complement
        ):
            return None
        if (
            head.role not in RESOLVABLE
            or "group" in head.flags
            or not text.startswith(("the ", "The "), phrase.start)
        ):
            return None
        country = country_of(phrase)
        fitting = [
            identity
            for place, identity in self.people
            if place < position
            and (country is None or identity.country == country)
            and self.roles.means(head.role, identity.roles)
        ]
        if not fitting:
            return None
        named = Counter(identity.key for identity in fitting)
        most = max(named.values())
        return next(i for i in reversed(fitting) if named[i.key] == most)


def _is_colleague(text: str, one: Phrase, two: Phrase) -> bool:
    """Tell whether the second of two office holders serves the state of the first: "Israeli president X and energy minister Y"."""
    return (
        one.kind == "person"
        and two.kind == "person"
        and "neutral" not in two.heads[-1].flags
        and not two.candidates
        and text[one.end : two.start] in {" and ", ", ", ", and "}
        and country_of(two) is None
        and country_of(one) is not None
    )
