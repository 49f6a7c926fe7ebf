"""Draw a random sample of what the coder makes of articles, for reading by a human; count what the reader found.

    python -m tests.quality.draw sheet OUT PATH ... [--seed N] [--events 100] [--quiet 100] [--where section=NAME] [--seen SHEET]
    python -m tests.quality.draw tally SHEET

PATH is a file of articles as JSON lines (`.jsonl`, `.jsonl.gz`), with `body` or `text`. The sheet has one JSON object a line: first the
events, each beside its sentence and what stood before it, then sentences in which the coder found nothing. The reader puts true or
false for each null under `right`; for a quiet sentence `quiet: true` says that it rightly holds no event. `tally` gives the shares
with their 95 % Wilson intervals. The texts stay in the sheet: it belongs outside the repository unless they are yours.
"""

import argparse
import gzip
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Any

import orjson

from processors.clean import Cleaner, decode_raw
from processors.coding import Coder
from processors.text import split_sentences
from schemas.article import CleanArticle
from schemas.errors import Rejected
from schemas.mention import Mention

BEFORE = 400
"""Code points of text before the sentence that a reader sees, so that pronouns can be judged."""

ASPECTS = ("type", "actors", "modality")
RECORDED = datetime(2030, 1, 1, tzinfo=UTC)
"""Stands for the record time: later than any article, so that no date of publication is in the future."""

Row = dict[str, Any]


def articles(paths: Iterable[Path], where: Sequence[tuple[str, str]] = ()) -> Iterator[CleanArticle]:
    """Yield the cleaned articles of the files; with `where`, those whose field has one of the values named for it."""
    cleaner = Cleaner()
    for path in paths:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in raw.splitlines():
            row = orjson.loads(line)
            if not all(
                row.get(name) in {v for n, v in where if n == name} for name, _ in where if name in row
            ):
                continue
            row.setdefault("body", row.get("text"))
            try:
                yield cleaner.clean(decode_raw(orjson.dumps(row)), RECORDED)
            except Rejected:
                continue


def candidates(found: Iterable[CleanArticle], coder: Coder) -> tuple[list[Row], list[Row]]:
    """Return one row for each event, and one for each sentence in which there is none."""
    events: list[Row] = []
    quiet: list[Row] = []
    for article in found:
        _, mentions = coder.code(article)
        told = {(m.evidence.field, m.evidence.start) for m in mentions}
        events += [_event(article, mention) for mention in mentions]
        for field, text in (("title", article.title or ""), ("text", article.text)):
            quiet += [
                _place(article, field, text, start, end) | {"right": {"quiet": None}}
                for start, end in split_sentences(text)
                if (field, start) not in told and text[start:end].strip()
            ]
    return events, quiet


def _place(article: CleanArticle, field: str, text: str, start: int, end: int) -> Row:
    return {
        "id": f"{article.raw_id or article.article_id}:{field}:{start}",
        "published": article.published_at.date().isoformat() if article.published_at else None,
        "title": article.title if field == "text" else None,
        "before": text[max(0, start - BEFORE) : start],
        "sentence": text[start:end],
    }


def _event(article: CleanArticle, mention: Mention) -> Row:
    evidence = mention.evidence
    text = article.text if evidence.field == "text" else article.title or ""
    when = mention.date
    coded = {
        "type": mention.type,
        "source": [f"{a.name} ({a.country}, {a.sector})" for a in mention.source],
        "target": [f"{a.name} ({a.country}, {a.sector})" for a in mention.target],
        "symmetric": mention.symmetric,
        "modality": str(mention.modality),
        "object": mention.object,
        "trigger": evidence.trigger.text if evidence.trigger else None,
        "rule": evidence.rule,
        "date": f"{when.start} {when.end} {when.precision} {when.basis}" if when else None,
        "location": mention.location.name if mention.location else None,
    }
    row = _place(article, evidence.field, text, evidence.start, evidence.end)
    row["id"] = f"{row['id']}:{mention.mention_id[:8]}"
    return row | {"coded": coded, "right": dict.fromkeys(ASPECTS)}


def sample(rows: Sequence[Row], count: int, generator: random.Random, seen: frozenset[str]) -> list[Row]:
    """Return `count` random rows, none from a sentence that has been seen; all of them where there are fewer."""
    fresh = [row for row in rows if sentence_of(row) not in seen]
    return generator.sample(fresh, min(count, len(fresh)))


def sentence_of(row: Row) -> str:
    """Return what names the sentence of a row in every sheet: article, field and offset."""
    return ":".join(str(row["id"]).split(":")[:3])


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of a share (Wilson 1927); (0, 1) of nothing."""
    if not whole:
        return 0.0, 1.0
    z = 1.96
    share = part / whole
    middle = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def tally(rows: Iterable[Row]) -> list[str]:
    """Return one line for each aspect that was judged: how many are right, of how many, and the interval."""
    judged: dict[str, list[bool]] = {}
    for row in rows:
        for aspect, right in row["right"].items():
            if right is not None:
                judged.setdefault(aspect, []).append(bool(right))
    lines = []
    for aspect, marks in judged.items():
        low, high = wilson(sum(marks), len(marks))
        lines.append(f"{aspect:9} {sum(marks)} of {len(marks)} right, 95 % interval {low:.3f} to {high:.3f}")
    return lines


def read(path: Path) -> list[Row]:
    """Return the rows of a sheet."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.draw", description="Draw a sheet to read.")
    commands = parser.add_subparsers(dest="command", required=True)
    sheet = commands.add_parser("sheet", help="draw events and quiet sentences into a file")
    sheet.add_argument("out", type=Path)
    sheet.add_argument("path", type=Path, nargs="+")
    sheet.add_argument("--seed", type=int, default=1)
    sheet.add_argument("--events", type=int, default=100)
    sheet.add_argument("--quiet", type=int, default=100)
    sheet.add_argument(
        "--where", type=_pair, action="append", default=[], help="FIELD=VALUE; files without FIELD count"
    )
    sheet.add_argument(
        "--seen", type=Path, action="append", default=[], help="a sheet whose sentences are left out"
    )
    commands.add_parser("tally", help="count the marks of a sheet").add_argument("sheet", type=Path)
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    given = arguments(argv)
    if given.command == "tally":
        print("\n".join(tally(read(given.sheet))))  # noqa: T201 - the figures are the answer
        return 0
    seen = frozenset(sentence_of(row) for path in given.seen for row in read(path))
    events, quiet = candidates(articles(given.path, given.where), Coder())
    generator = random.Random(given.seed)  # noqa: S311 - a sample, no secret
    rows = sample(events, given.events, generator, seen) + sample(quiet, given.quiet, generator, seen)
    given.out.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    print(f"{len(events)} events and {len(quiet)} quiet sentences; {len(rows)} drawn")  # noqa: T201 - what was done
    return 0


if __name__ == "__main__":
    sys.exit(main())
