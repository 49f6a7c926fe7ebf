"""What the workers' group commits, seen from outside as it happens: how recovery is measured."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.client import client_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Self

    from aiokafka import TopicPartition

    from streams.settings import Settings

LOOK_SECONDS = 0.1
REQUEST_MS = 2000
ANSWER_SECONDS = 5.0
"""An answer that takes longer is given up, and a new connection made: the broker may be dead."""
STUCK_SECONDS = 180.0
"""Without any commit for so long although work waits, something is stuck. A bound, not a measure: three times the watchdog's."""


class Seen(NamedTuple):
    """The committed offsets, and when they were asked for and had, by the loop's clock."""

    asked: float
    had: float
    offsets: dict[TopicPartition, int]


class StuckError(AssertionError):
    """Nothing is committed although there is work."""


class Progress:
    """Asks for the group's committed offsets ten times a second, through outages of the broker; an async context manager."""

    def __init__(self, settings: Settings) -> None:
        """Take where to ask."""
        self._settings = settings
        self._admin: AIOKafkaAdminClient | None = None
        self._looking: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()
        self.last: Seen | None = None

    async def __aenter__(self) -> Self:
        """Begin to look."""
        self._looking = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop looking."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking
        await self._close()

    async def fresh(self) -> Seen:
        """Return the first answer that was asked for after this call, however long the broker takes to be back."""
        asked = _now()
        return await self._first(lambda seen: seen.asked > asked)

    async def moved(
        self, before: Seen, partitions: Iterable[TopicPartition] = (), *, every: bool = False
    ) -> float:
        """Wait until more is committed than `before`; return when that was seen.

        `partitions` limits what counts (nothing: any partition); `every`: each of them must have moved. Raises StuckError.
        """
        counted = set(partitions)

        def enough(seen: Seen) -> bool:
            ahead = {p for p, offset in seen.offsets.items() if offset > before.offsets.get(p, 0)}
            return ahead >= counted if every else bool(ahead & counted if counted else ahead)

        return (await self._first(enough)).had

    async def _first(self, enough: Callable[[Seen], bool]) -> Seen:
        try:
            async with asyncio.timeout(STUCK_SECONDS), self._news:
                while self.last is None or not enough(self.last):
                    await self._news.wait()
                return self.last
        except TimeoutError:
            message = f"no commit that counts for {STUCK_SECONDS:.0f} s; last seen: {self.last}"
            raise StuckError(message) from None

    async def _look(self) -> None:
        while True:
            asked = _now()
            try:
                # Not `wait_for`: before Python 3.12 it may lose a cancellation, and the trial would wait for ever at its end.
                async with asyncio.timeout(ANSWER_SECONDS):
                    offsets = await self._ask()
            except (KafkaError, OSError, TimeoutError):
                await self._close()
            else:
                async with self._news:
                    self.last = Seen(asked, _now(), offsets)
                    self._news.notify_all()
            await asyncio.sleep(LOOK_SECONDS)

    async def _ask(self) -> dict[TopicPartition, int]:
        if self._admin is None:
            options = client_options(self._settings) | {"client_id": "fault-suite"}
            self._admin = AIOKafkaAdminClient(**options, request_timeout_ms=REQUEST_MS)
            await self._admin.start()
        stored = await self._admin.list_consumer_group_offsets(self._settings.group)
        return {p: place.offset for p, place in stored.items() if place.offset >= 0}

    async def _close(self) -> None:
        admin, self._admin = self._admin, None
        if admin is not None:
            with suppress(KafkaError, OSError, TimeoutError):
                async with asyncio.timeout(ANSWER_SECONDS):
                    await admin.close()


def _now() -> float:
    return asyncio.get_running_loop().time()
