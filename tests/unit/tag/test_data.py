"""The data files: their format, their size, and that faults are told."""

from datetime import date

import pytest

from processors.tag import DataError, data_files, load
from processors.tag.coverage import covered, shares
from processors.tag.tables import parse_persons, parse_places, parse_towns, partial_date
from processors.tag.validate import faults
from tests.unit.tag.helpers import tag

WORDS = dict(data_files())["words.toml"].decode()


def test_data_of_the_package_has_no_faults() -> None:
    """All files pass the validator."""
    assert faults({name: data.decode() for name, data in data_files()}) == []


def test_data_covers_the_world() -> None:
    """The data holds what an event coder of world news needs: people of eighty states, bodies, places, topics."""
    data = load()
    assert len(data.persons) >= 700
    assert len({p.country for p in data.persons}) >= 80
    assert len(data.organisations) >= 400
    assert len(data.places) >= 1500
    assert len(data.towns) >= 5000
    assert len(data.topics) >= 14


def test_offices_of_a_hundred_states_are_known_since_2010() -> None:
    """Of each there are head of state or government, foreign and defence minister in at least nine of ten months."""
    found = shares(load().persons, 2010, 2025)
    assert len(covered(found)) >= 100
    assert {"CHN", "DEU", "FRA", "GBR", "IND", "IRN", "ISR", "JPN", "RUS", "TUR", "UKR", "USA"} <= set(
        covered(found)
    )


@pytest.mark.parametrize(
    ("text", "day", "sector"),
    [
        ("Hulusi Akar spoke.", date(2020, 5, 1), "GOV"),
        ("Hulusi Akar spoke.", date(2024, 5, 1), "ELI"),
        ("Defense minister Yoav Gallant spoke.", date(2024, 5, 1), "GOV"),
        ("Penny Wong spoke.", date(2025, 5, 1), "GOV"),
    ],
)
def test_ministers_are_in_office_by_the_day_of_publication(text: str, day: date, sector: str) -> None:
    """The dates of the office decide between government and elite."""
    assert tag(text, day=day).text[0].sector == sector


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("persons.tsv", "Ann Lee\t\tXXX\tGOV\t", "country 'XXX'"),
        ("persons.tsv", "Ann Lee\t\tUSA\tBOSS\t", "sector 'BOSS'"),
        ("persons.tsv", "Ann Lee\t\tUSA\tGOV\tking 2000..2001", "office 'king'"),
        ("persons.tsv", "Ann Lee\t\tUSA\tGOV\tpm 2002..2001", "ends before it begins"),
        ("persons.tsv", "Ann Lee\t\tUSA\tGOV\tpm 2002", "is not `name FROM..TO`"),
        ("persons.tsv", "Ann Lee\t\tUSA\tGOV\tpm 2002-13..", "month"),
        ("persons.tsv", "Ann Lee\t\tUSA\nAnn Lee\t\tUSA", "stands already in line 1"),
        ("organisations.tsv", "Club\t\tUSA\tGOV\tteam", "kind 'team'"),
        (
            "organisations.tsv",
            "Club\t\tUSA\tGOV\torg\nSociety\tClub\tUSA\tGOV\torg",
            "'Club' stands already in line 1",
        ),
        ("places.tsv", "Town\t\tUSA\t95\t0\tcity", "lat '95'"),
        ("places.tsv", "Town\t\tUSA\t5\teast\tcity", "lon 'east'"),
        ("places.tsv", "Town\t\tUSA\t5\t6\tvillage", "granularity 'village'"),
        ("geonames.tsv", "Town\t\tUSA\t5\t6\tcity\tmany", "population 'many'"),
        ("geonames.tsv", "Town\t\tUSA\t95\t6\tcity\t5", "lat '95'"),
        (
            "geonames.tsv",
            "Town\t\tUSA\t5\t6\tcity\t5\nCity\t\tUSA\t5\t6\tcity\t5",
            "'City' stands behind 'Town'",
        ),
        ("heads.tsv", "boss\tbosses\tGOV\tshiny", "flag 'shiny'"),
        ("countries.tsv", "us\tAmerica", "code 'us'"),
        ("countries.tsv", "USA\tAmerica\nCAN\tAmerica", "already stands for USA"),
        ("topics.toml", '[war]\n"War" = 1', "not in lower case"),
        ("topics.toml", '[war]\n"war" = -1', "no positive number"),
        ("places.tsv", "a\tb\tc\td\te\tf\tg", "at most 6 expected"),
    ],
)
def test_fault_is_told_with_its_place(name: str, row: str, message: str) -> None:
    """Each kind of fault gives one line with file and reason."""
    found = faults({"words.toml": WORDS, name: row})
    assert any(line.startswith(name) and message in line for line in found), found


def test_loading_names_the_line() -> None:
    """A row that cannot be parsed stops the loading with its line."""
    with pytest.raises(DataError, match=r"persons\.tsv line 2"):
        parse_persons("# comment\nAnn Lee\t\tUSA\tGOV\tpm")
    with pytest.raises(DataError, match=r"geonames\.tsv: 'Town"):
        parse_towns("Town\t\tUSA\tnorth\t1\tcity\t5")
    with pytest.raises(DataError, match=r"places\.tsv line 1"):
        parse_places("Town\t\tUSA\tnorth\t1\tcity")


def test_dates_of_any_precision() -> None:
    """A date without day or month is its first or its last day."""
    assert partial_date("2012", last=False) == date(2012, 1, 1)
    assert partial_date("2012", last=True) == date(2012, 12, 31)
    assert partial_date("2012-02", last=True) == date(2012, 2, 29)
    assert partial_date("", last=True) is None


def test_markers_of_persons() -> None:
    """`+` makes the surname an alias, `^` puts the family name first."""
    (first, second) = parse_persons("Ann Lee\t+\tUSA\nXi Jin\t^|+\tCHN")
    assert (first.surname, first.aliases, first.key) == ("Lee", ("Lee",), "person.USA.ann-lee")
    assert (second.surname, second.aliases) == ("Xi", ("Xi",))
