"""Settings come from the environment, are checked, and reach a child process unchanged."""

import pytest
from pydantic import ValidationError

from streams.settings import Settings


def test_environment_names_every_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field is set by DRAGOMAN_ and its name."""
    monkeypatch.setenv("DRAGOMAN_BROKER", "kafka:9092")
    monkeypatch.setenv("DRAGOMAN_PARTITIONS", "3")
    settings = Settings()
    assert (settings.broker, settings.partitions) == ("kafka:9092", 3)


def test_dot_env_file_is_read(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `.env` file in the working folder counts where the environment is silent."""
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.delenv("DRAGOMAN_APP_ID", raising=False)
    with open(".env", "w", encoding="utf-8") as file:  # noqa: PTH123 - the working folder is the point
        file.write("DRAGOMAN_APP_ID=from-file\n")
    assert Settings().app_id == "from-file"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("partitions", 0),
        ("topic_prefix", "a b"),
        ("store", "redis://"),
        ("session_timeout", 1),
        ("metrics_port", 70000),
    ],
)
def test_impossible_values_are_refused(field: str, value: object) -> None:
    """A value that would only fail later, in the worker, fails here and names its field."""
    with pytest.raises(ValidationError, match=field):
        Settings.model_validate({field: value})


def test_every_field_has_a_description() -> None:
    """Whoever reads the settings reads what they do, but for the usual names of Kafka's security."""
    silent = {name for name, field in Settings.model_fields.items() if not field.description}
    assert all(name.startswith(("security_", "sasl_")) for name in silent)


def test_a_child_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `environment` gives makes the same settings again, secret included."""
    before = Settings.model_validate(
        {
            "topic_prefix": "t.",
            "retention_days": 3,
            "sasl_password": "pw",
            "data_dir": "some/folder",
            "watchdog_seconds": 0,
        }
    )
    monkeypatch.setenv("DRAGOMAN_APP_ID", "of the parent, not of the child")
    environment = before.environment()
    for name in [*environment]:
        if name.startswith("DRAGOMAN_"):
            monkeypatch.setenv(name, environment[name])
    assert Settings() == before


def test_the_password_is_not_shown() -> None:
    """No log line that prints settings gives the password away."""
    assert "hush" not in repr(Settings.model_validate({"sasl_password": "hush"}))


def test_a_prefix_separates_topics_and_group() -> None:
    """Two logs on one broker share neither topics nor offsets."""
    settings = Settings(topic_prefix="shadow.")
    assert settings.topic("geo.events") == "shadow.geo.events"
    assert settings.group == "shadow.dragoman"
