"""What a trial came to, kept as a file until the report is written."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson


def folder() -> Path:
    """Return where outcomes are kept: `DRAGOMAN_FAULTS_DIR`, by default `build/faults`."""
    return Path(os.environ.get("DRAGOMAN_FAULTS_DIR", "build/faults"))


@dataclass(slots=True)
class Outcome:
    """One trial: what was done to it, how often, and what was found."""

    name: str
    guarantee: str = ""
    fault: str = ""
    workers: int = 1
    brokers: int = 1
    bar: float | None = None
    """Seconds within which the next commit is wanted; None where nothing is promised."""
    repetitions: int = 0
    articles: int = 0
    events: int = 0
    lost: int = 0
    duplicated: int = 0
    seconds: list[float] = field(default_factory=list)
    """From each fault to the next commit."""
    every: list[float] = field(default_factory=list)
    """From each fault until every partition that had work has a commit."""
    ended: dict[str, int] = field(default_factory=dict)
    """Workers that ended by themselves and were started again, by exit status."""
    differences: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    load: float = 0.0
    """Processes that wanted a core at the end of the trial, averaged over five minutes."""
    replayed: bool = False
    not_run: str | None = None
    failure: str | None = None
    finished: bool = False

    def write(self) -> None:
        """Keep it."""
        self.load = round(os.getloadavg()[1], 1)
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / f"{self.name}.json").write_bytes(orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2))

    def check(self) -> None:
        """Assert what is promised: nothing lost, nothing told otherwise, and under exactly once nothing twice."""
        assert self.finished, self.failure
        assert self.lost == 0, self.differences
        wrong = [
            line for line in self.differences if self.guarantee == EXACTLY_ONCE or not line.endswith(TWICE)
        ]
        assert not wrong, wrong
        assert self.duplicated == 0 or self.guarantee != EXACTLY_ONCE, self.differences


EXACTLY_ONCE = "exactly_once"
TWICE = "records stand twice"


def load() -> dict[str, Outcome]:
    """Return the outcomes that were kept, by name."""
    found = (Outcome(**orjson.loads(path.read_bytes())) for path in sorted(folder().glob("*.json")))
    return {outcome.name: outcome for outcome in found}
