"""Tokens and word forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.text import lexicon, tokenize
from processors.text.morphology import (
    NOUN,
    PLURAL,
    VBD,
    VBG,
    VBN,
    VBZ,
    gerund,
    past,
    singular,
    third_person,
    unknown,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("U.S. troops", ["U.S.", "troops"]),
        ("Iran's aim", ["Iran", "'s", "aim"]),
        ("can't", ["can't"]),
        ("a 48-hour truce", ["a", "48-hour", "truce"]),
        ("$2 million, 1,500", ["$2", "million", ",", "1,500"]),
        ("pro-government", ["pro-government"]),
        ("“Yes,” he said", ["“", "Yes", ",", "”", "he", "said"]),
    ],
)
def test_tokens(text: str, wanted: list[str]) -> None:
    """Acronyms, possessives, contractions, compounds and sums are one token each; marks stand alone."""
    assert tokenize(text, 0, len(text)).text == wanted


@given(st.text(max_size=300))
def test_offsets_reproduce_the_tokens(text: str) -> None:
    """Every token is the slice of the field that its offsets name."""
    tokens = tokenize(text, 0, len(text))
    assert [text[s:e] for s, e in zip(tokens.start, tokens.end, strict=True)] == tokens.text


@given(
    st.lists(st.sampled_from(["Iran's", "U.S.-led", "U.S.", "$2m,", "(IAEA)", "“no”.", "x", "-"])),
    st.sampled_from(["  ", "\n", "\u00a0", "\t"]),
)
def test_one_space_parts_words_as_any_other_does(runs: list[str], space: str) -> None:
    """What stands between two spaces is cut the same whatever stands around it."""
    alone = [token for run in runs for token in tokenize(run, 0, len(run)).text]
    for between in (" ", space):
        text = between.join(runs)
        assert tokenize(text, 0, len(text)).text == alone


@pytest.mark.parametrize(
    ("form", "lemma", "flag"),
    [
        ("vetoes", "veto", VBZ), ("carries", "carry", VBZ), ("banned", "ban", VBN), ("agreed", "agree", VBD),
        ("withdrew", "withdraw", VBD), ("struck", "strike", VBN), ("lying", "lie", VBG), ("imposing", "impose", VBG),
        ("met", "meet", VBD), ("found", "find", VBD),
    ],
)  # fmt: skip
def test_inflections_lead_to_their_lemma(form: str, lemma: str, flag: int) -> None:
    """Regular forms by rule, irregular ones by the list."""
    word = lexicon()[form]
    assert word.verb == lemma
    assert word.flags & flag


def test_a_noun_that_is_a_verb_as_well_is_both() -> None:
    """Which of the two it is in a sentence is not for the lexicon to say."""
    word = lexicon()["attacks"]
    assert word.flags & VBZ
    assert word.flags & NOUN
    assert word.flags & PLURAL
    assert word.noun == "attack"


def test_spelling_rules() -> None:
    """The rules of school grammar: -es, -ies, a dropped e, a doubled consonant."""
    assert [third_person(v) for v in ("pass", "try", "play", "go")] == ["passes", "tries", "plays", "goes"]
    assert [past("agree"), past("deny"), past("stop", double=True)] == ["agreed", "denied", "stopped"]
    assert [gerund("make"), gerund("die"), gerund("flee"), gerund("ban", double=True)] == [
        "making",
        "dying",
        "fleeing",
        "banning",
    ]
    assert [singular(n) for n in ("talks", "countries", "speeches", "crisis", "gas", "torpedoes")] == [
        "talk",
        "country",
        "speech",
        "crisis",
        "gas",
        "torpedo",
    ]


def test_an_unknown_word_is_told_by_its_shape() -> None:
    """A capital inside a sentence makes a name; endings hint at the rest."""
    assert unknown("Borduria", "borduria", first=False).flags & NOUN
    assert unknown("mothballed", "mothballed", first=False).flags & VBD
    assert unknown("mothballing", "mothballing", first=False).flags & VBG
