"""What pages say of themselves, also where they say it badly."""

from datetime import UTC, datetime

import pytest

from processors.clean import Cleaner
from schemas.article import CleanArticle
from schemas.raw import RawArticle

NOW = datetime(2025, 6, 2, tzinfo=UTC)
CLEANER = Cleaner()
TITLE = "Peru and Ecuador reopen the northern crossing"
BODY = (
    "<p>Peru and Ecuador reopened the northern crossing on Sunday, four months after a landslide had closed it.</p>"
    "<p>Lorries with fruit went first, then buses, while officials of both countries counted vehicles for a trial week.</p>"
    "<p>The mayors on either side had written to their presidents, who sent army engineers to clear the road in May.</p>"
)
EVENING = datetime(2025, 6, 1, 18, 30, tzinfo=UTC)
DAY = datetime(2025, 6, 1, tzinfo=UTC)


def clean(head: str, before: str = "", after: str = "") -> CleanArticle:
    """Clean a page with that head, and with something before and after its paragraphs."""
    body = f"<html><head>{head}</head><body>{before}<div>{BODY}</div>{after}</body></html>"
    return CLEANER.clean(
        RawArticle(body=body, content_type="text/html", url="https://andes.example/n/1"), NOW
    )


def ld(json: str) -> str:
    """Return a JSON-LD element."""
    return f'<script type="application/ld+json">{json}</script>'


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        (ld('{"@type": "NewsArticle", "datePublished": "2025-06-01T18:30:00Z"}'), EVENING),
        (ld('[{"@type": ["ReportageNewsArticle"], "datePublished": "2025-06-01T20:30:00+02:00"}]'), EVENING),
        (ld('<!-- {"@type": "NewsArticle", "datePublished": "2025-06-01T18:30:00Z"} -->'), EVENING),
        (
            ld('\n//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2025-06-01T18:30:00Z"}\n//]]>'),
            EVENING,
        ),
        (
            ld('{"@type": "NewsArticle", "headline": "A\nB", "datePublished": "2025-06-01T18:30:00Z"};'),
            EVENING,
        ),
        (ld('{"@type": "NewsArticle", "datePublished": "2025-06-01T18:30:00Z",}'), EVENING),
        (ld('{"mainEntity": {"@type": "NewsArticle", "datePublished": "2025-06-01T18:30:00Z"}}'), EVENING),
        (ld('{"@type": "NewsArticle", "datePublished": {"@value": "soon"}}'), None),
        (ld('{"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"}'), None),
        (ld("{") + '<meta property="article:published_time" content="2025-06-01T18:30:00.000Z">', EVENING),
        ('<META NAME="PubDate" CONTENT="June 1, 2025">', DAY),
        ("<meta name=date content=2025-06-01>", DAY),
        ('<meta itemprop="datePublished" content="2025-06-01T15:30:00-0300">', EVENING),
        ('<meta name="date" content="yesterday"><meta name="dc.date" content="1 June 2025">', DAY),
    ],
)
def test_publication_date(head: str, moment: datetime | None) -> None:
    """The date of publication comes from JSON-LD, also if it is wrapped or broken, else from meta elements."""
    assert clean(head).published_at == moment


@pytest.mark.parametrize(
    ("before", "moment"),
    [
        ('<time datetime="2025-06-01T20:30:00+0200">Sunday</time>', EVENING),
        ('<time itemprop="datePublished">1 June 2025</time>', DAY),
        ('<time datetime="later">x</time><time class="date" datetime="2025-06-01">x</time>', DAY),
        ('<span itemprop="datePublished" content="2025-06-01T18:30Z"></span>', EVENING),
    ],
)
def test_publication_date_from_time_elements(before: str, moment: datetime) -> None:
    """`<time>` and marked elements date an article whose head does not."""
    assert clean("", before).published_at == moment


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (ld('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Rosa Quispe"}}'), "Rosa Quispe"),
        (ld('{"@type": "NewsArticle", "author": ["Rosa Quispe", "Luis Mora"]}'), "Rosa Quispe"),
        (ld('{"@type": "NewsArticle", "author": [null, {"name": ["Rosa Quispe"]}]}'), "Rosa Quispe"),
        ('<meta name="Author" content="By Rosa Quispe">', "Rosa Quispe"),
        ('<meta property="article:author" content="https://social.example/rosa">', None),
        ('<meta name="author" content="">', None),
    ],
)
def test_author(head: str, author: str | None) -> None:
    """The author is a name, whatever shape it comes in; an address is none."""
    assert clean(head).author == author


def test_title_language_address_and_modification() -> None:
    """Entities in titles are decoded, language tags cut to their code, a relative canonical link resolved."""
    article = clean(
        '<meta property="og:title" content="Peru &amp; Ecuador reopen &#8220;the crossing&#8221;">'
        '<link href="/norte/cruce?utm_medium=x#top" rel="canonical nofollow">'
        '<meta property="og:updated_time" content="2025-06-01T18:30:00Z"><meta property="og:site_name" content="Andes Daily">'
    )
    assert article.title == "Peru & Ecuador reopen “the crossing”"
    assert article.modified_at == EVENING
    assert article.source == "Andes Daily"
    assert article.language == "en"


def test_an_unclosed_page() -> None:
    """A page without head, quotes or closing tags is read all the same."""
    paragraphs = BODY.replace("</p>", "")
    page = f"<title>{TITLE} - Andes Daily<meta name=author content=Quispe></title><h1>{TITLE}<div class=text>{paragraphs}"
    article = CLEANER.clean(RawArticle(body=page, content_type="text/html"), NOW)
    assert article.title is not None
    assert article.title.startswith(TITLE)
    assert article.text.count("\n\n") == 2
    assert article.text.startswith("Peru and Ecuador reopened")


@pytest.mark.parametrize(
    "after",
    [
        "<figure><figcaption>The crossing in May. Photo: Luis Mora</figcaption></figure>",
        '<div class="caption">The crossing in May, seen from the Peruvian side before the works began.</div>',
        '<div class="related-links"><p>Ecuador sells its last two ferries to a company in Panama after years of losses.</p></div>',
        '<section id="comments"><p>I drove there last week and nobody had cleared anything, whatever the mayors say.</p></section>',
        "<aside><p>Ecuador sells its last two ferries to a company in Panama after years of losses.</p></aside>",
        '<ul class="most-read"><li><a href="/a">Ecuador sells its last ferries</a></li><li><a href="/b">Ten walks</a></li></ul>',
    ],
)
def test_captions_related_links_and_comments_go(after: str) -> None:
    """What stands behind the article in its own element is no part of it."""
    assert clean("", "", after).text == clean("").text
    assert "reopened" in clean("").text


def test_live_blogs_and_paywalls_are_flagged() -> None:
    """Structured data, or what stands under the text, tells that an article is unfinished or cut off."""
    live = clean(ld('{"@type": "LiveBlogPosting", "headline": "x"}'))
    closed = clean(ld('{"@type": "NewsArticle", "isAccessibleForFree": false}'))
    cut = clean("", "", "<div><p>Subscribe to continue reading.</p></div>")
    assert live.flags == ("live-blog",)
    assert closed.flags == cut.flags == ("paywall",)
    assert clean("").flags == ()
