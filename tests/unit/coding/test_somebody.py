"""The runs of letters of a sentence, and the words that lead back to somebody among them."""

import pytest

from processors.coding.somebody import inflected, letters


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Both sides won’t attend.", ["both", "sides", "won", "t", "attend"]),
        ("“He” left São Tomé", ["he", "left", "s", "o", "tom"]),
        ("a broken \ud800he", ["a", "broken", "he"]),
        ("2,000", []),
    ],
)
def test_letters_end_at_all_else(text: str, runs: list[str]) -> None:
    """Marks, digits and letters that are not ASCII part the runs: whatever stands for somebody is a run of its own."""
    assert letters(text) == runs


def test_all_forms_of_a_word_lead_back() -> None:
    """Whether a list holds the word ("talk") or not ("country")."""
    assert {"talk", "talks", "talked", "country", "countries"} <= inflected(("talk", "country"))
