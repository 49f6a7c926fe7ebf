"""Who a phrase is: name, stable key, country and sector from the parts of the phrase and the lexicon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from processors.tag.phrase import ACRONYM, Phrase
from processors.tag.tables import Head, Person, person_key, slug

PAST_SECTORS = frozenset({"GOV", "MIL", "LEG"})
DEFAULT_SECTOR = {"leader": "GOV", "spokesman": "GOV", "official": "GOV"}


@dataclass(slots=True)
class Identity:
    """What is the same in all mentions of an actor within an article; not frozen, as `ActorSpan` is not."""

    name: str
    key: str
    country: str | None
    sector: str | None
    kind: str
    roles: tuple[str, ...] = ()
    surname: str = ""


class Roles:
    """What offices mean, from words.toml."""

    def __init__(self, sectors: dict[str, str], families: dict[str, list[str]]) -> None:
        """Take the tables `role_sectors` and `role_families`."""
        self.sectors = sectors
        self.families = {k: frozenset(v) for k, v in families.items()}

    def sector_on(self, person: Person, day: date | None) -> str | None:
        """Return the sector of a person on a day: of the office in force, else the usual one; ELI after GOV, MIL, LEG."""
        if day is None or not person.roles:
            return person.sector
        for role in person.roles:
            if role.in_force(day):
                return self.sectors.get(role.name, person.sector)
        begun = [r for r in person.roles if r.start is None or r.start <= day]  # all of them over by now
        return "ELI" if begun and person.sector in PAST_SECTORS else person.sector

    def names_on(self, person: Person, day: date | None) -> tuple[str, ...]:
        """Return the offices of a person on a day; all of them where the day is unknown."""
        return tuple(dict.fromkeys(r.name for r in person.roles if day is None or r.in_force(day)))

    def means(self, description: str | None, roles: tuple[str, ...]) -> bool:
        """Tell whether a head with office `description` can mean a person with `roles`."""
        return description is not None and not self.families.get(description, frozenset()).isdisjoint(roles)


def choose(
    candidates: Sequence[Person], country: str | None, head: Head | None, day: date | None, roles: Roles
) -> Person:
    """Pick the person that a name means: right country, right office on the day, else the first of the file."""

    def score(person: Person) -> int:
        fits = 0
        if country is not None:
            fits += 8 if person.country == country else -8
        held = roles.names_on(person, day)
        if head is not None and roles.means(head.role, held):
            fits += 4
        if day is not None and held:
            fits += 2
        return fits

    return max(candidates, key=score)


def nominal_key(country: str | None, sector: str | None, head: Head | None, *, plural: bool) -> str:
    """Return the stable id of a nominal: "KAZ.GOV.foreign-minister"; bodies of a sector share one, "UKR.MIL"."""
    parts = [country or "---", sector or "---"]
    if head is not None and not (head.sector == sector and ("group" in head.flags or plural)):
        parts.append(head.slug)
    return ".".join(parts)


EVERYWHERE = ("IMG", "MNC", "NGO")
"""Codes of bodies whose people elsewhere are taken for people of that country: "jihadists of X in Chad"."""


def country_of(phrase: Phrase) -> str | None:
    """Return the country that the words of the phrase state."""
    if phrase.countries and not phrase.dropped:
        return phrase.countries[0]
    if phrase.owner is not None:
        return phrase.owner.country
    if phrase.organisation is not None and phrase.organisation.country not in (None, *EVERYWHERE):
        return phrase.organisation.country  # "the UN envoy to Chad" is none of Chad
    if phrase.complement is not None:
        inner = country_of(phrase.complement)
        if inner is not None:
            return inner
        if phrase.complement.candidates:
            return phrase.complement.candidates[0].country
    if phrase.organisation is not None:
        return phrase.organisation.country
    return phrase.head.default if phrase.head is not None else None


def sector_of(phrase: Phrase) -> str | None:
    """Return the sector that the words of the phrase state: of its last head that has one, else of what it belongs to."""
    past = phrase.past
    sector: str | None = None
    for said in reversed(phrase.heads):
        if "neutral" not in said.flags and said.sector:
            sector = said.sector
            break
    if sector == "MIL":
        sector = _fighters(phrase) or sector
    elif sector == "COP" and phrase.head is not None and "bound" in phrase.head.flags:
        of = sector_of(phrase.complement) if phrase.complement is not None else None
        sector = "MIL" if of == "MIL" else sector  # an officer of a battalion is no policeman
    inner = sector_of(phrase.complement) if sector is None and phrase.complement is not None else None
    if sector is None and phrase.organisation is not None:
        sector = phrase.organisation.sector
    if sector is None:
        sector = inner
    if sector is None and phrase.owner is not None and phrase.heads:
        sector = phrase.owner.sector
    head = phrase.head
    if sector is None and head is not None:
        sector = head.sector or (DEFAULT_SECTOR.get(head.role or "") if country_of(phrase) else None)
        if (
            sector is None
            and "neutral" in head.flags
            and country_of(phrase)
            and head.role is None
            and "title" in head.flags
        ):
            sector = "GOV"
    return "ELI" if past and sector in PAST_SECTORS else sector


def _fighters(phrase: Phrase) -> str | None:
    """Return the sector of the armed group to which soldiers belong: "a Hamas commander", "the army of the Houthis"."""
    for part in (phrase, phrase.complement):
        if part is not None and part.organisation is not None and part.organisation.kind == "group":
            return part.organisation.sector
    return None


def unknown_person(name: str, phrase: Phrase) -> Identity:
    """Return the identity of a person whom only the phrase describes."""
    country, sector = country_of(phrase), sector_of(phrase)
    key = person_key(country, name)
    roles = (phrase.head.role,) if phrase.head is not None and phrase.head.role else ()
    return Identity(name, key, country, sector, "person", roles)


def nominal(phrase: Phrase, text: str) -> Identity:
    """Return the identity of a phrase without a name of its own."""
    country, sector = country_of(phrase), sector_of(phrase)
    name = text[phrase.bare : phrase.end]
    if "(" in name:
        name = ACRONYM.sub("", name)
    organisation = phrase.organisation
    if organisation is not None and not phrase.heads:
        country = phrase.countries[0] if phrase.countries and not phrase.dropped else organisation.country
        return Identity(organisation.name, organisation.key, country, organisation.sector, organisation.kind)
    if not phrase.heads:
        own = text[slice(*phrase.name_span)] if phrase.name_span else name
        return Identity(own, country or f"---.{slug(own)}", country, None, phrase.kind)
    if organisation is not None:
        key = f"{organisation.key}.{phrase.heads[-1].slug}"
        return Identity(name, key, country, sector, "nominal")
    key = nominal_key(country, sector, phrase.head, plural=phrase.plural)
    return Identity(name, key, country, sector, "nominal")
