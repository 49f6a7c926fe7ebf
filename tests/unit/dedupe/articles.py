"""Articles for the tests of deduplication, as the clean stage would hand them over."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from processors.dedupe import Deduper, make_sketch
from schemas.article import ArticleHead, RawPosition
from schemas.ids import article_id, content_hash
from schemas.sketch import Sketch
from schemas.verdict import Verdict

START = datetime(2025, 3, 1, 12, tzinfo=UTC)


def article(
    text: str,
    number: int = 0,
    *,
    raw_id: str | None = None,
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
    agency: str | None = None,
    day: float = 0,
    published: datetime | None = None,
    modified: datetime | None = None,
    withdrawn: bool = False,
) -> tuple[ArticleHead, Sketch]:
    """Return the head and the sketch of an article that came in `day` days after the start, as raw record `number`."""
    version = content_hash(f"{title or ''}\n\n{text}")
    head = ArticleHead(
        article_id=article_id(url, raw_id if withdrawn and raw_id else version),
        version=version,
        raw_id=raw_id,
        url=url,
        source=source,
        agency=agency,
        published_at=published,
        modified_at=modified,
        record_time=START + timedelta(days=day),
        raw=RawPosition(partition=number % 3, offset=number // 3),
        withdrawn=withdrawn,
    )
    return head, make_sketch(title, text, "en")


def judge(deduper: Deduper, articles: Iterable[tuple[ArticleHead, Sketch]]) -> list[Verdict]:
    """Return the verdicts on the articles in their order."""
    return [deduper.judge(head, sketch) for head, sketch in articles]


def partition(verdicts: Iterable[Verdict]) -> set[frozenset[str]]:
    """Return the groups of a run as sets of raw ids, with the merges that came later."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        while parent.get(name, name) != name:
            name = parent[name]
        return name

    members: dict[str, list[str]] = {}
    for verdict in verdicts:
        for lost in verdict.merges:
            parent[find(lost)] = find(verdict.group)
        members.setdefault(verdict.group, []).append(verdict.article.raw_id or "")
    groups: dict[str, set[str]] = {}
    for name, ids in members.items():
        groups.setdefault(find(name), set()).update(ids)
    return {frozenset(ids) for ids in groups.values()}


def bytes_of(verdicts: Iterable[Verdict]) -> str:
    """Return a hash of all that the verdicts say."""
    return hashlib.sha256("\n".join(v.model_dump_json() for v in verdicts).encode()).hexdigest()
