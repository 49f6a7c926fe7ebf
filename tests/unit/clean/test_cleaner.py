"""The cleaner as a whole: ids, withdrawals, and what holds for every input."""

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processors.clean import Cleaner, decode_raw
from schemas.article import RawPosition
from schemas.errors import Rejected
from schemas.ids import article_id, content_hash
from schemas.raw import RawArticle

NOW = datetime(2025, 2, 14, 12, tzinfo=UTC)
CLEANER = Cleaner()
BODY = "The ministers met in Oslo on Thursday and agreed to send monitors to the border.\n\nThey will meet again in March."


def test_ids_follow_the_address_else_the_content() -> None:
    """The id of an article is that of its canonical URL; without one, of its content; the version is the content."""
    with_url = CLEANER.clean(
        RawArticle(body=BODY, title="Monitors", url="http://www.example.org/a/?utm_source=x"), NOW
    )
    assert with_url.version == content_hash(f"Monitors\n\n{BODY}")
    assert with_url.article_id == article_id("https://example.org/a", with_url.version)
    without = CLEANER.clean(RawArticle(body=BODY, title="Monitors"), NOW)
    assert without.article_id == article_id(None, with_url.version)
    malformed = CLEANER.clean(RawArticle(body=BODY, title="Monitors", url="not an address"), NOW)
    assert (malformed.url, malformed.article_id) == (None, without.article_id)


def test_the_record_is_carried_over() -> None:
    """Record time, position and the producer's id go with the article."""
    article = CLEANER.clean(RawArticle(id="7", body=BODY), NOW, RawPosition(partition=3, offset=41))
    assert (article.record_time, article.raw.partition, article.raw.offset, article.raw_id) == (
        NOW,
        3,
        41,
        "7",
    )


def test_withdrawals_pass_through() -> None:
    """A withdrawal carries the id of what it takes back: by URL, else by the producer's id."""
    url = "https://example.org/a"
    article = CLEANER.clean(RawArticle(body=BODY, url=url), NOW)
    by_url = CLEANER.clean(RawArticle(withdrawn=True, url=url + "?fbclid=1"), NOW)
    assert by_url.withdrawn
    assert by_url.article_id == article.article_id
    by_id = CLEANER.clean(RawArticle(withdrawn=True, id="7"), NOW)
    assert (by_id.article_id, by_id.raw_id, by_id.text) == (article_id(None, "7"), "7", "")


def test_cleaning_again_changes_nothing() -> None:
    """The same record gives the same article, whichever cleaner cleans it."""
    raw = RawArticle(body="Menu\nNews\n" + BODY, url="https://example.org/a")
    assert CLEANER.clean(raw, NOW) == Cleaner().clean(raw, NOW)


WORDS = st.sampled_from(
    ["Menu", "Share", "Comments", "KYIV, Feb 13 (Reuters) - ", "By Anna Berg", "The ministers met in Oslo on Thursday and said so.",
     "\r\n", "\n\n", "\n", " ", "&amp;", "&lt;p&gt;", "<p>", "</p>", "<a href='x'>", "</a>", "<br>", "\u00a0", "\u200b", "â€™", "é", "\x00",
     "Photo: Ole Dahl", "the border", ".", "“", "”", "<script>", "</script>", "<!--", "© 2025", "\U0001f600", "会談した。", "<li>"]
)  # fmt: skip
BODIES = st.text(max_size=300) | st.lists(WORDS, max_size=30).map("".join)


@settings(deadline=None)  # the machine may be busy
@given(BODIES, st.sampled_from(["text/plain", "text/html"]), st.none() | st.text(max_size=30))
@example("<p>" * 3, "text/html", "")
def test_every_body_gives_text_and_offsets_that_lead_home(
    body: str, content_type: str, title: str | None
) -> None:
    """Any text is cleaned; runs are in order on both sides and equal, white space for white space."""
    article = CLEANER.clean(
        RawArticle.model_validate({"body": body, "content_type": content_type, "title": title}), NOW
    )
    assert ("no-text" in article.flags) == (not article.text)
    assert article.text == article.text.strip()
    place = cursor = 0
    for at, start, length in article.offsets:
        assert at >= place
        assert start >= cursor
        there, here = body[start : start + length], article.text[at : at + length]
        assert length == len(here) == len(there)
        assert all(
            one == other or (one.isspace() and other.isspace())
            for one, other in zip(here, there, strict=True)
        )
        place, cursor = at + length, start + length


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=200) | BODIES.map(lambda body: orjson.dumps({"body": body}, default=str)))
def test_every_value_gives_an_article_or_one_line(value: bytes) -> None:
    """Any bytes become an article or are refused with one line."""
    refusal = article = None
    try:
        article = CLEANER.clean(decode_raw(value), NOW)
    except Rejected as refused:
        refusal = refused.reason
    if article is None:
        assert refusal
        assert "\n" not in refusal
    else:
        assert article.record_time == NOW


@pytest.mark.parametrize("content_type", ["text/plain", "text/html"])
@pytest.mark.parametrize(
    "unit",
    ["a", "1", ".", '"', "'", "&", "<", "&amp;", "ab.Cd", "a b ", "\n", "x\r\n", "â€™", "a\u200b", "By ", "KYIV ", "KYIV - ",
     "Jan 1, 2020 ", "<b>", '<p>"', "<br>", "<!-- ", "<script>", "(", "A-", "http://a/", "e\u0301", "x" * 60 + "\nlower case goes on\n"],
)  # fmt: skip
def test_repetition_is_read_in_full(unit: str, content_type: str) -> None:
    """A body that repeats one thing for 100,000 characters is cleaned like any other; a quadratic step would hang here."""
    body = unit * (100_000 // len(unit))
    article = CLEANER.clean(RawArticle.model_validate({"body": body, "content_type": content_type}), NOW)
    assert len(article.text) <= 2 * len(body)
