"""Who "the two leaders" are, whom a report counts as dead, and what an interview tells."""

import pytest

from processors.coding.talk import is_talk
from tests.unit.coding.support import code, lands


@pytest.mark.parametrize(
    "second", ["The two leaders signed an agreement.", "Both sides signed an agreement."]
)
def test_a_pair_is_the_two_just_named(second: str) -> None:
    """The words "the two leaders" and "both sides" are the two sides of the sentence before."""
    first = "Kenyan President William Ruto met Ugandan President Yoweri Museveni on Monday."
    assert ("agreement-signed", ["KEN", "UGA"], []) in lands(f"{first} {second}")


def test_the_counted_dead_are_of_the_place() -> None:
    """A report that counts victims and names nobody places them in the country of the attack, also within one country."""
    text = "Twelve people were killed in an attack by the Rapid Support Forces near El Fasher, Sudan."
    assert ("attack-carried-out", ["SDN"], ["SDN"]) in lands(text)


@pytest.mark.parametrize("who", ["40", "Dozens", "At least six"])
def test_numbers_alone_are_people_who_were_killed(who: str) -> None:
    """Headlines count the dead without a noun, and call an attack after the town in which it was."""
    assert ("attack-carried-out", [], ["AFG"]) in lands(f"{who} killed in attack on market in Kabul")
    assert ("attack-carried-out", [], ["AFG"]) in lands(f"{who} killed in Kabul attack")


def test_who_conducted_the_attack_is_its_source() -> None:
    """The agent of "strikes conducted by" is who killed, and lends its country to no victim."""
    text = "Five people were killed in two air strikes conducted by the Kenyan Navy near Mogadishu, Somalia."
    assert ("attack-carried-out", ["KEN"], ["SOM"]) in lands(text)


def test_the_attacker_gives_victims_no_country() -> None:
    """A state that only says whose air strike it was is not where people died: they are told of without a country."""
    assert ("attack-carried-out", ["KEN"], [None]) in lands(
        "Three people were killed in a Kenya air strike on a boat."
    )


def test_a_sum_is_no_actor() -> None:
    """Aid of so many euros for a country goes to the country."""
    assert ("aid-pledged", ["DEU"], ["TCD"]) in lands("Germany pledged €20 million in aid for Chad.")


def test_a_text_told_in_the_first_person_is_talk() -> None:
    """An interview is told in the first person; a report that quotes somebody is not."""
    told = "I was born in Tanzania. My parents forced me to work. I think we all support my decision. " * 6
    assert is_talk(told)
    assert not is_talk('The minister said: "I think that we can do it. My plan is ready." ' * 20)


def test_an_interview_keeps_acts_between_countries_only() -> None:
    """What a speaker tells of daily life is no event; what states do to each other is."""
    told = "I was born in Tanzania. My boss forced me to work. I think we all like my decision. " * 6
    assert [kind for kind, source, target in lands(told) if source or target] == []
    assert ("sanctions-imposed", ["KEN"], ["UGA"]) in lands(told + "Kenya imposed sanctions on Uganda.")


def test_two_governments_are_those_of_states() -> None:
    """A group and the police that it attacked, named in between, are no pair of governments."""
    text = (
        "Niger and Togo signed a treaty on river waters. Boko Haram killed two policemen from Togo, officials said."
        " The African Union urged the two governments to open their border."
    )
    demand = code(text)[-1]
    assert demand.type == "demand-made"
    assert sorted(a.country or "" for a in demand.target) == ["NER", "TGO"]
