"""Health over HTTP: /metrics for Prometheus, /healthz (the worker lives), /readyz (it is up to date).

Alive: event loop and commits advance. Ready: partitions are assigned, their state recovered, and no record waits for long.

/healthz and /readyz are open to whoever reaches the port, so that a probe needs no secret: they tell partitions, lag and the reason, and
nothing of any article. /metrics asks for the bearer token where one is set, which it must be on any address but loopback.
"""

from __future__ import annotations

import hmac
import ipaddress
import logging
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from streams.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import SecretStr

    from streams.metrics import Meter
    from streams.settings import Settings
    from streams.watchdog import Partition, Position

logger = logging.getLogger(__name__)

ALIVE = 30.0
"""Seconds without a turn of the event loop after which a worker is not called alive."""

IDLE = 10.0
"""Seconds that a connection may take to ask its question, so that one that never does holds no thread."""


class Health:
    """The facts that the health pages answer with."""

    def __init__(
        self,
        meter: Meter,
        clock: Callable[[], float] = time.monotonic,
        *,
        fresh_limit: float = 0,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Take what the answers are made of.

        Args:
            meter: Its `ready` follows.
            clock: Seconds, for ages.
            fresh_limit: Seconds for which a record may wait before the worker is not called ready; 0: any.
            wall: Unix seconds, against which the timestamps of records are held.

        """
        self._meter = meter
        self._clock = clock
        self._wall = wall
        self._fresh_limit = fresh_limit
        self._beat = clock()
        self._positions: Mapping[Partition, Position] = {}
        self._overdue: Mapping[Partition, float] = {}
        self.ready = False

    def beat(self) -> None:
        """Note that the event loop turns."""
        self._beat = self._clock()

    def note(self, positions: Mapping[Partition, Position], overdue: Mapping[Partition, float]) -> None:
        """Note how far each assigned partition is, and which have had records and no commit for too many seconds."""
        self._positions, self._overdue = positions, overdue

    def set_ready(self, *, ready: bool) -> None:
        """Note whether partitions are assigned and their state recovered."""
        self.ready = ready
        self._meter.ready.set(int(ready))

    def trouble(self) -> str | None:
        """Return why the worker is not alive, in one line, or None."""
        silent = self._clock() - self._beat
        if silent >= ALIVE:
            return f"the event loop has not turned for {silent:.0f} s"
        for (topic, partition), age in sorted(self._overdue.items()):
            return f"{topic}/{partition} has records and no commit for {age:.0f} s"
        return None

    def wait(self) -> str | None:
        """Return why the worker is not ready, in one line, or None."""
        if not self.ready:
            return "partitions are being assigned or their state recovered"
        for (topic, partition), position in sorted(self._positions.items()):
            seconds = position.lag_seconds(self._wall())
            if self._fresh_limit and seconds > self._fresh_limit:
                return f"{topic}/{partition}: a record has waited for {seconds:.0f} s"
        return None

    def facts(self) -> dict[str, object]:
        """Return what is known, for a person or a probe."""
        trouble, wall = self.trouble(), self._wall()
        reason = trouble or self.wait()
        return {
            "alive": trouble is None,
            "ready": reason is None,
            "reason": reason,
            "loop_seconds": round(self._clock() - self._beat, 3),
            "lag": {
                f"{topic}/{partition}": {
                    "records": position.lag,
                    "seconds": round(position.lag_seconds(wall), 3),
                }
                for (topic, partition), position in sorted(self._positions.items())
            },
        }


class HealthServer:
    """Serves the pages from a thread, so that a busy event loop can't keep them waiting."""

    def __init__(
        self, host: str, port: int, health: Health, meter: Meter, token: SecretStr | None = None
    ) -> None:
        """Bind the address; with a token, /metrics asks for it. Raises OSError where the address is taken."""
        self._server = ThreadingHTTPServer((host, port), _handler(health, meter, token))
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


def check_exposure(settings: Settings) -> None:
    """Raise Failure (status 2) where the pages would be served beyond this machine to anyone."""
    if settings.metrics_port and settings.metrics_token is None and not _is_loopback(settings.metrics_host):
        raise Failure(
            f"DRAGOMAN_METRICS_HOST={settings.metrics_host} is not a loopback address: set DRAGOMAN_METRICS_TOKEN too",
            status=2,
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(
    host: str, port: int, health: Health, meter: Meter, token: SecretStr | None = None
) -> HealthServer | None:
    """Serve the pages; where the port is 0 or taken, say so and go on without: a second worker on one host must not die of it."""
    if not port:
        return None
    try:
        return HealthServer(host, port, health, meter, token)
    except OSError as error:
        logger.warning("metrics and health are not served: %s:%d: %s", host, port, error.strerror)
        return None


def _handler(health: Health, meter: Meter, token: SecretStr | None) -> type[BaseHTTPRequestHandler]:
    wanted = f"Bearer {token.get_secret_value()}".encode() if token else None

    class Handler(BaseHTTPRequestHandler):
        timeout = IDLE
        server_version, sys_version = "dragoman", ""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics" and not self._admitted():
                self._answer(HTTPStatus.UNAUTHORIZED, "text/plain", b"a bearer token is needed\n")
            elif path == "/metrics":
                self._answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(meter.registry))
            elif path in ("/healthz", "/readyz"):
                facts = health.facts()
                good = facts["alive"] and (facts["ready"] or path == "/healthz")
                status = HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE
                self._answer(status, "application/json", orjson.dumps(facts))
            else:
                self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"/metrics, /healthz or /readyz\n")

        def _admitted(self) -> bool:
            given = self.headers.get("Authorization", "").encode("utf-8", "replace")
            return wanted is None or hmac.compare_digest(given, wanted)

        def _answer(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
            self.send_response(status)
            if status is HTTPStatus.UNAUTHORIZED:
                self.send_header("WWW-Authenticate", "Bearer")
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Probes are no news."""

    return Handler
