"""What looks after a running worker: health pages, lag, readiness and the watchdog."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from streams.health import Health, serve
from streams.hop import end_process
from streams.watchdog import Watchdog, WatchThread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from faust.tables.manager import TableManager

    from streams.consumer import Consumer
    from streams.hop import Hop
    from streams.metrics import Meter
    from streams.settings import Settings
    from streams.transport import App

INTERVAL = 0.25
"""Seconds between looks at positions and readiness."""

LOOKS = 10
"""How often the watchdog looks within its limit."""


def supervise(
    app: App, settings: Settings, hops: Sequence[Hop], meter: Meter, on_ready: Callable[[], None]
) -> None:
    """Look after `app` from its start to its end; `on_ready` is called each time it becomes ready."""
    health = Health(meter, fresh_limit=settings.fresh_seconds)
    readers = {topic: hop.name for hop in hops for topic in hop.reads}
    watchdog = Watchdog(settings.watchdog_seconds, readers=readers)

    def look() -> str | None:
        recovery = cast("TableManager", app.tables).recovery
        recovered = sum(offset or 0 for offset in [*recovery.active_offsets.values()])
        positions = cast("Consumer", app.consumer).positions()
        return watchdog.check(positions, settled=app.settled, recovered=recovered)

    def note() -> None:
        health.beat()
        positions = cast("Consumer", app.consumer).positions() if app.settled else {}
        ages = watchdog.ages()
        meter.positions(positions, ages)
        health.note(positions, watchdog.overdue(positions) if settings.watchdog_seconds else {})
        meter.pending.set(sum(hop.pending for hop in hops))
        if app.settled and not health.ready:
            meter.rebalances.inc()
            on_ready()
        health.set_ready(ready=app.settled)

    async def supervision() -> None:
        server = serve(settings.metrics_host, settings.metrics_port, health, meter, settings.metrics_token)
        watch = WatchThread(look, end_process, settings.watchdog_seconds / LOOKS)
        if settings.watchdog_seconds:
            watch.start()
        try:
            while not app.should_stop:
                note()
                await asyncio.sleep(INTERVAL)
        finally:
            watch.stop()
            if server is not None:
                server.stop()

    app.task(supervision)
