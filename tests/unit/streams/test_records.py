"""Times on records are exact to the millisecond."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from streams.records import InRecord, OutRecord, from_ms, to_ms


@given(st.integers(min_value=0, max_value=4_102_444_800_000))
def test_milliseconds_survive(milliseconds: int) -> None:
    """No millisecond moves on the way to a datetime and back, nor through Faust's float of seconds."""
    assert to_ms(from_ms(milliseconds)) == milliseconds
    assert round((milliseconds / 1000) * 1000) == milliseconds


def test_record_time_is_utc() -> None:
    """The time of a record is an aware datetime in UTC."""
    assert InRecord("t", 0, 0, 86_400_000, None, None).time == datetime(1970, 1, 2, tzinfo=UTC)


def test_the_first_header_of_a_name_counts() -> None:
    """Kafka allows a header twice; the first one is read."""
    record = InRecord("t", 0, 0, 0, None, None, (("a", b"1"), ("a", b"2")))
    assert (record.header("a"), record.header("b")) == (b"1", None)


def test_size_counts_key_value_headers_and_frames() -> None:
    """The size is what the record takes on the broker at most: 10 bytes here, 10 around the header and 128 around all."""
    assert OutRecord("t", b"k", b"vv", (("hhh", b"1234"),), 0).size == 148
