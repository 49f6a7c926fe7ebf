"""The sample feed holds what its README and `planted.toml` say, counted from the data itself."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from importlib.resources import files
from itertools import combinations, pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest

from streams.sample import feed_files, planted

Row = dict[str, Any]

FIRST = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2025, 4, 1, tzinfo=UTC)


def lines(name: str) -> list[bytes]:
    """Return the lines of one file of the feed that are not empty."""
    return [line for f in feed_files() if f.name == name for line in f.read_bytes().split(b"\n") if line]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return every record of the feed but the broken ones, in the order of ingest."""
    names = [f.name for f in feed_files() if f.name != "broken.jsonl"]
    return [json.loads(line) for name in names for line in lines(name)]


@pytest.fixture(scope="module")
def articles(rows: list[Row]) -> list[Row]:
    """Return the records that are articles."""
    return [row for row in rows if not row.get("withdrawn")]


@pytest.fixture(scope="module")
def cases() -> dict[str, list[Row]]:
    """Return the tables of `planted.toml`."""
    return tomllib.loads(planted())


def ref(row: Row) -> str:
    """Return the name by which `planted.toml` and the README know a record."""
    name: str = row.get("url") or row["id"]
    return name


def place(rows: list[Row]) -> dict[str, int]:
    """Return the position at which each article comes first."""
    found: dict[str, int] = {}
    for at, row in enumerate(rows):
        found.setdefault(ref(row), at)
    return found


def sentences(row: Row) -> set[str]:
    """Return the sentences of a body of 12 words and more: markup, quotation marks and typography set aside."""
    body = re.sub(r"(?s)<(script|style|title)\b.*?</\1>", "\n", row["body"])
    body = re.sub(r"</?(?:a|em|i|b|span|strong)\b[^>]*>", "", body)
    text = html.unescape(re.sub(r"<[^>]+>", "\n", body))
    plain = (re.sub(r"\W+", " ", part).strip().lower() for part in re.split(r"(?<=[.!?])\s+|\n", text))
    return {part for part in plain if part.count(" ") >= 11}


def shared(copy: Row, original: Row) -> float:
    """Return the share of the copy's sentences that the original has too."""
    return len(sentences(copy) & sentences(original)) / len(sentences(copy))


def test_size_and_mix(articles: list[Row]) -> None:
    """The feed is large, nearly half of it web pages and half plain text."""
    kinds = Counter(row["content_type"] for row in articles)
    assert len(articles) >= 140
    assert set(kinds) == {"text/html", "text/plain"}
    assert 0.4 <= kinds["text/html"] / len(articles) <= 0.6


def test_fields_have_their_types(rows: list[Row]) -> None:
    """Each record is named by a URL or an id, under a reserved domain, and each article has a body of text."""
    for row in rows:
        assert ref(row)
        if "url" in row:
            assert str(urlsplit(row["url"]).hostname).endswith(".example")
        if not row.get("withdrawn"):
            assert isinstance(row["body"], str)
            assert len(row["body"].split()) > 80


def test_dates_lie_in_the_quarter(articles: list[Row]) -> None:
    """Publication dates and fetch dates carry a zone and lie in January to March 2025."""
    for row in articles:
        published = datetime.fromisoformat(row["published_at"])
        fetched = datetime.fromisoformat(row["fetched_at"])
        assert FIRST <= published <= fetched < END, ref(row)


def test_order_is_that_of_fetching(rows: list[Row]) -> None:
    """File names and lines are sorted by the time of fetching; the broken lines come last."""
    assert all(a["fetched_at"] <= b["fetched_at"] for a, b in pairwise(rows))
    assert [f.name for f in feed_files()][-1] == "broken.jsonl"


def test_planted_numbers(cases: dict[str, list[Row]]) -> None:
    """There are enough copies, revisions and events with several tellings, one round-up and one withdrawal."""
    assert len(cases["exact"]) >= 8
    assert len(cases["near"]) >= 6
    assert len(cases["revision"]) >= 5
    assert len(cases["same_event"]) >= 15
    assert len(cases["roundup"]) == len(cases["withdrawn"]) == 1


def test_exact_copies_hold_the_original(rows: list[Row], cases: dict[str, list[Row]]) -> None:
    """An exact copy comes later, from another host, and holds nearly every sentence of the original."""
    at = place(rows)
    for case in cases["exact"]:
        copy, original = rows[at[case["article"]]], rows[at[case["original"]]]
        assert at[case["article"]] > at[case["original"]]
        assert urlsplit(copy["url"]).hostname != urlsplit(original["url"]).hostname
        assert shared(original, copy) > 0.95, case


def test_near_copies_differ_a_little(rows: list[Row], cases: dict[str, list[Row]]) -> None:
    """A near copy comes later and shares most but not all with its original."""
    at = place(rows)
    for case in cases["near"]:
        copy, original = rows[at[case["article"]]], rows[at[case["original"]]]
        assert at[case["article"]] > at[case["original"]]
        assert shared(copy, original) > 0.5, case
        assert shared(original, copy) < 0.95, case


def test_revisions_change_the_same_url(articles: list[Row], cases: dict[str, list[Row]]) -> None:
    """A revision has the URL of an earlier article, a later fetch and other sentences."""
    for case in cases["revision"]:
        versions = [row for row in articles if row.get("url") == case["url"]]
        later = next(row for row in versions if row["fetched_at"] == case["fetched_at"])
        assert later is not versions[0]
        assert 0.3 < shared(later, versions[0]) < 1, case


def test_recrawl_is_the_same_article(articles: list[Row], cases: dict[str, list[Row]]) -> None:
    """A page fetched twice differs in bytes around the article, not in the article."""
    for case in cases["recrawl"]:
        first, again = [row for row in articles if row.get("url") == case["url"]]
        assert again["fetched_at"] == case["fetched_at"]
        assert again["body"] != first["body"]
        assert shared(again, first) > 0.85


def test_same_url_only_where_planted(articles: list[Row], cases: dict[str, list[Row]]) -> None:
    """No URL or id is used twice but for the planted revisions and repeated fetches."""
    again = Counter(case["url"] for kind in ("revision", "recrawl") for case in cases[kind])
    assert Counter(ref(row) for row in articles) == Counter({ref(row): 1 for row in articles}) + again


def test_roundup_holds_its_stories(rows: list[Row], cases: dict[str, list[Row]]) -> None:
    """The round-up comes after three or more stories and holds each of them in full."""
    at = place(rows)
    (case,) = cases["roundup"]
    assert len(case["contains"]) >= 3
    for story in case["contains"]:
        assert at[story] < at[case["article"]]
        assert shared(rows[at[story]], rows[at[case["article"]]]) > 0.95


def test_one_article_is_withdrawn(rows: list[Row], cases: dict[str, list[Row]]) -> None:
    """Exactly one record withdraws an article, which came at least ten records before."""
    withdrawals = [at for at, row in enumerate(rows) if row.get("withdrawn")]
    assert len(withdrawals) == 1
    assert rows[withdrawals[0]]["url"] == cases["withdrawn"][0]["url"]
    assert withdrawals[0] - place(rows)[cases["withdrawn"][0]["url"]] >= 10


def test_tellings_of_one_event_share_no_sentence(rows: list[Row], cases: dict[str, list[Row]]) -> None:
    """Articles on one event stand at different outlets and are worded differently."""
    at = place(rows)
    for case in cases["same_event"]:
        told = [rows[at[name]] for name in case["articles"]]
        assert len({urlsplit(ref(row)).hostname for row in told}) == len(told) >= 2
        assert not any(sentences(a) & sentences(b) for a, b in combinations(told, 2)), case


def test_originals_repeat_no_sentence(articles: list[Row], cases: dict[str, list[Row]]) -> None:
    """A sentence stands in one story only; copies, headlines in link lists and an outlet's own banners aside."""
    copies = {case["article"] for kind in ("exact", "near", "roundup") for case in cases[kind]}
    first = {ref(row): row for row in reversed(articles) if ref(row) not in copies}
    headlines = {re.sub(r"\W+", " ", row.get("title") or "").strip().lower() for row in first.values()}
    headlines |= {
        re.sub(r"\W+", " ", html.unescape(title)).strip().lower()
        for row in first.values()
        for title in re.findall(r"<h1[^>]*>(.*?)</h1>", row["body"])
    }
    hosts = Counter(urlsplit(ref(row)).hostname for row in first.values())
    seen: dict[str, Counter[str | None]] = {}
    for name, row in first.items():
        for sentence in sentences(row) - headlines:
            seen.setdefault(sentence, Counter())[urlsplit(name).hostname] += 1
    repeated = {s: n for s, n in seen.items() if n.total() > 1}
    banners = {s for s, n in repeated.items() if len(n) == 1 and all(n[h] > hosts[h] / 2 for h in n)}
    assert set(repeated) - banners == set()


def test_other_languages(articles: list[Row]) -> None:
    """A few articles are in French, Russian and Spanish and say so."""
    assert {"fr", "ru", "es"} <= {row.get("language") for row in articles}


def test_broken_lines() -> None:
    """Six lines are broken, each in the way that the README lists."""
    cut, array, no_body, types, date, encoding = lines("broken.jsonl")
    with pytest.raises(json.JSONDecodeError):
        json.loads(cut)
    assert isinstance(json.loads(array), list)
    assert "body" not in json.loads(no_body)
    assert not isinstance(json.loads(types)["body"], str)
    with pytest.raises(ValueError, match=r"day is out of range|hour must be|Invalid isoformat"):
        datetime.fromisoformat(json.loads(date)["published_at"])
    with pytest.raises(UnicodeDecodeError):
        encoding.decode()


def test_readme_names_every_case(rows: list[Row], articles: list[Row], cases: dict[str, list[Row]]) -> None:
    """The README states the true counts and lists each planted case by name."""
    readme = (files("streams.sample") / "README.md").read_text(encoding="utf-8")
    assert f"| articles | {len(articles)} |" in readme
    assert f"| lines in all | {len(rows) + len(lines('broken.jsonl'))} |" in readme
    for feed_file in feed_files():
        assert f"| `{feed_file.name}` | {len(lines(feed_file.name))} |" in readme
    for case in (case for table in cases.values() for case in table):
        names = [case.get("article"), case.get("url"), case.get("original")]
        named = [n for n in names if n] + case.get("contains", []) + case.get("articles", [])
        assert all(f"`{name}`" in readme for name in named), case
