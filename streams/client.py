"""How to reach the broker: the connection options that every aiokafka client of ours shares."""

from __future__ import annotations

import logging
import ssl
from typing import TYPE_CHECKING, Any, Self

from streams.failure import Failure

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
        options["ssl_context"] = ssl_context(settings)
    if settings.security_protocol.startswith("SASL") and settings.sasl_mechanism:
        password = settings.sasl_password
        options["sasl_mechanism"] = settings.sasl_mechanism
        options["sasl_plain_username"] = settings.sasl_username
        options["sasl_plain_password"] = password.get_secret_value() if password else None
    return options


class Causes(logging.Handler):
    """Why no connection came about: aiokafka logs that, and its exception only says that there is none.

    As a context manager it listens, and keeps the line from being printed beside ours.
    """

    def __init__(self) -> None:
        """Listen to nothing yet."""
        super().__init__(logging.WARNING)
        self._last: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self._last = record.getMessage()

    def of(self, error: BaseException) -> str:
        """Return the cause of `error` in one line: what was logged last, else what it says itself."""
        said = self._last or str(error) or type(error).__name__
        return " ".join(said.partition('": ')[2].split()) or " ".join(said.split())

    def __enter__(self) -> Self:
        """Listen."""
        logging.getLogger("aiokafka").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        logging.getLogger("aiokafka").removeHandler(self)


def ssl_context(settings: Settings) -> ssl.SSLContext:
    """Return the TLS context of the settings: TLS 1.2 or newer, certificates verified, the host's name checked unless that is off.

    Raises Failure (status 2) that names the file which can't be used.
    """
    try:
        context = ssl.create_default_context(cafile=settings.ssl_cafile)
    except (OSError, ssl.SSLError) as error:
        raise Failure(f"DRAGOMAN_SSL_CAFILE: {settings.ssl_cafile}: {_why(error)}", status=2) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = settings.ssl_check_hostname
    if settings.ssl_certfile is not None:
        password = settings.ssl_key_password
        try:
            context.load_cert_chain(
                settings.ssl_certfile,
                settings.ssl_keyfile,
                # Without a password of ours OpenSSL would ask for one on the terminal, and a worker would wait there.
                password.get_secret_value() if password else "",
            )
        except (OSError, ssl.SSLError) as error:
            raise Failure(
                f"DRAGOMAN_SSL_CERTFILE: {settings.ssl_certfile}: {_why(error)}", status=2
            ) from None
    return context


def _why(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return (error.reason or "not a PEM file, or not the key's password").replace("_", " ").lower()
    return error.strerror or str(error)
