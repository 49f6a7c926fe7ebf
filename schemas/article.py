"""CleanArticle: the value of `articles.clean` and `articles.unique`, and its head without the text."""

from typing import Annotated

from pydantic import Field

from schemas.base import Record, Utc

OffsetRun = Annotated[
    tuple[int, int, int], Field(description="start in `text`, start in the raw body, length")
]


class RawPosition(Record):
    """Where the raw record stands: the partition and offset of `articles.raw`; both 0-based."""

    partition: int = 0
    offset: int = 0


class ArticleHead(Record):
    """All that is known of one article version but its text. Deduplication reads this and the sketch, not the body."""

    article_id: str
    version: str = Field(description="SHA-256 of title and text, hex")
    raw_id: str | None = Field(None, description="the `id` that the producer gave")
    url: str | None = Field(None, description="canonical URL")
    source: str | None = Field(None, description="outlet or feed, as given or as the page names itself")
    language: str | None = Field(None, description="ISO 639-1, or null where the text is too short to tell")
    author: str | None = None
    agency: str | None = Field(None, description="news agency that the byline or a credit names")
    dateline: str | None = Field(None, description="place and date line that opened the text, as printed")
    published_at: Utc | None = None
    modified_at: Utc | None = None
    record_time: Utc = Field(
        description="LogAppendTime of the raw record; the clock of everything downstream"
    )
    raw: RawPosition = RawPosition()
    withdrawn: bool = False
    flags: tuple[str, ...] = Field((), description="paywall, live-blog, no-text, ...")


class CleanArticle(ArticleHead):
    """One article version as text: headline and paragraphs, without the page around them."""

    title: str | None = None
    text: str = ""
    offsets: tuple[OffsetRun, ...] = Field(
        (), description="runs that lead from `text` back into the raw body; Unicode code points"
    )

    def head(self) -> ArticleHead:
        """Return the article without title, text and offsets."""
        values = self.__dict__
        return ArticleHead.trusted(**{name: values[name] for name in _HEAD})


_HEAD = tuple(ArticleHead.model_fields)
