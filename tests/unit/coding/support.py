"""What the tests of the coder share: one coder, and articles of one day."""

from datetime import UTC, datetime
from functools import cache

from processors.coding import Coder
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
