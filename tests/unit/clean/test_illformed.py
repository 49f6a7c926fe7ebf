"""What feeds and archives send that is no article: a text or a reason of one line, never an exception."""

import gzip
from datetime import UTC, datetime

import orjson
import pytest

from processors.clean import Cleaner, decode_raw
from schemas.errors import Rejected
from schemas.raw import RawArticle

NOW = datetime(2025, 6, 2, tzinfo=UTC)
CLEANER = Cleaner()
STORY = "Fiji and Tonga agreed on Monday to share patrol boats, the two prime ministers said after a meeting in Suva."
RSS = (
    '<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Pacific</title><item><title>Boats</title>'
    "<description>{text}</description></item></channel></rss>"
)
FEEDS = {
    "rss": RSS.format(encoding="utf-8", text=STORY),
    "escaped": RSS.format(encoding="utf-8", text=f"&lt;p&gt;{STORY}&lt;/p&gt;"),
    "escaped twice": RSS.format(encoding="utf-8", text=f"&amp;lt;p&amp;gt;{STORY}&amp;lt;/p&amp;gt;"),
    "cdata": RSS.format(encoding="utf-8", text=f"<![CDATA[<p>{STORY}</p>]]>"),
    "cdata left open": RSS.format(encoding="utf-8", text=f"<![CDATA[<p>{STORY}</p>"),
    "unknown entities": RSS.format(
        encoding="utf-8", text=f"&nosuch; &#xFFFFFFFF; &#0; &#55296; {STORY} &amp"
    ),
    "no declaration, no end": f"<rss><channel><item><description>{STORY}",
    "tags that cross": f"<feed><entry><b><i>{STORY}</b></i></entry></feed>",
    "attributes without end": f'<entry><content type="html>{STORY}</content></entry>',
    "doctype with entities": f'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;{STORY}</x>',
    "atom, other namespace": f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:summary>{STORY}</a:summary></a:feed>',
    "relative links, javascript": f'<p><a href="javascript:x()">{STORY}</a><img src="..//../a.jpg" onerror="x"></p>',
    "json feed": '{"version": "https://jsonfeed.org/version/1", "items": [{"content_html": "<p>'
    + STORY
    + '</p>"}]}',
    "a web archive": f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>{STORY}</p>\r\n\r\n",
    "nothing": "",
    "a null": "\x00",
    "surrogate": "\ud800" + STORY,
}
ENCODINGS = ["utf-8", "utf-16", "utf-8-sig", "latin-1", "cp037", "utf-32"]


@pytest.mark.parametrize("content_type", ["text/plain", "text/html"])
@pytest.mark.parametrize("kind", FEEDS)
def test_any_feed_as_a_body(kind: str, content_type: str) -> None:
    """A whole feed as the body of a record gives text, or the flag that there is none."""
    article = CLEANER.clean(RawArticle.model_construct(body=FEEDS[kind], content_type=content_type), NOW)
    assert bool(article.text) != ("no-text" in article.flags)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", FEEDS)
def test_any_feed_as_a_record(kind: str, encoding: str) -> None:
    """The bytes of a feed, packed or cut short, are no record: each is refused with one line."""
    data = FEEDS[kind].encode(encoding, "replace")
    for value in (data, data[: len(data) // 2], gzip.compress(data), gzip.compress(data)[:-9]):
        with pytest.raises(Rejected) as refused:
            decode_raw(value)
        assert refused.value.reason
        assert "\n" not in refused.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize("kind", set(FEEDS) - {"surrogate"})
def test_any_feed_read_in_the_wrong_encoding(kind: str, encoding: str) -> None:
    """A producer that decodes with the wrong encoding sends odd characters; they are cleaned or refused like others."""
    body = FEEDS[kind].encode("utf-8").decode(encoding, "replace")
    article = CLEANER.clean(decode_raw(orjson.dumps({"body": body})), NOW)
    assert bool(article.text) != ("no-text" in article.flags)
