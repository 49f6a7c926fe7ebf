"""Checks the data files of the tagger: `python -m processors.tag.validate` prints one line for each fault, and exits 1 if any.

Faults that the tagger cannot load and faults that it would silently live with (a form claimed by two organisations, an
office after its end, an unknown sector) are told alike, each as "file line N: what is wrong".
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

from processors.tag.tables import (
    DataError,
    data_files,
    parse_exonyms,
    parse_roles,
    parts,
    person_key,
    rows,
)

CODE = re.compile(r"[A-Z]{3}")
REGIONS = frozenset({"EUR", "AFR", "ASA", "MEA", "LAM", "WST", "IGO", "NGO", "IMG", "MNC"})
SECTORS = frozenset(
    "GOV MIL COP SPY JUD LEG PTY OPP REB SEP INS UAF CRM CVL ELI LAB EDU REL MED BUS AGR NGO IGO REF HLH ENV".split()
)
KINDS = frozenset({"org", "group", "seat"})
GRANULARITIES = frozenset({"city", "region", "country", "sea", "building"})
FLAGS = frozenset({"title", "group", "person", "neutral", "bound", "in", "caps"})

Fault = tuple[int, str]


def countries(text: str, _words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of countries.tsv."""
    claimed: dict[str, str] = {}
    for number, (code, names, adjectives, _, capitals) in rows("countries.tsv", text, 5):
        if not CODE.fullmatch(code):
            yield number, f"code {code!r} is no three capital letters"
        if not (names or adjectives):
            yield number, f"{code} has neither names nor adjectives"
        for form in parts(names) + parts(capitals):
            if claimed.setdefault(form, code) != code:
                yield number, f"{form!r} of {code} already stands for {claimed[form]}"


def known_country(code: str, codes: frozenset[str]) -> bool:
    """Tell whether a code is a state of countries.tsv or one of CAMEO's codes beside the states."""
    return code in codes or code in REGIONS


def persons(text: str, words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of persons.tsv."""
    codes, offices = country_codes(), words["role_sectors"]
    seen: dict[str, int] = {}
    for number, (name, aliases, country, sector, roles) in rows("persons.tsv", text, 5):
        key = person_key(country, name)
        if seen.setdefault(key, number) != number:
            yield number, f"{name!r} stands already in line {seen[key]}"
        yield from common(number, name, country, sector, codes)
        for alias in parts(aliases):
            if len(alias) < 2 and alias not in {"+", "^"}:  # noqa: PLR2004
                yield number, f"alias {alias!r} is too short"
        try:
            parsed = parse_roles(roles)
        except ValueError as error:
            yield number, str(error)
            continue
        for role in parsed:
            if role.name not in offices:
                yield number, f"office {role.name!r} is not in role_sectors of words.toml"
            if role.start is not None and role.end is not None and role.start > role.end:
                yield number, f"office {role.name!r} of {name!r} ends before it begins"


def organisations(text: str, _words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of organisations.tsv."""
    codes = country_codes()
    claimed: dict[str, int] = {}
    for number, (name, aliases, country, sector, kind, key) in rows("organisations.tsv", text, 6):
        yield from common(number, name, country, sector, codes)
        if kind not in KINDS:
            yield number, f"kind {kind!r} is none of {', '.join(sorted(KINDS))}"
        if " " in key:
            yield number, f"key {key!r} holds a space"
        for form in (name, *parts(aliases)):
            if claimed.setdefault(form, number) != number:
                yield number, f"{form!r} stands already in line {claimed[form]}"


def heads(text: str, words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of heads.tsv."""
    families = words["role_families"]
    for number, (forms, plurals, sector, flags, role) in rows("heads.tsv", text, 5):
        if not (forms or plurals):
            yield number, "no forms"
        if sector and sector not in SECTORS:
            yield number, f"sector {sector!r} is unknown"
        for flag in filter(None, flags.split(",")):
            if flag not in FLAGS and not re.fullmatch(r"default=[A-Z]{3}", flag):
                yield number, f"flag {flag!r} is unknown"
        if role and role not in families:
            yield number, f"office {role!r} is not in role_families of words.toml"


def places(text: str, _words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of places.tsv."""
    codes = country_codes()
    seen: dict[tuple[str, str], int] = {}
    for number, (name, _, country, lat, lon, granularity) in rows("places.tsv", text, 6):
        yield from common(number, name, country, "", codes)
        if seen.setdefault((name, country), number) != number:
            yield number, f"{name!r} stands already in line {seen[(name, country)]}"
        yield from position(number, lat, lon, granularity)


def towns(text: str, _words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of geonames.tsv; those of places.tsv, and an order that `build_places` would not write."""
    codes = country_codes()
    before = ("", "", 0)
    for number, (name, _, country, lat, lon, granularity, population) in rows("geonames.tsv", text, 7):
        yield from common(number, name, country, "", codes)
        yield from position(number, lat, lon, granularity)
        if not population.isdecimal():
            yield number, f"population {population!r} is no whole number"
            continue
        place = (name, country, -int(population))
        if place < before:
            yield number, f"{name!r} stands behind {before[0]!r}: rows are not sorted"
        before = place


def exonyms(text: str, _words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of exonyms.tsv: what it names must stand in another file, and a form must mean one thing in a language."""
    codes, bodies = country_codes(), organisation_names()
    claimed: dict[tuple[str, str], str] = {}
    for row in parse_exonyms(text):
        if row.of not in codes and row.of not in bodies:
            yield 0, f"{row.of!r} is neither a code of countries.tsv nor a name of organisations.tsv"
        for language, forms in row.forms.items():
            for form in forms:
                if not form.partition("*")[0].strip():
                    yield 0, f"{row.of}: a form in {language} has nothing before its `*`"
                if claimed.setdefault((language, form), row.of) != row.of:
                    yield 0, f"{form!r} in {language} stands for {claimed[language, form]} and for {row.of}"


def topics(text: str, _words: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of topics.toml; all stand at line 0, for TOML keeps no lines."""
    for topic, keywords in tomllib.loads(text).items():
        for keyword, weight in keywords.items():
            if keyword != keyword.lower() or not keyword.strip("*"):
                yield 0, f"{topic}: keyword {keyword!r} is empty or not in lower case"
            if not isinstance(weight, int | float) or weight <= 0:
                yield 0, f"{topic}: weight of {keyword!r} is no positive number"


def position(number: int, lat: str, lon: str, granularity: str) -> Iterator[Fault]:
    """Yield the faults that rows of places share."""
    if granularity not in GRANULARITIES:
        yield number, f"granularity {granularity!r} is none of {', '.join(sorted(GRANULARITIES))}"
    for label, value, limit in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        if not re.fullmatch(r"-?\d+(\.\d+)?", value) or abs(float(value)) > limit:
            yield number, f"{label} {value!r} is no number of degrees up to {limit:g}"


def common(number: int, name: str, country: str, sector: str, codes: frozenset[str]) -> Iterator[Fault]:
    """Yield the faults that rows of persons, organisations and places share."""
    if not name:
        yield number, "no name"
    if country and not known_country(country, codes):
        yield number, f"country {country!r} of {name!r} is not in countries.tsv"
    if sector and sector not in SECTORS:
        yield number, f"sector {sector!r} of {name!r} is unknown"


def country_codes() -> frozenset[str]:
    """Return the codes of countries.tsv of the package."""
    text = dict(data_files())["countries.tsv"].decode()
    return frozenset(cells[0] for _, cells in rows("countries.tsv", text, 5))


def organisation_names() -> frozenset[str]:
    """Return the names of organisations.tsv of the package."""
    text = dict(data_files())["organisations.tsv"].decode()
    return frozenset(cells[0] for _, cells in rows("organisations.tsv", text, 6))


CHECKS: dict[str, Callable[[str, dict[str, Any]], Iterator[Fault]]] = {
    "countries.tsv": countries,
    "persons.tsv": persons,
    "organisations.tsv": organisations,
    "heads.tsv": heads,
    "places.tsv": places,
    "geonames.tsv": towns,
    "exonyms.tsv": exonyms,
    "topics.toml": topics,
}


def faults(files: dict[str, str]) -> list[str]:
    """Return one line for each fault in `files`, a mapping of file name to its text; words.toml must be among them."""
    try:
        words = tomllib.loads(files["words.toml"])
    except tomllib.TOMLDecodeError as error:
        return [f"words.toml: {error}"]
    found = []
    for name, check in CHECKS.items():
        if name not in files:
            continue
        try:
            found += [
                f"{name} line {number}: {what}" if number else f"{name}: {what}"
                for number, what in check(files[name], words)
            ]
        except (DataError, tomllib.TOMLDecodeError) as error:
            found.append(f"{name}: {error}")
    return found


def main() -> int:
    """Print the faults of the package's data; return 1 if there are any."""
    found = faults({name: data.decode() for name, data in data_files()})
    sys.stdout.write("".join(f"{line}\n" for line in [*found, f"{len(found)} faults"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
