"""The generated contract: a JSON Schema for every record and one golden example for every event type.

`python -m schemas.contract` writes the documents beside this module; a test refuses a tree in which they differ from what the
models say.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from schemas import ids
from schemas.actor import Actor, EventDate, Evidence, Modality, Span
from schemas.article import ArticleHead, CleanArticle
from schemas.dead_letter import DeadLetter, Handled
from schemas.event import EVENT_MODELS, Cause, GeopoliticalEvent, Status
from schemas.event_codec import event_adapter
from schemas.mention import Mention, Mentions
from schemas.raw import RawArticle
from schemas.registry import EventType, cameo_codes, event_types
from schemas.tags import Tags
from schemas.verdict import Verdict

if TYPE_CHECKING:
    from schemas.base import Record

RECORDS: dict[str, type[Record]] = {
    "raw-article": RawArticle,
    "article-head": ArticleHead,
    "clean-article": CleanArticle,
    "verdict": Verdict,
    "tags": Tags,
    "mention": Mention,
    "mentions": Mentions,
    "dead-letter": DeadLetter,
    "handled-dead-letter": Handled,
}
"""{document name: model} of every record but the event, which is a union of its types."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WHEN = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)


def documents() -> dict[str, bytes]:
    """Return {path below `schemas/`: content} of every generated document."""
    made = {
        f"json/{name}.schema.json": _pretty(json_schema(name)) for name in (*RECORDS, "geopolitical-event")
    }
    made |= {
        f"golden/{name}.json": _pretty(golden(kind).model_dump(mode="json"))
        for name, kind in event_types().items()
    }
    return made


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the record called `name`; KeyError where there is none."""
    if name == "geopolitical-event":
        schema = event_adapter().json_schema(mode="serialization")
        # A known type also fits the model of unknown ones, so exactly one of them would be none.
        schema["anyOf"] = schema.pop("oneOf")
    else:
        schema = RECORDS[name].model_json_schema(mode="serialization")
    _open(schema)
    return {"$schema": DIALECT, "$id": f"urn:dragoman:schema:{name}:v1"} | schema


def _open(node: Any) -> None:  # noqa: ANN401 - a JSON tree
    """Drop `additionalProperties: false`: a reader must accept the fields of a later version."""
    if isinstance(node, dict):
        if node.get("additionalProperties") is False:
            del node["additionalProperties"]
        for child in node.values():
            _open(child)
    elif isinstance(node, list):
        for child in node:
            _open(child)


def golden(kind: EventType) -> GeopoliticalEvent:
    """Return the example event of one type, made from the example sentence of the registry."""
    example = kind.example
    url = f"https://wire.example/{kind.name}"
    version = ids.content_hash(example.sentence)
    article = ids.article_id(url, version)
    start = example.sentence.index(example.trigger)
    sides = [_actors(example.source), _actors(example.target)]
    mention = ids.mention_id(
        article,
        version,
        ("text", 0, len(example.sentence)),
        kind.name,
        ">".join("+".join(a.key for a in side) for side in sides),
    )
    return EVENT_MODELS[kind.name](
        event_id=ids.event_id(mention),
        revision=1,
        status=Status.REPORTED,
        cause=Cause(kind="article", id=article, seq=0),
        type=kind.name,
        cameo=kind.cameo[0],
        plover_event=kind.plover,
        plover_mode=kind.mode,
        goldstein=cameo_codes()[kind.cameo[0]].goldstein,
        source=sides[0],
        target=sides[1],
        symmetric=kind.symmetric,
        modality=Modality(kind.modality),
        date=EventDate(start=_WHEN.date(), end=_WHEN.date(), precision="day", basis="publication"),
        mentions=(mention,),
        evidence=(
            Evidence(
                article_id=article,
                version=version,
                url=url,
                source="Example Wire",
                published_at=_WHEN,
                sentence=example.sentence,
                start=0,
                end=len(example.sentence),
                sha256=hashlib.sha256(example.sentence.encode()).hexdigest(),
                trigger=Span(start=start, end=start + len(example.trigger), text=example.trigger),
                rule=f"{kind.name}.example",
            ),
        ),
        confidence=0.9,
        independent_sources=1,
        rules_version="example",
        record_time=_WHEN,
    )


def _actors(text: str) -> tuple[Actor, ...]:
    if not text:
        return ()
    name, country = text.split(":")
    return (Actor(name=name, key=country, country=country, sector="GOV"),)


def _pretty(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def write(folder: Path) -> int:
    """Write every document below `folder`, and take away generated ones that are no longer made; return how many there are."""
    made = documents()
    for stale in (*folder.glob("json/*.json"), *folder.glob("golden/*.json")):
        if f"{stale.parent.name}/{stale.name}" not in made:
            stale.unlink()
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(made)


if __name__ == "__main__":
    print(write(Path(str(files("schemas")))), "documents")  # noqa: T201 - a command
