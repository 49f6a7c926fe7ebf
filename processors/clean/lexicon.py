"""The data files of cleaning: loaded once, from the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_toml(name: str) -> dict[str, Any]:
    """Return the parsed data file `name` of this package; the comment at its head documents its format."""
    return tomllib.loads(files("processors.clean").joinpath("data", name).read_text("utf-8"))
