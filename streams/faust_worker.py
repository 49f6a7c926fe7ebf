"""Faust's worker, the process around our app: how it logs, and that it ends when it is told to."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import faust

from streams.hop import end_process

if TYPE_CHECKING:
    import signal

STOP_SECONDS = 25.0
"""Seconds after which a stop that was asked for is no longer waited for: whoever asks kills after 30, without a reason in the log."""


class Worker(faust.Worker):
    """Faust's worker, quieter and surer to end."""

    def __init__(self, *services: Any, stop_seconds: float = STOP_SECONDS, **options: Any) -> None:  # noqa: ANN401 - passed through
        """Take what Faust's takes, and the seconds that a stop may last."""
        super().__init__(*services, quiet=True, redirect_stdouts=False, **options)
        self.spinner = None  # for which Faust would have every debug message of every logger made
        self._stop_seconds = stop_seconds

    def _schedule_shutdown(self, signal: signal.Signals) -> None:
        # While no broker answers, a client waits for it however long; nothing that counts is lost by ending without it.
        reason = f"asked to stop {self._stop_seconds:g} s ago and still not stopped"
        limit = threading.Timer(self._stop_seconds, end_process, (reason,))
        limit.daemon = True
        limit.start()
        super()._schedule_shutdown(signal)
