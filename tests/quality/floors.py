"""Floors of the figures: read, compared, raised, and lowered only on purpose."""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.toml")
STEP = 0.005
"""A share's floor is set this much below what was measured, so that a rule may be rewritten without a fight over one row."""

HEAD = """\
# What the figures of coding on gold.jsonl must keep to; test_gate.py holds them.
# at_least: shares from 0 to 1, and the number of event types found. at_most: counts of rows or events that are wrong.
# Written by `python -m tests.quality.evaluate --set-floors`, which raises; `--allow-lower` lets it lower as well.
"""


class LoweredError(Exception):
    """A floor would be lowered and nobody asked for it. The message names each, with old and new value."""


def lower_is_better(name: str) -> bool:
    """Return True for counts of what is wrong."""
    return name.endswith("_count")


def load(path: Path = FLOORS) -> dict[str, float]:
    """Return {figure: floor}; empty where there is no file yet."""
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text("utf-8"))
    return {
        name: float(value)
        for table in ("at_least", "at_most")
        for name, value in tables.get(table, {}).items()
    }


def holds(name: str, figure: float, floor: float) -> bool:
    """Return True where the figure keeps to its floor."""
    return figure <= floor if lower_is_better(name) else figure >= floor


def floor_of(name: str, figure: float) -> float:
    """Return the floor that a measured figure gives: counts as they are, shares a little below, in hundredths."""
    if lower_is_better(name) or figure > 1:
        return figure
    return max(0.0, math.floor((figure - STEP) * 100) / 100)


def renew(
    old: Mapping[str, float], measured: Mapping[str, float], *, allow_lower: bool = False
) -> dict[str, float]:
    """Return the floors that the measured figures give, each at least as strict as the old one.

    A figure that no longer keeps to its old floor, or a floor whose figure is gone, raises LoweredError, unless
    `allow_lower`: then every floor is taken from what was measured.
    """
    fresh = {name: floor_of(name, figure) for name, figure in measured.items()}
    if allow_lower:
        return fresh
    broken = [
        f"{n}: {old[n]:g} to {fresh[n]:g}" for n in measured if n in old and not holds(n, measured[n], old[n])
    ]
    broken += [f"{name}: {old[name]:g} to none" for name in old if name not in measured]
    if broken:
        raise LoweredError("; ".join(broken))
    return {name: _stricter(name, floor, old.get(name, floor)) for name, floor in fresh.items()}


def _stricter(name: str, one: float, other: float) -> float:
    return min(one, other) if lower_is_better(name) else max(one, other)


def dump(floors: Mapping[str, float]) -> str:
    """Return floors as the text of floors.toml."""
    tables: dict[str, list[str]] = {"at_least": [], "at_most": []}
    for name, value in floors.items():
        tables["at_most" if lower_is_better(name) else "at_least"].append(f"{name} = {value:g}")
    return HEAD + "".join(
        f"\n[{table}]\n" + "".join(f"{line}\n" for line in lines) for table, lines in tables.items()
    )
