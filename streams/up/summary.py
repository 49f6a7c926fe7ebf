"""The account of a run, as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from streams.accounting import Account
    from streams.ingest import IngestReport

TYPES_A_LINE = 3


def lines(found: Account, read: IngestReport | None, seconds: float) -> Iterator[str]:
    """Yield the summary: what was read, the two rules with their numbers, events by type and status, seconds."""
    if read is not None:
        beside = f", {read.dead} too large (dead letters)" if read.dead else ""
        beside += f", {len(read.refused)} refused" if read.refused else ""
        yield f"read      {read.read} records, {read.produced} to articles.raw{beside}"
    for name, rule in zip(("articles", "coding"), found.rules, strict=True):
        yield f"{name:9} {rule}"
    if found.verdicts["roundup"]:
        yield f"          of the unique ones {found.verdicts['roundup']} hold other stories (round-ups)"
    if found.dead:
        yield f"dead      {_counts(found.dead)}"
    yield f"events    {found.events} in {found.revisions} revisions: {_counts(found.statuses) or 'none'}"
    for row in _rows(found.types):
        yield f"          {row}"
    rate = f", {found.raw / seconds:.0f} articles/s" if seconds else ""
    yield f"time      {seconds:.1f} s{rate}"


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in _by_count(counts))


def _rows(counts: Counter[str]) -> Iterator[str]:
    cells = [f"{count:4} {name}" for name, count in _by_count(counts)]
    width = max((len(cell) for cell in cells), default=0) + 2
    for at in range(0, len(cells), TYPES_A_LINE):
        yield "".join(cell.ljust(width) for cell in cells[at : at + TYPES_A_LINE]).rstrip()


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((name, count) for name, count in counts.items() if count), key=lambda c: (-c[1], c[0]))
