"""Raw bytes to RawArticle: what is refused, and with which words."""

import orjson
import pytest

from processors.clean import decode_raw
from schemas.errors import Rejected


def nested(levels: int) -> object:
    """Return lists within lists, so many levels deep."""
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "no value"),
        (b'{"body": "Kyiv \xff"}', "not UTF-8: byte 15 is 0xff"),
        (b"not json", "not JSON"),
        (b'["body"]', "not a JSON object but an array"),
        (b'{"id": "1"}', "body: missing"),
        (b'{"body": null}', "body: missing"),
        (b'{"body": 7}', "body: "),
        (b'{"body": "x", "id": 7}', "id: "),
        (b'{"body": "x", "content_type": "image/png"}', "content_type: "),
        (
            b'{"body": "x", "published_at": "2025-02-30"}',
            "published_at: not an RFC 3339 date-time or date: '2025-02-30'",
        ),
        (b'{"withdrawn": true}', "withdrawn: needs the id or url"),
        (b'{"body": "\\ud800"}', "not JSON"),
    ],
)
def test_unusable_records_are_refused_in_one_line(value: bytes | None, reason: str) -> None:
    """Each unusable record is refused with one line that names the field or the byte."""
    with pytest.raises(Rejected) as refused:
        decode_raw(value)
    assert refused.value.reason.startswith(reason)
    assert "\n" not in refused.value.reason


def test_nesting_is_bounded() -> None:
    """A field may hold 32 levels; one more is refused, the field named, and far more cannot exhaust the stack."""
    decode_raw(orjson.dumps({"body": "x", "extra": nested(31)}))
    for levels in (32, 50, 500):
        with pytest.raises(Rejected, match="extra: nested deeper than 32 levels"):
            decode_raw(b'{"body": "x", "extra": ' + b"[" * levels + b"]" * levels + b"}")
    with pytest.raises(Rejected):
        decode_raw(b'{"body": "x", "extra": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def test_usable_records_keep_what_they_hold() -> None:
    """Control characters in a body, a plain date and fields that the contract does not know are kept."""
    article = decode_raw(b'{"body": "a\\u0000b", "published_at": "2025-02-13", "desk": {"name": "world"}}')
    assert article.body == "a\x00b"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2025-02-13T00:00:00+00:00"
    assert article.model_extra == {"desk": {"name": "world"}}


def test_a_withdrawal_needs_no_body() -> None:
    """A record that takes an article back is usable without a body."""
    assert decode_raw(b'{"withdrawn": true, "url": "https://example.org/a"}').withdrawn
