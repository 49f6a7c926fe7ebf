"""The watchdog ends a worker that stands still with work before it, and no other."""

import threading

from streams.watchdog import Position, Watchdog, WatchThread

RAW = ("articles.raw", 0)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        """Start at zero."""
        self.now = 0.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


def watched() -> tuple[Watchdog, Clock]:
    """Return a watchdog of 60 seconds and its clock."""
    clock = Clock()
    return Watchdog(60, clock), clock


def test_standing_still_with_a_backlog_ends_it() -> None:
    """No commit for longer than the limit, with records waiting, is a reason, in one line."""
    dog, clock = watched()
    assert dog.check({RAW: Position(5, 9)}) is None
    clock.now = 61
    reason = dog.check({RAW: Position(5, 9)})
    assert reason == "watchdog: articles.raw/0 has 4 records and no commit for 61 s"


def test_never_having_committed_ends_it_too() -> None:
    """A partition with records and no commit at all stands still as well."""
    dog, clock = watched()
    dog.check({RAW: Position(None, 3)})
    clock.now = 61
    assert "3 records" in (dog.check({RAW: Position(None, 3)}) or "")


def test_each_commit_starts_the_time_again() -> None:
    """Slow progress is progress."""
    dog, clock = watched()
    for step in range(10):
        clock.now = step * 59.0
        assert dog.check({RAW: Position(step, 100)}) is None


def test_nothing_to_do_is_no_standstill() -> None:
    """A partition at its end may wait for ever; its time starts when records come."""
    dog, clock = watched()
    dog.check({RAW: Position(9, 9)})
    clock.now = 1000
    assert dog.check({RAW: Position(9, 9)}) is None
    assert dog.check({RAW: Position(9, 12)}) is None
    clock.now = 1061
    assert dog.check({RAW: Position(9, 12)}) is not None


def test_one_partition_of_many_is_enough() -> None:
    """Others that move do not hide the one that does not."""
    dog, clock = watched()
    other = ("articles.raw", 1)
    dog.check({RAW: Position(5, 9), other: Position(1, 9)})
    clock.now = 61
    assert "articles.raw/0" in (dog.check({RAW: Position(5, 9), other: Position(2, 9)}) or "")


def test_a_partition_whose_records_wait_for_their_turn_has_more_time_but_not_for_ever() -> None:
    """On a slow machine a stage works for minutes on what was read ahead of all its partitions."""
    dog, clock = watched()
    other, waiting = ("articles.raw", 1), Position(5, 9, queued=True)
    for step in range(10):
        clock.now = 30.0 * step
        assert dog.check({RAW: waiting, other: Position(step, 99)}) is None
        assert dog.overdue({RAW: waiting}) == {}
    assert dog.overdue({RAW: Position(5, 9)}) == {RAW: 270.0}
    clock.now = 301
    assert "no commit for 301 s" in (dog.check({RAW: waiting, other: Position(99, 99)}) or "")


def test_records_wait_for_their_turn_behind_those_of_another_topic_of_the_stage() -> None:
    """Verdicts and mentions come to resolve through one queue, and each has one partition."""
    clock = Clock()
    mentions = ("events.mentions", 0)
    dog = Watchdog(60, clock, readers={RAW[0]: "resolve", mentions[0]: "resolve"})
    for step in range(4):
        clock.now = 30.0 * step
        assert dog.check({RAW: Position(5, 9, queued=True), mentions: Position(step, 99)}) is None


def test_a_stage_that_commits_nothing_gets_no_more_time() -> None:
    """Records that wait in a queue which nobody works on are a standstill."""
    dog, clock = watched()
    other, waiting = ("articles.raw", 1), Position(5, 9, queued=True)
    dog.check({RAW: waiting, other: Position(9, 9)})
    clock.now = 61
    assert "articles.raw/0" in (dog.check({RAW: waiting, other: Position(9, 9)}) or "")


def test_a_partition_that_comes_back_starts_anew() -> None:
    """Time that a partition was with another worker does not count."""
    dog, clock = watched()
    dog.check({RAW: Position(5, 9)})
    clock.now = 50
    dog.check({})
    clock.now = 100
    assert dog.check({RAW: Position(5, 9)}) is None


def test_recovering_state_has_more_time_but_not_for_ever() -> None:
    """Nothing is committed while state is recovered; twice the limit is allowed without any progress in it."""
    dog, clock = watched()
    dog.check({RAW: Position(5, 9)})
    clock.now = 119
    assert dog.check({}, settled=False) is None
    clock.now = 121
    assert "no partitions" in (dog.check({}, settled=False) or "")


def test_recovery_that_goes_on_is_waited_for() -> None:
    """A week of state may take as long as it takes."""
    dog, clock = watched()
    for step in range(20):
        clock.now = step * 100.0
        assert dog.check({}, settled=False, recovered=step) is None


def test_ages_tell_how_long_each_has_waited() -> None:
    """The age of a partition that moves is zero."""
    dog, clock = watched()
    dog.check({RAW: Position(5, 9)})
    clock.now = 7
    assert dog.ages() == {RAW: 7}


def test_the_thread_fails_once_and_ends() -> None:
    """The first reason found is handed over, and the thread is done."""
    reasons = iter([None, None, "stuck", "never asked"])
    failed: list[str] = []
    thread = WatchThread(lambda: next(reasons), failed.append, 0.001)
    thread.start()
    thread.join(10)
    assert failed == ["stuck"]


def test_the_thread_stops_when_told() -> None:
    """A worker that ends in order takes its watchdog along."""
    looked = threading.Event()
    thread = WatchThread(looked.set, lambda _: None, 0.001)
    thread.start()
    assert looked.wait(10)
    thread.stop()
    thread.join(10)
    assert not thread.is_alive()
