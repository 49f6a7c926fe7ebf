"""Who "I" and "we" are."""

import pytest

from tests.unit.coding.support import code, lands


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


@pytest.mark.parametrize(
    "text",
    [
        'William Ruto said: "The raid was wrong. We condemn Uganda."',
        'William Ruto told reporters: "It was a mistake. It cost lives. We condemn Uganda."',
        '"The raid was wrong," William Ruto said. "We condemn Uganda."',
        '"The raid was wrong," wrote William Ruto. "We condemn Uganda."',
    ],
)
def test_a_quotation_goes_on(text: str) -> None:
    """Who opened a quotation speaks in its next sentences, also where it is opened anew."""
    assert ("condemnation-issued", ["KEN"], ["UGA"]) in lands(text)


def test_he_is_a_surname_alone_rather_than_who_stands_beside_it() -> None:
    """A pronoun goes on with the last subject, though no list holds its name."""
    text = "Mwangangi was charged with fraud over the deals of former minister Peter Oduor. He was jailed in Nairobi."
    assert [[a.name for a in e.target] for e in code(text)][-1] == ["Mwangangi"]


def test_nobody_does_it_to_himself() -> None:
    """The object of "she urged him" is somebody else than "she", also where both were named before."""
    text = "Prime Minister Giorgia Meloni met Chancellor Friedrich Merz. She urged him to resign."
    assert ("demand-made", ["ITA"], ["DEU"]) in lands(text)


def test_they_who_arrest_are_the_police_and_not_the_suspect() -> None:
    """A force that is told of goes on as "they", without those of whom it told."""
    text = "Police in Nairobi said the suspect had fled. They arrested two others."
    assert [a.sector for a in code(text)[-1].source] == ["COP"]
