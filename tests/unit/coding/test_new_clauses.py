"""A comma and "and" behind an object open a clause: what follows is the subject of its own verb, and no second object."""

import pytest

from tests.unit.coding.support import code, lands


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


def test_a_verb_that_may_be_a_noun_is_the_second_act_where_an_object_follows() -> None:
    """What "put" puts stands behind it, and no list of two."""
    found = lands("Benin closed its border with Niger and put its army on alert.")
    assert ("military-mobilized", ["BEN"], []) in found


def test_who_blames_behind_a_rejection_does_so() -> None:
    """Only what is said under a denial is denied."""
    found = lands("Togo rejected the accusation and blamed Ghana for the attacks.")
    assert ("accusation-made", ["TGO"], ["GHA"]) in found


def test_a_demand_that_is_rejected_is_the_object_of_its_relative_clause() -> None:
    """A verb of answering behind "that" tells what became of the demand, not what was demanded."""
    found = lands("Ghana demanded that Togo cede the strip, a demand that Togo has rejected.")
    assert ("proposal-rejected", ["TGO"], []) in found


def test_an_envoy_whose_name_stands_between_commas_goes_where_he_is_sent() -> None:
    """A name in apposition parts nothing."""
    found = lands("Ghana sent its special envoy, Ama Mensah, to Bamako.")
    assert ("visit-made", ["GHA"], ["MLI"]) in found


def test_who_denies_what_his_men_had_done_accuses_behind_it() -> None:
    """The past behind a pluperfect goes on with who spoke."""
    found = lands("Ghana denied that its troops had crossed the border and accused Togo of lying.")
    assert ("accusation-made", ["GHA"], ["TGO"]) in found


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Ghana closed the border and suspended flights to Togo.", "sanctions-imposed"),
        ("Ghana closed the border and expelled diplomats of Togo.", "diplomats-expelled"),
        ("Ghana rejected the plan and threatened countermeasures against Togo.", "threat-issued"),
        ("Ghana denounced the coup and urged restraint.", "demand-made"),
    ],
)
def test_a_second_verb_without_article_behind_it_is_an_act(text: str, second: str) -> None:
    """What is joined to an act by "and" is another one, with an object that has no article."""
    assert second in [m.type for m in code(text)]


def test_a_participle_that_says_of_what_kind_somebody_is_is_no_act() -> None:
    """Allied fighters have allied with nobody in this sentence."""
    assert lands("Rebels attacked Ghana's army and allied fighters of Togo.") == [
        ("attack-carried-out", [None], ["GHA", "TGO"])
    ]
