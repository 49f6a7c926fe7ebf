"""Datelines, bylines and sign-offs."""

import pytest

from processors.clean.credits import agency_name, find_byline, find_dateline, find_sign_off


@pytest.mark.parametrize(
    ("text", "printed", "agency", "rest"),
    [
        ("KYIV, Feb 13 (Reuters) - Ministers met.", "KYIV, Feb 13 (Reuters)", "Reuters", "Ministers met."),
        ("OSLO, Norway (AP) — Ministers met.", "OSLO, Norway (AP)", "Associated Press", "Ministers met."),
        ("Riyadh (AFP) – Ministers met.", "Riyadh (AFP)", "Agence France-Presse", "Ministers met."),
        (
            "BEIJING, Feb. 13 (Xinhua) -- Ministers met.",
            "BEIJING, Feb. 13 (Xinhua)",
            "Xinhua",
            "Ministers met.",
        ),
        ("PARIS/LONDON (Reuters) - Ministers met.", "PARIS/LONDON (Reuters)", "Reuters", "Ministers met."),
        ("(Reuters) - Ministers met.", "(Reuters)", "Reuters", "Ministers met."),
        ("NEW DELHI — Ministers met.", "NEW DELHI", None, "Ministers met."),
        (
            "MOSCOW, 13 February (TASS): Ministers met.",
            "MOSCOW, 13 February (TASS)",
            "TASS",
            "Ministers met.",
        ),
    ],
)
def test_datelines(text: str, printed: str, agency: str | None, rest: str) -> None:
    """A dateline is taken as printed, its agency by its canonical name, and the text goes on behind it."""
    found = find_dateline(text)
    assert found is not None
    assert (found.printed, found.agency, text[found.end :]) == (printed, agency, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Ministers met - and parted - in Oslo.",
        "BREAKING — Ministers met.",
        "NATO - the alliance - met.",
        "The minister (a lawyer) - once in Oslo - left.",
        "Oslo: ministers met.",
        "Ministers from 12 states met in Oslo.",
        "",
        "(sic) - said the minister",
    ],
)
def test_sentences_are_no_datelines(text: str) -> None:
    """A dash, a colon or brackets alone make no dateline."""
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("line", "author", "agency"),
    [
        ("By Anna Berg", "Anna Berg", None),
        ("BY ANNA BERG", "ANNA BERG", None),
        ("By Anna Berg, Associated Press", "Anna Berg", "Associated Press"),
        ("By Reuters", None, "Reuters"),
        ("By Friday the talks had failed.", None, None),
        ("Anna Berg", None, None),
    ],
)
def test_bylines(line: str, author: str | None, agency: str | None) -> None:
    """A line that is nothing but a byline gives author and agency; a sentence gives neither."""
    assert find_byline(line) == (author, agency)


def test_sign_offs() -> None:
    """An agency behind the last full stop signs the text; another word there does not."""
    text = "“We agree,” he said. – AFP"
    signed = find_sign_off(text)
    assert signed is not None
    assert (signed[0], text[: signed[1]]) == ("Agence France-Presse", "“We agree,” he said.")
    assert find_sign_off("They met. (AP)") == ("Associated Press", 9)
    assert find_sign_off("They met - AFP said so") is None
    assert find_sign_off("They met. – Again") is None


def test_agency_names() -> None:
    """Forms of an agency's name lead to one name; an unknown one to none."""
    assert agency_name("© AP.") == "Associated Press"
    assert agency_name("Oslo Evening Post") is None
