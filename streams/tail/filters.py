"""Filters on events: repeated values of one option are alternatives, different options must all hold."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.actor import Modality
from schemas.event import Status
from schemas.registry import event_types
from streams.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COUNTRY_LENGTH = 3


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What an event must be; an empty set lets everything through. A country matches either side."""

    types: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()

    @classmethod
    def checked(
        cls,
        types: Iterable[str] = (),
        countries: Iterable[str] = (),
        modalities: Iterable[str] = (),
        statuses: Iterable[str] = (),
    ) -> EventFilter:
        """Make a filter from what a user typed. Raises Failure (status 2) for a value that no event can have."""
        return cls(
            frozenset(_known("--type", value.lower(), event_types()) for value in types),
            frozenset(_country(value) for value in countries),
            frozenset(
                _known("--modality", value.lower(), [m.value for m in Modality]) for value in modalities
            ),
            frozenset(_known("--status", value.lower(), [s.value for s in Status]) for value in statuses),
        )

    def matches(self, headers: Mapping[str, str]) -> bool:
        """Tell from the `ce_*` headers of a record whether the event passes; the value needs no decoding for that."""
        kind = headers.get("ce_type", "").removeprefix("dragoman.").rsplit(".", 1)[0]
        return (
            _passes(self.types, kind)
            and _passes(self.modalities, headers.get("ce_modality", ""))
            and _passes(self.statuses, headers.get("ce_status", ""))
            and (
                not self.countries
                or not self.countries.isdisjoint(headers.get("ce_countries", "").split(","))
            )
        )


def _passes(wanted: frozenset[str], value: str) -> bool:
    return not wanted or value in wanted


def _known(option: str, value: str, values: Iterable[str]) -> str:
    known = list(values)
    if value in known:
        return value
    near = difflib.get_close_matches(value, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    message = f"{option}: no such value {value!r}; {hint}"
    raise Failure(message, status=2)


def _country(value: str) -> str:
    code = value.upper()
    if len(code) == COUNTRY_LENGTH and code.isascii() and code.isalpha():
        return code
    message = (
        f"--country: {value!r} is no three-letter code (ISO 3166 alpha-3, as in UKR, or CAMEO's, as in EUR)"
    )
    raise Failure(message, status=2)
