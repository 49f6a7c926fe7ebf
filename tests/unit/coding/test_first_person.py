"""Who "I" and "we" are."""

import pytest

from tests.unit.coding.sides import lands


@pytest.mark.parametrize(
    "text",
    [
        '"We will retaliate against Uganda," Kenyan President William Ruto said.',
        '"We will retaliate against Uganda," said Kenyan President William Ruto.',
        'Kenyan President William Ruto said: "We will retaliate against Uganda."',
        'Kenyan President William Ruto wrote on X: "I will retaliate against Uganda."',
    ],
)
def test_who_speaks_is_meant(text: str) -> None:
    """The first person is who says the words, wherever the verb of saying stands."""
    assert ("threat-issued", ["KEN"], ["UGA"]) in lands(text)


def test_who_is_quoted_by_nobody_stays_unknown() -> None:
    """No sentence before it tells who speaks."""
    text = 'William Ruto visited Kisumu. "We will retaliate against Uganda."'
    assert ("threat-issued", [], ["UGA"]) in lands(text)
