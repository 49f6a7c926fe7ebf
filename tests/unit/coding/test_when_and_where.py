"""Dates and places of events."""

from datetime import date

import pytest

from tests.unit.coding.support import code

MET = "The leaders of Ghana and Togo met"


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "basis"),
    [
        (f"{MET} on Wednesday.", date(2025, 2, 12), date(2025, 2, 12), "day", "relative"),
        (f"{MET} yesterday.", date(2025, 2, 12), date(2025, 2, 12), "day", "relative"),
        (f"{MET} on 3 January 2025.", date(2025, 1, 3), date(2025, 1, 3), "day", "explicit"),
        (f"{MET} on January 3.", date(2025, 1, 3), date(2025, 1, 3), "day", "explicit"),
        (f"{MET} in December.", date(2024, 12, 1), date(2024, 12, 31), "month", "explicit"),
        (f"{MET} last week.", date(2025, 2, 3), date(2025, 2, 9), "week", "relative"),
        (f"{MET} two days ago.", date(2025, 2, 11), date(2025, 2, 11), "day", "relative"),
        (f"{MET} in Accra.", date(2025, 2, 13), date(2025, 2, 13), "day", "publication"),
        (
            "The leaders of Ghana and Togo will meet next Thursday.",
            date(2025, 2, 20),
            date(2025, 2, 20),
            "day",
            "relative",
        ),
        (
            "The leaders of Ghana and Togo will meet on Monday.",
            date(2025, 2, 17),
            date(2025, 2, 17),
            "day",
            "relative",
        ),
        (
            "The leaders of Ghana and Togo will meet in Accra.",
            date(2025, 2, 13),
            None,
            "after",
            "publication",
        ),
        (
            "No talks between India and Pakistan have taken place since 2022.",
            date(2022, 1, 1),
            date(2025, 2, 13),
            "interval",
            "explicit",
        ),
    ],
)
def test_dates(text: str, start: date, end: date | None, precision: str, basis: str) -> None:
    """Relative dates count from publication: backwards for what has happened, forwards for what is planned."""
    when = code(text)[0].date
    assert when is not None
    assert (when.start, when.end, when.precision, when.basis) == (start, end, precision, basis)


def test_without_publication_a_relative_date_is_left_out() -> None:
    """Nobody knows which Wednesday; an explicit date stands."""
    assert code(f"{MET} on Wednesday.", published=None)[0].date is None
    when = code(f"{MET} on 3 January 2025.", published=None)[0].date
    assert when is not None
    assert when.start == date(2025, 1, 3)


def test_a_date_outside_the_calendar_is_no_date() -> None:
    """The thirty-first of February falls back on publication."""
    when = code(f"{MET} on February 31, 2025.")[0].date
    assert when is not None
    assert when.basis == "publication"


def test_place_is_where_it_happened() -> None:
    """A place behind "in" counts; a country in front of a noun does not."""
    where = code(f"{MET} in Munich to discuss U.S. policy.")[0].location
    assert where is not None
    assert (where.name, where.country) == ("Munich", "DEU")
    assert code("Canada imposed sanctions on Belarus in line with U.S. policy.")[0].location is None


@pytest.mark.parametrize(
    "text",
    [
        "The army of Chad freed a Dutch engineer who was abducted in June 2021.",
        "Russia released two Ukrainian soldiers captured in 2022.",
        "Kenyan police arrested a Somali general accused of bombing a market in May 2022.",
    ],
)
def test_the_date_of_a_description_is_not_that_of_the_act(text: str) -> None:
    """What a clause dates that only says who is meant makes no background of the act."""
    (mention,) = code(text)
    assert mention.date is not None
    assert (mention.date.basis, mention.modality) == ("publication", "factual")


def test_the_date_of_an_attack_is_that_of_its_dead() -> None:
    """A recent date in the description of the deed itself is the date of the act."""
    (mention,) = code("Three Yemenis were killed in a Saudi air strike carried out on Monday.")
    assert mention.date is not None
    assert mention.date.basis == "relative"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Ghana said on Monday that it would hold talks with Togo in Accra in June.", "2025-06-01"),
        ("Ghana and Togo spoke on Monday and agreed to hold talks in Accra in June.", "2025-06-01"),
        ("Ghana and Togo agreed on Wednesday to hold talks in Accra in June.", "2025-06-01"),
        (
            "On Monday, Ghana announced that it will hold talks with Togo.",
            "2025-02-13",
        ),  # not the Monday after
        ("Ghana will hold talks with Togo, its foreign minister said on Monday.", "2025-02-13"),
        ("Ghana will hold talks with Togo on Monday.", "2025-02-17"),
    ],
)
def test_a_plan_has_its_own_date_not_that_of_its_telling(text: str, start: str) -> None:
    """Published on Thursday, 13 February 2025: what was said on Monday tells of what is to come after it."""
    assert [str(m.date.start) for m in code(text) if m.date and m.modality == "planned"] == [start]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Chad reopened its border with Sudan for the first time since May 2023.", "2025-02-13"),
        ("Chad expelled Sudan's ambassador after Sudan shelled Adre on Sunday.", "2025-02-13"),
        ("Chad condemned Sudan on Tuesday after Sudan shelled Adre on Sunday.", "2025-02-11"),
        ("Chad has barred Sudanese flights since Sudan shelled Adre in December.", "2024-12-01"),
    ],
)
def test_the_date_of_what_came_before_is_not_that_of_the_act(text: str, start: str) -> None:
    """What stands behind "after" and "since" has its own time; only what goes on since then begins there."""
    assert str(code(text)[0].date.start) == start


def test_the_day_on_which_a_plan_was_made_is_not_its_day() -> None:
    """Published on Thursday, 13 February 2025: what was agreed on Monday to be done is not done on the next Monday."""
    (event,) = code("Ghana and Togo agreed on Monday to reopen their border.")
    assert event.modality == "planned"
    assert event.date is not None
    assert event.date.basis == "publication"


def test_a_date_of_whom_an_earlier_clause_describes_dates_no_later_act() -> None:
    """When somebody was held says nothing of when a border was closed."""
    (closed,) = (
        m
        for m in code("Ghana freed the general, who was held in 2019, and Togo closed its border with Ghana.")
        if m.type == "repression-applied"
    )
    assert closed.modality == "factual"
