"""Articles out of plain text: what stays, what goes, and what is known about it."""

from datetime import UTC, datetime

import pytest

from processors.clean import Cleaner
from schemas.article import CleanArticle
from schemas.raw import RawArticle

NOW = datetime(2025, 2, 14, tzinfo=UTC)
CLEANER = Cleaner()

FIRST = (
    "The foreign ministers of Norway and Sudan met in Oslo on Thursday and agreed to send monitors to the border, "
    "the two governments said in a joint statement."
)
SECOND = (
    "Norway offered to host a second round of talks in March, while Sudan asked for a delay until its cabinet has "
    "discussed the plan with the armed forces."
)
THIRD = "“We will not sign anything before the shelling stops,” said the Sudanese minister, who left Oslo on Friday."
TITLE = "Norway and Sudan agree on border monitors"


def clean(body: str, **known: str) -> CleanArticle:
    """Clean a plain text."""
    return CLEANER.clean(RawArticle.model_validate({"body": body, **known}), NOW)


def test_menus_captions_and_footers_go() -> None:
    """Only the paragraphs remain; the headline stands apart, and what surrounds them is gone."""
    body = "\n".join(
        [
            "Menu", "Search", "World | Politics", "Sign in", TITLE,
            f"{TITLE}. Photo: Ministry of Foreign Affairs, CC BY 4.0, via Wikimedia Commons", TITLE, "By Anna Berg",
            "February 13, 2025", "Share", "Tweet", "", FIRST, "", "Read more: Sudan closes its airspace", SECOND,
            "Advertisement", "The two ministers in Oslo. Anna Berg/Getty Images", THIRD, "", "  • Market Data", "Close",
            "Sign up for our newsletter to get the most important", "stories of the week.", "Related stories",
            "Sudan closes its airspace", "Most read", "Ten things to do in Oslo this weekend", "© 2025 The Oslo Post",
        ]
    )  # fmt: skip
    article = clean(body)
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert article.title == TITLE
    assert article.author == "Anna Berg"
    assert article.published_at == datetime(2025, 2, 13, tzinfo=UTC)
    assert article.language == "en"


def test_comments_go_even_where_they_are_longer() -> None:
    """What follows the head of the comments is no article, though it be longer than the article."""
    comment = "I have lived in Oslo for thirty years and I can tell you that no minister ever kept a promise like that."
    body = "\n".join([TITLE, FIRST, SECOND, THIRD, "3 comments", *(f"{comment} ({n})" for n in range(6))])
    assert clean(body).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "line",
    [
        "Trump met Putin in Riyadh on Tuesday.",
        "Trump met Putin in Riyadh on Tuesday",
        "Talks begin",
        "Subscribe to our newsletter",
        "By Friday the talks had failed",
        "comments",
        "x",
        "“No deal”",
        "2025-02-13",
    ],
)
def test_one_line_is_an_article(line: str) -> None:
    """A body of one line is text whatever it says, and never the headline."""
    article = clean(line)
    assert article.text == line
    assert article.title is None
    assert article.offsets == ((0, 0, len(line)),)


def test_one_line_under_its_own_headline() -> None:
    """A line that the headline repeats stays, since nothing else would; with more text it goes."""
    assert clean(TITLE, title=TITLE).text == TITLE
    article = clean(f"{TITLE}\n\n{FIRST}", title=TITLE)
    assert (article.title, article.text) == (TITLE, FIRST)


def test_headline_and_one_sentence() -> None:
    """A short line above a sentence is its headline."""
    article = clean(f"{TITLE}\n{FIRST}")
    assert (article.title, article.text) == (TITLE, FIRST)


def test_subheads_and_lists_stay() -> None:
    """Headings and short lists between paragraphs are part of the article."""
    body = f"{FIRST}\nWhat the plan says\n{SECOND}\n- a ceasefire of thirty days\n- monitors\n{THIRD}"
    assert clean(body).text.split("\n\n") == body.split("\n")


def test_wrapped_lines_are_joined() -> None:
    """Lines that a fixed width broke become paragraphs again, and the offsets still lead home."""
    wrapped = FIRST.replace(" agreed to", "\nagreed to").replace(" the two", "\nthe two")
    body = f"{wrapped}\n\n{SECOND.replace(' while', chr(10) + 'while')}\n"
    article = clean(body)
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert [start for _, start, _ in article.offsets] == [0, len(wrapped) + 2]


def test_dateline_agency_and_sign_off_are_metadata() -> None:
    """The dateline leaves the text, the agency is named once, and the sign-off goes."""
    article = clean(
        f"KYIV, Feb 13 (Reuters) - {FIRST}\n\n{SECOND}\n\n(Reporting by Anna Berg; Editing by Ole Dahl)"
    )
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.dateline, article.agency) == ("KYIV, Feb 13 (Reuters)", "Reuters")
    signed = clean(f"{FIRST}\n\n{THIRD} – AFP")
    assert (signed.text, signed.agency) == (f"{FIRST}\n\n{THIRD}", "Agence France-Presse")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\n\n\n"])
def test_line_ends_of_all_kinds(end: str) -> None:
    """Whatever ends the lines, they are paragraphs."""
    assert clean(end.join([TITLE, FIRST, SECOND])).text == f"{FIRST}\n\n{SECOND}"


def test_sentences_that_begin_like_noise_stay() -> None:
    """A sentence of a real article is kept though it begins as a control or credit might, or ends on an agency's name."""
    sentences = [
        "Sponsored by Iran, the militia has fired at ships in the strait for more than a year, according to the United Nations.",
        "Recommended by the committee in January, the sanctions would hit nine banks and two ports, diplomats said on Monday.",
        "Join the alliance or lose our support, the president told the three neighbouring states in a speech on Sunday night.",
        "More than 300 people were freed in the exchange, which the Emirates had brokered between the two sides for weeks.",
        "Hours ago the ministry denied the report, but it did not say whether the envoy was in the capital or abroad.",
    ]
    body = "\n".join([FIRST, *sentences, SECOND])
    assert clean(body).text.split("\n\n") == body.split("\n")


def test_japanese_without_spaces() -> None:
    """Scripts without spaces are measured in characters."""
    first = "両国の外相は木曜日にオスロで会談し、国境に監視団を派遣することで合意したと、両国政府が共同声明で明らかにした。"
    second = (
        "ノルウェーは三月に第二回協議を主催すると提案したが、相手国は閣議での検討が終わるまで延期を求めた。"
    )
    article = clean(f"メニュー\n検索\n国境監視団で合意\n{first}\n{second}\n関連記事\nシェア")
    assert article.text == f"{first}\n\n{second}"
    assert article.language == "ja"


@pytest.mark.parametrize("body", ["", "   \n\t\n", "\u200b\ufeff", "\x00\x01"])
def test_no_text_is_flagged_not_refused(body: str) -> None:
    """A body without text gives empty text and a flag."""
    article = clean(body)
    assert (article.text, article.flags, article.offsets) == ("", ("no-text",), ())


def test_flags() -> None:
    """A paywall notice next to the text and a live blog's headline are flagged."""
    assert clean(f"{TITLE}\n{FIRST}\n{SECOND}\nSubscribe to continue reading").flags == ("paywall",)
    assert clean(f"{FIRST}\n{SECOND}", title="Sudan talks: live updates").flags == ("live-blog",)


def test_markup_in_plain_text() -> None:
    """HTML under the wrong content type, also escaped, is read as HTML, and the offsets lead into the raw body."""
    for body in (f"<p>{FIRST}</p><p>{SECOND}</p>", f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;"):
        article = clean(body)
        assert article.text == f"{FIRST}\n\n{SECOND}"
        for at, start, length in article.offsets:
            assert article.text[at : at + length] == body[start : start + length]
        assert sum(length for _, _, length in article.offsets) == len(FIRST) + len(SECOND)


def test_inline_tags_keep_the_lines_apart() -> None:
    """A text with nothing but inline tags keeps its lines as paragraphs, without the tags."""
    body = f"{FIRST.replace('Norway', '<b>Norway</b>', 1)}\n{SECOND}\n{THIRD}"
    article = clean(body)
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert sum(length for _, _, length in article.offsets) >= len(article.text) - len("\n\n") * 2


def test_a_pixel_left_in_a_text_makes_it_no_page() -> None:
    """Lines that are one element without text go, and the rest is read as the plain text that it is."""
    pixel = '<img height="1" src="https://pixel.example/p?a=1&amp;b=2">'
    noise = [
        "Menu",
        "Search",
        TITLE,
        pixel,
        FIRST,
        '  <script src="https://player.example/p.js"></script>',
        SECOND,
    ]
    article = clean("\n".join([*noise, pixel, THIRD, "Related stories", "Sudan closes its airspace"]))
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert article.title == TITLE
    body = f"{FIRST}\n{pixel} {SECOND}\n{THIRD}"
    assert clean(body).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}", (
        "a line with text beside the tag is no such line"
    )


def test_text_under_the_name_of_html() -> None:
    """A plain text that was announced as HTML keeps its lines as paragraphs."""
    assert clean(f"{FIRST}\n\n{SECOND}", content_type="text/html").text == f"{FIRST}\n\n{SECOND}"


def test_the_title_of_the_page_confirms_the_headline() -> None:
    """Of the lines above the article the one that the page's own title repeats is the headline."""
    lines = [f"{TITLE} | The Oslo Post", "Menu", TITLE, "Our reporters in Oslo and Khartoum", FIRST, SECOND]
    assert clean("\n".join(lines)).title == TITLE
