"""The app on our Kafka transport: its consumer (`streams.consumer`), its producer, and the lanes it holds.

Faust 0.15.3 sends a timestamp as a float of seconds, cut to milliseconds: one in a hundred moves. Here it stays an integer.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import faust
from faust.transport.drivers import aiokafka as driver

from streams.consumer import Consumer
from streams.flow import FlowControl

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from aiokafka import TopicPartition
    from aiokafka.structs import RecordMetadata
    from faust.types import TP
    from faust.types.transports import TransportT
    from mode.utils.queues import FlowControlEvent

    from streams.records import OutRecord
    from streams.transactions import Lanes


class Producer(driver.Producer):
    """An idempotent producer (KIP-98): a retried request neither repeats records nor changes their order."""

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}

    async def deliver(self, records: Iterable[OutRecord]) -> list[RecordMetadata]:
        """Write records and wait until all are acknowledged; `topic` is the name on the broker.

        Returns where each stands, in their order. Raises KafkaError if one can't be written, RuntimeError where the app has lanes: then
        nothing may leave outside of their transactions.
        """
        self._check()
        producer = self._ensure_producer()
        acks = [
            await producer.send(
                record.topic,
                record.value,
                key=record.key,
                partition=record.partition,
                timestamp_ms=record.timestamp_ms,
                headers=list(record.headers),
            )
            for record in records
        ]
        return [await ack for ack in acks]

    async def send(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed through
        """Send what Faust itself would send, for example by `topic.send`. Raises RuntimeError where the app has lanes."""
        self._check()
        return await super().send(*args, **kwargs)

    def _check(self) -> None:
        if cast("App", self.app).lanes is not None:
            raise RuntimeError("this producer has no transactions")


class Transport(driver.Transport):
    """The transport that makes both."""

    Consumer = Consumer
    Producer = Producer


class App(faust.App):
    """A Faust app on this transport, which tells when a rebalance is over."""

    settled: bool = False
    """True while partitions are assigned, state is recovered and records flow."""

    lanes: Lanes | None = None
    """What writes, exactly once; None at least once."""

    after_last: Callable[[Iterable[TopicPartition]], Awaitable[Mapping[TopicPartition, int]]]
    """Returns the offset after the last committed record of partitions."""

    async def _on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        if self.lanes is not None and not self.should_stop:
            # First of all: state and committed offsets, which are read next, are final only when older holders are fenced.
            try:
                await self.lanes.take(assigned)
            except Exception as error:  # noqa: BLE001 - what Faust does with an error of its own steps
                await self.crash(error)
                return
        await super()._on_partitions_assigned(assigned, generation_id)

    async def _on_partitions_revoked(self, revoked: set[TP]) -> None:
        await super()._on_partitions_revoked(revoked)
        if self.lanes is not None:
            await self.lanes.leave()

    async def on_stop(self) -> None:
        """Stop, then let go of the lanes."""
        await super().on_stop()
        if self.lanes is not None:
            await self.lanes.leave()

    def on_rebalance_start(self) -> None:
        """Note that partitions are being reassigned."""
        self.settled = False
        super().on_rebalance_start()

    def on_rebalance_end(self) -> None:
        """Note that records flow again."""
        super().on_rebalance_end()
        self.settled = True

    @cached_property
    def flow_control(self) -> FlowControlEvent:
        """Flow control of all streams."""
        return FlowControl(loop=self.loop)

    def _new_transport(self) -> TransportT:
        return cast("TransportT", Transport(self.conf.broker_consumer, self))

    def _new_producer_transport(self) -> TransportT:
        return cast("TransportT", Transport(self.conf.broker_producer, self))
