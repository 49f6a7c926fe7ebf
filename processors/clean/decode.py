"""The bytes of `articles.raw` to a RawArticle, or one line that says what is wrong with them."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from schemas.codec import first_error, parse_json
from schemas.errors import Rejected
from schemas.raw import RawArticle

MAX_DEPTH = 32
"""Levels of nesting that a record may have. The contract needs one; a producer's own fields may need a few more."""


def decode_raw(value: bytes | None) -> RawArticle:
    """Return the article in `value`, a JSON object in UTF-8.

    Raises Rejected with one line, the field named where one is at fault: no value, not UTF-8 (with the byte), not JSON,
    not an object, nested deeper than `MAX_DEPTH`, a wrong type, an impossible date, no body.
    """
    data = parse_json(value)
    deep = _too_deep(data)
    if deep is not None:
        msg = f"{deep}: nested deeper than {MAX_DEPTH} levels"
        raise Rejected(msg)
    try:
        return RawArticle.model_validate(data)
    except ValidationError as error:
        raise Rejected(first_error(error)) from None


def _too_deep(data: dict[str, Any]) -> str | None:
    """Return the name of the first field that is nested too deep. Walks level by level, so no input exhausts the stack."""
    for name, field in data.items():
        level = [field] if isinstance(field, dict | list) else []
        for _ in range(MAX_DEPTH - 1):
            if not level:
                break
            level = [
                child
                for node in level
                for child in (node.values() if isinstance(node, dict) else node)
                if isinstance(child, dict | list)
            ]
        if level:
            return name
    return None
