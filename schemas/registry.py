"""The event-type registry and the CAMEO table, read once from the data files beside this module."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas.actor import Modality

DATA = files("schemas") / "data"


class Example(NamedTuple):
    """A sentence of the type, the words in it that trigger it, its source and target as `name:country` or empty."""

    sentence: str
    trigger: str
    source: str
    target: str


class EventType(NamedTuple):
    """One event type; see the head of `data/event_types.toml` for what each field means."""

    name: str
    cameo: tuple[str, ...]
    plover: str | None
    mode: str | None
    context: str | None
    quad: str
    goldstein: float
    required: tuple[str, ...]
    optional: tuple[str, ...]
    modality: Modality
    symmetric: bool
    tier: str
    example: Example
    covers: tuple[str, ...] = ()


class CameoCode(NamedTuple):
    """One CAMEO code (codebook 1.1b3), with its PLOVER class (manual 0.8) and its Goldstein value."""

    code: str
    goldstein: float
    plover: str | None
    mode: str | None
    context: str | None
    type: str | None
    name: str


def _event_type(row: dict[str, object]) -> EventType:
    example = row.pop("example")
    assert isinstance(example, dict)  # noqa: S101 - our own data file, read by its tests
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    fields["modality"] = Modality(str(fields["modality"]))
    empty: dict[str, object] = {"plover": None, "mode": None, "context": None}
    return EventType(**(empty | fields), example=Example(**example))  # type: ignore[arg-type]


@cache
def event_types() -> dict[str, EventType]:
    """Return the registry: {type name: EventType}, in the order of the data file."""
    rows = tomllib.loads((DATA / "event_types.toml").read_text("utf-8"))["type"]
    return {row["name"]: _event_type(row) for row in rows}


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """Return the CAMEO table: {code: CameoCode}, sorted by code."""
    lines = (DATA / "cameo.tsv").read_text("utf-8").splitlines()[2:]
    table = {}
    for line in lines:
        code, goldstein, *rest, name = line.split("\t")
        plover, mode, context, kind = (None if cell == "-" else cell for cell in rest)
        value = 0.0 if goldstein == "-" else float(goldstein)
        table[code] = CameoCode(code, value, plover, mode, context, kind, name)
    return table
