"""What a sentence leaves unsaid, and what governs an act from afar."""

import pytest

from tests.unit.coding.support import code


def dyads(text: str) -> list[tuple[str, str, str]]:
    """Return (CAMEO code, countries of the source, countries of the target) of each mention."""
    return [
        (
            m.cameo,
            "+".join(a.country or "" for a in m.source),
            "+".join(a.country or "" for a in m.target),
        )
        for m in code(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad's prime minister refused to step down.", ("1231", "TCD", "TCD")),
        ("Senegal lifted the curfew.", ("0813", "SEN", "SEN")),
        ("Belgian paratroopers were withdrawn from Niger.", ("0873", "BEL", "NER")),
        ("The Omani and Qatari foreign ministers met in Jordan.", ("044", "OMN+QAT", "")),
        ("Some 2,000 people demonstrated in Lusaka against corruption.", ("141", "ZMB", "ZMB")),
    ],
)
def test_unsaid_side(text: str, expected: tuple[str, str, str]) -> None:
    """The own country, whose troops were moved, a third place and those who march are filled in."""
    assert dyads(text)[0][1:] == expected[1:]
    assert dyads(text)[0][0].startswith(expected[0])


def test_body_of_states_has_no_home() -> None:
    """A demand of the United Nations on nobody named is on nobody, not on the United Nations."""
    assert [target for _, _, target in dyads("The United Nations demanded immediate elections.")] == [""]


@pytest.mark.parametrize(
    ("text", "code_of_act"),
    [
        ("Fiji sent Tonga a letter threatening to cut aid.", "1311"),
        ("A Peruvian judge ordered three activists jailed.", "173"),
        ("Malta's refusal to send troops to Libya angered its allies.", "1224"),
        ("Latvia wants to sign a treaty with Chile.", "030"),
        ("Laos urged its neighbours to support Bhutan.", "053"),
        ("Cuba has decided to partially lift sanctions on Haiti.", "085"),
    ],
)
def test_what_governs_the_act(text: str, code_of_act: str) -> None:
    """Letters, orders, nouns, wishes and appeals make of an act what CAMEO has for it, once."""
    assert [cameo for cameo, _, _ in dyads(text)] == [code_of_act]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that lifting the ban on Chilean wine is out of the question.",
        "Togo agreed to begin talks on ending the war in Mali.",
    ],
)
def test_content_is_no_deed(text: str) -> None:
    """What is only spoken of, or talked about, is not done."""
    assert not {m.type for m in code(text)} & {"sanctions-eased", "concession-made", "ceasefire-agreed"}


def test_a_side_that_no_word_names_is_marked() -> None:
    """A reader who looks for the other side in the evidence learns that a rule put it there."""
    (mention,) = code("Peruvian authorities imposed a curfew.")
    assert [a.implied for a in mention.source] == [False]
    assert [(a.country, a.implied) for a in mention.target] == [("PER", True)]
