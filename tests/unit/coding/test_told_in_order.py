"""When an act was where the sentence leads back to the time of the one before, or dates only something beside it."""

from datetime import date

import pytest

from schemas.actor import Modality
from tests.unit.coding.support import code


@pytest.mark.parametrize(
    ("opening", "precision"),
    [
        ("Two weeks later", "after"),
        ("After his release", "after"),
        ("Shortly thereafter", "after"),
        ("That year", "year"),
        ("In the same year", "year"),
    ],
)
def test_a_tale_goes_on_in_its_own_time(opening: str, precision: str) -> None:
    """What follows upon something of long ago was long ago, and not on the day of publication."""
    (event,) = code(f"The general was jailed in 1994. {opening}, Kenya accused Somalia of smuggling arms.")
    assert event.modality is Modality.HISTORICAL
    assert event.date is not None
    assert (event.date.start, event.date.precision, event.date.basis) == (
        date(1994, 1, 1),
        precision,
        "relative",
    )
    assert event.date.text == opening


def test_a_tale_goes_on_over_several_sentences() -> None:
    """Each sentence that goes on leads back to the date that opened the tale."""
    events = code("In 1994 rebels seized Baidoa. Then they looted it. Later, Kenya condemned Somalia.")
    assert [(m.type, m.modality) for m in events][-1] == ("condemnation-issued", Modality.HISTORICAL)


@pytest.mark.parametrize(
    "before",
    [
        "Kenya's envoy arrived on Monday.",
        "The envoy, who was jailed in 1994, spoke to reporters.",
        "The general was jailed in 1994. His family lives in Nairobi.",
    ],
)
def test_what_was_not_long_ago_is_no_tale(before: str) -> None:
    """Neither a date of these days nor one that says who is meant takes an act back; nor does one from which nothing goes on."""
    *_, event = code(f"{before} Later, Kenya accused Somalia of smuggling arms.")
    assert event.modality is Modality.FACTUAL
    assert event.date is not None
    assert event.date.basis == "publication"


def test_the_date_of_a_deal_is_not_that_of_what_it_led_to() -> None:
    """A participle dates what it belongs to: the act only if it was done in it or by it."""
    (swap,) = code("Kenya and Somalia swapped forty prisoners under a deal signed in January.")
    (raid,) = code("Ten soldiers were killed in a raid carried out in January by Somali rebels.")
    assert swap.date is not None
    assert swap.date.basis == "publication"
    assert raid.date is not None
    assert raid.date.start == date(2025, 1, 1)


def test_who_somebody_is_dates_nothing_behind_it() -> None:
    """A relative clause in the first subject hangs on no clause, and says who is meant all the same."""
    (event,) = code(
        "Kenya's president, who was freed in 2017, visited Nairobi, calling for talks with Sudan."
    )[-1:]
    assert event.date is not None
    assert event.date.basis == "publication"


@pytest.mark.parametrize(
    ("month", "start"),
    [
        ("last November", date(2024, 11, 1)),
        ("last February", date(2024, 2, 1)),
        ("last January", date(2025, 1, 1)),
    ],
)
def test_the_last_month_of_a_name_is_over(month: str, start: date) -> None:
    """In February "last February" is that of the year before."""
    (event,) = code(f"Kenya's president visited Sudan {month}.")
    assert event.date is not None
    assert event.date.start == start


def test_the_first_since_a_year_is_not_of_that_year() -> None:
    """The year says how long it had been, with "since" right before it too."""
    (event,) = code("Kenya's president arrived in Somalia for the first time since 2014.")
    assert event.date is not None
    assert event.date.basis == "publication"


def test_a_date_in_a_name_is_none() -> None:
    """A movement that is called after a day is not of that day."""
    (event,) = code("Kenya will mediate talks between Congo and the March 23 Movement.")
    assert event.date is not None
    assert event.date.basis == "publication"


def test_later_counts_from_another_event() -> None:
    """Three days later is three days after what was told, and not after publication."""
    (event,) = code("Kenya, three days later, accused Somalia of smuggling arms.")
    assert event.date is not None
    assert event.date.basis == "publication"


@pytest.mark.parametrize(
    "words",
    ["has previously mediated between Kenya and Sudan", "has mediated between Kenya and Sudan before"],
)
def test_what_was_done_before_is_no_news(words: str) -> None:
    """An adverb may put an act before the news though no date does."""
    (event,) = code(f"Egypt {words}.")
    assert event.modality is Modality.HISTORICAL


def test_what_goes_on_beside_a_plan_is_planned() -> None:
    """In "will withdraw, while the army deploys" the present tense is of what is to come."""
    events = code("Kenyan forces will withdraw from Kismayo, while the Somali army deploys along the coast.")
    assert [(m.type, m.modality) for m in events] == [
        ("troops-withdrawn", Modality.PLANNED),
        ("troops-deployed", Modality.PLANNED),
    ]


def test_a_date_within_a_phrase_says_which_thing_is_meant() -> None:
    """A trip of August is called off on the day of the report; an attack of January was in January."""
    (off,) = code("Kenya's president called off an August trip to Sudan.")
    (attack,) = code("A January attack by Somali rebels killed six Kenyan soldiers.")
    assert off.date is not None
    assert off.date.basis == "publication"
    assert attack.date is not None
    assert attack.date.start == date(2025, 1, 1)


def test_an_adverb_before_a_day_belongs_to_it() -> None:
    """What stands behind "early on Wednesday" is the object all the same."""
    (event,) = code("Kenya's cabinet approved early on Wednesday a deal with Somalia.")
    assert event.date is not None
    assert (event.date.start, event.date.text) == (date(2025, 2, 12), "early on Wednesday")
