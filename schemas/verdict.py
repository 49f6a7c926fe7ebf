"""Verdict: the value of `articles.verdicts`, what deduplication says of one article version."""

from enum import StrEnum

from pydantic import Field

from schemas.article import RawPosition
from schemas.base import Record, Utc


class VerdictKind(StrEnum):
    """What an article version is to those before it."""

    UNIQUE = "unique"
    EXACT = "exact"
    NEAR = "near"
    REVISION = "revision"
    ROUNDUP = "roundup"
    WITHDRAWN = "withdrawn"

    @property
    def goes_on(self) -> bool:
        """Tell whether the article is passed on to coding: unique, round-up or revision."""
        return self in (VerdictKind.UNIQUE, VerdictKind.ROUNDUP, VerdictKind.REVISION)


class ArticleRef(Record):
    """One article version."""

    article_id: str
    version: str
    raw_id: str | None = None


class Edge(Record):
    """One relation to an earlier article version, and how strong it is."""

    kind: VerdictKind
    to: ArticleRef
    similarity: float = Field(ge=0, le=1, description="Jaccard similarity of word shingles, estimated")
    containment: float = Field(ge=0, le=1, description="share of the shorter text that the longer one holds")
    reason: str = Field(description="same-url, same-content, minhash, sentences, url-and-facts, ...")


class Verdict(Record):
    """The verdict on one article version, one per record of `articles.clean`, numbered without gaps by `seq`."""

    seq: int = Field(ge=0)
    article: ArticleRef
    kind: VerdictKind
    group: str = Field(description="article_id of the first copy of the component that this article is in")
    duplicate_of: ArticleRef | None = None
    revision_of: ArticleRef | None = None
    contains: tuple[ArticleRef, ...] = ()
    withdraws: tuple[ArticleRef, ...] = Field(
        (), description="versions taken back; empty where none was known"
    )
    merges: tuple[str, ...] = Field((), description="groups that this article joins into `group`")
    similarity: float = Field(0.0, ge=0, le=1)
    edges: tuple[Edge, ...] = ()
    origin: str | None = Field(
        None, description="likely origin of a syndicated text: an agency or the first outlet"
    )
    url: str | None = None
    source: str | None = None
    published_at: Utc | None = None
    record_time: Utc
    raw: RawPosition = RawPosition()
