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
        ("Ethiopian troops killed a shopkeeper when they raided the hamlet of Buurdhuxunle in Somalia.", (["ETH"], ["SOM"])),
        ("Kenyan air strikes near Bardera, Somalia, kill eleven herders.", (["KEN"], ["SOM"])),
        ("A Turkish air strike in Amadiya District, Duhok, Iraq, kills two shepherds.", (["TUR"], ["IRQ"])),
        ("The militia leader was assassinated in a Turkish drone strike near Hasakah, Syria.", (["TUR"], ["SYR"])),
        ("Nine villagers were killed in Turkish drone attacks at night across Iraq.", (["TUR"], ["IRQ"])),
        ("Nine students were killed in clashes with the police in Conakry, Guinea.", (["GIN"], ["GIN"])),
        ("A Turkish drone attacks a school van in Kobani, Syria.", (["TUR"], ["SYR"])),
        ("Turkish forces shelled Umm al-Kif in Syria.", (["TUR"], ["SYR"])),
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
    """The freighter is attacked as well as plundered."""
    event = only("Libyan smugglers attack and plunder a Greek freighter off Misrata.")
    assert countries(event) == (["LBY"], ["GRC"])


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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Armed men attack a bakery in Oaxaca, Mexico.", (["MEX"], ["MEX"])),
        ("Gunmen attack a bakery in Oaxaca, Mexico.", (["MEX"], ["MEX"])),
        ("Houthi fighters stage an ambush against a patrol near Mokha, Yemen.", (["YEM"], ["YEM"])),
        ("The Turkish air force launches a series of strikes across Hasakah.", (["TUR"], ["SYR"])),
        ("Six pupils were killed by an air strike in Kassala, Sudan.", ([], ["SDN"])),
        ("A rocket attack from Sudanese soil has hit barracks in Chad.", (["SDN"], ["TCD"])),
    ],
)
def test_things_are_of_the_place_and_strikes_of_nobody(text: str, wanted: Dyad) -> None:
    """What is attacked stands in a country; a strike does not belong to the town that it hits."""
    assert countries(only(text)) == wanted


def test_an_agreement_is_no_third_side() -> None:
    """The place of the signing makes no side of what was signed."""
    event = only("Kenya and Chad sign a customs agreement in Nairobi.", "agreement-signed")
    assert [a.country for a in (*event.source, *event.target)] == ["KEN", "TCD"]


def test_he_behind_an_unnamed_attacker_is_nobody_named_before() -> None:
    """The pronoun goes back to the attacker, whom nobody names."""
    text = "Jean Dupont, the French prefect, spoke. The attacker hid until he was shot by the police in Lyon, France."
    assert not any("Dupont" in a.name for a in only(text).target)


def test_who_warns_is_who_threatens() -> None:
    """The passive behind the warning names no agent."""
    event = only(
        "Kenyan president William Ruto warns that al-Shabaab will be targeted in Somalia.", "threat-issued"
    )
    assert [a.country for a in event.source] == ["KEN"]
