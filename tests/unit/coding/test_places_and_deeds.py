"""What has a name and is nobody: waters, districts, and what somebody does."""

import pytest

from tests.unit.coding.support import code, lands, named


@pytest.mark.parametrize("water", ["eastern Pacific Ocean", "Strait of Kelara", "Arabian Sea"])
def test_waters_are_no_target(water: str) -> None:
    """What is hit at sea is the ship, of no country that the text names."""
    (event,) = code(f"The Kenyan navy attacked a tanker in the {water}.")
    assert [(n, c) for n, c, _ in named(event.target)] == [("tanker", None)]


def test_the_dead_of_no_place_are_told_of() -> None:
    """Victims are named though nothing says where they are from."""
    (event,) = code("Four people died in a Kenyan airstrike on a boat.")
    assert named(event.target) == [("Four people", None, "CVL")]


def test_a_district_lies_where_the_sentence_says() -> None:
    """A district that no list holds is of the country named as its place."""
    assert ("attack-carried-out", ["ETH"], ["SOM"]) in lands(
        "Ethiopian jets bombed Wardo District in Somalia."
    )


def test_who_wins_a_district_back_fights_at_home() -> None:
    """An army that regains a district regains its own."""
    assert ("territory-seized", ["SOM"], ["SOM"]) in lands(
        "Somali troops regained control of Wardo District."
    )


@pytest.mark.parametrize(
    "deed", ["the decision of Tanzania", "the conduct of Tanzania", "the treatment of farmers by Tanzania"]
)
def test_what_somebody_does_stands_for_him(deed: str) -> None:
    """The conduct of a state is the state, whether "of" or "by" leads to it."""
    (event,) = code(f"Kenya condemned {deed}.")
    assert named(event.target) == [("Tanzania", "TZA", None)]


def test_what_a_treaty_is_about_is_no_side() -> None:
    """Where both sides are named, the object of their deal is no third one."""
    assert lands("Kenya and Uganda signed a deal on energy in Brussels.") == [
        ("agreement-signed", ["KEN", "UGA"], [])
    ]
