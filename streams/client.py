"""How to reach the broker: the connection options that every aiokafka client of ours shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiokafka.helpers import create_ssl_context

if TYPE_CHECKING:
    from streams.settings import Settings


def client_options(settings: Settings) -> dict[str, Any]:
    """Return keyword arguments for an aiokafka consumer, producer or admin client."""
    options: dict[str, Any] = {
        "bootstrap_servers": [server.strip() for server in settings.broker.split(",")],
        "client_id": settings.group,
        "security_protocol": settings.security_protocol,
    }
    if settings.security_protocol.endswith("SSL"):
        options["ssl_context"] = create_ssl_context()
    if settings.security_protocol.startswith("SASL") and settings.sasl_mechanism:
        password = settings.sasl_password
        options["sasl_mechanism"] = settings.sasl_mechanism
        options["sasl_plain_username"] = settings.sasl_username
        options["sasl_plain_password"] = password.get_secret_value() if password else None
    return options
