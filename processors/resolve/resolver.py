"""Resolver: walks the verdicts in their order and turns the mentions of each article into event revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from processors.resolve.copies import COPIES, Copies, moved
from processors.resolve.events import DEFAULT_WINDOW, EVENT, OpenEvents
from processors.resolve.groups import GROUP, Groups
from processors.resolve.linking import links_of
from processors.resolve.links import LINKS, End, Links
from processors.resolve.matching import number_of
from processors.resolve.revising import revise
from processors.resolve.state import State
from processors.resolve.told import tell
from processors.resolve.versions import as_source, former, shortened
from processors.resolve.waiting import MENTIONS, VERDICT, Waiting
from schemas import ids
from schemas.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, timedelta

    from processors.resolve.opened import Open
    from processors.resolve.revising import Revision
    from processors.resolve.state import Change
    from processors.resolve.told import Told
    from schemas.event import GeopoliticalEvent
    from schemas.mention import Mentions
    from schemas.verdict import ArticleRef, Verdict

NEXT = b"n"
"""First byte of the state key of the next number of a lane."""


class Resolver:
    """Turns mentions into events. Deterministic: the same verdicts and mentions give the same revisions.

    Verdicts come in the order of `seq`, or of several lanes in any interleaving, each lane in the order of its own numbers, and are
    resolved in the order in which they come. The mentions of an article may come before or after its verdict, and either may
    come twice. `advance` goes as far as both are there.
    """

    def __init__(self, rules_version: str, window: timedelta = DEFAULT_WINDOW, lanes: int = 1) -> None:
        """Take the rules version that goes into every event, how long an event stays open, and how many lanes give numbers.

        Lane `k` of `n` gives `k`, `k + n`, `k + 2n`...
        """
        self._rules_version = rules_version
        self._state = State()
        self._events = OpenEvents(self._state, window)
        self._copies = Copies(self._state, window)
        self._links = Links(self._state)
        self._waiting = Waiting(self._state)
        self._groups = Groups(self._state)
        self._next = [0] * lanes
        self._taken = [-1] * lanes
        self._failures: list[str] = []
        self._undo: dict[str, tuple[Open, list[Told]]] = {}

    @property
    def pending(self) -> int:
        """Verdicts that wait for the mentions of their article, or of one before them."""
        return len(self._waiting)

    def verdict(self, verdict: Verdict) -> None:
        """Take the next verdict; one that was taken before is passed over."""
        lane = self._lane(verdict.seq)
        if verdict.seq > self._taken[lane]:
            self._taken[lane] = verdict.seq
            self._waiting.push(verdict)

    def mentions(self, mentions: Mentions) -> None:
        """Take the mentions of one article version; those of a number that is done are passed over."""
        if mentions.seq >= self._next[self._lane(mentions.seq)]:
            self._waiting.put(mentions)

    def advance(self) -> list[GeopoliticalEvent]:
        """Resolve all that is complete; return the revisions as events. Never raises, as `revisions`."""
        return [revision.event() for revision in self.revisions()]

    def revisions(self) -> list[Revision]:
        """Resolve all that is complete; return the revisions, in the order of the verdicts. Never raises.

        What can't be resolved is passed over and told by `failures`: it takes nothing of the other verdicts with it.
        """
        revisions: list[Revision] = []
        while (verdict := self._waiting.first()) is not None:
            revisions += self._resolve(verdict, self._waiting.pop(verdict))
            lane = self._lane(verdict.seq)
            self._next[lane] = verdict.seq + 1
            self._state.put(self._next_key(lane), self._next[lane].to_bytes(8, "big"))
        return revisions

    def failures(self) -> list[str]:
        """Return what could not be resolved since the last call, each in one line with the verdict's number and article."""
        failed, self._failures = self._failures, []
        return failed

    def changes(self) -> list[Change]:
        """Return the state keys that changed since the last call, with their values; None where a key is gone."""
        self._waiting.save()
        return self._state.changes()

    def restore(
        self, items: Iterable[tuple[bytes, bytes]], fetch: Callable[[bytes], bytes | None] | None = None
    ) -> None:
        """Take up the state that `changes` gave, in any order, into a new resolver.

        With `fetch`, which reads a key of what `changes` gave so far and will give, the values are left where they are, not kept here.
        Raises ValueError where the state is of another format.
        """
        if fetch is not None:
            self._state.lean_on(fetch)
        verdicts: dict[bytes, bytes] = {}
        mentions: list[bytes] = []
        for key, value in items:
            self._state.take(key, value)
            kind, name = key[:1], key[1:]
            if kind == EVENT:
                self._events.restore(name.decode(), value)
            elif kind == COPIES:
                self._copies.restore(name.decode(), value)
            elif kind == LINKS:
                self._links.restore(name.decode())
            elif kind == VERDICT:
                verdicts[key] = value
            elif kind == MENTIONS:
                mentions.append(key)
            elif kind == GROUP:
                self._groups.restore(name.decode(), value)
            elif kind == NEXT:
                lane = name[0] if name else 0
                self._next[lane] = int.from_bytes(value, "big")
                self._taken[lane] = max(self._taken[lane], self._next[lane] - 1)
        for seq in self._waiting.restore(verdicts, mentions):
            self._taken[self._lane(seq)] = seq

    def _lane(self, seq: int) -> int:
        return seq % len(self._next)

    def _next_key(self, lane: int) -> bytes:
        return NEXT if len(self._next) == 1 else NEXT + bytes((lane,))

    def _resolve(self, verdict: Verdict, mentions: Mentions | None) -> list[Revision]:
        news = min(verdict.published_at or verdict.record_time, verdict.record_time).date()
        touched: dict[str, Open] = {}
        self._undo = {}
        try:
            self._take(verdict, mentions, news, touched)
        except Exception as error:  # noqa: BLE001 - one article's fault must not cost the others their events
            self._fail(verdict, error, list(self._undo))
            touched = {}
        revisions = []
        for event in touched.values():
            try:
                revision = self._revise(event, verdict)
            except Exception as error:  # noqa: BLE001 - nor one event's the others
                self._fail(verdict, error, [event.event_id])
            else:
                self._events.keep(event)
                revisions += [revision] if revision else []
        for event_id in self._events.evict(verdict.record_time.date()):
            self._links.close(event_id, self._events.is_open)
        self._copies.expire(verdict.record_time.date())
        self._events.rest()
        return revisions

    def _supersede(self, verdict: Verdict, touched: dict[str, Open]) -> None:
        """Let the update of a wire story that came from another address take the place of the version it revises.

        The two are one source whatever becomes of the old one. An outlet that shortened the update has not said that what it left
        out is wrong: then the old version stands beside it.
        """
        old = verdict.revision_of
        if old is None or old.article_id == verdict.article.article_id:
            return
        for event in self._events.of_article(old.article_id):
            for group in {t.group for t in event.told if t.article_id == old.article_id}:
                self._groups.join(group, into=verdict.group)
        if not shortened(verdict.diff):
            self._drop(old.article_id, old.version, touched)

    def _take(
        self, verdict: Verdict, mentions: Mentions | None, news: date, touched: dict[str, Open]
    ) -> None:
        """Bring the open events up to what the verdict's article says or takes back; `touched` gets those that it changes."""
        for group in verdict.merges:
            self._groups.join(group, into=verdict.group)
        self._copy(verdict)
        if verdict.kind is VerdictKind.WITHDRAWN:
            for ref in verdict.withdraws:
                self._withdraw(ref, touched)
        # A version whose coding failed says nothing of the version before it.
        if mentions is not None and mentions.error is None:
            if verdict.kind is VerdictKind.REVISION:
                self._drop(verdict.article.article_id, None, touched)
                self._supersede(verdict, touched)
            self._tell(verdict, mentions, news, touched)
        self._link(touched)

    def _link(self, touched: dict[str, Open]) -> None:
        """Link what is told now to what it fulfils, calls off or denies, and undo the links of the events told no more."""
        found = [
            link
            for event in touched.values()
            for told in self._new_in(event)
            for link in links_of(told, event, self._events, self._links)
        ]
        ends = [end for e in touched.values() if not e.told for end in self._links.drop(e.event_id)]
        others = [other for end in ends if (other := self._events.get(*end)) is not None]
        for link, earlier, later in found:
            self._links.add(link, _end(earlier), _end(later))
            others += [earlier, later]
        for other in others:
            self._undo.setdefault(other.event_id, (other, list(other.told)))
            touched.setdefault(other.event_id, other)

    def _new_in(self, event: Open) -> list[Told]:
        """Return the mentions that an event was not told by before this verdict."""
        _, before = self._undo.get(event.event_id, (event, event.told))
        known = {t.brief.mention_id for t in before}
        return [t for t in event.told if t.brief.mention_id not in known]

    def _copy(self, verdict: Verdict) -> None:
        """Note a copy that could stand in for the article that told of open events, or that one is a copy no more."""
        lead = verdict.duplicate_of
        if verdict.kind is VerdictKind.EXACT and lead is not None and self._events.tells(lead.article_id):
            self._copies.add(verdict)
        elif verdict.kind is VerdictKind.REVISION:
            self._copies.drop(verdict.article.article_id)

    def _withdraw(self, ref: ArticleRef, touched: dict[str, Open]) -> None:
        """Take back what one version told, or let it stand on the first copy that is left."""
        self._copies.drop(ref.article_id)
        copy = self._copies.succeed(ref)
        if copy is None:
            self._drop(ref.article_id, ref.version, touched)
            return
        for event in self._events.of_article(ref.article_id):
            told = moved(event.told, ref, copy)
            if told != event.told:
                self._undo.setdefault(event.event_id, (event, event.told))
                self._events.retell(event, told)
                touched[event.event_id] = event

    def _fail(self, verdict: Verdict, error: Exception, event_ids: Iterable[str]) -> None:
        """Note a failure, and take back what it left in the events: they stay as the log tells them."""
        text = " ".join(str(error).split())
        article = verdict.article.article_id
        self._failures.append(f"verdict {verdict.seq} of article {article}: {type(error).__name__}: {text}")
        for event_id in event_ids:
            event, told = self._undo[event_id]
            event.told = told
            self._events.keep(event)

    def _drop(self, article_id: str, version: str | None, touched: dict[str, Open]) -> None:
        """Take back what an article told: all of it, or what one version told."""
        for event in self._events.of_article(article_id):
            kept = [t for t in event.told if t.article_id != article_id or version not in (None, t.version)]
            if len(kept) != len(event.told):
                self._undo.setdefault(event.event_id, (event, event.told))
                event.told = kept
                touched[event.event_id] = event

    def _tell(self, verdict: Verdict, mentions: Mentions, news: date, touched: dict[str, Open]) -> None:
        outlet = verdict.source or urlsplit(verdict.url or "").hostname or verdict.article.article_id
        before = list(
            touched.values()
        )  # a revision finds the events of its former version first, though nothing tells them now
        copied = self._sentences(verdict) if verdict.kind is VerdictKind.ROUNDUP else ()
        for mention in mentions.mentions:
            if mention.evidence.sentence.endswith(copied):  # behind a dateline of its own, often
                continue  # as with a copy; and "on Wednesday" would be another one than when the story came out
            told = tell(mention, mentions, verdict, outlet.casefold(), news)
            event = self._events.find(told) or former(told, before)
            if event is None:
                event_id = ids.event_id(mention.mention_id)
                article = number_of(told.article_id)
                event = self._events.get(event_id, article) or self._events.new(event_id, verdict.seq)
            if all(t.brief.mention_id != mention.mention_id for t in event.told):
                self._undo.setdefault(event.event_id, (event, list(event.told)))
                self._events.add(event, as_source(told, event, verdict), verdict.record_time.date())
                touched[event.event_id] = event

    def _sentences(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the sentences in which the stories that an article holds told of events."""
        return tuple(
            t.mention.evidence.sentence
            for ref in verdict.contains
            for event in self._events.of_article(ref.article_id)
            for t in event.told
            if t.article_id == ref.article_id
        )

    def _revise(self, event: Open, verdict: Verdict) -> Revision | None:
        groups = [self._groups.name(t.group) for t in event.told]
        links = self._links.status(event.event_id), self._links.fulfilled(event.event_id)
        return revise(event, groups, verdict, self._rules_version, *links)


def _end(event: Open) -> End:
    return End(event.event_id, event.articles[0])
