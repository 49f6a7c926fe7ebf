"""Deduplication lanes by script of the language: which partition of `articles.clean` an article goes to.

Texts in two scripts have no words in common, so that no copy is missed where each script has a lane, a state and an order of its own.
Verdicts stay in one partition: its order is the order of the system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.settings import Settings

SCRIPT_LANES = {
    "latin": ("latin",),
    "cyrillic": ("cyrillic",),
    "arabic": ("arabic",),
    "cjk": ("cjk", "hangul"),
    "other": (),
}
"""The lanes, and the scripts of `schemas.sketch.SCRIPTS` that each takes; the last takes all the rest. The place is the partition."""

_PARTITIONS = {script: lane for lane, scripts in enumerate(SCRIPT_LANES.values()) for script in scripts}


def lane_count(settings: Settings) -> int:
    """Return how many deduplication lanes the settings ask for."""
    return len(SCRIPT_LANES) if settings.dedupe_lanes == "script" else 1


def lane_of(script: str, lanes: int) -> int:
    """Return the lane, of so many, that takes texts of a script."""
    return _PARTITIONS.get(script, lanes - 1) if lanes > 1 else 0
