"""The common base of every record, and the field types that several of them share."""

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

_new = object.__new__
_put_values, _put_names, _put_extra, _put_private = (
    vars(BaseModel)[name].__set__
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
"""The setters of all that a record consists of: it is frozen, and setting by name, or asking its class, takes several times as long."""


class Record(BaseModel):
    """A frozen record. Building one with an unknown field fails; reading one (`schemas.codec`) ignores it.

    So a producer can't write a field outside the contract, and a consumer of an older version still reads
    what a newer one wrote.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def trusted(cls, **values: Any) -> Self:  # noqa: ANN401 - the fields of any record
        """Return a record of values that fit, unchecked: all fields, in the order of the model.

        As `model_construct`, in a fraction of its time, since nothing has a default or another name here.
        """
        record = _new(cls)
        _put_values(record, values)
        _put_names(record, _names(cls))
        _put_extra(record, None)
        _put_private(record, None)
        return record


@cache
def _names(record: type[Record]) -> set[str]:
    """Return the names of the fields of a kind of record, one set for all of these: a copy of a record gets its own."""
    return set(record.model_fields)


def to_utc(value: Any) -> Any:  # noqa: ANN401 - a validator sees whatever the JSON held
    """Return `value` as an aware UTC datetime if it is an RFC 3339 date-time or a plain date.

    A plain date means its first moment in UTC, and so does a date-time without a zone mean UTC. Anything else that
    is no date raises ValueError; None stays None.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            msg = f"not an RFC 3339 date-time or date: {value[:40]!r}"
            raise ValueError(msg) from None
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - gets its zone below
    elif not isinstance(value, datetime):
        msg = f"not an RFC 3339 date-time or date: {str(value)[:40]!r}"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueErrors only
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value
    try:
        return value.astimezone(UTC)
    except OverflowError:
        msg = f"outside the calendar in UTC: {value.isoformat()[:40]!r}"
        raise ValueError(msg) from None


@lru_cache(4096)
def rfc3339(moment: datetime) -> str:
    """Return an aware datetime as RFC 3339 in UTC with a `Z`; fractions of a second only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Utc = Annotated[
    datetime, BeforeValidator(to_utc), PlainSerializer(rfc3339, return_type=str, when_used="json-unless-none")
]
"""An aware datetime in UTC, written as RFC 3339 with a `Z`."""
