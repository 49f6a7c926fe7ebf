"""Canonical URLs: one page, one address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.clean import canonical_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/world/talks-in-oslo",
        "http://www.example.org/world/talks-in-oslo/",
        "HTTPS://Example.ORG:443/world/talks-in-oslo#comments",
        "https://m.example.org/world/talks-in-oslo?utm_source=feed&utm_medium=rss&fbclid=abc",
        "https://amp.example.org/world/talks-in-oslo",
        "https://example.org/world/talks-in-oslo/amp/",
        "https://example.org/world/talks-in-oslo.amp",
        "https://example.org/world/talks-in-oslo?amp=1",
        "https://example.org/world/index.html/../talks-in-oslo/index.html",
        "https://example.org/world/./talks%2Din%2Doslo",
        "https://www.google.com/amp/s/www.example.org/world/talks-in-oslo",
        "https://example-org.cdn.ampproject.org/c/s/example.org/world/talks-in-oslo",
        "  https://user:secret@example.org/world/talks-in-oslo  ",
    ],
)
def test_all_roads_lead_to_one_address(url: str) -> None:
    """Tracking, AMP, mobile hosts, ports, fragments, case, dots and slashes do not make another page."""
    assert canonical_url(url) == "https://example.org/world/talks-in-oslo"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/?p=12", "https://example.org/?p=12"),
        ("https://example.org/a?b=2&a=1&a=0", "https://example.org/a?a=0&a=1&b=2"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
        (
            "https://пример.рф/новость",
            "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C",
        ),
        ("https://en.m.example.org/a", "https://en.example.org/a"),
        ("https://m.co/a", "https://m.co/a"),
        ("https://example.org/camp/a", "https://example.org/camp/a"),
        ("https://example.org/a?id=5&cid=7", "https://example.org/a?cid=7&id=5"),
    ],
)
def test_what_tells_pages_apart_stays(url: str, canonical: str) -> None:
    """Paths, parameters of content, other ports and short hosts are kept."""
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "example.org/a",
        "ftp://example.org/a",
        "javascript:void(0)",
        "mailto:desk@example.org",
        "https://",
        "https:///a",
        "https://localhost/a",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://-bad-.example.org/",
        "https://example..org/",
        "https://example.org/" + "a" * 5000,
    ],
)
def test_malformed_addresses_are_none(url: str) -> None:
    """What is no address on the web has no canonical form."""
    assert canonical_url(url) is None


@settings(deadline=None)  # the machine may be busy
@given(
    st.text(max_size=80)
    | st.builds("https://example.org/{}?{}".format, st.text(max_size=40), st.text(max_size=40))
)
def test_canonical_form_is_stable(url: str) -> None:
    """The canonical form of a canonical form is itself, and no text makes it fail."""
    once = canonical_url(url)
    assert once is None or canonical_url(once) == once
