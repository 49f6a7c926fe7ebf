"""Who wrote an article and where from: datelines, bylines and agency credits, taken out of the text into metadata."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from processors.clean.lexicon import load_toml

_PLACE = r"[A-Z\u00c0-\u00de][\w.'’\-/]*(?:,? [\w.'’\-/]+){0,6}?"
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8})(?:,? \d{4})?"
)
_AGENCY = r"\((?P<agency>[^()]{2,40})\)"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?P<day>[,:]? {_DAY})?[,:]?(?P<paren> ?{_AGENCY})?(?P<dash>\s*(?:--?|[–—])\s*|: )(?=\S)"
)
_DATELINE_MARK = re.compile("[-–—]|: ")
_AGENCY_ONLY = re.compile(rf"{_AGENCY}\s*(?:--?|[–—])\s+(?=\S)")
_CAPITAL = re.compile("[A-Z\u00c0-\u00de\u0400-\u042f\"“‘'\\d]")
_BYLINE = re.compile(r"(?:By|BY|Written by|Reported by|Story by|Words by)[: ] ?(?=[A-Z\u00c0-\u00de])")
_AND = re.compile(r"\s*(?:,|\||;|·|•|\s[–—-]\s|\sfor\s|\sof\s)\s*")
_SIGN_OFF = re.compile(
    r"(?<=[.!?”\"’)]) ?(?:[-–—]{1,2} ?(?P<bare>[A-Z][\w/ .\-]{1,30})|[(\[](?P<paren>[A-Z][\w/ .\-]{1,30})[)\]])\.?$"
)
_SIGN_OFF_MARK = re.compile(r"[-–—(\[]")
_ENDS = " .,;:()[]/©–—-"
_LONGEST_DATELINE = 90
_LONGEST_SIGN_OFF = 40
_LONGEST_BYLINE = 100
_NO_BYLINE_ENDS = frozenset(".!?:")
_INITIALS = 2
NO_BYLINE = (None, None)


class Dateline(NamedTuple):
    """What opened a text: the line as printed, its agency in its canonical name, and where the text goes on."""

    printed: str
    agency: str | None
    end: int


@cache
def _agencies() -> dict[str, str]:
    return {form: name for name, forms in load_toml("agencies.toml")["agencies"].items() for form in forms}


@cache
def _not_places() -> frozenset[str]:
    return frozenset(load_toml("agencies.toml")["not_places"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(load_toml("agencies.toml")["name_particles"])


def agency_name(form: str) -> str | None:
    """Return the canonical name of a news agency, or None if `form` names none."""
    return _agencies().get(form.strip(_ENDS))


def find_dateline(text: str) -> Dateline | None:
    """Return the dateline that opens `text`, as in `KYIV, Feb 13 (Agency) - `, or None.

    A dash alone opens many sentences, so it needs company: a place in capitals, a date with brackets, or a known agency.
    """
    head = text[:_LONGEST_DATELINE]
    if not _DATELINE_MARK.search(head):
        return None
    found = _AGENCY_ONLY.match(head)
    if found:
        agency = agency_name(found["agency"])
        return Dateline(found[0].rstrip(" -–—"), agency, found.end()) if agency else None
    found = _DATELINE.match(head)
    if not found:
        return None
    agency = agency_name(found["agency"]) if found["agency"] else None
    company = bool(found["day"] or found["paren"])
    if found["dash"] in {": ", "-"} and not company:
        return None
    first = re.split(r"[ ,]", found["place"], maxsplit=1)[0]
    capitals = len(first) > _INITIALS and first.isupper() and first.strip(".") not in _not_places()
    if not (agency or capitals or (found["day"] and found["paren"])):
        return None
    if not company and not _CAPITAL.match(text, found.end()):
        return None
    return Dateline(found[0].strip(" -–—:"), agency, found.end())


def find_byline(line: str) -> tuple[str | None, str | None]:
    """Return (author, agency) of a line that is nothing but a byline; (None, None) if it is none.

    All its words are names, as their capitals tell, or stand within names.
    """
    found = _BYLINE.match(line) if len(line) <= _LONGEST_BYLINE and line[-1:] not in _NO_BYLINE_ENDS else None
    if not found:
        return NO_BYLINE
    who = line[found.end() :].rstrip(" ,;|")
    particles = _particles()
    if not all(
        word[0].isupper() or not word[0].isalnum() or word.strip(",") in particles for word in who.split()
    ):
        return NO_BYLINE
    return split_author(who)


def split_author(who: str) -> tuple[str | None, str | None]:
    """Return (author, agency) of what follows `By`: the first name that is no agency, and an agency anywhere in it."""
    parts = [part for part in _AND.split(who) if part]
    agency = next((name for part in parts if (name := agency_name(part))), None)
    people = [part for part in parts if not agency_name(part)]
    return (people[0] if people else None), agency


def find_sign_off(text: str) -> tuple[str, int] | None:
    """Return the agency that signs the last paragraph, as in `he said. - Agency`, and where the sign-off starts."""
    start = max(0, len(text) - _LONGEST_SIGN_OFF)
    found = _SIGN_OFF.search(text, start) if _SIGN_OFF_MARK.search(text, start) else None
    if not found:
        return None
    name = (found["bare"] or found["paren"]).strip(_ENDS)
    agency = agency_name(name) or next(
        (known for part in name.split("/") if (known := agency_name(part))), None
    )
    return (agency, found.start()) if agency else None
