"""Times on the command line."""

from datetime import datetime

from schemas.base import to_utc
from streams.failure import Failure


def moment(text: str, option: str) -> datetime:
    """Return an RFC 3339 date-time or a plain date as a UTC datetime; Failure (status 2) names the option."""
    try:
        value = to_utc(text)
    except ValueError as error:
        value, reason = None, str(error)
    else:
        reason = "empty"
    if not isinstance(value, datetime):
        message = f"{option}: {reason}"
        raise Failure(message, status=2)
    return value
