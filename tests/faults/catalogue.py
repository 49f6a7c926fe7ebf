"""The trials of the suite: what each does, and within how many seconds of the fault the next commit is wanted."""

from __future__ import annotations

from typing import NamedTuple

WORKER_BAR, BROKER_BAR = 15.0, 20.0


class Plan(NamedTuple):
    """One trial as the report names it; `bar` in seconds, None where nothing is promised."""

    fault: str
    workers: int = 1
    brokers: int = 1
    bar: float | None = None


PLANS = {
    "kill": Plan("worker killed (SIGKILL) at a random moment, started again at once", bar=WORKER_BAR),
    "kill-of-two": Plan("one of two workers killed, started again at once", workers=2, bar=WORKER_BAR),
    "term": Plan("worker ended (SIGTERM), started again at once"),
    "zombie": Plan(
        "one of two workers frozen (SIGSTOP) beyond the session timeout, then let go (SIGCONT)", workers=2
    ),
    "rolling": Plan("rolling restart of two workers", workers=2),
    "storm": Plan(
        "rebalance storm: workers join and leave, by SIGTERM and SIGKILL in turn, every few seconds",
        workers=3,
    ),
    "state-disk": Plan("worker killed and its data folder deleted, disk://", bar=WORKER_BAR),
    "state-memory": Plan("worker killed and its data folder deleted, memory://", bar=WORKER_BAR),
    "state-rocksdb": Plan("worker killed and its data folder deleted, rocksdb://", bar=WORKER_BAR),
    "broker-kill": Plan("broker killed (SIGKILL), started again at once", bar=BROKER_BAR),
    "broker-away": Plan("broker killed and away for 12 s; seconds from its return"),
    "one-of-three": Plan(
        "one broker of three killed, the others go on, it returns", brokers=3, bar=BROKER_BAR
    ),
    "disk-full": Plan("the broker's disk runs full, is cleared, the broker restarted; seconds from there"),
    "slow-reader": Plan("worker killed while a slow consumer reads geo.events", bar=WORKER_BAR),
}
