"""A hop as the Faust documentation writes it: `async for` over a stream, `await topic.send` for each event, at least once.

What our own hop is compared with by `bench_hop.py`. Started as `python -m tests.benchmarks.textbook`; reads its broker, topics and
folder from the environment, and does to each event what `Mark` of `bench_hop.py` does: decode, mark, encode.
"""

from __future__ import annotations

import os
from typing import Any

import faust


def make_app() -> faust.App:
    """Return the app; nothing is tuned but what keeps it off ports and topics that are not its own."""
    app = faust.App(
        os.environ["BENCH_GROUP"],
        broker=f"kafka://{os.environ['BENCH_BROKER']}",
        datadir=os.environ["BENCH_FOLDER"],
        consumer_auto_offset_reset="earliest",
        topic_disable_leader=True,
        topic_partitions=int(os.environ["BENCH_PARTITIONS"]),
        web_enabled=False,
    )
    source = app.topic(os.environ["BENCH_IN"], value_serializer="json")
    target = app.topic(os.environ["BENCH_OUT"], value_serializer="json")

    @app.agent(source)
    async def mark(stream: Any) -> None:  # noqa: ANN401 - a Faust stream
        async for event in stream:
            await target.send(key=event["id"], value=event | {"seen": True})

    return app


if __name__ == "__main__":
    faust.Worker(make_app(), loglevel="WARN", quiet=True).execute_from_commandline()
