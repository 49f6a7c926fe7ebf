"""What stands between an auxiliary and its verb, and whose word a name for something is."""

import pytest

from tests.unit.coding.support import code, lands


@pytest.mark.parametrize(
    "between",
    [
        "earlier",
        "in the past",
        "by then",
        "days earlier",
        "two weeks before",
        ", however,",
        "on several occasions",
        "after weeks of talks",
    ],
)
def test_a_verb_is_found_behind_what_parts_it_from_has(between: str) -> None:
    """The verb of "had" is found whatever time stands between."""
    assert [(m.type, m.modality) for m in code(f"Ghana had {between} expelled the Togolese consul.")] in (
        [("diplomats-expelled", "factual")],
        [("diplomats-expelled", "historical")],
    )


@pytest.mark.parametrize("between", ["later this week", "next month", "on Monday"])
def test_a_verb_is_found_behind_what_parts_it_from_will(between: str) -> None:
    """The verb of "will" is found behind a time."""
    found = code(f"Ghana will {between} release the Togolese sailors.")
    assert [(m.type, m.modality) for m in found] == [("prisoners-released", "planned")]


def test_two_who_both_do_it_are_its_subject() -> None:
    """The word "both" stands between subject and verb, and is neither."""
    assert lands("Ghana and Togo have both condemned Benin.") == [
        ("condemnation-issued", ["GHA", "TGO"], ["BEN"])
    ]


def test_what_somebody_has_is_no_verb() -> None:
    """A "has" with a thing behind it is no auxiliary."""
    assert code("Ghana has on its border with Togo many released prisoners.") == ()


@pytest.mark.parametrize(
    "named",
    [
        "what it called",
        "what it described as",
        "what its foreign ministry termed",
        "what officials in Accra said was",
        "what appeared to be",
    ],
)
def test_what_follows_a_name_for_it_is_the_object(named: str) -> None:
    """Whose word it is has no part in the syntax."""
    assert lands(f"Ghana condemned {named} Togolese aggression.") == [
        ("condemnation-issued", ["GHA"], ["TGO"])
    ]
