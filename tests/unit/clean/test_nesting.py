"""Pages that would keep the parser busy for minutes reach it without their tags; sloppy ones as they are."""

import re
from datetime import UTC, datetime

import pytest

from processors.clean import Cleaner
from processors.clean.nesting import MOST_FORMATTING, MOST_NESTED, bounded
from schemas.raw import RawArticle

MANY = 2 * MOST_NESTED


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * MANY,
        "<div>" * MANY + "</div>" * MANY,
        "<DIV CLASS=a>" * MANY,
        "<div></x>" * MANY,
        "<div><marquee></div></marquee>" * MANY,
        "<b><i>" * MANY,
        "<font><p>" * MANY,
        "<table><tr><td>" * MANY,
        "<button><div>" * MANY,
        "<ul><li>" * MANY,
        "<svg><script>" + "<g>" * MANY,
    ],
)
def test_what_is_nested_too_deep_is_read_without_its_tags(markup: str) -> None:
    """Whatever end tags stand between, the parser gets no tag but breaks; and the text is not lost."""
    page = markup + "Ministers met in Oslo."
    assert set(re.findall("<[^>]*>", bounded(page))) == {"<br>"}
    article = Cleaner().clean(
        RawArticle(body=page, content_type="text/html"), datetime(2025, 1, 1, tzinfo=UTC)
    )
    assert article.text == "Ministers met in Oslo."


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Text" * MANY,
        "<ul>" + "<li>Text" * MANY,
        "<table>" + "<tr><td>a<td>b" * MANY,
        "<div><b>a</b></div>" * MANY,
        "<br><img src=a>" * MANY,
        "<p><i>a</i><div>b</div>" * MANY,
        "<b>" * (MOST_FORMATTING - 1) + "<p>Text" * MANY,
        "a < b " * MANY,
        "<script>" + "'<b><div>' + " * MANY + "</script><p>Text",
        "<!-- " + "<b><div>" * MANY + "--><p>Text",
    ],
)
def test_long_and_sloppy_pages_are_read(markup: str) -> None:
    """Many elements side by side, or without their end tags, are no nesting."""
    assert bounded(markup) == markup
