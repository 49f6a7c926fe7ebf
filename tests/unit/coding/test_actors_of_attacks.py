"""Who attacked and who was hit, where the text does not put the two beside the verb; and the other one of two."""

import pytest

from schemas.mention import Mention
from tests.unit.coding.support import code

Dyad = tuple[list[str | None], list[str | None]]


def countries(mention: Mention) -> Dyad:
    """Return the countries of source and target."""
    return [a.country for a in mention.source], [a.country for a in mention.target]


def only(text: str, kind: str = "attack-carried-out") -> Mention:
    """Return the first event of a type in a text."""
    return next(m for m in code(text) if m.type == kind)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ethiopian troops killed one person in a raid on the village of Qoqaani in Somalia.", (["ETH"], ["SOM"])),
        ("Kenyan airstrikes across Gedo, Somalia, kill at least 14 people.", (["KEN"], ["SOM"])),
        ("A Turkish airstrike in Kalar District, Sulaymaniyah, Iraq, kills three people.", (["TUR"], ["IRQ"])),
        ("The rebel chief was assassinated in a Turkish drone strike in Qamishli, Syria.", (["TUR"], ["SYR"])),
        ("Six people are killed in overnight Turkish drone attacks across Iraq.", (["TUR"], ["IRQ"])),
        ("Nine people were killed in clashes with security forces in Conakry, Guinea.", (["GIN"], ["GIN"])),
        ("A Turkish drone attacks a civilian bus in Kobani, Syria.", (["TUR"], ["SYR"])),
        ("Turkish forces shelled Ain al-Tuba in Syria.", (["TUR"], ["SYR"])),
    ],
)  # fmt: skip
def test_the_dead_whom_nobody_names_are_of_the_place(text: str, wanted: Dyad) -> None:
    """The country is that of the place; the attacker may stand in the phrase of the attack."""
    assert countries(only(text)) == wanted


def test_the_clause_with_when_tells_who_killed() -> None:
    """Those with arms who stormed in are the source."""
    event = only("Forty miners were killed when Malian soldiers stormed the mine in Kayes, Mali.")
    assert [a.country for a in event.source] == ["MLI"]


@pytest.mark.parametrize(
    "text",
    ["Chad and Libya accused each other of shelling the border.", "Chad and Libya blame one another for the shelling."],
)  # fmt: skip
def test_each_of_two_does_it_to_the_other(text: str) -> None:
    """What both do to each other counts in both directions."""
    event = only(text, "accusation-made")
    assert event.symmetric
    assert {a.country for a in event.source} == {"TCD", "LBY"}


def test_both_sides_means_the_two_that_were_named() -> None:
    """The pair is found in the sentence before."""
    event = only(
        "Troops of Chad fought Libyan soldiers. Both sides accused the other of starting it.",
        "accusation-made",
    )
    assert event.symmetric
    assert {a.country for a in event.source} == {"TCD", "LBY"}


def test_a_joined_participle_is_passive_too() -> None:
    """Those who were stormed did not attack."""
    event = [
        m
        for m in code("Two embassies were stormed and looted and attacked by rioters in Lima, Peru.")
        if m.target
    ][-1]
    assert [a.country for a in event.target] == ["PER"]


def test_two_verbs_share_the_object_behind_the_second() -> None:
    """The tanker is attacked as well as seized."""
    event = only("Somali pirates attack and seize a Greek tanker off Mogadishu.")
    assert countries(event) == (["SOM"], ["GRC"])


def test_help_by_giving_goes_to_who_is_helped() -> None:
    """The object of the main verb gets the aid."""
    event = only(
        "France will support the Chadian army by providing helicopters in the fight against bandits.",
        "aid-delivered",
    )
    assert countries(event) == (["FRA"], ["TCD"])


def test_behind_a_semicolon_a_headline_goes_on() -> None:
    """The subject stands before the semicolon."""
    event = only("Kenya suspends its envoy to Chad; condemns Sudan", "condemnation-issued")
    assert countries(event) == (["KEN"], ["SDN"])


def test_he_is_no_body() -> None:
    """A government is no "he"."""
    text = "Ousmane Sonko met officials of the Macron administration. He condemned Mali."
    event = only(text, "condemnation-issued")
    assert [a.name for a in event.source] == ["Ousmane Sonko"]
