"""Objects and subjects that stand away from their verb: behind a place, between places, and after "there"."""

import pytest

from tests.unit.coding.support import code, lands


@pytest.mark.parametrize("place", ["in Vienna", "in Vienna, Austria,"])
def test_the_object_may_stand_behind_a_place(place: str) -> None:
    """What is signed is told after where it was signed."""
    (event,) = code(f"The Kenyan and Ugandan presidents signed {place} a charter on trade.")
    assert event.type == "agreement-signed"


def test_the_object_may_stand_behind_to_whom() -> None:
    """What is signalled is told after to whom."""
    text = "Sudanese officials signalled to Kenya an openness to talks on ending the war."
    assert lands(text) == [("peace-intent-expressed", ["SDN"], ["KEN"])]


def test_a_subject_may_end_in_three_places() -> None:
    """Villages that no list holds, their district and the country stand between the subject and its verb."""
    text = "Air strikes by the Chadian military in Kolo, Bol District, Chad, kill at least ten villagers."
    assert lands(text) == [("attack-carried-out", ["TCD"], ["TCD"])]


def test_an_adjective_of_quantity_leads_to_an_object() -> None:
    """Behind a plural and before "multiple" a word that may be noun or verb is the verb."""
    text = "Kenyan forces raid multiple hideouts and kill nine Somali militants."
    assert lands(text) == [("attack-carried-out", ["KEN"], ["SOM"])]


def test_there_was_an_attack() -> None:
    """What there was is told as what was done."""
    assert lands("There have been several Kenyan attacks on Kismayo.") == [
        ("attack-carried-out", ["KEN"], ["SOM"])
    ]


def test_the_missing_share_what_killed_the_dead() -> None:
    """What stands behind those reported missing tells how the others died."""
    text = "Seventy Somalis were killed and ten others are reported missing in Kenyan airstrikes on Afmadow."
    assert lands(text) == [("attack-carried-out", ["KEN"], ["SOM"])]


def test_what_is_put_on_hold_stands_behind() -> None:
    """The object of "put" may stand behind "on hold"."""
    assert lands("Canada has put on hold arms sales to Oman.") == [("aid-suspended", ["CAN"], ["OMN"])]


def test_thousands_of_workers_are_workers() -> None:
    """A number with "of" stands for those whom it counts."""
    (event,) = code("Thousands of Haitian textile workers marched through the capital.")
    assert [(a.country, a.sector) for a in event.source] == [("HTI", "LAB")]


def test_rules_out_is_a_verb() -> None:
    """Behind a name and before its particle "rules" is no plural."""
    assert lands("The United States rules out Kenya's plan to annex the strip.") == [
        ("proposal-rejected", ["USA"], ["KEN"])
    ]
