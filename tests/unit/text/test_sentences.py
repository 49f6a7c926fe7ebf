"""Sentence boundaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.text import split_sentences


def split(text: str) -> list[str]:
    """Return the sentences as text."""
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It rained. They left.", ["It rained.", "They left."]),
        (
            "The U.S. president met Mr. Jones in St. Louis. He left.",
            ["The U.S. president met Mr. Jones in St. Louis.", "He left."],
        ),
        ("He flew to the U.S. The visit was short.", ["He flew to the U.S.", "The visit was short."]),
        ('"We will go." That was all.', ['"We will go."', "That was all."]),
        ("Prices rose 3.5 percent. Gen. Smith agreed.", ["Prices rose 3.5 percent.", "Gen. Smith agreed."]),
        ("First paragraph\n\nSecond paragraph", ["First paragraph", "Second paragraph"]),
        ("A line that was\nwrapped by hand.", ["A line that was\nwrapped by hand."]),
        ("A heading\nA sentence of its own.", ["A heading", "A sentence of its own."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("", []),
        ("   \n ", []),
    ],
)
def test_boundaries(text: str, wanted: list[str]) -> None:
    """Abbreviations, initials, quotes, numbers and line breaks are told from ends of sentences."""
    assert split(text) == wanted


@given(st.text(max_size=400))
def test_spans_are_in_order_and_lose_only_space(text: str) -> None:
    """Sentences do not overlap, have no space around them, and between them stands nothing but space."""
    last = 0
    for start, end in split_sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()


def test_an_endless_sentence_is_cut() -> None:
    """What no one would call a sentence is cut at spaces, so that no later step meets a monster."""
    spans = split_sentences("word " * 5_000)
    assert len(spans) > 5
    assert all(end - start <= 2_400 for start, end in spans)
