"""Figures of coding against the gold. Pure functions: rows and predictions in, numbers out.

Sets are compared row by row and counted over all rows (micro average). A dyad is a pair of source and target country;
where both sides do it the dyad holds in both directions, as in the evaluation scripts that event coders are compared by.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from schemas.registry import event_types
from tests.quality.gold import STATEMENT, Event, Row

UNREAL = {"planned", "proposed", "denied", "hypothetical"}
"""Modalities of what has not happened: coded as factual, such an event is a false fact."""

DEEDS = {
    "talks-announced": {"talks-held"},
    "meeting-planned": {"meeting-held", "talks-held", "visit-made"},
    "mediation-offered": {"mediation-conducted"},
    "ceasefire-proposed": {"ceasefire-agreed", "troops-withdrawn"},
    "deal-proposed": {"agreement-reached", "agreement-signed"},
    "aid-pledged": {"aid-delivered"},
    "threat-issued": {"attack-carried-out", "sanctions-imposed", "territory-seized"},
    "troops-deployment-ruled-out": {"troops-deployed"},
}
"""The deed that each type only speaks of: as a fact, it is a false fact too where the row speaks of it alone."""

BINS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
"""Bins of confidence of the reliability table: lower end included, upper end not."""

Dyad = tuple[str | None, str | None]
Predictions = Mapping[str, Sequence[Event]]


class Prf(NamedTuple):
    """Counts of a comparison of sets."""

    hit: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right; 1.0 where nothing was found."""
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what there is that was found; 1.0 where there is nothing."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.hit / max(1, 2 * self.hit + self.extra + self.missed)


class Share(NamedTuple):
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Return the share, 1.0 of nothing."""
        return self.part / self.whole if self.whole else 1.0


def dyads(event: Event) -> set[Dyad]:
    """Return the pairs of countries of an event; None stands for a side that has none."""
    if event.symmetric:
        both = event.source | event.target
        return {(a, b) for a in both for b in both if a != b} or {(a, None) for a in both or {None}}
    return {(a, b) for a in event.source or {None} for b in event.target or {None}}


def root(kind: str) -> str | None:
    """Return the class that a type is scored in: its PLOVER class, CONCEDE and RETREAT as one; None for statements."""
    plover = event_types()[kind].plover
    return "YIELD" if plover in {"CONCEDE", "RETREAT"} else plover


def counted(row: Row, found: Iterable[Event]) -> list[Event]:
    """Return the predictions that count: a statement does only where the gold has one, since any text may hold some."""
    stated = any(event.type == STATEMENT for event in row.events)
    return [event for event in found if stated or event.type != STATEMENT]


def settled(rows: Iterable[Row], found: Predictions) -> tuple[Row, ...]:
    """Return the rows with each event in the reading that the coder came nearest to.

    An alternative of the gold counts only where it fits better than the event's own reading: in type, then dyad, then
    modality. Everything else here takes rows so settled.
    """
    return tuple(
        row._replace(events=tuple(_reading(e, found.get(row.id, ())) for e in row.events)) for row in rows
    )


def _reading(event: Event, found: Sequence[Event]) -> Event:
    def fit(reading: Event) -> tuple[bool, ...]:
        return tuple(any(key(reading) & key(other) for other in found) for key in (by_type, by_dyad, by_all))

    return max((event, *event.alternatives), key=fit)  # the first of the best: its own reading where they tie


def compare(rows: Iterable[Row], found: Predictions, key: Callable[[Event], set[object]]) -> Prf:
    """Return the counts of `key` (the set that an event stands for) over all rows."""
    hit = extra = missed = 0
    for row in rows:
        gold = set().union(*map(key, row.events))
        pred = set().union(*map(key, counted(row, found.get(row.id, ()))))
        hit, extra, missed = hit + len(gold & pred), extra + len(pred - gold), missed + len(gold - pred)
    return Prf(hit, extra, missed)


def by_root(event: Event) -> set[object]:
    """Return the class of an event, for `compare`."""
    kind = root(event.type)
    return {kind} if kind else set()


def by_type(event: Event) -> set[object]:
    """Return the type of an event, for `compare`."""
    return {event.type}


def by_dyad(event: Event) -> set[object]:
    """Return type and dyads of an event, for `compare`."""
    return {(event.type, *dyad) for dyad in dyads(event)}


def by_all(event: Event) -> set[object]:
    """Return type, dyads and modality of an event, for `compare`."""
    return {(event.type, event.modality, *dyad) for dyad in dyads(event)}


def twins(event: Event, found: Iterable[Event]) -> list[Event]:
    """Return what was found of an event's type: those that share a dyad with it, else all."""
    same = [other for other in found if other.type == event.type]
    return [other for other in same if dyads(other) & dyads(event)] or same


def modality(rows: Iterable[Row], found: Predictions) -> Share:
    """Return how many of the gold's events whose type was found were found with the right modality."""
    pairs = [(event, twins(event, found.get(row.id, ()))) for row in rows for event in row.events]
    given = [(event, same) for event, same in pairs if same]
    return Share(sum(all(s.modality == event.modality for s in same) for event, same in given), len(given))


def code(rows: Iterable[Row], found: Predictions) -> Share:
    """Return how many of the gold's events that state a CAMEO code, their type found, were found with that code."""
    pairs = [(e, twins(e, found.get(row.id, ()))) for row in rows for e in row.events if e.cameo]
    given = [(event, same) for event, same in pairs if same]
    return Share(sum(any(s.cameo == event.cameo for s in same) for event, same in given), len(given))


def false_facts(rows: Iterable[Row], found: Predictions) -> list[tuple[str, str]]:
    """Return (row id, type) of each fact that the text denies, plans, proposes, imagines or only speaks of."""
    return [
        (row.id, event.type) for row in rows for event in found.get(row.id, ()) if _false(event, row.events)
    ]


def _false(event: Event, gold: Sequence[Event]) -> bool:
    if event.modality != "factual":
        return False
    same = twins(event, gold)
    if same:
        return all(other.modality in UNREAL for other in same)
    return any(event.type in DEEDS.get(other.type, ()) for other in gold)


def fired(rows: Iterable[Row], found: Predictions) -> list[tuple[str, str]]:
    """Return (row id, type) for each event of a PLOVER class in a quiet row."""
    return [(r.id, e.type) for r in rows if r.quiet for e in found.get(r.id, ()) if root(e.type)]


def per_type(rows: Sequence[Row], found: Predictions) -> dict[str, Prf]:
    """Return {type: counts by row} for each type of the registry, in its order."""
    return {kind: compare(rows, found, partial(_only, kind)) for kind in event_types()}


def _only(kind: str, event: Event) -> set[object]:
    return {kind} if event.type == kind else set()


def per_construction(rows: Sequence[Row], found: Predictions) -> dict[str, Prf]:
    """Return {construction: counts of type and dyad} over the rows that hold events, by name."""
    names = sorted({row.construction for row in rows if not row.quiet})
    loud = [row for row in rows if not row.quiet]
    return {name: compare([r for r in loud if r.construction == name], found, by_dyad) for name in names}


def per_modality(rows: Sequence[Row], found: Predictions) -> dict[str, Share]:
    """Return {modality of the gold: share found with it, of the events whose type was found}, by name."""
    names = sorted({event.modality for row in rows for event in row.events})
    only = {
        n: [r._replace(events=tuple(e for e in r.events if e.modality == n)) for r in rows] for n in names
    }
    return {name: modality(some, found) for name, some in only.items()}


def reliability(rows: Iterable[Row], found: Predictions) -> list[tuple[tuple[float, float], Share]]:
    """Return per bin of confidence how many events are right: type, a dyad and the modality as the gold has them."""
    judged = [
        (event.confidence, any(by_all(event) & by_all(gold) for gold in row.events))
        for row in rows
        for event in counted(row, found.get(row.id, ()))
    ]
    bins = {b: [right for confidence, right in judged if b[0] <= confidence < b[1]] for b in BINS}
    return [(b, Share(sum(rights), len(rights))) for b, rights in bins.items()]


def figures(rows: Sequence[Row], found: Predictions) -> dict[str, float]:
    """Return every figure that has a floor, by name. Those that end in `_count` are the better the lower."""
    keys = {"root": by_root, "type": by_type, "type_dyad": by_dyad, "type_dyad_modality": by_all}
    counts = {name: compare(rows, found, key) for name, key in keys.items()}
    flat = {
        f"{name}_{part}": getattr(c, part)
        for name, c in counts.items()
        for part in ("precision", "recall", "f1")
    }
    high = [share for (low, _), share in reliability(rows, found) if low >= 0.8]
    sure = Share(sum(s.part for s in high), sum(s.whole for s in high))
    return flat | {
        "modality_accuracy": modality(rows, found).value,
        "cameo_accuracy": code(rows, found).value,
        "sure_events_right": sure.value,
        "types_found": float(sum(c.hit > 0 for c in per_type(rows, found).values())),
        "false_facts_count": float(len(false_facts(rows, found))),
        "quiet_fired_count": float(len({row_id for row_id, _ in fired(rows, found)})),
    }
