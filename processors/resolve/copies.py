"""The copies that stand in for an article that is taken back: other outlets print its text word for word, and have not withdrawn it.

Copies are not coded, and corroborate nothing. But where the first copy goes, its story does not: what it told stands on the next one.
All is known from the verdicts, so that a replay finds the same copy. A copy that was edited or cut is not among them: what it still
says, only coding it would tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

from processors.resolve.matching import number_of
from schemas import ids
from schemas.base import rfc3339, to_utc
from schemas.codec import to_json
from schemas.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, timedelta

    from processors.resolve.state import State
    from processors.resolve.told import Told
    from schemas.verdict import ArticleRef, Verdict

COPIES = b"c"
"""First byte of the state key of an article's copies."""

MOST = 4
"""Copies that are remembered of one article: hardly ever do more outlets withdraw."""


class Copy(NamedTuple):
    """One copy, and where it stands.

    `of` is the version that it is a copy of, `recorded` the ordinal of its day of arrival.
    """

    of: str
    article_id: str
    version: str
    url: str | None
    source: str | None
    published_at: str | None
    recorded: int


class Copies:
    """The copies of articles that tell of open events, first come first, in the state; in memory is which articles are copies, and when."""

    def __init__(self, state: State, window: timedelta) -> None:
        """Take where they are kept, and how long a copy is remembered: as long as events are open."""
        self._state = state
        self._window = window
        self._lead: dict[int, str] = {}
        self._by_day: dict[int, list[str]] = {}

    def of(self, article_id: str) -> tuple[Copy, ...]:
        """Return the copies of an article."""
        value = self._state.get(_key(article_id))
        return tuple(Copy(*row) for row in orjson.loads(value)) if value is not None else ()

    def add(self, verdict: Verdict) -> None:
        """Note an exact copy, unless it is one already or there are enough of its article."""
        lead, article = verdict.duplicate_of, verdict.article
        if (
            lead is None
            or article.article_id == lead.article_id
            or number_of(article.article_id) in self._lead
        ):
            return
        known = self.of(lead.article_id)
        of = _copied(verdict, lead.article_id, known)
        if of is None or len(known) >= MOST:
            return
        copy = Copy(
            of,
            article.article_id,
            article.version,
            verdict.url,
            verdict.source,
            rfc3339(verdict.published_at) if verdict.published_at else None,
            verdict.record_time.date().toordinal(),
        )
        self._put(lead.article_id, (*known, copy))

    def drop(self, article_id: str) -> None:
        """Forget a copy that is none any more."""
        lead = self._lead.get(number_of(article_id))
        if lead is not None:
            self._put(lead, tuple(c for c in self.of(lead) if c.article_id != article_id))

    def succeed(self, ref: ArticleRef) -> Copy | None:
        """Return the copy that stands in for an article version from now on, and make it the first of those that are left."""
        copies = [c for c in self.of(ref.article_id) if c.of == ref.version]
        if not copies:
            return None
        self._put(ref.article_id, ())
        first = copies[0]
        self._put(first.article_id, tuple(c._replace(of=first.version) for c in copies[1:]))
        return first

    def restore(self, article_id: str, value: bytes) -> None:
        """Take up what the state has of an article."""
        self._note(article_id, tuple(Copy(*row) for row in orjson.loads(value)))

    def expire(self, today: date) -> None:
        """Forget the copies of articles whose copies came before the window."""
        oldest = (today - self._window).toordinal()
        for day in sorted(day for day in self._by_day if day < oldest):
            for lead in self._by_day.pop(day):
                copies = self.of(lead)
                if copies and copies[-1].recorded < oldest:
                    self._put(lead, ())

    def _put(self, lead: str, copies: tuple[Copy, ...]) -> None:
        before = self.of(lead)
        for copy in before:
            self._lead.pop(number_of(copy.article_id), None)
        if copies:
            self._note(lead, copies)
            self._state.put(_key(lead), to_json([tuple(copy) for copy in copies]))
        elif before:
            self._state.put(_key(lead), None)

    def _note(self, lead: str, copies: tuple[Copy, ...]) -> None:
        self._lead.update((number_of(copy.article_id), lead) for copy in copies)
        self._by_day.setdefault(copies[-1].recorded, []).append(lead)


def _key(article_id: str) -> bytes:
    return COPIES + article_id.encode()


def _copied(verdict: Verdict, lead: str, known: Sequence[Copy]) -> str | None:
    """Return which version of the first copy an exact copy has the text of, itself or by another exact copy of that."""
    for edge in verdict.edges:
        if edge.kind is VerdictKind.EXACT:
            if edge.to.article_id == lead:
                return edge.to.version
            for copy in known:
                if (copy.article_id, copy.version) == (edge.to.article_id, edge.to.version):
                    return copy.of
    return None


def moved(told: Sequence[Told], ref: ArticleRef, copy: Copy) -> list[Told]:
    """Return the mentions of an event with those of an article version as its copy tells them.

    The evidence names the copy, and as its version the text that was coded: that is where the offsets lead. A headline that the copy need
    not have tells nothing more.
    """
    kept = []
    for t in told:
        if (t.article_id, t.version) != (ref.article_id, ref.version):
            kept.append(t)
        elif t.brief.in_text or copy.version == t.version:
            kept.append(_as_copied(t, copy))
    return kept


def _as_copied(told: Told, copy: Copy) -> Told:
    here = {
        "article_id": copy.article_id,
        "url": copy.url,
        "source": copy.source,
        "published_at": to_utc(copy.published_at),
    }
    new = {
        "mention_id": ids.copied_mention_id(told.mention.mention_id, copy.article_id),
        "evidence": told.mention.evidence.model_copy(update=here),
    }
    mention = told.mention.model_copy(update=new)
    return told.moved(mention, copy.article_id, copy.version, (copy.source or copy.article_id).casefold())
