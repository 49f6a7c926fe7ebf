"""Figures on evaluation sets that others annotated: the sets are named on the command line and are no part of this repository.

A set is a file of JSON lines (`.jsonl`, `.jsonl.gz`) with `id`, `text`, `date` or `published_at`, `date_is_dummy`, and `events`,
each with `cameo_root` or `cameo` or `plover_event`, `source` and `target` (objects with `country`), `reciprocal`;
`relevant: false` or an event with `penta: 0` marks a row that holds no event.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from tests.quality.gold import Event
from tests.quality.score import Dyad, Prf, Share, dyads

_CLASSES = (
    "AGREE CONSULT SUPPORT COOPERATE AID YIELD ACCUSE REQUEST ACCUSE REJECT THREATEN PROTEST MOBILIZE SANCTION COERCE "
    "ASSAULT ASSAULT ASSAULT"
)
ROOT = {f"{number:02}": name for number, name in enumerate(_CLASSES.split(), 3)}
"""The class of a CAMEO root; 01 and 02 have none of their own."""

Rows = Sequence[Mapping[str, Any]]
Coding = Callable[[str, str, str | None], Sequence[tuple[Event, str | None]]]
"""(id, text, time of publication) to (event, its PLOVER class) pairs."""


def sets(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of sets that the paths name, those of a folder in order of name."""
    for path in paths:
        yield from sorted(p for p in path.iterdir() if is_set(p)) if path.is_dir() else [path]


def is_set(path: Path) -> bool:
    """Return True where a file's name says that it may be a set."""
    return path.name.endswith((".jsonl", ".jsonl.gz"))


def read(path: Path) -> Rows:
    """Return the rows of a set that are annotated: with `text` and `events`; none where it is no such set."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [orjson.loads(line) for line in raw.splitlines() if line.strip()]
    return [row for row in rows if isinstance(row.get("events"), list) and isinstance(row.get("text"), str)]


def _yield(plover: str | None) -> str | None:
    return "YIELD" if plover in {"CONCEDE", "RETREAT"} else plover


def gold_root(event: Mapping[str, Any]) -> str | None:
    """Return the class of an annotated event, None for a statement."""
    if event.get("cameo_root"):
        return ROOT.get(event["cameo_root"])
    if event.get("plover_event"):
        return _yield(event["plover_event"])
    return ROOT.get((event.get("cameo") or "")[:2])


def found_root(event: Event, plover: str | None) -> str | None:
    """Return the class of a coded event: of its CAMEO code, else its PLOVER class."""
    return ROOT.get((event.cameo or "")[:2]) or _yield(plover)


def _countries(actors: Iterable[Mapping[str, Any]] | None) -> frozenset[str]:
    return frozenset(a["country"] for a in actors or () if a.get("country") and a["country"] != "---")


def gold_dyads(event: Mapping[str, Any]) -> set[Dyad]:
    """Return the pairs of countries of an annotated event."""
    both = bool(event.get("reciprocal") or event.get("symmetric"))
    return dyads(Event("", None, _countries(event.get("source")), _countries(event.get("target")), both, ""))


def _compare(pairs: Iterable[tuple[set[Any], set[Any]]]) -> Prf:
    hit = extra = missed = 0
    for gold, pred in pairs:
        hit, extra, missed = hit + len(gold & pred), extra + len(pred - gold), missed + len(gold - pred)
    return Prf(hit, extra, missed)


def measure(rows: Rows, coding: Coding) -> dict[str, Prf | Share]:
    """Return the figures that the labels of a set allow: root, triple, cameo, and the quiet rows that fire ("false rows")."""
    coded = [(row, _coded(row, coding)) for row in rows]
    roots = [(r, e) for r, e in coded if any(gold_root(g) for g in r["events"])]
    triples = [(r, e) for r, e in coded if any(gold_dyads(g) != {(None, None)} for g in r["events"])]
    codes = [(r, e) for r, e in coded if any(_full(g) for g in r["events"])]
    quiet = [e for r, e in coded if _quiet(r)]
    result: dict[str, Prf | Share] = {}
    if roots:
        result["root"] = _compare(
            ({gold_root(g) for g in r["events"]} - {None}, {x for _, x in e}) for r, e in roots
        )
    if triples:
        result["triple"] = _compare(
            (_gold_triples(r), {(x, *d) for f, x in e for d in dyads(f)}) for r, e in triples
        )
    if codes:
        result["cameo"] = _compare(
            ({_full(g) for g in r["events"]} - {None}, {f.cameo for f, _ in e}) for r, e in codes
        )
    if quiet:
        result["false rows"] = Share(sum(bool(e) for e in quiet), len(quiet))
    return result


def _coded(row: Mapping[str, Any], coding: Coding) -> list[tuple[Event, str]]:
    date = None if row.get("date_is_dummy") else row.get("published_at") or row.get("date")
    found = (
        (event, found_root(event, plover)) for event, plover in coding(str(row["id"]), row["text"], date)
    )
    return [(event, kind) for event, kind in found if kind]


def _gold_triples(row: Mapping[str, Any]) -> set[tuple[str | None, ...]]:
    return {(gold_root(g), *dyad) for g in row["events"] if gold_root(g) for dyad in gold_dyads(g)}


def _full(event: Mapping[str, Any]) -> str | None:
    cameo = event.get("cameo") or ""
    return cameo if len(cameo) > 2 and gold_root(event) else None


def _quiet(row: Mapping[str, Any]) -> bool:
    irrelevant = row.get("relevant") is False and not any(gold_root(event) for event in row["events"])
    return irrelevant or any(event.get("penta") == 0 for event in row["events"])
