"""Settings for a command, and the broker that it means."""

from streams.failure import Failure
from streams.settings import Settings


def load_settings() -> Settings:
    """Return the settings of the environment. Raises Failure (status 2) that names the variable that is wrong."""
    from pydantic import ValidationError

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        what = first["msg"].removeprefix("Value error, ")
        message = f"DRAGOMAN_{name}: {what}" if name else what
        raise Failure(message, status=2) from None


def connected() -> Settings:
    """Return the settings with the broker to talk to: DRAGOMAN_BROKER, else the embedded broker if it runs.

    Raises Failure where neither is there.
    """
    settings = load_settings()
    if "broker" in settings.model_fields_set:
        return settings
    from streams.broker import status

    embedded = status(settings.data_dir / "broker")
    if embedded.running and embedded.bootstrap:
        return settings.model_copy(update={"broker": embedded.bootstrap})
    message = "no broker: DRAGOMAN_BROKER is not set, and the embedded one does not run (dragoman up, dragoman broker start)"
    raise Failure(message)
