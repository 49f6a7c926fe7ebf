"""Filters on events, and an event as one line."""

from datetime import date
from typing import NamedTuple

import pytest

from schemas.actor import Actor, EventDate, Location
from schemas.cloudevents import event_headers
from schemas.contract import golden
from schemas.event import GeopoliticalEvent, Status
from schemas.registry import event_types
from streams.failure import Failure
from streams.tail import EventFilter, one_line
from streams.tail.consumer import _in_order


def event(**changes: object) -> GeopoliticalEvent:
    """Return a talks-held event between France and Kenya, with changes."""
    sides = {"source": (actor("Ana Roy", "FRA"),), "target": (actor("Ben Otieno", "KEN"),)}
    return golden(event_types()["talks-held"]).model_copy(update=sides | changes)


def actor(name: str, country: str | None) -> Actor:
    """Return an actor."""
    return Actor(name=name, key=name, country=country)


def passes(wanted: EventFilter, found: GeopoliticalEvent) -> bool:
    """Tell whether the record of the event passes."""
    return wanted.matches({k: v.decode() for k, v in event_headers(found.model_dump(mode="json"))})


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, True),
        ({"types": ["talks-held"]}, True),
        ({"types": ["attack-carried-out"]}, False),
        ({"types": ["attack-carried-out", "talks-held"]}, True),
        ({"countries": ["ken"]}, True),
        ({"countries": ["FRA"]}, True),
        ({"countries": ["USA"]}, False),
        ({"countries": ["USA", "KEN"], "types": ["talks-held"]}, True),
        ({"countries": ["KEN"], "types": ["attack-carried-out"]}, False),
        ({"modalities": ["factual"]}, True),
        ({"modalities": ["planned", "denied"]}, False),
        ({"statuses": ["reported"]}, True),
        ({"statuses": ["retracted"], "countries": ["KEN"]}, False),
    ],
)
def test_filter(options: dict[str, list[str]], expected: bool) -> None:
    """Values of one option are alternatives, options add up, a country matches either side."""
    assert passes(EventFilter.checked(**options), event()) is expected


def test_event_without_countries_passes_no_country() -> None:
    """An event of unknown countries is not one of the countries asked for."""
    unknown = event(source=(actor("gunmen", None),), target=())
    assert not passes(EventFilter.checked(countries=["FRA"]), unknown)
    assert passes(EventFilter.checked(), unknown)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"types": ["talks-hled"]}, "--type: no such value 'talks-hled'; did you mean 'talks-held'?"),
        ({"modalities": ["xyz"]}, "--modality: no such value 'xyz'; there are factual"),
        ({"statuses": ["reportd"]}, "did you mean 'reported'"),
        ({"countries": ["France"]}, "--country: 'France' is no three-letter code"),
    ],
)
def test_values_that_no_event_has_are_refused(options: dict[str, list[str]], message: str) -> None:
    """A typing error is told, not answered with silence."""
    with pytest.raises(Failure) as failure:
        EventFilter.checked(**options)
    assert message in str(failure.value)
    assert failure.value.status == 2


def test_line_tells_the_event() -> None:
    """The line has type, both sides, modality, place, date, outlet, status and revision."""
    found = event(
        symmetric=False,
        location=Location(name="Nairobi", country="KEN"),
        date=EventDate(start=date(2025, 2, 3), end=date(2025, 2, 3)),
        status=Status.CORROBORATED,
        revision=2,
        object="a trade pact",
    )
    line = one_line(found)
    for part in (
        "talks-held ",
        "Ana Roy (FRA) -> Ben Otieno (KEN) (a trade pact)",
        "factual",
        "Nairobi, 2025-02-03",
        "Example Wire",
        "corroborated r2",
    ):
        assert part in line


def test_line_leaves_out_what_is_unknown() -> None:
    """No source is a question mark; no target, place or date leave no trace."""
    line = one_line(event(source=(), target=(), location=None, date=None, symmetric=True))
    assert " ?  factual  Example Wire  reported" in line
    assert "None" not in line


def test_line_never_steers_the_terminal() -> None:
    """Escape sequences and line breaks of an article are not passed on."""
    line = one_line(event(source=(actor("Ana\x1b[31m\r\nRoy", "FRA"),)))
    assert "\x1b" not in line
    assert "\n" not in line


def test_line_names_three_of_many() -> None:
    """A long side is cut, and says by how many."""
    many = tuple(actor(f"Person {n}", None) for n in range(5))
    assert "Person 0, Person 1, Person 2 +2" in one_line(event(source=many))


def test_partitions_are_merged_by_time_and_keep_their_order() -> None:
    """Records of several partitions come by time; one partition's order stands, though its times go back."""

    class Record(NamedTuple):
        partition: int
        offset: int
        timestamp: int

    first = [Record(0, n, time) for n, time in enumerate((10, 30, 20, 40))]
    second = [Record(1, n, time) for n, time in enumerate((5, 25, 35))]
    merged = [(r.partition, r.offset) for r in _in_order([first, second])]
    assert merged == [(1, 0), (0, 0), (1, 1), (0, 1), (0, 2), (1, 2), (0, 3)]
