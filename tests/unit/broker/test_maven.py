"""The Maven client's place: the user's local repository first, a clear error when nothing answers."""

from pathlib import Path

import pytest

from streams.broker import maven
from streams.broker.errors import BrokerError
from streams.broker.lock import LockedJar

JAR = LockedJar("org.example", "thing", "1.0", "0" * 64)


@pytest.fixture(autouse=True)
def nothing_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the client at a folder of the test's own and at a proxy where nobody listens."""
    monkeypatch.setenv("JGO_CONFIG_FILE", str(tmp_path / "none.conf"))
    monkeypatch.setenv("M2_REPO", str(tmp_path / "local"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setattr(maven, "PAUSE_SECONDS", 0)


def test_the_local_repository_is_used_without_network(tmp_path: Path) -> None:
    """A jar that Maven has on this machine is not downloaded."""
    local = tmp_path / "local/org/example/thing/1.0/thing-1.0.jar"
    local.parent.mkdir(parents=True)
    local.write_bytes(b"here")
    assert maven.fetch_jar(JAR, tmp_path / "staging") == local


def test_an_unreachable_repository_is_one_line(tmp_path: Path) -> None:
    """When no repository answers, the error names the jar and nothing is left behind."""
    with pytest.raises(BrokerError, match=r"can't download org\.example:thing:1\.0") as failure:
        maven.fetch_jar(JAR, tmp_path / "staging")
    assert "\n" not in str(failure.value)
    assert not list(tmp_path.rglob("*.jar"))
