"""The deployment, as far as it can be checked without a Docker engine: files parse, agree, and name what exists."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.metrics import METRICS
from streams.settings import Settings

ROOT = Path(__file__).parents[3]
DOCKER = ROOT / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text())
PROMETHEUS = yaml.safe_load((DOCKER / "prometheus" / "prometheus.yml").read_text())
ALERTS = yaml.safe_load((DOCKER / "prometheus" / "alerts.yml").read_text())
DASHBOARD = json.loads((DOCKER / "grafana" / "dashboards" / "dragoman.json").read_text())
SETTINGS = {f"DRAGOMAN_{name.upper()}" for name in Settings.model_fields}


def expressions() -> list[tuple[str, str]]:
    """Return (where, PromQL) of every panel and alert."""
    panels = [(p["title"], t["expr"]) for p in DASHBOARD["panels"] for t in p["targets"]]
    return panels + [(r["alert"], r["expr"]) for g in ALERTS["groups"] for r in g["rules"]]


def test_dockerfile_passes_the_linter() -> None:
    """hadolint, which knows Docker's own rules and shellcheck's, has nothing to say."""
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        pytest.skip("no hadolint build for this platform")
    done = subprocess.run([hadolint, DOCKER / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_dockerfile_copies_what_exists_and_does_not_run_as_root() -> None:
    """Every COPY source stands in the repository; the last user is not root; there is a health check."""
    sources = [
        s
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for s in line.split()[:-1]
    ]
    assert sources
    assert [s for s in sources if not (ROOT / s).exists()] == []
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1] == "10001:10001"
    assert "HEALTHCHECK" in DOCKERFILE


def test_every_variable_is_a_setting() -> None:
    """Each DRAGOMAN_* variable of the image and of the compose file is one that the program reads."""
    named = set(re.findall(r"\bDRAGOMAN_[A-Z_]+", DOCKERFILE + (DOCKER / "compose.yaml").read_text()))
    assert named <= SETTINGS
    assert "DRAGOMAN_BROKER" in named


def test_compose_refers_to_what_it_has() -> None:
    """Dependencies, volumes, mounted files and the Dockerfile exist; nothing is published beyond this machine."""
    services: dict[str, dict[str, Any]] = COMPOSE["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", ())) <= set(services), name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            found = (DOCKER / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]
            assert found, (name, volume)
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", ())), name
        if "build" in service:
            assert (DOCKER / service["build"]["context"] / service["build"]["dockerfile"]).exists()
        if service.get("image", "").startswith("dragoman"):
            assert service["environment"]["DRAGOMAN_BROKER"] == "kafka:9092"


def test_compose_scales_workers_only_after_the_topics_stand() -> None:
    """A worker waits for provisioning, which waits for a healthy broker; no fixed name or port keeps it from scaling."""
    worker = COMPOSE["services"]["worker"]
    assert worker["depends_on"] == {"topics": {"condition": "service_completed_successfully"}}
    assert COMPOSE["services"]["topics"]["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    assert not {"container_name", "ports"} & set(worker)


def test_commands_exist() -> None:
    """What compose runs are commands of the program."""
    done = subprocess.run(
        [sys.executable, "-c", "import streams.cli; streams.cli.main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    known = set(re.findall(r"^\W*([a-z-]+)\s", done.stdout, re.MULTILINE))
    used = {s["command"][0] for s in COMPOSE["services"].values() if "dragoman" in s.get("image", "")}
    assert used == {"topics", "worker", "ingest"}
    assert used <= known


def test_prometheus_scrapes_the_workers_port() -> None:
    """The port that is scraped is the one that the image listens on and checks its health by."""
    (job,) = PROMETHEUS["scrape_configs"]
    (target,) = job["dns_sd_configs"]
    assert target["names"] == ["worker"]
    port = str(target["port"])
    assert f"DRAGOMAN_METRICS_PORT={port}" in DOCKERFILE
    assert f"127.0.0.1:{port}/healthz" in DOCKERFILE
    assert job["authorization"]["credentials_file"] == "/run/secrets/metrics-token"
    assert COMPOSE["secrets"]["metrics-token"]["environment"] == "DRAGOMAN_METRICS_TOKEN"
    assert COMPOSE["services"]["prometheus"]["secrets"] == ["metrics-token"]
    assert "DRAGOMAN_METRICS_TOKEN" in COMPOSE["services"]["worker"]["environment"]
    assert PROMETHEUS["rule_files"] == ["/etc/prometheus/alerts.yml"]


@pytest.mark.parametrize(("where", "expression"), expressions())
def test_panels_and_alerts_ask_for_metrics_that_exist(where: str, expression: str) -> None:
    """Every series that a panel or an alert names is one that a worker exports."""
    named = set(re.findall(r"\bdragoman_[a-z_]+", expression))
    assert named, where
    assert named <= set(METRICS), where


def test_dashboard_is_provisioned() -> None:
    """The data source that panels use is the provisioned one, panels have ids of their own and do not overlap."""
    source = yaml.safe_load((DOCKER / "grafana/provisioning/datasources/prometheus.yaml").read_text())
    assert {p["datasource"]["uid"] for p in DASHBOARD["panels"]} == {source["datasources"][0]["uid"]}
    assert len({p["id"] for p in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    cells = [
        (x, y)
        for p in DASHBOARD["panels"]
        for x in range(p["gridPos"]["x"], p["gridPos"]["x"] + p["gridPos"]["w"])
        for y in range(p["gridPos"]["y"], p["gridPos"]["y"] + p["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells))
