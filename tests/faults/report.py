"""Writes the report of the fault suite from the outcomes that its tests kept: `python -m tests.faults.report [docs/faults.md]`."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from streams.broker.java import JAVA_VERSION
from streams.broker.lock import packaged_lock
from tests.faults.catalogue import BROKER_BAR, PLANS, WORKER_BAR, Plan
from tests.faults.feed import POISON_EVERY
from tests.faults.outcome import Outcome, load
from tests.faults.trial import SESSION_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PACKAGES = ("dragoman", "faust-streaming", "aiokafka")
COLUMNS = ("fault", "workers", "brokers", "repetitions", "lost", "duplicated")
TIMES = ("s to the next commit, median (worst)", "s until all move, worst", "bar, s", "log")
HEAD = f"| {' | '.join((*COLUMNS, *TIMES))} |"
RULE = "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|"


def render(outcomes: Mapping[str, Outcome], when: datetime) -> str:
    """Return the report as Markdown; every trial of the catalogue has a line, also one that was not run."""
    rows = [(plan, outcomes.get(name) or _missing(name, plan)) for name, plan in PLANS.items()]
    done = [outcome for _, outcome in rows if outcome.finished]
    guarantees = " and ".join(sorted({outcome.guarantee for outcome in done})) or "nothing was run"
    faults = sum(outcome.repetitions for _, outcome in rows)
    lines = [
        "# What breaking things does",
        "",
        "Written by `make faults`; don't edit. The feed runs while the faults strike. After each trial the log, as a",
        "read_committed consumer sees it, is held against its own raw records taken through the stages in memory (records of",
        "every topic, their order, and the tables), against the log of a worker that was left alone with the same feed, and, where",
        "the last column says so, against the bytes of `dragoman replay`.",
        "",
        f"Run on {when:%Y-%m-%d}, {guarantees}. {_versions()}.",
        _machine(done),
        f"Session timeout of the workers {SESSION_SECONDS:g} s (the default is 10). Every {POISON_EVERY}th record can't be used.",
        "",
        f"**{faults} faults over {sum(o.articles for o in done):,} articles: {sum(o.lost for o in done)} records lost,",
        f"{sum(o.duplicated for o in done)} duplicated.** Bars: the next commit within {WORKER_BAR:g} s of a worker's death",
        f"and {BROKER_BAR:g} s of a broker's.",
        "",
        HEAD,
        RULE,
        *(_row(plan, outcome) for plan, outcome in rows),
        "",
        *_restarts(outcome for _, outcome in rows),
        *_details(outcome for _, outcome in rows),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _row(plan: Plan, outcome: Outcome) -> str:
    first = f"{median(outcome.seconds):.1f} ({max(outcome.seconds):.1f})" if outcome.seconds else "-"
    every = f"{max(outcome.every):.1f}" if outcome.every else "-"
    numbers = (outcome.lost, outcome.duplicated) if outcome.finished else ("?", "?")
    cells = [
        plan.fault,
        plan.workers,
        plan.brokers,
        outcome.repetitions,
        *numbers,
        first,
        every,
        _bar(outcome),
        _word(outcome),
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _bar(outcome: Outcome) -> str:
    if outcome.bar is None:
        return "-"
    if not outcome.seconds:
        return f"{outcome.bar:g}"
    return f"{outcome.bar:g} {'met' if max(outcome.seconds) < outcome.bar else 'MISSED'}"


def _word(outcome: Outcome) -> str:
    if outcome.not_run:
        return f"NOT RUN: {outcome.not_run}"
    if not outcome.finished:
        return "NOT FINISHED"
    return (
        "DIFFERS"
        if outcome.differences
        else "replay is the same bytes"
        if outcome.replayed
        else "as undisturbed"
    )


def _restarts(outcomes: Iterable[Outcome]) -> list[str]:
    """Say which workers ended by themselves; a supervisor started them again."""
    lines = [
        f"- {outcome.name}: "
        + ", ".join(f"{count} with status {status}" for status, count in outcome.ended.items())
        for outcome in outcomes
        if outcome.ended
    ]
    if not lines:
        return ["No worker ended by itself.", ""]
    head = "Workers that ended by themselves and were started again, as a supervisor does (70: the worker can't go on safely):"
    return [head, "", *lines, ""]


def _details(outcomes: Iterable[Outcome]) -> list[str]:
    lines = []
    for outcome in outcomes:
        said = [*outcome.notes, *outcome.differences, *([outcome.failure] if outcome.failure else [])]
        lines += [f"- {outcome.name}: {' '.join(line.split())[:300]}" for line in dict.fromkeys(said)]
    return ["Details:", "", *lines] if lines else []


def _versions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    kafka = f"Kafka {packaged_lock().kafka_version}, Java {JAVA_VERSION}"
    return f"{packages}; {kafka}; Python {platform.python_version()}, {platform.system()}"


def _machine(done: Sequence[Outcome]) -> str:
    loads = [outcome.load for outcome in done]
    known = loads and all(loads)
    most = f", {min(loads):g} to {max(loads):g} processes wanting one while the trials ran" if known else ""
    return f"{os.cpu_count()} cores{most}; seconds are those of this machine at that time."


def _missing(name: str, plan: Plan) -> Outcome:
    return Outcome(name, "", *plan, not_run="its test did not start")


def main() -> None:
    """Write the report to the file that is named, else to docs/faults.md."""
    path = Path(sys.argv[1] if sys.argv[1:] else "docs/faults.md")
    path.write_text(render(load(), datetime.now(UTC)), "utf-8")


if __name__ == "__main__":
    main()
