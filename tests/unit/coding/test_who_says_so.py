"""Who says so: the subject of a verb of saying above the act, or behind it, and nobody who only stands beside it."""

import pytest

from tests.unit.coding.support import code


def says(text: str, kind: str) -> str | None:
    """Return who says so of the first event of a type."""
    return next(m.attributed_to for m in code(text) if m.type == kind)


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (
            "The Ghanaian army said that gunmen attacked a post in Bawku.",
            "attack-carried-out",
            "Ghanaian army",
        ),
        (
            "Gunmen attacked a post in Bawku, the Ghanaian army said.",
            "attack-carried-out",
            "Ghanaian army",
        ),
        (
            "Togo made a claim that Benin had expelled its consul.",
            "diplomats-expelled",
            "Togo",
        ),
        (
            "Officials cautioned that Kenya had closed its embassy in Juba.",
            "relations-severed",
            "Officials",
        ),
    ],
)
def test_the_subject_of_a_verb_of_saying_says_so(text: str, kind: str, who: str) -> None:
    """Above the act, behind it, or by a noun for what is said."""
    assert says(text, kind) == who


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Four nurses were killed when gunmen attacked a clinic in Bawku.", "attack-carried-out"),
        ("Students rallied in Quito, and police detained nine people.", "arrest-made"),
        ("Benin withdrew its envoy, while Togo expelled two diplomats of Benin.", "diplomats-expelled"),
        ("The attacker fled before he was shot dead by Danish police in Aarhus.", "attack-carried-out"),
    ],
)
def test_who_stands_in_another_clause_does_not(text: str, kind: str) -> None:
    """The dead, the marchers and the neighbours say nothing."""
    assert says(text, kind) is None


def test_he_whose_claim_it_was_is_meant_by_a_participle_behind_it() -> None:
    """What "saying" opens behind a denial is said by who denied."""
    found = code(
        "Ghana's opposition leader denied that the president had won, saying he would sue the government."
    )
    assert all("president" not in a.name.lower() for m in found for a in m.source)


def test_who_acts_behind_but_is_not_told_of_by_who_spoke_before() -> None:
    """The answer to a statement is no part of it."""
    assert (
        says(
            "Ghana said it was ready to send troops, but Togo closed its border with Benin.",
            "repression-applied",
        )
        is None
    )


def test_who_acts_behind_a_comma_and_and_is_not_told_of_by_who_demanded() -> None:
    """A clause with a subject of its own is the article's word again."""
    text = "Lawmakers in Accra demanded that the government resign, and police dispersed a crowd outside the palace."
    assert says(text, "repression-applied") is None
