"""Elements with so many attributes that a parser would take seconds over them."""

from datetime import UTC, datetime

import pytest

from processors.clean import Cleaner, extract
from processors.clean.attributes import MOST_ATTRIBUTES, is_crowded
from processors.clean.nesting import bounded
from schemas.raw import RawArticle


def _attributes(count: int, form: str = " x{}") -> str:
    return "".join(form.format(number) for number in range(count))


@pytest.mark.parametrize(
    "form", [" x{}", "\nx{}=1", " x{}='a > b'", '/x{}=">"', " <x{}", ' x{}="</p>"', " x{} = y"]
)
@pytest.mark.parametrize(
    "tag", ["<p{}>", "<SCRIPT{}></SCRIPT>", "<svg><script><a{}>", "<p>a<b{}", "<math><title><a{}>"]
)
def test_the_limit_is_told_however_attributes_are_written(tag: str, form: str) -> None:
    """As many as the limit pass, one more does not."""
    assert not is_crowded(tag.format(_attributes(MOST_ATTRIBUTES, form)))
    assert is_crowded(tag.format(_attributes(MOST_ATTRIBUTES + 1, form)))


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" + "word " * 3 * MOST_ATTRIBUTES + "</p>",
        "<script>if (a <b) {" + "word " * 3 * MOST_ATTRIBUTES + "}</script><p>Text</p>",
        "<style>a <b " + "word " * 3 * MOST_ATTRIBUTES + "</style><p>Text</p>",
        "<!-- <p " + "word " * 3 * MOST_ATTRIBUTES + "--><p>Text</p>",
        '<p title="' + "word " * 3 * MOST_ATTRIBUTES + '">Text</p>',
        "<p a=1 b=2>" * MOST_ATTRIBUTES,
        "1 < 2 " + "word " * 3 * MOST_ATTRIBUTES,
        "",
    ],
)
def test_what_only_looks_like_attributes_passes(markup: str) -> None:
    """Text, scripts, comments and long values are no attributes."""
    assert not is_crowded(markup)
    assert bounded(markup) == markup


def test_such_a_page_is_read_without_its_tags() -> None:
    """The text is not lost."""
    page = f"<div{_attributes(50 * MOST_ATTRIBUTES)}><p>Ministers met in Oslo.</p></div>"
    article = Cleaner().clean(
        RawArticle(body=page, content_type="text/html"), datetime(2025, 1, 1, tzinfo=UTC)
    )
    assert article.text == "Ministers met in Oslo."


def test_no_extractor_gets_such_a_page_with_its_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one, which is asked where the first is in doubt, would take still longer over it."""
    seen = []
    find = extract.find_article
    monkeypatch.setattr(
        extract, "find_article", lambda tree, markup: seen.append(markup) or find(tree, markup)
    )
    page = f"<p>Oslo</p><div{_attributes(MOST_ATTRIBUTES + 1)}>"
    extract.from_html(page, page, None)
    assert seen == [bounded(page)]
    assert seen != [page]
