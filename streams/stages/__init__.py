"""The four stages of the flow as Kafka-free adapters around the processors: records in, records out."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from processors.coding import Coder
from processors.garbage import keep_what_is_loaded
from streams.dedupe_lanes import lane_count
from streams.stages.base import Change, Fetch, Stage
from streams.stages.clean import CleanStage
from streams.stages.code import CodeStage
from streams.stages.dedupe import DedupeStage
from streams.stages.resolve import ResolveStage

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.settings import Settings

__all__ = [
    "Change",
    "CleanStage",
    "CodeStage",
    "DedupeStage",
    "Fetch",
    "ResolveStage",
    "Stage",
    "make_stages",
]


def make_stages(settings: Settings) -> dict[str, Callable[[], Stage]]:
    """Return what makes each stage, by its name, in the order of the flow. They share one coder, whose rules load once."""
    limit, lanes = settings.max_record_bytes, lane_count(settings)
    coder = cache(_loaded_coder)

    return {
        "clean": partial(CleanStage, settings.max_body_bytes, limit, lanes),
        "dedupe": partial(DedupeStage, settings.window, limit, lanes),
        "code": lambda: CodeStage(coder(), limit),
        "resolve": lambda: ResolveStage(coder().rules_version, limit, lanes),
    }


def _loaded_coder() -> Coder:
    coder = Coder()
    keep_what_is_loaded()
    return coder
