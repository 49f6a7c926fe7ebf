"""The generated contract is what the models say, and reading is open while writing is closed."""

from importlib.resources import files

import orjson
import pytest
from pydantic import ValidationError

from schemas import contract
from schemas.codec import decode, encode
from schemas.errors import Rejected
from schemas.event import EVENT_MODELS, UnknownEvent
from schemas.event_codec import decode_event
from schemas.mention import Mentions
from schemas.raw import RawArticle
from schemas.registry import cameo_codes, event_types

FOLDER = files("schemas")
DOCUMENTS = contract.documents()


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_generated_documents_are_current(name: str) -> None:
    """Each stored document is byte for byte what `python -m schemas.contract` writes today."""
    assert (FOLDER / name).read_bytes() == DOCUMENTS[name]


def test_no_stale_document_is_left() -> None:
    """Nothing stands in the generated folders that is no longer generated."""
    stored = {
        f"{d}/{f.name}"
        for d in ("json", "golden")
        for f in (FOLDER / d).iterdir()
        if f.name.endswith(".json")
    }
    assert stored == set(DOCUMENTS)


@pytest.mark.parametrize("name", sorted(event_types()))
def test_golden_event_survives_the_codec(name: str) -> None:
    """A golden event decodes into the model of its type and encodes into the same data."""
    stored = (FOLDER / "golden" / f"{name}.json").read_bytes()
    event = decode_event(stored)
    assert type(event) is EVENT_MODELS[name]
    assert orjson.loads(encode(event)) == orjson.loads(stored)
    evidence = event.evidence[0]
    assert evidence.sentence[evidence.trigger.start : evidence.trigger.end] == evidence.trigger.text


def test_unknown_type_decodes_to_unknown_event() -> None:
    """A type that only a later version knows breaks no reader, and nor does a status."""
    data = orjson.loads((FOLDER / "golden" / "talks-held.json").read_bytes())
    later_type = decode_event(orjson.dumps(data | {"type": "comet-shared", "new_field": 1}))
    later_status = decode_event(orjson.dumps(data | {"status": "enshrined"}))
    assert isinstance(later_type, UnknownEvent)
    assert later_type.type == "comet-shared"
    assert isinstance(later_status, UnknownEvent)
    assert later_status.status == "enshrined"


def test_write_models_are_closed_and_read_models_open() -> None:
    """Building a record with an unknown field fails; reading one drops it; a raw article keeps it."""
    data = {
        "seq": 1,
        "article_id": "a",
        "version": "v",
        "record_time": "2025-01-01",
        "rules_version": "r",
        "later": 1,
    }
    with pytest.raises(ValidationError):
        Mentions.model_validate(data)
    assert decode(Mentions, orjson.dumps(data)).seq == 1
    kept = decode(RawArticle, b'{"body":"x","section":"world"}')
    assert orjson.loads(encode(kept))["section"] == "world"


def test_every_type_has_its_codes_in_the_cameo_table() -> None:
    """Each CAMEO code of the registry exists, and each code's default type is a registered one."""
    codes = cameo_codes()
    assert len(event_types()) >= 59
    assert all(code in codes for kind in event_types().values() for code in kind.cameo)
    assert {c.type for c in codes.values() if c.type} <= set(event_types())


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "no value"),
        (b"{", "not JSON: "),
        (b"[1]", "not a JSON object but an array"),
        (b'{"body":"\xff"}', "not UTF-8: byte 9 is 0xff"),
        (b'{"body":7}', "body: "),
        (b'{"title":"x"}', "body: missing"),
        (
            b'{"body":"x","published_at":"2025-02-30"}',
            "published_at: not an RFC 3339 date-time or date: '2025-02-30'",
        ),
        (b'{"withdrawn":true}', "withdrawn: needs the id or url"),
    ],
)
def test_bad_raw_articles_are_rejected_with_one_line(value: bytes | None, reason: str) -> None:
    """What can't be read says in one line which field is wrong and how."""
    with pytest.raises(Rejected) as caught:
        decode(RawArticle, value)
    assert caught.value.reason.startswith(reason)
    assert "\n" not in caught.value.reason
