"""What the tests of the coder share: one coder, articles of one day, and what is to be seen of their events."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from processors.coding import Coder
from schemas.actor import Actor
from schemas.article import CleanArticle
from schemas.mention import Mention

NOON = datetime(2025, 2, 13, 12, tzinfo=UTC)
"""A Thursday."""


@cache
def coder() -> Coder:
    """Return the coder, compiled once."""
    return Coder()


def code(text: str, title: str | None = None, published: datetime | None = NOON) -> tuple[Mention, ...]:
    """Return the mentions of an English article."""
    article = CleanArticle(
        article_id="a1",
        version="v1",
        record_time=NOON,
        published_at=published,
        title=title,
        text=text,
        language="en",
    )
    return coder().code(article)[1]


def named(actors: Iterable[Actor]) -> list[tuple[str, str | None, str | None]]:
    """Return (name, country, sector) of actors."""
    return [(a.name, a.country, a.sector) for a in actors]


def lands(text: str) -> list[tuple[str, list[str | None], list[str | None]]]:
    """Return (type, source countries, target countries) of each event of a text."""
    return [(m.type, [a.country for a in m.source], [a.country for a in m.target]) for m in code(text)]
