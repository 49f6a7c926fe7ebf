"""People whose names hold that of a state or of somebody better known, and who an office is."""

from datetime import date

import pytest

from tests.unit.tag.helpers import actors, tag


@pytest.mark.parametrize("name", ["Chad Okonkwo", "Jordan Marchetti", "Georgia Lindqvist"])
def test_a_state_before_a_surname_is_a_given_name(name: str) -> None:
    """No state acts where its name is that of a person."""
    found = actors(f"{name} criticised the president of France.")
    assert (found[name].kind, found[name].country) == ("person", None)


@pytest.mark.parametrize(
    "text", ["Chad condemned it.", "Jordan River water is scarce.", "Georgia Tech closed."]
)
def test_a_state_stays_a_state(text: str) -> None:
    """A verb or a thing that is called after a state makes no person of it."""
    assert all(actor.kind != "person" for actor in tag(text).text)


@pytest.mark.parametrize(
    "title", ["Michelle Obama Urges Voters to Turn Out", "Melania Trump Visits Brussels School"]
)
def test_a_namesake_in_a_headline_is_somebody_else(title: str) -> None:
    """The capitals of a headline do not hide that a given name is not that of the person whom the surname means."""
    keys = {actor.key for actor in tag("Text.", title=title, day=date(2025, 5, 5)).title}
    assert keys.isdisjoint({"person.USA.barack-obama", "person.USA.donald-trump"})


def test_a_headline_without_a_given_name_means_the_known_person() -> None:
    """The word before a surname is a verb more often than a name."""
    found = tag("Text.", title="Putin Meets Trump in Alaska for Talks", day=date(2025, 8, 15)).title
    assert [a.key for a in found if a.kind == "person"] == [
        "person.RUS.vladimir-putin",
        "person.USA.donald-trump",
    ]


@pytest.mark.parametrize(
    ("text", "office", "key"),
    [
        (
            "Mexico’s president, Claudia Sheinbaum, left.",
            "Mexico’s president",
            "person.MEX.claudia-sheinbaum",
        ),
        (
            "The foreign minister of Kenya, Abdi Oduya, left.",
            "The foreign minister of Kenya",
            "person.KEN.abdi-oduya",
        ),
    ],
)
def test_an_office_is_the_person_in_apposition(text: str, office: str, key: str) -> None:
    """An office and the name behind its comma are one actor."""
    assert actors(text, day=date(2025, 5, 5))[office].key == key


def test_a_name_does_not_reach_over_a_full_stop() -> None:
    """The last word of one sentence and the first of the next make no name, though "He" is a surname."""
    assert all("." not in actor.name for actor in tag("Raju told Kumar. He attacked the police.").text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soldiers ousted President Mohamed Bazoum of Niger.", "President Mohamed Bazoum"),
        ("The junta detained President Alpha Conde of Guinea.", "President Alpha Conde"),
        ("He met detained President Alpha Conde of Guinea.", "detained President Alpha Conde"),
        ("She meets ousted President Mohamed Bazoum of Niger.", "ousted President Mohamed Bazoum"),
    ],
)
def test_what_somebody_did_to_an_office_holder_is_no_part_of_the_phrase(text: str, name: str) -> None:
    """Behind a plural or a body that acts, "ousted" and "detained" are the verb."""
    assert name in actors(text)


def test_a_name_behind_a_form_that_is_none_is_found() -> None:
    """The letters of "the Fed" within "the Federal Reserve" hide no longer name."""
    assert [a.name for a in actors("They visited the Federal Reserve yesterday.").values()] == [
        "Federal Reserve"
    ]


def test_settlers_are_israeli_unless_another_land_is_named() -> None:
    """A bare noun for those who settle on occupied land has their state."""
    assert actors("Settlers burnt a village.")["Settlers"].country == "ISR"
    assert actors("French settlers burnt a village.")["French settlers"].country == "FRA"


def test_a_short_name_may_open_a_longer_one() -> None:
    """The Commonwealth is none where the name goes on."""
    found = actors("Kenya left the Commonwealth of Independent States.")
    assert [a.name for a in found.values()] == ["Kenya", "Commonwealth of Independent States"]
