"""Facts of a sentence apart from its wording."""

import pytest

from processors.dedupe.facts import DATE, NAME, NUMBER, read, take_apart


def apart(sentence: str, *named: str) -> tuple[str, str, str, str]:
    """Return the skeleton and the facts of a sentence, joined by spaces."""
    facts = take_apart([read(word) for word in sentence.split()], set(named))
    return facts.skeleton, *(" ".join(part) for part in (facts.names, facts.numbers, facts.denials))


@pytest.mark.parametrize(
    ("sentence", "skeleton", "names", "numbers", "denials"),
    [
        ("Police in Ghent held 3 men", f"police in {NAME} held {NUMBER} men", "ghent", "3", ""),
        ("Police in Porto held three men", f"police in {NAME} held {NUMBER} men", "porto", "3", ""),
        ("They met Mr Jan Devos on Monday", f"they met {NAME} on {DATE}", "jan devos", "mon", ""),
        ("They did not meet", "they did meet", "", "", "not"),
        ("The toll of 1,200 may rise", f"the toll of {NUMBER} may rise", "", "1200", ""),
    ],
)
def test_take_apart(sentence: str, skeleton: str, names: str, numbers: str, denials: str) -> None:
    """Names, numbers, dates and denials leave the skeleton; titles of courtesy leave both."""
    assert apart(sentence) == (skeleton, names, numbers, denials)


def test_a_name_that_opens_a_sentence() -> None:
    """The first word is a name where it is one inside some other sentence of the text."""
    assert apart("Devos spoke", "devos")[0] == f"{NAME} spoke"
    assert apart("Nobody spoke", "devos")[0] == "nobody spoke"


def test_without_capitals_nothing_is_a_name() -> None:
    """In a text all in one case a capital says nothing: the words stand in the skeleton as they are."""
    facts = take_apart([read(word) for word in ("Mr", "Devos", "did", "NOT", "pay", "3")], None)
    assert facts == (f"devos did pay {NUMBER}", [], ["3"], ["not"])
