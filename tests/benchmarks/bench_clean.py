"""Cleaning beside trafilatura (HTML) and ftfy (plain text), on the same input in one run.

    python -m tests.benchmarks.bench_clean [PAGES.jsonl.gz ...]

Without files the pages are made up: an article of `articles.py` with the head, menus, teasers, boxes, comments and scripts of a
news site around it, as HTML and as the text of that page. Files hold one page a line with `html` or `noisy_text`. Times are CPU
times of this process. Everything is loaded beforehand, and each page is seen once by each: nothing is warm. trafilatura has no
reader for plain text, so ftfy's `fix_text`, which repairs characters and drops no line, is the yardstick there.
"""

import argparse
import gzip
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import ftfy
import orjson
import trafilatura

from processors.clean import Cleaner
from schemas.raw import RawArticle
from tests.benchmarks.articles import article

NOW = datetime(2025, 4, 1, tzinfo=UTC)
PAGES, SCRIPT = 200, 100_000
SECTIONS = "World Politics Business Markets Climate Science Culture Sport Opinion Video Podcasts Weather Jobs Archive".split()
CONTROLS = ["Share", "Tweet", "Print", "Save", "Copy link", "Sign in", "Subscribe", "Advertisement"]
CONTENT = {"html": "text/html", "noisy_text": "text/plain"}


def _teasers(dice: random.Random) -> list[str]:
    return [article(dice.randrange(10**6), 100)["title"] for _ in range(12)]


def html_page(number: int) -> str:
    """Return a made-up page of a news site, about 150 kB with its scripts and styles."""
    dice = random.Random(number)  # noqa: S311 - the same pages in every run
    raw = article(number)
    script = "".join(
        f"var v{dice.randrange(10**6)}={{a:{dice.randrange(10**9)}}};" for _ in range(SCRIPT // 25)
    )
    menu = "".join(
        f'<li class="nav-item"><a href="/{name.lower()}"><span>{name}</span></a></li>' for name in SECTIONS
    )
    teasers = "".join(
        f'<div class="card"><a href="/n/{at}"><img src="{at}.jpg"><h3>{title}</h3></a><span class="time">{at} min</span></div>'
        for at, title in enumerate(_teasers(dice))
    )
    buttons = "".join(f'<button class="share-{at}">{name}</button>' for at, name in enumerate(CONTROLS))
    body = "".join(f'<p class="text">{paragraph}</p>\n' for paragraph in raw["body"].split("\n\n"))
    comments = "".join(
        f'<div class="comment"><b>reader{at}</b><p>{raw["body"][at : at + 150]}</p></div>' for at in range(9)
    )
    return (
        f'<!doctype html><html lang="en"><head><title>{raw["title"]} | {raw["source"]}</title><script>{script}</script>'
        f'<meta property="article:published_time" content="{raw["published_at"]}"></head><body><header><nav><ul>{menu}</ul></nav>'
        f'</header><main><article><h1>{raw["title"]}</h1><div class="tools">{buttons}</div><div class="article-body">{body}</div>'
        f'</article><div class="related-stories">{teasers}</div><div id="comments">{comments}</div></main><div class="grid">'
        f"{teasers}</div><footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>"
    )


def text_page(number: int) -> str:
    """Return the same kind of page as a browser would copy it: each element a line."""
    dice = random.Random(number)  # noqa: S311 - the same pages in every run
    raw = article(number)
    around = [*SECTIONS, *CONTROLS, *_teasers(dice)]
    lines = [
        *SECTIONS,
        raw["title"],
        "By Ana Ruiz",
        "April 1, 2025",
        *CONTROLS,
        raw["body"],
        "Related stories",
        *around,
        "9 comments",
    ]
    return "\n".join(
        [*lines, *(raw["body"][at : at + 150] for at in range(9)), *around, "All rights reserved"]
    )


def _seconds(work: Callable[[str], object], bodies: Sequence[str]) -> float:
    started = time.process_time()
    for body in bodies:
        work(body)
    return time.process_time() - started


def compare(field: str, bodies: Sequence[str]) -> float:
    """Print pages a second of both on `bodies`; return how many times faster this cleaner is."""
    cleaner = Cleaner(preload=True)

    def ours(body: str) -> object:
        return cleaner.clean(RawArticle(body=body, content_type=CONTENT[field]), NOW)

    name, theirs = (
        ("trafilatura", trafilatura.bare_extraction) if field == "html" else ("ftfy", ftfy.fix_text)
    )
    warm = html_page(-1) if field == "html" else text_page(-1)
    ours(warm)
    theirs(warm)
    mine, other = _seconds(ours, bodies), _seconds(theirs, bodies)
    size = sum(map(len, bodies)) / len(bodies) / 1000
    print(
        f"{field}: {len(bodies)} pages of {size:.0f} kB: {len(bodies) / mine:.0f} pages/s, {name} {len(bodies) / other:.0f},"
        f" ratio {other / mine:.1f}"
    )
    return other / mine


def _read(path: Path) -> tuple[str, list[str]]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        rows = [orjson.loads(line) for line in lines]
    field = "html" if "html" in rows[0] else "noisy_text"
    return field, [row[field] for row in rows if row.get(field)]


def main(arguments: Sequence[str]) -> None:
    """Compare on the files named, else on made-up pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args(arguments).files
    made = [
        ("html", [html_page(n) for n in range(PAGES)]),
        ("noisy_text", [text_page(n) for n in range(PAGES)]),
    ]
    for field, bodies in [_read(path) for path in files] or made:
        compare(field, bodies)


if __name__ == "__main__":
    main(sys.argv[1:])
