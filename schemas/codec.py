"""Records to bytes and back, by orjson: the fields of a model in their order, so that equal records are equal bytes."""

from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from schemas.base import Record
from schemas.errors import Rejected

R = TypeVar("R", bound=Record)


def to_json(value: object) -> bytes:
    """Return JSON values and records as compact JSON in UTF-8, in memory of that size.

    What orjson returns stays in the 4 kB or more that it was written into, ten times what most values take.
    """
    return bytes(memoryview(orjson.dumps(value, _fields, orjson.OPT_UTC_Z)))


def encode(record: Record) -> bytes:
    """Return the record as compact JSON in UTF-8: every field, in the order of the model.

    The bytes are those of `model_dump(mode="json")`, whose values would be made only to be written: every type of a field is one that
    orjson writes so by itself.
    """
    return to_json(record)


def _fields(record: Record) -> dict[str, Any]:
    """Return the fields of a record, for orjson."""
    extra = record.__pydantic_extra__
    return record.__dict__ | extra if extra else record.__dict__


def decode(model: type[R], value: bytes | None) -> R:
    """Read a record of `model`; unknown fields are ignored unless the model keeps them.

    Raises Rejected with one line that names the first wrong field.
    """
    data = parse_json(value)
    try:
        return model.model_validate(
            data, extra=None if model.model_config.get("extra") == "allow" else "ignore"
        )
    except ValidationError as error:
        raise Rejected(first_error(error)) from None


def parse_json(value: bytes | None) -> dict[str, Any]:
    """Return the JSON object in `value`. Raises Rejected for null, bad UTF-8, bad JSON or JSON of another kind."""
    if value is None:
        msg = "no value"
        raise Rejected(msg)
    try:
        data = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        try:
            value.decode("utf-8")
        except UnicodeDecodeError as bad:
            msg = f"not UTF-8: byte {bad.start} is {value[bad.start]:#04x}"
            raise Rejected(msg) from None
        msg = f"not JSON: {error.msg} at line {error.lineno} column {error.colno}"
        raise Rejected(msg) from None
    if not isinstance(data, dict):
        names = {list: "an array", str: "a string", type(None): "null", bool: "a boolean"}
        msg = f"not a JSON object but {names.get(type(data), 'a number')}"
        raise Rejected(msg)
    return data


def first_error(error: ValidationError) -> str:
    """Return the first thing that is wrong, as `field: what`, in one line."""
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    what = first["msg"].removeprefix("Value error, ")
    return f"{where}: {what}" if where else what
