"""Pages that would keep the parser busy for minutes are refused before they reach it; sloppy ones are not."""

from datetime import UTC, datetime

import pytest

from processors.clean import Cleaner
from processors.clean.nesting import MOST_FORMATTING, MOST_NESTED, check_nesting
from schemas.errors import Rejected
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
    ],
)
def test_what_is_nested_too_deep_is_refused(markup: str) -> None:
    """Whatever end tags stand between, in one line and through the whole of cleaning."""
    with pytest.raises(Rejected, match="body: elements nested deeper than"):
        Cleaner().clean(RawArticle(body=markup, content_type="text/html"), datetime(2025, 1, 1, tzinfo=UTC))


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
    ],
)
def test_long_and_sloppy_pages_are_read(markup: str) -> None:
    """Many elements side by side, or without their end tags, are no nesting."""
    check_nesting(markup)
