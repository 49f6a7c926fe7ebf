"""Health over HTTP: /metrics for Prometheus, /healthz (the worker lives), /readyz (it has its partitions and their state)."""

from __future__ import annotations

import logging
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.metrics import Meter

logger = logging.getLogger(__name__)

ALIVE = 30.0
"""Seconds without a turn of the event loop after which a worker is not called alive."""


class Health:
    """The facts that the health pages answer with."""

    def __init__(self, meter: Meter, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the meter, whose `ready` follows, and the clock."""
        self._meter = meter
        self._clock = clock
        self._beat = clock()
        self.ready = False
        self.assigned: tuple[str, ...] = ()

    def beat(self) -> None:
        """Note that the event loop turns."""
        self._beat = self._clock()

    def set_ready(self, *, ready: bool) -> None:
        """Note whether partitions are assigned and their state recovered."""
        self.ready = ready
        self._meter.ready.set(int(ready))

    @property
    def alive(self) -> bool:
        """Tell whether the event loop turned lately."""
        return self._clock() - self._beat < ALIVE

    def facts(self) -> dict[str, object]:
        """Return what is known, for a person or a probe."""
        return {
            "alive": self.alive,
            "ready": self.ready,
            "loop_seconds": round(self._clock() - self._beat, 3),
            "assigned": self.assigned,
        }


class HealthServer:
    """Serves the pages from a thread, so that a busy event loop can't keep them waiting."""

    def __init__(self, host: str, port: int, health: Health, meter: Meter) -> None:
        """Bind the address. Raises OSError where it is taken."""
        self._server = ThreadingHTTPServer((host, port), _handler(health, meter))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="health", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port that is served."""
        return int(self._server.server_address[1])

    def stop(self) -> None:
        """Close the port."""
        self._server.shutdown()
        self._server.server_close()


def serve(host: str, port: int, health: Health, meter: Meter) -> HealthServer | None:
    """Serve the pages; where the port is 0 or taken, say so and go on without: a second worker on one host must not die of it."""
    if not port:
        return None
    try:
        return HealthServer(host, port, health, meter)
    except OSError as error:
        logger.warning("metrics and health are not served: %s:%d: %s", host, port, error.strerror)
        return None


def _handler(health: Health, meter: Meter) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(meter.registry))
            elif path in ("/healthz", "/readyz"):
                good = health.alive and (health.ready or path == "/healthz")
                status = HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE
                self._answer(status, "application/json", orjson.dumps(health.facts()))
            else:
                self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"/metrics, /healthz or /readyz\n")

        def _answer(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Probes are no news."""

    return Handler
