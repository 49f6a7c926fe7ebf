"""Whose verb it is in a series of acts, behind "after", of the dead and the wounded, and whose envoy it is."""

import pytest

from schemas.mention import Mention
from tests.unit.coding.support import code


def by_type(text: str) -> dict[str, Mention]:
    """Return the events of a text by their type."""
    return {m.type: m for m in code(text)}


def countries(mention: Mention) -> tuple[list[str | None], list[str | None]]:
    """Return the countries of source and target."""
    return [a.country for a in mention.source], [a.country for a in mention.target]


def test_a_series_of_acts_has_one_subject() -> None:
    """A verb right behind the comma that closes an object goes on with the same subject."""
    text = "Chad recalls its envoy to Sudan, expels two Sudanese diplomats, and bans Sudanese companies."
    events = by_type(text)
    assert [
        countries(events[t]) for t in ("relations-severed", "diplomats-expelled", "repression-applied")
    ] == [(["TCD"], ["SDN"])] * 3


def test_the_state_of_the_post_suffers_the_recall() -> None:
    """An ambassador is recalled from the state of his post, which is the target."""
    (event,) = code("Brazil recalled its ambassador to Peru.")
    assert [a.name for a in event.target] == ["Peru"]


def test_an_envoy_is_of_the_state_that_sends_him() -> None:
    """The ambassador of a state to another acts for the first."""
    event = by_type("Kenya said its ambassador to Chad met Chadian president Mahamat Deby.")["meeting-held"]
    assert countries(event) == (["KEN"], ["TCD"])


def test_the_noun_behind_after_is_the_subject_of_its_verb() -> None:
    """The main clause has its verb already, so "after" opens a clause and its noun acts there."""
    events = by_type("Talks in Nairobi were put off after Sudan accused Chad of arming rebels.")
    assert countries(events["accusation-made"]) == (["SDN"], ["TCD"])


@pytest.mark.parametrize("link", ["are killed and", "are killed, and"])
def test_the_dead_and_the_wounded_are_victims_of_one_attack(link: str) -> None:
    """What stands behind the wounded tells of the dead as well."""
    text = f"Five people {link} 12 others are injured in a Kenyan rocket barrage on Dobley, Lower Juba Region, Somalia."
    (event,) = code(text)
    assert [(a.name, a.country) for a in event.target] == [("Five people", "SOM"), ("12 others", "SOM")]


def test_one_of_many_attacks_has_its_source() -> None:
    """In "a series of Kenyan air strikes" it is the air strikes whose side counts."""
    (event,) = code("Six Somali soldiers were killed in a series of Kenyan air strikes near Kismayo.")
    assert countries(event) == (["KEN"], ["SOM"])


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Somali troops attacked the village of Tebra, Gedo Region, Somalia.", ("Tebra", "SOM")),
        ("Rebels seized the town of Ngoro in Kalungu Territory, Uganda.", ("Ngoro", "UGA")),
    ],
)
def test_a_country_behind_a_place_is_its_own(text: str, target: tuple[str, str]) -> None:
    """A place that no list holds gets the country that stands in apposition to it."""
    (event,) = code(text)
    assert [(a.name, a.country) for a in event.target] == [target]


def test_states_of_a_list_are_no_country_of_their_neighbour() -> None:
    """A comma between the members of a list says nothing of where the first lies."""
    (event,) = code("Kenyan troops attacked Tebra, Chad and Sudan.")
    assert "TCD" not in [a.country for a in event.target if a.name == "Tebra"]


def test_a_group_that_states_something_is_the_group() -> None:
    """Behind the name of a group "states" is the verb."""
    (event,) = code("Hezbollah states that it attacked an Israeli base.")
    assert [a.name for a in event.source] == ["Hezbollah"]


def test_a_longer_name_is_not_that_of_its_tail() -> None:
    """An armed group of Myanmar whose name ends like that of one of Colombia is its own."""
    (event,) = code("The Ta'ang National Liberation Army attacked the town of Kyaukme, Myanmar.")
    assert countries(event) == (["MMR"], ["MMR"])


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan gunfire and air strikes kill nine Somali soldiers near Kismayo.",
        "A rocket launched from Kenya killed a Somali soldier.",
    ],
)
def test_a_bare_attack_is_of_who_launched_it(text: str) -> None:
    """The word for the attack shares the side of the word it is joined to, or has the place that it came from."""
    (event,) = code(text)
    assert countries(event) == (["KEN"], ["SOM"])


def test_what_an_agreement_says_is_no_demand() -> None:
    """The participle behind a signature tells the terms."""
    text = "Kenya and Somalia signed a ceasefire agreement, calling for calm along the border."
    assert [m.type for m in code(text)] == ["agreement-signed"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The Kenyan army suspended operations against rebels in Somalia.", ["ceasefire-agreed"]),
        ("Nairobi airport suspended operations after an explosion near the runway.", []),
    ],
)
def test_only_who_fights_can_cease_to(text: str, types: list[str]) -> None:
    """Operations that are suspended are a truce only where they are of war."""
    assert [m.type for m in code(text)] == types


@pytest.mark.parametrize(
    "tail", ["on an apartment block in Kharkiv, Ukraine.", "in Ukraine, according to the United Nations."]
)
def test_the_counted_dead_come_before_what_was_struck(tail: str) -> None:
    """The people of the subject are the victims, not the building behind them nor the source of the figure."""
    (event,) = code(f"Five people were killed in a Russian strike {tail}")
    assert [(a.name, a.country) for a in event.target] == [("Five people", "UKR")]


def test_control_of_a_town_is_about_the_town() -> None:
    """The target of "gained control of" is the place, never the word for control."""
    (event,) = code("The Kenyan army gained control of the town of Kismayo in Somalia.")
    assert [a.name for a in event.target] == ["Kismayo"]
