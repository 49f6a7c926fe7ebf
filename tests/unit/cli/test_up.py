"""Signals, the account of a run, and how it is told."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest

from streams.accounting import Account
from streams.ingest import IngestReport
from streams.up.interrupt import Interrupt
from streams.up.summary import lines


def account(**changes: int) -> Account:
    """Return an account that adds up, with changes to its verdicts."""
    verdicts = Counter(
        {"exact": 2, "near": 1, "revision": 1, "unique": 4, "roundup": 1, "withdrawn": 1} | changes
    )
    return Account(
        raw=12,
        dead=Counter(clean=2, code=1),
        verdicts=verdicts,
        coded=5,
        revisions=9,
        types=Counter({"talks-held": 3, "sanctions-imposed": 1}),
        statuses=Counter(reported=3, retracted=1),
    )


def test_rules_hold_when_every_article_is_somewhere() -> None:
    """Raw is the sum of its fates with round-ups as unique; unique and revision are coded or dead."""
    assert account().balanced
    raw, coding = (str(rule) for rule in account().rules)
    assert raw == "12 raw = 2 dead letters + 2 exact + 1 near + 1 revision + 5 unique + 1 withdrawn  ✓"
    assert coding == "6 unique and revision = 5 coded + 1 dead letters  ✓"


@pytest.mark.parametrize("kind", ["exact", "near", "revision", "unique", "roundup", "withdrawn"])
def test_a_lost_article_breaks_a_rule(kind: str) -> None:
    """One article less in any class is told in capitals."""
    short = account(**{kind: account().verdicts[kind] - 1})
    assert not short.balanced
    assert any("DOES NOT ADD UP" in str(rule) for rule in short.rules)


def test_summary_has_all_numbers() -> None:
    """The summary tells reading, both rules, the dead letters by stage, events by type and status, and seconds."""
    text = "\n".join(lines(account(), IngestReport(read=13, produced=12, dead=1), 2.0))
    for part in (
        "read      13 records, 12 to articles.raw, 1 too large (dead letters)",
        "12 raw = ",
        "6 unique and revision = ",
        "of the unique ones 1 hold other stories",
        "2 clean, 1 code",
        "4 in 9 revisions: 3 reported, 1 retracted",
        "3 talks-held",
        "2.0 s, 6 articles/s",
    ):
        assert part in text


def test_summary_of_nothing() -> None:
    """An empty run is told without a division by zero."""
    text = "\n".join(lines(Account(), None, 0.0))
    assert "0 raw = 0 dead letters" in text
    assert "0 in 0 revisions: none" in text


@pytest.fixture
def signals() -> Iterator[None]:
    """Give the signals back to pytest afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
def test_first_signal_raises_and_others_hurry() -> None:
    """Outside of waiting the first signal is a KeyboardInterrupt; the next ones only hurry."""
    hurried = []
    with Interrupt() as interrupt:
        interrupt.hurry = lambda: hurried.append(1)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
    assert len(hurried) == 2
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN, "the process is about to end"


@pytest.mark.usefixtures("signals")
def test_signals_are_given_back() -> None:
    """Where none came, everything is as before."""
    before = signal.getsignal(signal.SIGINT)
    with Interrupt():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("signals")
def test_shielded_signals_only_hurry() -> None:
    """While things are being stopped even the first signal raises nothing."""
    hurried = []
    with Interrupt() as interrupt:
        interrupt.hurry = lambda: hurried.append(1)
        interrupt.shield()
        os.kill(os.getpid(), signal.SIGINT)
    assert hurried == [1]


@pytest.mark.usefixtures("signals")
def test_deferred_signal_waits_for_the_end_of_the_block() -> None:
    """While a process is being started the first signal waits."""
    done = []

    def start() -> None:
        with interrupt.deferred():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("started")

    with Interrupt() as interrupt:
        with pytest.raises(KeyboardInterrupt):
            start()
        assert done == ["started"]


@pytest.mark.usefixtures("signals")
def test_signal_ends_waiting() -> None:
    """In the event loop the first signal ends `wait` and breaks nothing else off."""

    async def work() -> str:
        waiting = asyncio.create_task(interrupt.wait())
        await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.wait_for(waiting, 5)
        return "went on"

    with Interrupt() as interrupt:
        assert asyncio.run(work()) == "went on"
        assert interrupt.count == 1
