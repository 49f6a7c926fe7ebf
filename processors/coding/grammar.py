"""Small classes of English words, read from `data/grammar.toml`, by name."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, frozenset[str]]:
    text = (files("processors.coding") / "data" / "grammar.toml").read_text("utf-8")
    return {name: frozenset(row.split()) for name, row in tomllib.loads(text)["words"].items()}


def words(name: str) -> frozenset[str]:
    """Return the words of a class; KeyError where the data file has no such class."""
    return _tables()[name]
