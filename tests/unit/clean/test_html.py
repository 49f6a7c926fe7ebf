"""Articles out of web pages."""

from datetime import UTC, datetime

from processors.clean import Cleaner
from schemas.article import CleanArticle
from schemas.raw import RawArticle

NOW = datetime(2025, 2, 14, tzinfo=UTC)
CLEANER = Cleaner()

TITLE = "Norway and Sudan agree on border monitors"
PARAGRAPHS = [
    "The foreign ministers of Norway and Sudan met in Oslo on Thursday and agreed to send monitors to the border.",
    "Norway offered to host a second round of talks in March, while Sudan asked for a delay until its cabinet has met.",
    "“We will not sign anything before the shelling stops,” said the Sudanese minister, who left Oslo on Friday.",
]
HEAD = f"""<title>{TITLE} | The Oslo Post</title>
<link rel="canonical" href="/world/norway-sudan?utm_source=feed">
<meta property="og:site_name" content="The Oslo Post"><meta property="og:title" content="{TITLE}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebPage"}}, {{"@type": "NewsArticle",
"headline": "{TITLE}", "datePublished": "2025-02-13T18:30:00+01:00", "dateModified": "2025-02-13T20:00:00Z",
"author": [{{"@type": "Person", "name": "Anna Berg"}}], "isAccessibleForFree": "False"}}]}}</script>"""
PAGE = f"""<!doctype html><html lang="en-GB"><head>{HEAD}</head><body class="no-sidebar article">
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div class="teasers"><a href="/x">Ten things to do in Oslo this weekend</a></div>
<main><article><h1>{TITLE}</h1><div class="byline">By Anna Berg</div>
<figure><img src="a.jpg"><figcaption>The two ministers in Oslo. Photo: Ole Dahl</figcaption></figure>
<div class="story-body"><p>{PARAGRAPHS[0]}</p><div class="ad-container">Advertisement</div>
<p>{PARAGRAPHS[1].replace("Norway", '<a href="/norway">Norway</a>')}</p>
<aside><h3>Related</h3><p>Sudan closes its airspace to flights from the north, the third such order this year.</p></aside>
<p><a href="/sudan">READ MORE: Sudan closes its airspace to flights from the north</a></p>
<p>{PARAGRAPHS[2].replace("“", "&ldquo;").replace("”", "&#8221;")}</p></div></article>
<div id="comments"><p>I have lived in Oslo for thirty years and no minister ever kept a promise like that one.</p></div></main>
<footer><p>© 2025 The Oslo Post. All rights reserved. Contact us for permission to use this material.</p></footer>
</body></html>"""


def clean(body: str, **known: str) -> CleanArticle:
    """Clean a web page."""
    return CLEANER.clean(RawArticle.model_validate({"body": body, "content_type": "text/html", **known}), NOW)


def test_the_article_and_nothing_else() -> None:
    """Paragraphs stay; menus, captions, related links, comments and footer go."""
    assert clean(PAGE).text.split("\n\n") == PARAGRAPHS


def test_what_the_page_says_of_itself() -> None:
    """Headline, author, dates, site, language and paywall come from the page's metadata."""
    article = clean(PAGE, url="https://www.osloposten.example/world/norway-sudan?fbclid=1")
    assert article.title == TITLE
    assert article.author == "Anna Berg"
    assert article.source == "The Oslo Post"
    assert article.language == "en"
    assert article.published_at == datetime(2025, 2, 13, 17, 30, tzinfo=UTC)
    assert article.modified_at == datetime(2025, 2, 13, 20, tzinfo=UTC)
    assert article.url == "https://osloposten.example/world/norway-sudan"
    assert article.flags == ("paywall",)


def test_the_record_knows_better() -> None:
    """What the producer states wins over what the page says."""
    article = clean(PAGE, title="Another headline", source="wire", published_at="2025-02-12", language="nb")
    assert (article.title, article.source, article.language) == ("Another headline", "wire", "nb")
    assert article.published_at == datetime(2025, 2, 12, tzinfo=UTC)
    assert article.text.split("\n\n") == PARAGRAPHS


def test_the_page_gives_its_address_where_the_record_has_none() -> None:
    """An absolute canonical link stands in for a missing URL; a relative one leads nowhere."""
    assert clean(PAGE).url is None
    page = PAGE.replace(
        'href="/world/norway-sudan?utm_source=feed"', 'href="https://osloposten.example/world/a/"'
    )
    assert clean(page).url == "https://osloposten.example/world/a"


def test_offsets_lead_into_the_markup() -> None:
    """Each run is the same text in the page, entities and tags left out, and nearly all of the text is mapped."""
    article = clean(PAGE)
    for at, start, length in article.offsets:
        assert article.text[at : at + length] == PAGE[start : start + length]
    unmapped = len(article.text) - sum(length for _, _, length in article.offsets)
    assert unmapped == len("“”") + 2 * len("\n\n")


def test_metadata_without_json_ld() -> None:
    """OpenGraph, `<time>` and the h1 do where there is no JSON-LD, and broken JSON-LD is passed over."""
    head = '<meta property="article:published_time" content="2025-02-13"><script type="application/ld+json">{"a": </script>'
    page = f"<html><head>{head}</head><body><h1>{TITLE}</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p></body></html>"
    article = clean(page)
    assert article.published_at == datetime(2025, 2, 13, tzinfo=UTC)
    assert (article.title, article.text.split("\n\n")) == (TITLE, PARAGRAPHS)
    timed = clean(
        page.replace(head, "").replace("<p>", '<time datetime="2025-02-11T08:00Z">Tuesday</time><p>', 1)
    )
    assert timed.published_at == datetime(2025, 2, 11, 8, tzinfo=UTC)


def test_names_that_mislead() -> None:
    """An article inside an element named like a sidebar is found nevertheless."""
    page = (
        f'<body><div class="widget sidebar"><p>{"</p><p>".join(PARAGRAPHS)}</p></div><div>Menu</div></body>'
    )
    assert clean(page).text.split("\n\n") == PARAGRAPHS


def test_fragments() -> None:
    """A piece of HTML, as feeds send it, is an article too; a single line without tags as well."""
    assert clean(f"{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}").text.split("\n\n") == PARAGRAPHS[:2]
    assert clean("<p>Ministers met.</p>").text == "Ministers met."
    assert clean("Ministers met").text == "Ministers met"


def test_pages_without_text() -> None:
    """Pages without any text are flagged."""
    for page in ("", "<html></html>", "<script>var a = 1;</script>", "<img src='a.jpg'>", "<!-- nothing -->"):
        article = clean(page)
        assert (article.text, article.flags) == ("", ("no-text",))


def test_deep_nesting_is_read() -> None:
    """Ten thousand nested elements neither exhaust the stack nor lose the text."""
    for tag in ("div", "b", "blockquote", "a", "table"):
        assert "Ministers met." in clean(f"<{tag}>" * 10_000 + "Ministers met.").text


def test_the_name_of_the_site_is_no_headline() -> None:
    """An h1 that only names the site is passed over."""
    head = f'<title>{TITLE} - The Oslo Post</title><meta property="og:site_name" content="The Oslo Post">'
    page = f"<html><head>{head}</head><body><h1>The Oslo Post</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p></body></html>"
    assert clean(page).title == TITLE
