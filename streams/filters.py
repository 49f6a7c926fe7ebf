"""What the filter commands do with one line each: JSON bytes in, JSON lines out, no Kafka.

Ids in the output are the ids of the input lines; an article without one goes by its `article_id`.
"""

from __future__ import annotations

import gzip
import sys
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol

import orjson

from processors.clean import Cleaner, decode_raw
from schemas.article import ArticleHead, CleanArticle, RawPosition
from schemas.codec import encode
from schemas.errors import Rejected
from streams.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, timedelta
    from pathlib import Path

    from schemas.mention import Mention
    from schemas.verdict import ArticleRef

BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """One line of input: where it stands, for messages, and its bytes without the line break."""

    place: str
    value: bytes


def read_lines(files: Iterable[Path]) -> Iterator[Line]:
    """Yield the lines of the files, or of standard input where there are none; blank lines are passed over."""
    paths = list(files)
    if not paths:
        yield from _lines(sys.stdin.buffer, "line ")
    for path in paths:
        try:
            with path.open("rb") as raw:
                stream: IO[bytes] = gzip.open(raw) if path.suffix == ".gz" else raw  # type: ignore[assignment]  # noqa: SIM115 - ends with `raw`
                yield from _lines(stream, f"{path} line ")
        except (OSError, EOFError) as error:
            message = f"{path}: {getattr(error, 'strerror', None) or error}"
            raise Failure(message) from None


def _lines(stream: IO[bytes], prefix: str) -> Iterator[Line]:
    for number, line in enumerate(stream, 1):
        value = line.strip(b" \t\r\n")
        if number == 1:
            value = value.removeprefix(BOM)
        if value:
            yield Line(f"{prefix}{number}", value)


class Filter(Protocol):
    """One filter: lines out for a line in, and what is left when the input ends."""

    def feed(self, value: bytes) -> list[bytes]:
        """Take one line; return the lines that answer it. Raises Rejected for one that can't be used."""

    def finish(self) -> list[bytes]:
        """Return what could only be said at the end."""


class _Prompt:
    """A filter that answers each line at once."""

    def finish(self) -> list[bytes]:
        """Return nothing: every line was answered."""
        return []


class CleanFilter(_Prompt):
    """`dragoman clean`: a raw article to a clean one."""

    def __init__(self, received: datetime) -> None:
        """Take the time that stands for the record time."""
        self._cleaner = Cleaner()
        self._received = received
        self._count = 0

    def article(self, value: bytes) -> CleanArticle:
        """Return the clean article of one raw line."""
        position = RawPosition(partition=0, offset=self._count)
        self._count += 1
        return self._cleaner.clean(decode_raw(value), self._received, position)

    def feed(self, value: bytes) -> list[bytes]:
        """Return one line with the id and all fields of the clean article."""
        article = self.article(value)
        return [_line({"id": _id(article)} | article.model_dump(mode="json"))]


class DedupeFilter(_Prompt):
    """`dragoman dedupe`: the verdict on each article, given those before it."""

    def __init__(self, received: datetime, window: timedelta | None = None) -> None:
        """Take the time that stands for the record time, and the window; None means that nothing is forgotten."""
        from processors.dedupe import Deduper, make_sketch  # noqa: PLC0415 - `clean` starts without it

        self._clean = CleanFilter(received)
        self._deduper = Deduper(window)
        self._sketch = make_sketch

    def feed(self, value: bytes) -> list[bytes]:
        """Return one line: id, kind and the ids of the articles that the verdict is about; of a revision, what changed."""
        article = self._clean.article(value)
        head = article.head()
        if (
            head.published_at is not None
        ):  # a file has no times of arrival: the window follows the dates of the articles
            head = head.model_copy(update={"record_time": min(head.published_at, head.record_time)})
        sketch = self._sketch(article.title, article.text, article.language)
        verdict = self._deduper.judge(head, sketch, lambda: article.text)
        self._deduper.changes()
        answer: dict[str, Any] = {
            "id": _id(article),
            "kind": verdict.kind.value,
            "duplicate_of": _ref(verdict.duplicate_of),
            "revision_of": _ref(verdict.revision_of),
            "contains": [_ref(ref) for ref in verdict.contains],
            "similarity": verdict.similarity,
        }
        if verdict.diff is not None:
            answer["diff"] = verdict.diff.model_dump(mode="json")
        return [_line(answer)]


class CodeFilter(_Prompt):
    """`dragoman code`: the mentions of each article."""

    def __init__(self, received: datetime) -> None:
        """Take the time that stands for the record time."""
        from processors.coding import Coder  # noqa: PLC0415 - `clean` starts without it

        self._clean = CleanFilter(received)
        self._coder = Coder()

    def feed(self, value: bytes) -> list[bytes]:
        """Return one line per mention, none for an article without any."""
        article = self._clean.article(value)
        if article.withdrawn:
            return []
        _, mentions = self._coder.code(article)
        own = {"article_id": _id(article)}
        return [_line(own | mention.model_dump(mode="json")) for mention in mentions]


class ExplainFilter(_Prompt):
    """`dragoman explain`: sentence by sentence, what was seen, which rules fired, which almost did and why not."""

    def __init__(self, received: datetime) -> None:
        """Take the time that stands for the record time."""
        from processors.coding import Coder  # noqa: PLC0415 - `clean` starts without it

        self._clean = CleanFilter(received)
        self._coder = Coder()

    def explain(self, value: bytes) -> list[dict[str, Any]]:
        """Return one object a sentence, in the order of the article: where it stands, its actors, rules and mentions.

        Raises Rejected for an article in another language than English, which is tagged and not coded.
        """
        article = self._clean.article(value)
        if article.language not in (None, "en"):
            message = f"language {article.language}: such an article is tagged, no rule is tried on it"
            raise Rejected(message)
        _, mentions = self._coder.code(article)
        told: dict[tuple[str, int], list[Mention]] = {}
        for mention in mentions:
            told.setdefault((mention.evidence.field, mention.evidence.start), []).append(mention)
        return [
            {
                "article_id": _id(article),
                "field": one.field,
                "start": one.start,
                "end": one.end,
                "sentence": one.sentence,
                "actors": [
                    {"text": a.text, "key": a.key, "country": a.country, "sector": a.sector, "kind": a.kind}
                    for a in one.actors
                ],
                "fired": one.fired,
                "missed": [{"rule": m.rule, "trigger": m.trigger, "reason": m.reason} for m in one.missed],
                "mentions": [m.model_dump(mode="json") for m in told.get((one.field, one.start), ())],
            }
            for one in self._coder.explain(article)
        ]

    def feed(self, value: bytes) -> list[bytes]:
        """Return one line per sentence."""
        return [_line(sentence) for sentence in self.explain(value)]


class ProcessFilter:
    """`dragoman process`: the whole chain, in memory."""

    def __init__(self, received: datetime, window: timedelta | None = None) -> None:
        """Take the time that stands for the record time, and the deduplication window."""
        from processors.pipeline import Pipeline  # noqa: PLC0415 - `clean` starts without it

        self._pipeline = Pipeline(window)
        self._received = received
        self._count = 0
        self._events: dict[str, bytes] = {}

    def feed(self, value: bytes) -> list[bytes]:
        """Take one article; its events wait for the end, since a later article may revise them."""
        step = self._pipeline.feed(value, self._received, RawPosition(partition=0, offset=self._count))
        self._count += 1
        if step.article is None:
            raise Rejected(step.rejected or "no article")
        for event in step.events:
            self._events[event.event_id] = encode(event) + b"\n"
        return []

    def finish(self) -> list[bytes]:
        """Return the last revision of every event, in the order in which the events first appeared."""
        return list(self._events.values())


def _id(article: ArticleHead) -> str:
    return article.raw_id or article.article_id


def _ref(ref: ArticleRef | None) -> str | None:
    return None if ref is None else ref.raw_id or ref.article_id


def _line(answer: dict[str, Any]) -> bytes:
    return orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)
