"""What depends on a condition inside what somebody says, and what the modal verb of a first act says of the second."""

import pytest

from schemas.actor import Modality
from tests.unit.coding.support import code, lands, named


@pytest.mark.parametrize("word", ["if", "unless"])
def test_a_condition_within_what_is_said_is_no_act(word: str) -> None:
    """What stands behind "said that if" has not been done."""
    assert not code(
        f"The envoy said that {word} the Chadian hostages were freed by Friday there would be trouble."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ethiopia said that if Eritrea attacked its ports it would close the border.",
        "If Eritrea attacks its ports, Ethiopia will close the border.",
    ],
)
def test_a_threat_is_aimed_at_whose_act_it_depends_on(text: str) -> None:
    """Who would have to act for it to come about is the target."""
    threats = [event for event in lands(text) if event[0] == "threat-issued"]
    assert threats == [("threat-issued", ["ETH"], ["ERI"])]


def test_two_acts_share_a_modal_verb() -> None:
    """In "will train and provide" both are planned."""
    events = code("Norway will host the Latvian army and send howitzers to Latvia.")
    assert [(m.type, m.modality) for m in events] == [("aid-pledged", Modality.PLANNED)]


@pytest.mark.parametrize(
    "text",
    [
        "Peru announced a reward of two million dollars for the arrest of the Bolivian smugglers.",
        "Peru offered a reward for information leading to the arrest of the Bolivian smugglers.",
        "A Nairobi court ordered the release of the minister's bank records.",
        "Denmark ordered the killing of over 200,000 mink.",
    ],
)
def test_what_an_act_noun_is_about_may_make_it_none(text: str) -> None:
    """Nobody is arrested for a reward, no record is a prisoner, no mink is an enemy."""
    assert not [
        m for m in code(text) if m.type in ("arrest-made", "prisoners-released", "attack-carried-out")
    ]


def test_a_raid_leads_to_an_arrest() -> None:
    """The noun behind the preposition of a light verb is its act."""
    (event,) = code("A raid near Mombasa led to the arrest of four Somali smugglers.")
    assert event.type == "arrest-made"
    assert [c for _, c, _ in named(event.target)] == ["SOM"]


def test_who_would_pay_a_price_is_threatened() -> None:
    """Who says that another will pay threatens him."""
    assert lands("Chad warned that Sudan would pay a heavy price.") == [("threat-issued", ["TCD"], ["SDN"])]


def test_whoever_does_it_has_not_done_it() -> None:
    """An act of whoever may come is none yet."""
    events = code("Whoever attacks Chad will pay a heavy price, the Chadian president said.")
    assert [m.modality for m in events if m.type == "attack-carried-out"] in ([], [Modality.HYPOTHETICAL])
