"""A comma and "and" behind an object open a clause: what follows is the subject of its own verb, and no second object."""

import pytest

from tests.unit.coding.support import lands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ghana released the sailors, and Togo thanked Benin.",
            ("support-expressed", ["TGO"], ["BEN"]),
        ),
        (
            "Ghana sent a frigate to the gulf, and Togo condemned Benin.",
            ("condemnation-issued", ["TGO"], ["BEN"]),
        ),
        (
            "Ghana sent a frigate to the gulf, and Togo said it had expelled two diplomats of Benin.",
            ("diplomats-expelled", ["TGO"], ["BEN"]),
        ),
    ],
)
def test_behind_a_comma_somebody_else_acts(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    """What stands behind ", and" is no second object."""
    assert expected in lands(text)


def test_a_list_of_three_keeps_its_comma() -> None:
    """The comma before the last member of a list opens no clause."""
    assert lands("Ghana, Togo, and Benin condemned Niger.") == [
        ("condemnation-issued", ["GHA", "TGO", "BEN"], ["NER"])
    ]


def test_an_army_that_is_said_to_launch_strikes_aims_them_too() -> None:
    """What "with" and a participle tell is an act of its own, and goes on."""
    found = lands(
        "Clashes broke out, with Ghana launching airstrikes on Togo, killing six Togolese soldiers."
    )
    assert ("attack-carried-out", ["GHA"], ["TGO"]) in found


def test_an_accord_is_not_of_the_land_where_it_was_signed() -> None:
    """Talks and accords are sides of nothing."""
    assert lands("Ghana and Togo signed an accord in Vienna.") == [("agreement-signed", ["GHA", "TGO"], [])]


def test_ministers_of_several_lands_are_not_of_their_host() -> None:
    """Of an office that a country has once, several holders are of several countries."""
    found = lands("The African Union will hold a meeting of foreign ministers in Lusaka on Thursday.")
    assert all("ZMB" not in target for _, _, target in found)


def test_the_parties_of_a_war_are_not_of_the_land_where_others_speak_with_them() -> None:
    """Parties to a conflict are of the country that the article is about."""
    text = "Sudan's army shelled Omdurman. Sudan's rebels shelled Khartoum. Sudan buried its dead."
    text += " Kenya urged the warring parties to hold talks in Nairobi."
    assert ("talks-urged", ["KEN"], ["SDN"]) in lands(text)
