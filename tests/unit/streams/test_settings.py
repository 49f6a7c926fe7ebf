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
    """Whoever reads the settings reads what they do."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


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


@pytest.mark.parametrize("name", ["sasl_password", "ssl_key_password", "metrics_token"])
def test_no_secret_is_shown(name: str) -> None:
    """Neither printed settings nor an error about them give a secret away."""
    secret = "hush-hush-hush-hush"  # noqa: S105 - that of the test
    assert secret not in repr(Settings.model_validate({name: secret}))
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({name: secret, "security_protocol": "SASL_SSL"})
    assert secret not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"security_protocol": "SASL_SSL"}, "SASL_SSL needs DRAGOMAN_SASL_MECHANISM"),
        (
            {"security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "PLAIN", "sasl_username": "u"},
            "SASL_PLAINTEXT needs DRAGOMAN_SASL_PASSWORD",
        ),
        ({"ssl_keyfile": "key.pem"}, "DRAGOMAN_SSL_KEYFILE needs DRAGOMAN_SSL_CERTFILE"),
        ({"metrics_token": "short"}, "at least 16"),
    ],
)
def test_half_a_login_is_refused(given: dict[str, str], missing: str) -> None:
    """What a broker would refuse in its own words is refused here, and the variable named."""
    with pytest.raises(ValidationError, match=missing):
        Settings.model_validate(given)


def test_a_prefix_separates_topics_and_group() -> None:
    """Two logs on one broker share neither topics nor offsets."""
    settings = Settings(topic_prefix="shadow.")
    assert settings.topic("geo.events") == "shadow.geo.events"
    assert settings.group == "shadow.dragoman"
