"""resolve: verdicts, in their order, and the mentions of their articles become event revisions. One lane."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from processors.resolve import Resolver
from schemas.cloudevents import event_headers
from schemas.codec import decode
from schemas.errors import Rejected
from schemas.mention import Mentions
from schemas.verdict import Verdict
from streams.records import OutRecord, to_ms
from streams.stages.base import Stage
from streams.topics import CURRENT, EVENTS, MENTIONS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from streams.records import InRecord
    from streams.stages.base import Change, Fetch


class ResolveStage(Stage):
    """articles.verdicts and events.mentions to geo.events and geo.events.current.

    The two inputs may come in any interleaving and any record twice: revisions leave in the order of the verdicts, each once.
    """

    name = "resolve"

    def __init__(self, rules_version: str, max_record_bytes: int, lanes: int = 1) -> None:
        """Take the rules version that goes into every event, and how many lanes of deduplication give numbers."""
        super().__init__(max_record_bytes)
        self._resolver = Resolver(rules_version, lanes=lanes)

    def changes(self) -> Sequence[Change]:
        """Return the state keys that changed."""
        return self._resolver.changes()

    def restore(self, items: Iterable[tuple[bytes, bytes]], fetch: Fetch | None = None) -> None:
        """Take up the state again; with `fetch` most of it stays where it is."""
        self._resolver.restore(items, fetch)

    @property
    def pending(self) -> int:
        """Verdicts that wait for the mentions of their article."""
        return self._resolver.pending

    def _handle(self, record: InRecord) -> list[OutRecord]:
        if record.topic == VERDICTS:
            self._resolver.verdict(decode(Verdict, record.value))
        elif record.topic == MENTIONS:
            self._resolver.mentions(decode(Mentions, record.value))
        else:
            msg = f"resolve does not read {record.topic}"
            raise Rejected(msg)
        outputs = []
        for revision in self._resolver.revisions():
            event = revision.values
            key, value, headers = event["event_id"].encode(), revision.encode(), tuple(event_headers(event))
            when = to_ms(datetime.fromisoformat(event["record_time"]))
            outputs += [OutRecord(topic, key, value, headers, when) for topic in (EVENTS, CURRENT)]
        for reason in self._resolver.failures():
            outputs += self._failed(record, reason)
        return outputs
