"""The copies that stand in for an article that is taken back: other outlets print its text word for word, and have not withdrawn it.

Copies are not coded, and corroborate nothing. But where the first copy goes, its story does not: what it told stands on the next one.
All is known from the verdicts, so that a replay finds the same copy. A copy that was edited or cut is not among them: what it still
says, only coding it would tell.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import orjson

from schemas import ids
from schemas.base import rfc3339, to_utc
from schemas.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, timedelta

    from processors.resolve.matching import Told
    from schemas.verdict import ArticleRef, Verdict

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
    """The copies of articles that tell of open events, first come first."""

    def __init__(self, window: timedelta) -> None:
        """Take how long a copy is remembered: as long as events are open."""
        self._window = window
        self._of: dict[str, tuple[Copy, ...]] = {}
        self._lead: dict[str, str] = {}
        self._ages: deque[tuple[int, str]] = deque()

    def add(self, verdict: Verdict) -> str | None:
        """Note an exact copy; return the article whose copies changed, None where none did."""
        lead = verdict.duplicate_of
        if lead is None or verdict.article.article_id in (lead.article_id, *self._lead):
            return None
        known = self._of.get(lead.article_id, ())
        of = _copied(verdict, lead.article_id, known)
        if of is None or len(known) >= MOST:
            return None
        copy = Copy(
            of,
            verdict.article.article_id,
            verdict.article.version,
            verdict.url,
            verdict.source,
            rfc3339(verdict.published_at) if verdict.published_at else None,
            verdict.record_time.date().toordinal(),
        )
        self._put(lead.article_id, (*known, copy))
        return lead.article_id

    def drop(self, article_id: str) -> str | None:
        """Forget a copy that is none any more; return the article whose copies changed, None where none did."""
        lead = self._lead.get(article_id)
        if lead is not None:
            self._put(lead, tuple(c for c in self._of[lead] if c.article_id != article_id))
        return lead

    def succeed(self, ref: ArticleRef) -> Copy | None:
        """Return the copy that stands in for an article version from now on, and make it the first of those that are left."""
        copies = [c for c in self._of.get(ref.article_id, ()) if c.of == ref.version]
        if not copies:
            return None
        self._put(ref.article_id, ())
        first = copies[0]
        self._put(first.article_id, tuple(c._replace(of=first.version) for c in copies[1:]))
        return first

    def value(self, article_id: str) -> bytes | None:
        """Return the state of the copies of one article, for the changelog; None where there are none."""
        copies = self._of.get(article_id)
        return orjson.dumps([tuple(copy) for copy in copies]) if copies else None

    def restore(self, article_id: str, value: bytes) -> None:
        """Take up what `value` gave; `expire` counts on the order of arrival, which `settle` restores."""
        self._put(article_id, tuple(Copy(*row) for row in orjson.loads(value)))

    def settle(self) -> None:
        """Bring what was restored into the order of arrival."""
        self._ages = deque(sorted(self._ages))

    def expire(self, today: date) -> list[str]:
        """Forget the copies of articles whose copies came before the window; return those articles, oldest first."""
        oldest, gone = (today - self._window).toordinal(), []
        while self._ages and self._ages[0][0] < oldest:
            _, lead = self._ages.popleft()
            if self._of.get(lead) and self._of[lead][-1].recorded < oldest:
                self._put(lead, ())
                gone.append(lead)
        return gone

    def _put(self, lead: str, copies: tuple[Copy, ...]) -> None:
        for copy in self._of.pop(lead, ()):
            self._lead.pop(copy.article_id, None)
        if copies:
            self._of[lead] = copies
            self._lead.update((copy.article_id, lead) for copy in copies)
            self._ages.append((copies[-1].recorded, lead))


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
        elif t.mention.evidence.field == "text" or copy.version == t.version:
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
    return told._replace(
        mention=told.mention.model_copy(update=new),
        article_id=copy.article_id,
        version=copy.version,
        outlet=(copy.source or copy.article_id).casefold(),
    )
