"""The pages of a worker: metrics, life, readiness."""

import logging
import socket
import urllib.error
import urllib.request

import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from streams.health import ALIVE, Health, HealthServer, serve
from streams.metrics import METRICS, Meter
from streams.records import OutRecord
from streams.topics import DEAD_LETTERS, EVENTS, VERDICTS
from streams.watchdog import Position

EVENT = (("ce_type", b"dragoman.talks-held.v1"), ("ce_status", b"reported"), ("ce_modality", b"factual"))


def get(port: int, path: str) -> tuple[int, bytes]:
    """Return status and body of a page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_a_worker_lives_before_it_is_ready() -> None:
    """Life and readiness are different questions; both are answered with facts."""
    meter = Meter()
    health = Health(meter)
    server = HealthServer("127.0.0.1", 0, health, meter)
    try:
        assert get(server.port, "/healthz")[0] == 200
        assert get(server.port, "/readyz")[0] == 503
        health.set_ready(ready=True)
        status, body = get(server.port, "/readyz")
        assert (status, orjson.loads(body)["ready"]) == (200, True)
        assert b"dragoman_ready 1.0" in get(server.port, "/metrics")[1]
        assert get(server.port, "/other")[0] == 404
    finally:
        server.stop()


def test_an_event_loop_that_hangs_is_not_alive() -> None:
    """Without a turn of the loop for long enough, both pages say no."""
    now = [0.0]
    meter = Meter()
    health = Health(meter, lambda: now[0])
    health.set_ready(ready=True)
    server = HealthServer("127.0.0.1", 0, health, meter)
    try:
        now[0] = ALIVE + 1
        assert get(server.port, "/healthz")[0] == get(server.port, "/readyz")[0] == 503
        health.beat()
        assert get(server.port, "/healthz")[0] == 200
    finally:
        server.stop()


def test_a_taken_port_is_said_and_survived(caplog: pytest.LogCaptureFixture) -> None:
    """A second worker on one host goes on without its pages."""
    with socket.create_server(("127.0.0.1", 0)) as taken, caplog.at_level(logging.WARNING):
        port = taken.getsockname()[1]
        assert serve("127.0.0.1", port, Health(Meter()), Meter()) is None
    assert str(port) in caplog.text


def test_port_zero_serves_nothing() -> None:
    """Whoever wants no pages gets none."""
    assert serve("127.0.0.1", 0, Health(Meter()), Meter()) is None


def value(meter: Meter, name: str, **labels: str) -> float | None:
    """Return one sample of a meter."""
    return meter.registry.get_sample_value(name, labels)


def test_outputs_are_counted_by_what_their_headers_say() -> None:
    """Verdict kinds, event types and dead letters are counted without reading a value."""
    meter = Meter()
    meter.records("dedupe", [OutRecord(VERDICTS, b"", b"", (("kind", b"near"),), 0)], repeats=2)
    meter.records("resolve", [OutRecord(EVENTS, b"", b"", EVENT, 0)])
    meter.records("clean", [OutRecord(DEAD_LETTERS, b"", b"", (), 0)])
    assert value(meter, "dragoman_verdicts_total", kind="near") == 1
    assert value(meter, "dragoman_repeats_total", stage="dedupe") == 2
    assert value(meter, "dragoman_dead_letters_total", stage="clean") == 1
    labels = {"type": "talks-held", "status": "reported", "modality": "factual"}
    assert value(meter, "dragoman_events_total", **labels) == 1


def test_a_batch_that_fails_does_not_count() -> None:
    """Records in are those that were finished."""
    meter = Meter()
    with pytest.raises(ZeroDivisionError), meter.batch("code", 5):
        raise ZeroDivisionError
    with meter.batch("code", 3):
        pass
    assert value(meter, "dragoman_records_in_total", stage="code") == 3


def test_lag_is_shown_for_partitions_that_are_here() -> None:
    """A partition that went to another worker takes its lag along."""
    meter = Meter()
    meter.positions({("articles.raw", 1): Position(4, 10)}, {("articles.raw", 1): 2.5})
    assert value(meter, "dragoman_lag_records", topic="articles.raw", partition="1") == 6
    assert value(meter, "dragoman_commit_age_seconds", topic="articles.raw", partition="1") == 2.5
    meter.positions({}, {})
    assert value(meter, "dragoman_lag_records", topic="articles.raw", partition="1") is None
    assert value(meter, "dragoman_assigned_partitions") == 0


def test_the_list_of_names_is_what_is_served() -> None:
    """A dashboard may ask for exactly these series."""
    from prometheus_client import generate_latest  # noqa: PLC0415

    meter = Meter()
    meter.records("resolve", [OutRecord(EVENTS, b"", b"", EVENT, 0)], repeats=1)
    with meter.batch("resolve", 1):
        pass
    served = {
        sample.name
        for family in text_string_to_metric_families(generate_latest(meter.registry).decode())
        for sample in family.samples
    }
    assert served <= set(METRICS)
    assert all(name.startswith("dragoman_") for name in METRICS)
