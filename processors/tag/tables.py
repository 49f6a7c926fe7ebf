"""Reads the data files of the tagger into typed rows; the format of each file stands at its top."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, NamedTuple

FILES = (
    "countries.tsv",
    "persons.tsv",
    "organisations.tsv",
    "heads.tsv",
    "places.tsv",
    "geonames.tsv",
    "exonyms.tsv",
    "topics.toml",
    "words.toml",
)


_RUN = re.compile(r"[^\W_]+")
"""Letters and digits."""


class DataError(ValueError):
    """A line of a data file that breaks its format; the message names file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or region with the words for it."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """An office that a person holds from `start` to `end`, both included; None is open."""

    name: str
    start: date | None
    end: date | None

    def in_force(self, day: date) -> bool:
        """Tell whether the office is held on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the news; `sector` is the usual one, `roles` say what the person was when."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    roles: tuple[Role, ...]
    key: str
    surname: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, armed group, or a building that stands for one ("the Kremlin")."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Head:
    """A common noun that heads a phrase for an actor, with its CAMEO sector."""

    slug: str
    forms: tuple[str, ...]
    plurals: tuple[str, ...]
    sector: str | None
    flags: frozenset[str]
    role: str | None
    default: str | None


class Place(NamedTuple):
    """A place with its position; `population` is 0 where it is not known."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    lat: float
    lon: float
    granularity: str
    population: int = 0


@dataclass(frozen=True, slots=True)
class Exonym:
    """What other languages call a state (its code) or a body (its name in organisations.tsv): forms by ISO 639-1 code."""

    of: str
    forms: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TagData:
    """All data of the tagger, parsed."""

    countries: tuple[Country, ...]
    persons: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    heads: tuple[Head, ...]
    places: tuple[Place, ...]
    towns: tuple[Place, ...]
    exonyms: tuple[Exonym, ...]
    topics: dict[str, dict[str, float]]
    words: dict[str, Any]


def data_files() -> list[tuple[str, bytes]]:
    """Return the name and the bytes of every data file, in a fixed order, for hashing the rules."""
    folder = files("processors.tag") / "data"
    return [(name, (folder / name).read_bytes()) for name in FILES]


def slug(text: str) -> str:
    """Return `text` in lower case with each run of other characters than letters and digits as one hyphen."""
    return "-".join(_RUN.findall(text.lower().replace("’", "").replace("'", "")))


def person_key(country: str | None, name: str) -> str:
    """Return the stable id of a person, whatever the office: "person.USA.donald-trump"."""
    return f"person.{country or '---'}.{slug(name)}"


def parts(cell: str) -> tuple[str, ...]:
    """Split a cell at `|`, without empty parts."""
    if "|" not in cell:
        return (cell,) if (cell := cell.strip()) else ()
    return tuple([p for q in cell.split("|") if (p := q.strip())])


def rows(name: str, text: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each data line; short lines are filled up with empty cells."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.rstrip("\r").split("\t")]
        if len(cells) > width:
            msg = f"{name} line {number}: {len(cells)} cells, at most {width} expected"
            raise DataError(msg)
        yield number, cells + [""] * (width - len(cells))


def partial_date(text: str, *, last: bool) -> date | None:
    """Read YYYY, YYYY-MM or YYYY-MM-DD as its first day, or its last if `last`; empty is None."""
    if not text:
        return None
    numbers = [int(n) for n in text.split("-")]
    year, month, day = [*numbers, 0, 0][:3]
    if day:
        return date(year, month, day)
    if not last:
        return date(year, month or 1, 1)
    if not month or month == 12:  # noqa: PLR2004 - December
        return date(year, 12, 31)
    return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)


def parse_roles(cell: str) -> tuple[Role, ...]:
    """Read `role FROM..TO; role FROM..TO`; ValueError when a part breaks that form."""
    roles = []
    for part in (p.strip() for p in cell.split(";")):
        if not part:
            continue
        name, _, span = part.partition(" ")
        begin, dots, end = span.partition("..")
        if not dots:
            msg = f"role {part!r} is not `name FROM..TO`"
            raise ValueError(msg)
        roles.append(Role(name, partial_date(begin, last=False), partial_date(end, last=True)))
    return tuple(roles)


def parse_countries(text: str) -> tuple[Country, ...]:
    """Read countries.tsv."""
    found = []
    for _, (code, names, adjectives, people, capitals) in rows("countries.tsv", text, 5):
        adjective_list = parts(adjectives)
        plurals: list[str] = []
        for form in parts(people):
            if form == "+":
                plurals += [
                    a + "s" for a in adjective_list if not a.endswith((".", "s", "sh", "ch", "UAE", "US"))
                ]
            elif form != "-":
                plurals.append(form)
        found.append(Country(code, parts(names), adjective_list, tuple(plurals), parts(capitals)))
    return tuple(found)


def parse_persons(text: str) -> tuple[Person, ...]:
    """Read persons.tsv."""
    found = []
    for number, (name, aliases, country, sector, roles) in rows("persons.tsv", text, 5):
        try:
            parsed = parse_roles(roles)
        except ValueError as error:
            msg = f"persons.tsv line {number}: {error}"
            raise DataError(msg) from None
        forms = parts(aliases)
        surname = name.split(" ", 1)[0] if "^" in forms else name.rsplit(" ", 1)[-1]
        spellings = tuple(surname if f == "+" else f for f in forms if f != "^")
        found.append(
            Person(
                name, spellings, country or None, sector or None, parsed, person_key(country, name), surname
            )
        )
    return tuple(found)


def parse_organisations(text: str) -> tuple[Organisation, ...]:
    """Read organisations.tsv."""
    found = []
    for _, (name, aliases, country, sector, kind, key) in rows("organisations.tsv", text, 6):
        prefix = {"seat": f"{country}.{sector}", "group": "grp"}.get(kind, "org")
        found.append(
            Organisation(
                name, parts(aliases), country or None, sector or None, kind, key or f"{prefix}.{slug(name)}"
            )
        )
    return tuple(found)


def parse_heads(text: str) -> tuple[Head, ...]:
    """Read heads.tsv: one Head for each singular form, so that each has its own key."""
    found = []
    for _, (forms, plurals, sector, flags, role) in rows("heads.tsv", text, 5):
        flag_set = frozenset(f for f in flags.split(",") if f and not f.startswith("default="))
        default = next((f[8:] for f in flags.split(",") if f.startswith("default=")), None)
        singulars, plural_forms = parts(forms), parts(plurals)
        found += [Head(slug(f), (f,), (), sector or None, flag_set, role or None, default) for f in singulars]
        found += [
            Head(slug(f), (), (f,), sector or None, flag_set, role or None, default) for f in plural_forms
        ]
    return tuple(found)


def parse_places(text: str) -> tuple[Place, ...]:
    """Read places.tsv."""
    found = []
    for number, (name, aliases, country, lat, lon, granularity) in rows("places.tsv", text, 6):
        try:
            position = float(lat), float(lon)
        except ValueError:
            msg = f"places.tsv line {number}: {lat!r}, {lon!r} are no degrees"
            raise DataError(msg) from None
        found.append(Place(name, parts(aliases), country or None, *position, granularity or "city"))
    return tuple(found)


def parse_towns(text: str) -> tuple[Place, ...]:
    """Read geonames.tsv as `build_places` writes it: every cell is there, and no line but the header is a comment."""
    found = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        try:
            name, aliases, country, lat, lon, granularity, population = line.split("\t")
            forms = tuple(aliases.split("|")) if aliases else ()
            found.append(Place(name, forms, country, float(lat), float(lon), granularity, int(population)))
        except ValueError:
            raise DataError(f"geonames.tsv: {line!r} is no row of build_places") from None
    return tuple(found)


def parse_exonyms(text: str) -> tuple[Exonym, ...]:
    """Read exonyms.tsv; its last comment names the languages of the columns."""
    header = [line for line in text.split("\n") if line.startswith("#of")]
    if not header:
        msg = "exonyms.tsv: no line names the languages (`#of`)"
        raise DataError(msg)
    languages = header[-1].split("\t")[1:]
    return tuple(
        Exonym(of, {language: parts(cell) for language, cell in zip(languages, cells, strict=True) if cell})
        for _, (of, *cells) in rows("exonyms.tsv", text, len(languages) + 1)
    )


def load() -> TagData:
    """Read and parse all data files; DataError where one breaks its format."""
    text = {name: data.decode() for name, data in data_files()}
    topics = tomllib.loads(text["topics.toml"])
    return TagData(
        countries=parse_countries(text["countries.tsv"]),
        persons=parse_persons(text["persons.tsv"]),
        organisations=parse_organisations(text["organisations.tsv"]),
        heads=parse_heads(text["heads.tsv"]),
        places=parse_places(text["places.tsv"]),
        towns=parse_towns(text["geonames.tsv"]),
        exonyms=parse_exonyms(text["exonyms.tsv"]),
        topics={t: {str(k): float(w) for k, w in words.items()} for t, words in topics.items()},
        words=tomllib.loads(text["words.toml"]),
    )
