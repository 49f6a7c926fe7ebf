"""What waits in the resolver: how much of it is in memory, and that it comes back in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processors.resolve import Resolver, waiting
from schemas.mention import Mentions
from schemas.verdict import ArticleRef, Verdict, VerdictKind
from tests.unit.resolve.support import NOON, mention

if TYPE_CHECKING:
    from schemas.event import GeopoliticalEvent

COUNT = 40
READY = 5
BATCH = 4


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "READY", READY)


def verdict_of(seq: int) -> Verdict:
    """Make the verdict on an article of its own."""
    ref = ArticleRef(article_id=f"a{seq}", version="v")
    return Verdict(
        seq=seq, article=ref, kind=VerdictKind.UNIQUE, group=f"a{seq}", source=f"o{seq}", record_time=NOON
    )


def mentions_of(seq: int) -> Mentions:
    """Make its mentions."""
    told = mention(f"Call {seq}.", about=f"port {seq}", article=f"a{seq}")
    return Mentions(
        seq=seq, article_id=f"a{seq}", version="v", record_time=NOON, mentions=(told,), rules_version="r"
    )


class Worker:
    """A resolver over a table that is elsewhere, asked for its changes after every few records as a batch does."""

    def __init__(self) -> None:
        self.table: dict[bytes, bytes] = {}
        self.log: list[GeopoliticalEvent] = []
        self.most = self.had = 0
        self.start()

    def start(self) -> None:
        """Begin with what the table has."""
        self.resolver = Resolver("rules")
        self.resolver.restore(list(self.table.items()), self.table.get)

    def take(self, record: Verdict | Mentions) -> None:
        """Take one record."""
        if isinstance(record, Verdict):
            self.resolver.verdict(record)
        else:
            self.resolver.mentions(record)
        self.log += self.resolver.advance()
        self.most = max(self.most, self.resolver._waiting.ready)
        self.had += 1
        if self.had % BATCH == 0:
            self.commit()

    def commit(self) -> None:
        """Write the changes to the table."""
        for key, value in self.resolver.changes():
            if value is None:
                del self.table[key]  # nothing is taken away that never stood there
            else:
                self.table[key] = value

    def waits(self) -> int:
        """Count what the table has of what waits."""
        return sum(key[:1] in b"vm" for key in self.table)


def usual() -> list[GeopoliticalEvent]:
    """Return the revisions of verdicts that find their mentions."""
    worker = Worker()
    for seq in range(COUNT):
        worker.take(mentions_of(seq))
        worker.take(verdict_of(seq))
    assert worker.most <= 2
    return worker.log


@pytest.mark.parametrize("restart", [False, True])
def test_verdicts_that_wait_for_a_slow_coder_are_not_in_memory(restart: bool) -> None:
    """However many wait, the first few and the last batch are in memory; the revisions are as ever."""
    worker = Worker()
    for seq in range(COUNT):
        worker.take(verdict_of(seq))
    assert worker.waits() == COUNT
    if restart:
        worker.start()
    for seq in range(COUNT):
        worker.take(mentions_of(seq))
    worker.commit()
    assert worker.log == usual()
    assert worker.most <= READY + BATCH
    assert worker.waits() == 0


@pytest.mark.parametrize("restart", [False, True])
def test_mentions_that_are_ahead_are_not_in_memory(restart: bool) -> None:
    """A partition that is coded long before the one that the first verdict waits for fills the table, not the memory."""
    worker = Worker()
    for seq in range(COUNT):
        worker.take(verdict_of(seq))
    for seq in range(COUNT - 1, 0, -1):
        worker.take(mentions_of(seq))
    worker.commit()
    assert (worker.log, worker.waits()) == ([], 2 * COUNT - 1)
    if restart:
        worker.start()
    worker.take(mentions_of(0))
    worker.commit()
    assert worker.log == usual()
    assert worker.most <= 2 * (READY + BATCH)
    assert worker.waits() == 0


def test_what_never_waited_leaves_no_trace() -> None:
    """Of a verdict that finds its mentions neither is written to the changelog."""
    resolver = Resolver("rules")
    resolver.mentions(mentions_of(0))
    resolver.verdict(verdict_of(0))
    resolver.advance()
    assert {key[:1] for key, _ in resolver.changes()} == {b"e", b"n"}
