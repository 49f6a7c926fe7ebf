"""Each way in which a time can begin is found: the pattern passes over words that begin none."""

import pytest

from processors.coding.dates import find_dates

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Jan.", "Feb.", "Mar.", "Apr.", "Aug.", "Sept.", "Sep.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = (
    "3", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "a few",
)  # fmt: skip
OTHERS = (
    "2024-05-06", "5 June", "last Friday", "next Friday", "this Friday", "late Friday", "early Friday",
    "on Friday", "the following Friday", "today", "earlier today", "later today", "yesterday", "tomorrow", "tonight",
    "overnight", "this morning", "last week", "next year", "the previous month", "the following week",
    "earlier this month", "later this year", "decades ago", "years ago", "centuries ago", "the 1990s",
)  # fmt: skip
YEARS = ("In", "in", "Since", "since", "By", "by", "Until", "until", "From", "from", "During", "during")
WARS = ("During", "during", "In", "in")


@pytest.mark.parametrize(
    "time",
    [
        *(f"{month} 5" for month in MONTHS),
        *DAYS,
        *(f"{number} days ago" for number in NUMBERS),
        *OTHERS,
        *(f"{word} 2019" for word in YEARS),
        *(f"{word} the Cold War" for word in WARS),
        "In the past",
        "in the past",
    ],
)
def test_a_time_is_found_from_its_first_letter(time: str) -> None:
    """Whatever it begins with, in capitals or not."""
    text = f"({time}) the envoys met again."
    assert [(found.start, found.text) for found in find_dates(text, 0, len(text))] == [(1, time)]


@pytest.mark.parametrize(
    "time", ["in the past week", "in the past few days", "in the past two days", "In the past 24 hours"]
)
def test_the_last_days_are_not_the_past(time: str) -> None:
    """What was done in the past week is no history."""
    text = f"The envoys met {time}."
    assert find_dates(text, 0, len(text)) == []
