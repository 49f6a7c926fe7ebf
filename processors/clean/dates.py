"""Dates as news pages print them, found without a calendar library: the few forms that are common and unambiguous."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from schemas.base import to_utc

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_PRINTED = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})"
    rf"|{_MONTH.replace('month', 'month2')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}))\b",
    re.IGNORECASE,
)
_EARLIEST, _LATEST = 1990, 2100


def machine_date(value: object) -> datetime | None:
    """Return the moment of a machine-readable date (RFC 3339 or a plain date), or None if it is none."""
    if not isinstance(value, str):
        return None
    try:
        moment = to_utc(value)
    except ValueError:
        return printed_date(value[:80])
    return moment if isinstance(moment, datetime) and _EARLIEST <= moment.year < _LATEST else None


def printed_date(line: str) -> datetime | None:
    """Return the first moment (UTC) of the day that an English or ISO date in `line` names, or None.

    All-numeric forms with slashes are left alone: nobody can tell 3/4/2025 in an unknown country.
    """
    if not _YEAR.search(line):
        return None
    iso = _ISO.search(line)
    if iso:
        try:
            moment = to_utc(iso[0])
        except ValueError:
            return None
        return moment if isinstance(moment, datetime) and _EARLIEST <= moment.year < _LATEST else None
    found = _PRINTED.search(line)
    if not found:
        return None
    name = (found["month"] or found["month2"]).lower()
    try:
        day = datetime(
            int(found["year"] or found["year2"]),
            _MONTHS[name],
            int(found["day"] or found["day2"]),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return day if _EARLIEST <= day.year < _LATEST else None
