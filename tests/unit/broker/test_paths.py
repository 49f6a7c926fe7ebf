"""Default folders and the environment that moves them."""

from pathlib import Path

import platformdirs
import pytest

from streams.broker.paths import default_cache_dir, default_data_dir


def test_the_environment_moves_both_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DRAGOMAN_DATA_DIR and DRAGOMAN_CACHE_DIR are taken as they are."""
    monkeypatch.setenv("DRAGOMAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DRAGOMAN_CACHE_DIR", str(tmp_path / "cache"))
    assert default_data_dir() == tmp_path / "data" / "broker"
    assert default_cache_dir() == tmp_path / "cache"


def test_without_it_they_are_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system's habit decides."""
    monkeypatch.delenv("DRAGOMAN_DATA_DIR", raising=False)
    monkeypatch.setenv("DRAGOMAN_CACHE_DIR", "")
    assert default_data_dir() == platformdirs.user_data_path("dragoman") / "broker"
    assert default_cache_dir() == Path(platformdirs.user_cache_path("dragoman"))
