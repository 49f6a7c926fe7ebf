"""What "from", "ethnic" and a thing's name do to a country; whose fighters, whose president."""

from datetime import date

import pytest

from tests.unit.tag.helpers import actors, tag


@pytest.mark.parametrize(
    "text", ["Chad withdrew troops from Mali.", "Chad moved its troops from Mali.", "The withdrawal of troops from Mali began."]
)  # fmt: skip
def test_what_is_left_owns_no_troops(text: str) -> None:
    """The country behind "from" is another actor."""
    found = tag(text).text
    assert next(a for a in found if a.text == "Mali").kind == "state"
    assert next(a for a in found if "troops" in a.text).country is None


def test_troops_from_a_country_are_its_troops() -> None:
    """Without a verb of leaving, "from" says whose they are."""
    assert actors("Troops from Mali shelled the town.")["Troops from Mali"].country == "MLI"


def test_an_ethnic_group_is_of_no_state() -> None:
    """Ethnic Albanians are not Albania's."""
    found = actors("Ethnic Albanians in Serbia met ethnic Albanian guerrillas.")
    assert [found[t].country for t in ("Ethnic Albanians", "ethnic Albanian guerrillas")] == [None, None]


@pytest.mark.parametrize(
    "text", ["The commander of Hamas died.", "A Hamas commander died.", "Hamas forces withdrew."]
)
def test_fighters_of_an_armed_group_are_no_army(text: str) -> None:
    """The sector is that of the group."""
    assert {a.sector for a in tag(text).text} == {"REB"}


@pytest.mark.parametrize("text", ["The Bristol Hotel in Odesa was hit.", "They signed the Lisbon Treaty."])
def test_a_thing_called_after_a_place_lies_elsewhere(text: str) -> None:
    """Neither actor nor place comes of it."""
    tagged = tag(text)
    assert not {a.country for a in tagged.text} & {"GBR", "PRT"}
    assert not {p.country for p in tagged.places} & {"GBR", "PRT"}


def test_a_sum_in_dollars_is_no_state() -> None:
    """US$5 million is money."""
    assert not tag("Kenya borrowed US$5 million.").text[1:]


def test_a_name_goes_on_behind_a_known_surname() -> None:
    """The three words are one person."""
    found = actors("Former prime minister Yusuf Ali Duale spoke.")
    assert found["Former prime minister Yusuf Ali Duale"].name == "Yusuf Ali Duale"


def test_the_president_is_the_one_of_whom_the_article_tells() -> None:
    """Of two presidents the one that is named more often is meant."""
    text = "US President Donald Trump met Emmanuel Macron. Trump left. Macron stayed. Trump spoke. The president was tired."
    assert tag(text, day=date(2025, 3, 1)).text[-1].name == "Donald Trump"


def test_an_acronym_of_many_bodies_needs_its_country() -> None:
    """SAF is Sudan's army where the article is of Sudan, and fuel where it is not."""
    assert tag("The SAF bombed Omdurman in Sudan.").text[0].key == "org.sudanese-armed-forces"
    assert not tag("The airline wants more SAF.").text[1:]


def test_a_group_ends_before_its_verb() -> None:
    """A verb is no part of the name of those who launch."""
    assert tag("The Rapid Support Forces launch raids near Kosti.").text[0].name == "Rapid Support Forces"


def test_bari_in_an_article_on_somalia_is_there() -> None:
    """Cities that share a name with a region in the news go by what else is named."""
    assert "ITA" not in {p.country for p in tag("Puntland forces fought in Bari, Somalia.").places}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("President of the United States Donald Trump spoke.", "Donald Trump", "USA"),
        ("The prime minister of the Netherlands spoke.", "prime minister of the Netherlands", "NLD"),
        ("The USS Nimitz was hit.", "US Navy ship", "USA"),
    ],
)
def test_office_state_and_name_are_one_actor(text: str, name: str, country: str) -> None:
    """States with an article, names behind the state, and warships behind their prefix belong to the phrase."""
    (actor,) = tag(text, day=date(2025, 5, 1)).text
    assert (actor.name, actor.country) == (name, country)
