"""Names of the gazetteer that are also something else, or that several places share."""

import pytest

from tests.unit.tag.helpers import tag


def places(text: str, **options: str) -> list[tuple[str, str | None]]:
    """Return name and country of the places of a text that are no countries."""
    found = tag(text, **options).places  # type: ignore[arg-type]
    return [(p.name, p.country) for p in found if p.granularity != "country"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A fire in Reading killed two.", ("Reading", "GBR")),
        ("They met near Nice on Friday.", ("Nice", "FRA")),
        ("The plant is in Mobile, Alabama.", ("Mobile", "USA")),
        ("A ferry left from Split for the islands of Croatia.", ("Split", "HRV")),
        ("Police in Cork arrested him.", ("Cork", "IRL")),
        ("Lincoln, Nebraska, voted.", ("Lincoln", "USA")),
        ("Hundreds marched in Victoria, Canada.", ("Victoria", "CAN")),
        ("The mayor spoke in Omaha Tuesday.", ("Omaha", "USA")),
        ("Bombs fell on Wichita.", ("Wichita", "USA")),
        ("India's Ranchi was flooded.", ("Ranchi", "IND")),
    ],
)
def test_a_placed_name_is_a_place(text: str, place: tuple[str, str]) -> None:
    """Behind "in", before its country or region, or led to in an article on its country, a name is a place."""
    assert place in places(text)


@pytest.mark.parametrize(
    "text",
    [
        "Reading the statement, the minister smiled.",
        "Nice words will not end the war.",
        "Mobile networks failed in France.",
        "Of the dead, two were children.",
        "Victoria said that she would appeal.",
        "A ferry left from Split second to none.",
        "The company Hamilton makes watches.",
        "Musa Sivas was arrested.",
        "A study by Wichita University was published.",
        "In Hamilton's words, the talks failed.",
        "Flights from São Vicente, Cape Verde, resumed.",
    ],
)
def test_a_name_without_a_place_is_none(text: str) -> None:
    """Words, people and bodies that are called like a city do not place an article in it."""
    assert places(text) == []


def test_washington_and_jordan_stay_what_they_are() -> None:
    """A capital, and a state, are not taken over by cities of their name."""
    assert places("Washington warned Tehran.") == [("Washington", "USA"), ("Tehran", "IRN")]
    assert places("Jordan closed its border.") == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A blast in Hyderabad killed two.", "IND"),
        ("Pakistan said that a blast in Hyderabad killed two.", "PAK"),
        ("India said that a blast in Hyderabad killed two in Pakistan.", "IND"),
        ("A blast in Santiago killed two.", "CHL"),
        ("A blast in Santiago, Philippines, killed two.", "PHL"),
        ("The Canadian premier spoke in London.", "GBR"),
        ("The premier spoke in London, Canada.", "CAN"),
    ],
)
def test_namesakes_go_by_the_country(text: str, country: str) -> None:
    """The country behind the name decides, then the countries of the article, then the usual bearer."""
    assert [c for _, c in places(text)] == [country]


def test_namesakes_of_one_country_go_by_the_region() -> None:
    """The namesake nearest to the region behind the name is meant, else the most populous."""
    east = tag("They met in Springfield, Massachusetts.").places[0]
    usual = tag("They met in Springfield.").places[0]
    assert (round(east.lon or 0), round(usual.lon or 0)) == (-73, -93)


def test_a_namesake_elsewhere_is_not_meant() -> None:
    """A town that the gazetteer lacks does not lend its name to a city of another state or country."""
    assert places("A plant in Fremont, Nebraska, burned.") == [("Nebraska", "USA")]
    assert ("Fremont", "USA") in places("A plant in Fremont, California, burned.")


def test_own_rows_win_over_geonames() -> None:
    """A city of both files keeps the name of places.tsv, under each of its spellings."""
    assert places("A strike hit Odesa.") == [("Odesa", "UKR")]
    assert places("A strike hit Kharkov in Ukraine.") == [("Kharkiv", "UKR")]


@pytest.mark.parametrize(
    "text",
    [
        "A strike hit Heglig, West Kordofan, Sudan.",
        "A strike hit Samar, Dnipropetrovsk Oblast.",
    ],
)
def test_a_region_behind_a_name_tells_its_country(text: str) -> None:
    """A place that we know in one country only is not meant where a region of another stands behind it."""
    assert not [name for name, _ in places(text) if name in ("Heglig", "Samar")]


def test_a_country_behind_a_region_that_nobody_knows_tells_it_too() -> None:
    """One unknown name between commas may stand between a town and its country."""
    assert ("Victoria", "CAN") in places("Hundreds marched in Victoria, Saanich Core, Canada.")
