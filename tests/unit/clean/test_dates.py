"""Dates on pages."""

import pytest

from processors.clean.dates import machine_date, printed_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published 7:07 PM EST Feb 13, 2025", "2025-02-13"),
        ("13 February 2025", "2025-02-13"),
        ("Thursday, Feb. 13th, 2025 | Updated", "2025-02-13"),
        ("the 1st of March 2025", "2025-03-01"),
        ("2025-02-13", "2025-02-13"),
        ("2025-02-13T23:30:00-02:00", "2025-02-14"),
    ],
)
def test_printed_dates(text: str, day: str) -> None:
    """English and ISO dates are read, in UTC."""
    moment = printed_date(text)
    assert moment is not None
    assert moment.date().isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "3/4/2025", "February 30, 2025", "2025-13-45", "13 February 1825", "May 2025", "no date"]
)
def test_what_is_no_date(text: str) -> None:
    """Ambiguous, impossible and out-of-range dates are none."""
    assert printed_date(text) is None


def test_machine_dates() -> None:
    """Metadata may hold a date-time, a plain date or a printed one; anything else is none."""
    moment = machine_date("2025-02-13T10:00:00+01:00")
    assert moment is not None
    assert moment.isoformat() == "2025-02-13T09:00:00+00:00"
    assert machine_date("Feb 13, 2025") is not None
    assert machine_date(1739440800) is None
    assert machine_date("soon") is None
