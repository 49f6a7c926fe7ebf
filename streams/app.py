"""The composition root: the flow, stage by stage, as a Faust app.

    articles.raw ─clean─▶ articles.clean ─dedupe─▶ articles.unique ─code─▶ events.mentions ─resolve─▶ geo.events
                                              └──▶ articles.verdicts ───────────────────────────┘
    any stage ─▶ dead-letters

`faust -A streams.app worker -l info --without-web` runs it with the settings of the environment; `dragoman worker` does the same
with our defaults.
"""

from __future__ import annotations

import os
import socket
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from faust import SASLCredentials, SSLCredentials
from faust.stores.memory import Store as MemoryStore

from streams.batches import BatchStream, Limits
from streams.client import ssl_context
from streams.cluster import after_last_records
from streams.disk import Store as DiskStore
from streams.flow import RawSchema
from streams.health import check_exposure
from streams.hop import Hop
from streams.metrics import Meter
from streams.outbox import OrderedOutbox, Outbox, Table, TransactionalOutbox
from streams.settings import Settings
from streams.stages import make_stages
from streams.state import own_key
from streams.supervision import supervise
from streams.topics import (
    CLEAN,
    DEDUPE_TABLE,
    MENTIONS,
    RAW,
    RESOLVE_TABLE,
    UNIQUE,
    VERDICTS,
    catalogue,
    changelog,
)
from streams.transactions import Lanes
from streams.transport import App

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from streams.stages import Stage


FETCH_BYTES = 256 * 1024
"""Bytes of one partition that are fetched at once, as many as a lane writes at once.

What is fetched of one partition is worked on before the next has its turn: with more, a partition waits for long where the others have a
backlog, and a worker holds as much of each of some fifteen.
"""


class Step(NamedTuple):
    """Where a stage stands in a flow: topics by their catalogue names.

    `reads` have equally many partitions; `state` names the table of a stage that has some; `hold` the topic whose records may wait in
    the state for those of another.
    """

    stage: str
    reads: tuple[str, ...]
    state: str | None = None
    hold: str | None = None


FLOW = (
    Step("clean", (RAW,)),
    Step("dedupe", (CLEAN,), state=DEDUPE_TABLE),
    Step("code", (UNIQUE,)),
    Step("resolve", (VERDICTS, MENTIONS), state=RESOLVE_TABLE, hold=VERDICTS),
)


def create_app(
    settings: Settings | None = None,
    on_ready: Callable[[], None] = lambda: None,
    *,
    flow: Sequence[Step] = FLOW,
    stages: Mapping[str, Callable[[], Stage]] | None = None,
) -> App:
    """Return the app of one worker, not yet running.

    Args:
        settings: By default those of the environment.
        on_ready: Called in the event loop each time the worker has its partitions and their state.
        flow: The steps that this worker runs.
        stages: What makes the stage of each step, by its name; by default our own stages.

    """
    settings = settings or Settings()
    check_exposure(settings)
    faust_app = _new_app(settings)
    faust_app.after_last = partial(after_last_records, settings)
    meter = Meter()
    agents = _Agents(faust_app, settings, meter, make_stages(settings) if stages is None else stages)
    for step in flow:
        agents.add(step)
    supervise(faust_app, settings, agents.hops, meter, on_ready)
    return faust_app


class _Agents:
    """Adds stages to an app as agents."""

    def __init__(
        self, faust_app: App, settings: Settings, meter: Meter, stages: Mapping[str, Callable[[], Stage]]
    ) -> None:
        self.hops: list[Hop] = []
        self._app = faust_app
        self._settings = settings
        self._meter = meter
        self._stages = stages
        self._topics = catalogue(settings)
        self._readers: dict[str, str] = {}
        self._outbox = self._new_outbox()

    def _new_outbox(self) -> Outbox:
        if self._settings.guarantee == "at_least_once":
            return OrderedOutbox(self._app, self._settings)
        partitions = {topic.full_name: topic.partitions for topic in self._topics.values()}
        self._app.lanes = Lanes(self._settings, self._readers, partitions)
        return TransactionalOutbox(self._app, self._settings, self._app.lanes)

    def add(self, step: Step) -> None:
        name = step.stage
        names = {self._topics[topic].full_name: topic for topic in step.reads}
        self._readers |= dict.fromkeys(names, name)
        given = self._settings
        limits = Limits(given.batch_records, given.batch_bytes, given.batch_wait, given.batch_work)
        table = self._table(step.state) if step.state else None
        hop = Hop(
            name,
            self._stages[name],
            self._outbox,
            self._meter,
            limits,
            names=names,
            table=table,
            hold=step.hold,
        )
        topic = self._app.topic(*names, schema=RawSchema(key_type=bytes, value_type=bytes, allow_empty=True))

        async def agent(stream: Any) -> None:  # noqa: ANN401 - Faust hands over a BatchStream
            await hop.run(cast("BatchStream", stream))

        self._app.agent(topic, name=name)(agent)
        if table is not None:
            self._follow_state(hop, table, set(names))
        self.hops.append(hop)

    def _table(self, name: str) -> Table:
        partitions = self._topics[f"{name}-changelog"].partitions
        return self._app.Table(name, partitions=partitions, key_type=bytes, value_type=bytes)

    def _follow_state(self, hop: Hop, table: Table, reads: set[str]) -> None:
        log = changelog(self._settings, table.name)

        async def revoked(*_: object, **__: object) -> None:
            hop.reset()

        async def assigned(*received: Any, **__: object) -> None:  # noqa: ANN401 - the app and a set of TP
            hop.reset(mine={tp.partition for tp in received[1] if tp.topic in reads})
            # A store that is not read from disk again keeps what was written here after the partition has gone to another worker, and would
            # mix it into what it recovers when the partition comes back.
            here = {tp.partition for tp in received[1] if tp.topic == log}
            if isinstance(table.data, DiskStore):
                table.data.keep_only(here)
            elif isinstance(table.data, MemoryStore):
                gone = [k for k in table.data.data if own_key(table.partitions or 1, k)[0] not in here]
                for key in gone:
                    del table.data.data[key]

        self._app.on_partitions_revoked.connect(revoked)
        self._app.on_partitions_assigned.connect(assigned)


def _new_app(settings: Settings) -> App:
    servers = ";".join(f"kafka://{server.strip()}" for server in settings.broker.split(","))
    return App(
        settings.group,
        broker=servers,
        broker_credentials=_credentials(settings),
        Stream=BatchStream,
        store=settings.store,
        datadir=settings.data_dir / "worker",
        # Every member of the group must be told from the others by its URL, though nothing is served there.
        canonical_url=f"http://{socket.gethostname()}/{os.getpid()}",
        web_enabled=False,
        autodiscover=False,
        # Topics come from the catalogue and from nowhere else.
        topic_allow_declare=False,
        topic_disable_leader=True,
        topic_partitions=settings.partitions,
        topic_replication_factor=settings.replication,
        # A standby copy is of use to a store that is still there after a rebalance: the others are read anew.
        table_standby_replicas=1 if settings.store == "rocksdb://" else 0,
        # A rebalance and a stop wait for the batch that is being worked on.
        stream_wait_empty=True,
        stream_buffer_maxsize=settings.buffer_records,
        consumer_auto_offset_reset="earliest",
        # Of each partition, and held until its turn comes. A larger record is fetched alone (KIP-74).
        consumer_max_fetch_size=FETCH_BYTES,
        broker_max_poll_records=settings.buffer_records,
        broker_session_timeout=settings.session_timeout,
        broker_heartbeat_interval=settings.session_timeout / 4,
        broker_commit_interval=settings.commit_interval,
        producer_linger=settings.linger_ms / 1000,
        producer_max_batch_size=256 * 1024,
        producer_max_request_size=settings.max_record_bytes + 64 * 1024,
        producer_compression_type=None if settings.compression == "none" else settings.compression,
        producer_request_timeout=60.0,
        worker_redirect_stdouts=False,
    )


def _credentials(settings: Settings) -> SASLCredentials | SSLCredentials | None:
    encrypted = settings.security_protocol.endswith("SSL")
    context = ssl_context(settings) if encrypted else None
    if settings.security_protocol.startswith("SASL"):
        password = settings.sasl_password
        return SASLCredentials(
            username=settings.sasl_username,
            password=password.get_secret_value() if password else None,
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return SSLCredentials(context) if encrypted else None


def __getattr__(name: str) -> App:
    """Make `app` when it is first asked for, so that importing this module needs no settings and costs little."""
    if name != "app":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    made = create_app()
    globals()["app"] = made
    return made
