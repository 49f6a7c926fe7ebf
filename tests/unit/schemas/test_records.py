"""Field types, ids and codecs: what goes in comes out, the same on every machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid5

import jsonschema
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import contract, ids
from schemas.actor import Actor
from schemas.article import CleanArticle
from schemas.base import rfc3339, to_utc
from schemas.codec import decode, encode
from schemas.dead_letter import DeadLetter
from schemas.errors import Rejected
from schemas.raw import RawArticle
from schemas.registry import event_types

ZONES = st.timezones() | st.builds(timezone, st.timedeltas(timedelta(hours=-14), timedelta(hours=14)))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES))
def test_moments_survive_their_text(moment: datetime) -> None:
    """Any moment, whatever its zone, is the same moment after being written and read."""
    assert to_utc(rfc3339(moment)) == moment.astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-02-13", datetime(2025, 2, 13, tzinfo=UTC)),
        ("2025-02-13T08:00:00", datetime(2025, 2, 13, 8, tzinfo=UTC)),
        ("2025-02-13T08:00:00+02:00", datetime(2025, 2, 13, 6, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_as_utc(text: str | None, moment: datetime | None) -> None:
    """A plain date is its first moment in UTC; a missing zone means UTC."""
    assert to_utc(text) == moment


@pytest.mark.parametrize("value", ["yesterday", "2025-13-01", "0001-01-01T00:00:00+14:00", 5, True, []])
def test_what_is_no_date_says_so(value: object) -> None:
    """Other values are refused with their text, never with a traceback of another kind."""
    with pytest.raises(ValueError, match=r"date|calendar"):
        to_utc(value)


def test_ids_are_stable_for_ever() -> None:
    """These ids stand in published logs: a change of namespace or of parts must fail here."""
    assert ids.article_id("https://outlet.example/a", "v") == "74608971-6efb-57ea-af98-e314a562f2ad"
    assert ids.article_id(None, "v") == "707684b6-b9e5-518b-8b82-4d19bfb91112"
    assert ids.event_id("m") == "a2694cd0-d37b-5520-9db8-f68bab37fca7"
    assert ids.valid(ids.event_id("m"))
    assert not ids.valid("m")


def test_ids_of_url_and_of_content_never_meet() -> None:
    """An article whose URL spells another one's hash is still another article."""
    assert ids.article_id("v", "x") != ids.article_id(None, "v")


@given(st.text())
def test_content_hash_takes_any_text(text: str) -> None:
    """Lone surrogates included: broken input must be hashed, not refused."""
    assert len(ids.content_hash(text)) == 64


@given(st.text())
def test_a_reason_is_one_printable_line(text: str) -> None:
    """Whatever an input holds, its reason fits one line of a terminal."""
    reason = Rejected(text).reason
    assert reason.isprintable()
    assert len(reason) <= 300


def test_dead_letter_headers_come_back() -> None:
    """What the headers say is what was known, foreign headers and missing fields aside."""
    letter = DeadLetter(
        stage="clean",
        reason="no text",
        topic="articles.raw",
        partition=3,
        offset=9,
        record_time="2025-01-01",
        null_value=True,
    )
    assert DeadLetter.from_headers([("traceparent", b"x"), *letter.headers()]) == letter


@pytest.mark.parametrize("name", ["talks-held", "aid-pledged"])
def test_golden_events_satisfy_their_schema(name: str) -> None:
    """The stored example is valid by the generated JSON Schema, and an example without its type is not."""
    schema = contract.json_schema("geopolitical-event")
    stored = orjson.loads(contract.documents()[f"golden/{name}.json"])
    jsonschema.validate(stored, schema)
    del stored["event_id"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stored, schema)


def test_equal_records_are_equal_bytes() -> None:
    """The codec has one form for one record, whatever order its input had."""
    one = decode(RawArticle, b'{"body":"x","title":"t"}')
    other = decode(RawArticle, b'{"title":"t","body":"x"}')
    assert encode(one) == encode(other)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES))
def test_bytes_are_those_of_the_values_of_the_model(moment: datetime) -> None:
    """Records are written without making their values first, and come out as if these had been: moments, dates, enums, extra fields."""
    head = {"published_at": moment, "record_time": moment.replace(microsecond=0)}
    raw = RawArticle.model_validate({"body": "é\u2028", "published_at": moment, "section": [1, 2.0, None]})
    article = CleanArticle(article_id="a", version="v", offsets=((0, 3, 5),), flags=("paywall",), **head)
    event = contract.golden(event_types()["talks-held"]).model_copy(update={"patch": {"confidence": 1.0}})
    for record in (raw, article, event):
        assert encode(record) == orjson.dumps(record.model_dump(mode="json"))


@given(st.from_regex(r"https://[a-z]{1,9}\.example/\w{1,20}", fullmatch=True))
def test_ids_are_version_5_uuids_of_their_parts(url: str) -> None:
    """They are what the standard library makes of the same name, letters of any script included."""
    assert ids.article_id(url, "") == str(uuid5(ids.DRAGOMAN, f"article\x1f{url}"))
    assert ids.article_id(None, url) == str(uuid5(ids.DRAGOMAN, f"content\x1f{url}"))


def test_a_trusted_record_is_the_record_that_is_checked() -> None:
    """Leaving out the checks changes neither what a record equals nor its bytes."""
    values = {
        "name": "the army",
        "key": "KEN.MIL",
        "country": "KEN",
        "sector": "MIL",
        "role": None,
        "implied": False,
    }
    assert Actor.trusted(**values) == Actor(**values)
    assert encode(Actor.trusted(**values)) == encode(Actor(**values))
    assert Actor.trusted(**values).model_fields_set == set(Actor.model_fields)
