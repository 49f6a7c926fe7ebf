"""A worker of one hop that does to each record what `textbook.py` does: decode, mark, encode.

`bench_hop.py` starts it as `python -m tests.benchmarks.mark`. Everything around the stage is what `dragoman worker` runs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

import orjson

from streams.app import Step, create_app
from streams.records import InRecord, OutRecord
from streams.stages import Stage
from streams.topics import RAW, UNIQUE
from streams.worker import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.settings import Settings
    from streams.transport import App


class Mark(Stage):
    """Adds `"seen": true` to a JSON object and writes it to articles.unique under its id."""

    name: ClassVar[str] = "mark"

    def _handle(self, record: InRecord) -> list[OutRecord]:
        event = orjson.loads(record.value or b"")
        value = orjson.dumps(event | {"seen": True})
        return [OutRecord(UNIQUE, event["id"].encode(), value, (), record.timestamp_ms)]


def make_app(settings: Settings, on_ready: Callable[[], None]) -> App:
    """Return the app of a worker that reads articles.raw and does nothing but mark."""
    stages = {Mark.name: lambda: Mark(settings.max_record_bytes)}
    return create_app(settings, on_ready, flow=[Step(Mark.name, (RAW,))], stages=stages)


if __name__ == "__main__":
    sys.exit(main(make_app))
