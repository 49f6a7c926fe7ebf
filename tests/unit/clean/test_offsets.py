"""Offset runs: from the cleaned text back into the raw body."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.clean import Cleaner
from processors.clean.offsets import NodeFinder, align, clip, compose
from processors.clean.repair import repair
from schemas.raw import RawArticle


def mapped(text: str, source: str, runs: list[tuple[int, int, int]]) -> bool:
    """Tell whether runs are in order, apart, and equal on both sides, white space for white space."""
    place = cursor = 0
    for at, start, length in runs:
        if (
            at < place
            or start < cursor
            or length < 1
            or at + length > len(text)
            or start + length > len(source)
        ):
            return False
        pairs = zip(text[at : at + length], source[start : start + length], strict=True)
        if not all(one == other or (one.isspace() and other.isspace()) for one, other in pairs):
            return False
        place, cursor = at + length, start + length
    return True


def test_an_unchanged_text_is_one_run() -> None:
    """A text that stands in the source as it is needs one run."""
    assert align("the talks", "-- the talks --", 3, 12) == [(0, 3, 9)]


def test_repaired_characters_are_in_no_run() -> None:
    """An entity parts two runs; what it decodes to is in neither."""
    source = "Fish &amp; chips today"
    text = repair(source)
    runs = align(text, source, 0, len(source))
    assert mapped(text, source, runs)
    assert "".join(text[at : at + n] for at, _, n in runs).replace(" ", "") == "Fish&chipstoday"
    assert (7, 11, 11) in runs


def test_clip_and_compose() -> None:
    """A cut shortens and shifts runs; two maps in a row give one."""
    assert clip([(0, 10, 5), (7, 20, 5)], (3, 10), 100) == [(100, 13, 2), (104, 20, 3)]
    assert compose([(0, 2, 6)], [(0, 50, 4), (5, 60, 10)]) == [(0, 52, 2), (3, 60, 3)]


def test_text_nodes_are_found_behind_tags_not_in_attributes() -> None:
    """A node is found where it stands as text, also with entities in it, not in an attribute or a script."""
    source = '<script>var a = "The deal";</script><a title="The deal">The deal</a> was &ldquo;signed&rdquo; in Oslo.'
    finder = NodeFinder(source)
    [(at, start, length)] = finder.runs(["The deal"])
    assert (at, source[start - 1 : start + length]) == (0, ">The deal")
    node = " was “signed” in Oslo."
    runs = finder.runs([node])
    assert mapped(node, source, runs)
    assert [source[start : start + n] for _, start, n in runs] == [" was ", "signed", " in Oslo."]


def test_a_node_that_is_not_there_has_no_runs() -> None:
    """A text that the source does not hold is mapped nowhere, and those after it are still found."""
    finder = NodeFinder("<p>one thing</p><p>another thing</p>")
    assert finder.runs(["something else"]) == []
    assert finder.runs(["another thing"]) == [(0, 19, 13)]


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet="ab .&;\u00a0\u200b\n“”é<", max_size=120))
def test_runs_hold_what_they_promise(source: str) -> None:
    """Whatever was repaired, runs are in order and equal on both sides."""
    text = repair(source.replace("\n", " "))
    assert mapped(text, source, align(text, source, 0, len(source)))


DAMAGE = st.sampled_from(
    [
        " ",
        "\u00a0",
        "  ",
        " \u200b",
        "\u00ad ",
        "&nbsp;",
        " &amp; ",
        "\t",
        " \u2019 ",
        " &#8217; ",
        " â€™ ",
        " <b>x</b> ",
        " \x07",
        "\ufeff ",
    ]
)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(DAMAGE, min_size=25, max_size=60), st.sampled_from(["text/plain", "text/html"]))
def test_each_word_leads_to_its_own_place(damage: list[str], content_type: str) -> None:
    """Of words that are all different each is mapped whole to where it stands in the raw body, whatever is between them."""
    words = [f"word{number}q" for number in range(len(damage))]
    body = "".join(map("".join, zip(words, damage, strict=True)))
    article = Cleaner().clean(
        RawArticle(body=body, content_type=content_type), datetime(2025, 6, 2, tzinfo=UTC)
    )
    for word in words:
        place = article.text.index(word)
        run = next((run for run in article.offsets if run[0] <= place < run[0] + run[2]), None)
        assert run is not None, word
        assert run[1] + place - run[0] == body.index(word)
        assert place + len(word) <= run[0] + run[2]
