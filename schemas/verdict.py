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


class ChangeKind(StrEnum):
    """What became of a sentence from one version of a text to the next."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class SentenceChange(Record):
    """One sentence that the new version has, or the former one had, and the other has not or with other facts."""

    kind: ChangeKind
    start: int | None = Field(
        None, description="where it stands in the text of the new version, in code points; null if removed"
    )
    end: int | None = None
    former: int | None = Field(
        None, description="which sentence of the former version it was, counted from 0; null if added"
    )
    names: tuple[str, ...] = Field(
        (), description="words of names that the former version had nowhere, folded"
    )
    numbers: tuple[str, ...] = Field(
        (),
        description="the same of numbers and dates; a weekday or month is the three letters it begins with",
    )


class TextDiff(Record):
    """What changed from the former version, sentence by sentence; a sentence that only moved is the same."""

    same: int = Field(description="sentences that both versions have")
    added: int
    changed: int = Field(description="sentences of one wording with other names, numbers or negations")
    removed: int
    headline: bool = Field(description="the headline is another one")
    changes: tuple[SentenceChange, ...] = Field(
        (), description="in the order of the new text, then what was removed; 64 at most"
    )


class Verdict(Record):
    """The verdict on one article version, one per record of `articles.clean`, numbered without gaps by `seq`."""

    seq: int = Field(ge=0)
    article: ArticleRef
    kind: VerdictKind
    group: str = Field(description="article_id of the first copy of the component that this article is in")
    duplicate_of: ArticleRef | None = None
    revision_of: ArticleRef | None = None
    diff: TextDiff | None = Field(
        None, description="of a revision: what changed from the version it replaces"
    )
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
