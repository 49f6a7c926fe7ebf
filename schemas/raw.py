"""RawArticle: the value of `articles.raw`, the one record that people outside produce."""

from typing import Literal

from pydantic import ConfigDict, model_validator

from schemas.base import Record, Utc

ContentType = Literal["text/plain", "text/html"]


class RawArticle(Record):
    """One article as it was fetched: a web page or a text, with what is known about it.

    Every field but `body` may be missing; unknown fields are kept, not refused. An article that is taken back comes as
    `withdrawn: true` with the `id` or `url` of the article, and needs no body.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str | None = None
    url: str | None = None
    source: str | None = None
    title: str | None = None
    body: str | None = None
    content_type: ContentType = "text/plain"
    published_at: Utc | None = None
    fetched_at: Utc | None = None
    language: str | None = None
    withdrawn: bool = False

    @model_validator(mode="after")
    def _usable(self) -> "RawArticle":
        if self.withdrawn:
            if not (self.id or self.url):
                msg = "withdrawn: needs the id or url of the article that is taken back"
                raise ValueError(msg)
        elif self.body is None:
            msg = "body: missing"
            raise ValueError(msg)
        return self
