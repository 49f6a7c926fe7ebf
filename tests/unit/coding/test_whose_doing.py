"""Whose doing it was that somebody rejects, condemns or welcomes, and how far the words for it go."""

import pytest

from tests.unit.coding.support import code, lands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ghana suspended flights from Benin, a step Togo condemned.",
            ("condemnation-issued", ["TGO"], ["GHA"]),
        ),
        ("Ghana offered a truce, an offer Togo rejected.", ("proposal-rejected", ["TGO"], ["GHA"])),
        ("Rebels in Togo rejected a truce proposed by Ghana.", ("proposal-rejected", ["TGO"], ["GHA"])),
        ("Togo welcomed a plan put forward by Ghana.", ("support-expressed", ["TGO"], ["GHA"])),
    ],
)
def test_whose_doing_it_was_is_the_target(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    """A noun that sums an act up, or is followed by who made it, stands for who did it."""
    assert expected in lands(text)


def test_a_denial_says_nothing_of_what_stands_before_it() -> None:
    """Who denies a charge does not tell of it."""
    first = code("Ghana accused Togo of arming rebels, a charge Togo has repeatedly denied.")[0]
    assert (first.type, first.attributed_to) == ("accusation-made", None)


def test_what_is_rejected_ends_where_a_participle_goes_on() -> None:
    """What a participle behind a comma tells is no part of the object."""
    (found,) = (
        m for m in code("Togo rejected the plan, calling it a farce.") if m.type == "proposal-rejected"
    )
    assert found.object == "the plan"


def test_to_protest_is_the_protest_that_was_told() -> None:
    """What a crowd rallies for is no second protest."""
    assert [m.type for m in code("Opposition supporters rallied in Accra to protest the election.")] == [
        "protest-held"
    ]


def test_who_will_not_be_bullied_refuses() -> None:
    """What the speakers will not suffer is their refusal."""
    (found,) = code('"We will not be intimidated," said the foreign minister of Ghana.')
    assert ([a.country for a in found.source], found.target) == (["GHA"], ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Togo's ambassador in Accra was summoned over remarks by President Faure Gnassingbe.",
            ("accusation-made", ["GHA"], ["TGO"]),
        ),
        (
            "Ten soldiers were killed in Togo after an ambush by Malian rebels.",
            ("attack-carried-out", ["MLI"], ["TGO"]),
        ),
        (
            "Togo joined the treaty, becoming the first Nordic state to do so.",
            ("agreement-signed", ["TGO"], []),
        ),
        ("Togo will not take part in the summit in Accra.", ("talks-rejected", ["TGO"], [])),
        ("No Togolese minister will attend the talks with Ghana.", ("talks-rejected", ["TGO"], ["GHA"])),
        ("Togo seized a tanker.", ("repression-applied", ["TGO"], [])),
    ],
)
def test_what_stands_near_an_act_need_not_be_a_side_of_it(
    text: str, expected: tuple[str, list[str], list[str]]
) -> None:
    """Whose remarks a protest is about, what a state becomes, where talks are and what ship was taken name no side."""
    assert expected in lands(text)
