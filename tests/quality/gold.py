"""The gold: annotated sentences of our own, read and checked. The format stands in README.md beside this file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from schemas.actor import Modality
from schemas.article import CleanArticle
from schemas.registry import cameo_codes, event_types

GOLD = Path(__file__).with_name("gold.jsonl")
STATEMENT = "position-stated"
"""The one type that has no PLOVER class: allowed in a quiet row, and in any other."""

CONSTRUCTIONS = {
    *("active", "passive", "passive-agentless", "nominalisation", "light-verb", "control", "conjunction"),
    *("relative", "participle", "reported", "headline", "negation", "modal", "conditional", "pronoun"),
    *("apposition", "two-objects", "background", "hearsay"),
}
"""What an annotated row may be an instance of."""

SUBJECTS = {
    *("statement", "sport", "business", "market", "culture", "weather", "accident", "description", "idiom"),
    *("obituary", "science", "society", "profile", "headline"),
}
"""What a quiet row may be about."""


class Event(NamedTuple):
    """An event as scoring sees it: of the gold, or of the coder."""

    type: str
    cameo: str | None
    source: frozenset[str]
    target: frozenset[str]
    symmetric: bool
    modality: str
    confidence: float = 1.0
    alternatives: tuple["Event", ...] = ()
    """Other readings that are right as well; of the gold only."""


class Row(NamedTuple):
    """One row of the gold. `quiet` rows hold no event of a PLOVER class."""

    id: str
    text: str
    published_at: str | None
    construction: str
    events: tuple[Event, ...]

    @property
    def quiet(self) -> bool:
        """Return True where the row must not fire in any PLOVER class."""
        return all(event.type == STATEMENT for event in self.events)


def read(path: Path = GOLD) -> tuple[Row, ...]:
    """Return the rows of a gold file (JSON lines), in its order; ValueError names the line that can't be read."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            rows.append(_row(orjson.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path.name}, line {number}: {error!r}") from error
    return tuple(rows)


def _row(line: dict[str, Any]) -> Row:
    events = tuple(_event(event) for event in line["events"])
    return Row(line["id"], line["text"], line.get("published_at"), line["construction"], events)


def _event(line: dict[str, Any]) -> Event:
    kind, cameo = line["type"], line.get("cameo")
    if kind not in event_types():
        raise ValueError(f"no such event type: {kind}")
    if cameo is not None and cameo not in cameo_codes():
        raise ValueError(f"no such CAMEO code: {cameo}")
    source, target = frozenset(line["source"]), frozenset(line["target"])
    modality = Modality(line["modality"]).value
    alternatives = tuple(_event(other) for other in line.get("or", ()))
    return Event(kind, cameo, source, target, line["symmetric"], modality, alternatives=alternatives)


def faults(rows: Iterable[Row]) -> list[str]:
    """Return what is wrong with the gold as a whole, one sentence each: too few, doubled, unknown, uncovered."""
    rows = tuple(rows)
    loud, quiet = [r for r in rows if not r.quiet], [r for r in rows if r.quiet]
    found = [
        f"{n} rows have the {what} {key!r}" for what in ("id", "text") for key, n in _doubled(rows, what)
    ]
    found += [
        f"{r.id}: {r.construction!r} is no construction" for r in loud if r.construction not in CONSTRUCTIONS
    ]
    found += [
        f"{r.id}: {r.construction!r} is no subject"
        for r in quiet
        if r.construction not in SUBJECTS | CONSTRUCTIONS
    ]
    types = Counter(event.type for row in rows for event in row.events)
    found += [f"{name} has {types[name]} events, 5 are needed" for name in event_types() if types[name] < 5]
    modalities = {event.modality for row in rows for event in row.events}
    found += [f"no event is {m.value}" for m in Modality if m.value not in modalities]
    found += [f"no row is {c}" for c in sorted(CONSTRUCTIONS - {row.construction for row in loud})]
    if len(loud) < 420:
        found.append(f"{len(loud)} annotated rows, 420 are needed")
    if len(quiet) < 150:
        found.append(f"{len(quiet)} quiet rows, 150 are needed")
    return found


def _doubled(rows: Iterable[Row], field: str) -> list[tuple[str, int]]:
    counted: Mapping[str, int] = Counter(getattr(row, field) for row in rows)
    return [(key, n) for key, n in counted.items() if n > 1]


def article(row_id: str, text: str, published_at: str | None) -> CleanArticle:
    """Return a sentence as an article of its own, in English, without a title, so that the coder can read it."""
    return CleanArticle(
        article_id=row_id,
        version=sha256(text.encode()).hexdigest(),
        language="en",
        published_at=_utc(published_at),
        record_time=datetime(2026, 1, 1, tzinfo=UTC),
        text=text,
    )


def _utc(text: str | None) -> datetime | None:
    if not text:
        return None
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
