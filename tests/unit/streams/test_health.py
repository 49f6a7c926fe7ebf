"""The pages of a worker: metrics, life, readiness."""

import logging
import socket
import time
import urllib.error
import urllib.request

import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from streams.app import create_app
from streams.failure import Failure
from streams.health import ALIVE, Health, HealthServer, check_exposure, serve
from streams.metrics import METRICS, Meter
from streams.records import OutRecord
from streams.settings import Settings
from streams.topics import DEAD_LETTERS, EVENTS, VERDICTS
from streams.watchdog import Position

EVENT = (("ce_type", b"dragoman.talks-held.v1"), ("ce_status", b"reported"), ("ce_modality", b"factual"))


RAW = ("articles.raw", 1)
TOKEN = "a token of the test"  # noqa: S105


def get(port: int, path: str, authorization: str | None = None) -> tuple[int, bytes]:
    """Return status and body of a page."""
    headers = {} if authorization is None else {"Authorization": authorization.encode().decode("latin-1")}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - an http address, see above
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


def test_a_partition_without_commits_is_not_alive() -> None:
    """Life also means that commits advance; the reason is one line that names the partition."""
    health = Health(Meter())
    health.note({RAW: Position(4, 10, 0)}, {RAW: 61.0})
    assert health.trouble() == "articles.raw/1 has records and no commit for 61 s"
    health.note({RAW: Position(4, 10, 0)}, {})
    assert health.trouble() is None


def test_a_worker_that_lags_is_not_ready() -> None:
    """Readiness means up to date: the oldest waiting record counts, by its timestamp; facts tell records and seconds."""
    health = Health(Meter(), fresh_limit=300, wall=lambda: 1000.0)
    health.set_ready(ready=True)
    health.note({RAW: Position(4, 10, 699_000)}, {})
    facts = health.facts()
    assert (facts["alive"], facts["ready"]) == (True, False)
    assert facts["reason"] == "articles.raw/1: a record has waited for 301 s"
    assert facts["lag"] == {"articles.raw/1": {"records": 6, "seconds": 301.0}}
    health.note({RAW: Position(10, 10)}, {})
    assert health.facts()["lag"] == {"articles.raw/1": {"records": 0, "seconds": 0.0}}
    assert health.facts()["ready"] is True


def test_metrics_ask_for_the_token_where_there_is_one() -> None:
    """Without the token, or with another, /metrics says 401; probes need none."""
    meter = Meter()
    server = HealthServer("127.0.0.1", 0, Health(meter), meter, SecretStr(TOKEN))
    try:
        assert get(server.port, "/metrics")[0] == 401
        for wrong in (f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", TOKEN, "Bearer \u00fc"):
            assert get(server.port, "/metrics", wrong)[0] == 401
        assert get(server.port, "/metrics", f"Bearer {TOKEN}")[0] == 200
        assert get(server.port, "/healthz")[0] == 200
    finally:
        server.stop()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "10.0.0.7", "worker.example"])  # noqa: S104
def test_no_address_but_loopback_is_served_without_a_token(host: str) -> None:
    """Before anything starts, one line says which setting is missing; with it, or without pages, all is well."""
    with pytest.raises(Failure, match="set DRAGOMAN_METRICS_TOKEN"):
        create_app(Settings(metrics_host=host))
    check_exposure(Settings(metrics_host=host, metrics_token=SecretStr(TOKEN)))
    check_exposure(Settings(metrics_host=host, metrics_port=0))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_token(host: str) -> None:
    """Whoever is on this machine may look."""
    check_exposure(Settings(metrics_host=host))


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


def test_batches_count_their_records_and_how_long_they_took() -> None:
    """A dashboard shows records a second and seconds a batch."""
    meter = Meter()
    meter.batch("code", 5, 0.25)
    meter.batch("code", 3, 0.5)
    assert value(meter, "dragoman_records_in_total", stage="code") == 8
    assert value(meter, "dragoman_batch_seconds_count", stage="code") == 2
    assert value(meter, "dragoman_batch_seconds_sum", stage="code") == 0.75


def test_lag_is_shown_for_partitions_that_are_here() -> None:
    """A partition that went to another worker takes its lag along."""
    meter = Meter()
    meter.positions({("articles.raw", 1): Position(4, 10, 0)}, {("articles.raw", 1): 2.5})
    assert value(meter, "dragoman_lag_records", topic="articles.raw", partition="1") == 6
    waited = value(meter, "dragoman_lag_seconds", topic="articles.raw", partition="1")
    assert waited == pytest.approx(time.time(), abs=3600)  # the record is of 1970
    assert value(meter, "dragoman_commit_age_seconds", topic="articles.raw", partition="1") == 2.5
    stays = {("articles.raw", 2): Position(4, 10, 0)}
    meter.positions(stays, {})
    assert value(meter, "dragoman_lag_records", topic="articles.raw", partition="1") is None
    assert value(meter, "dragoman_lag_records", topic="articles.raw", partition="2") == 6
    meter.positions({}, {})
    assert value(meter, "dragoman_lag_records", topic="articles.raw", partition="2") is None
    assert value(meter, "dragoman_assigned_partitions") == 0


def test_the_list_of_names_is_what_is_served() -> None:
    """A dashboard may ask for exactly these series."""
    from prometheus_client import generate_latest  # noqa: PLC0415

    meter = Meter()
    meter.records("resolve", [OutRecord(EVENTS, b"", b"", EVENT, 0)], repeats=1)
    meter.batch("resolve", 1, 0.1)
    served = {
        sample.name
        for family in text_string_to_metric_families(generate_latest(meter.registry).decode())
        for sample in family.samples
    }
    assert served <= set(METRICS)
    assert all(name.startswith("dragoman_") for name in METRICS)
