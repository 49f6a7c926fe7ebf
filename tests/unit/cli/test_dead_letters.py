"""What docs/dead-letters.md says is what the program does, as far as that can be told without a broker."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from streams.cli.app import app
from streams.deadletters.letter import dead_letter
from streams.deadletters.log import LetterFilter, parse_place, place_name
from streams.failure import Failure
from streams.records import InRecord
from streams.settings import Settings
from streams.topics import HANDLED, MENTIONS, RAW, catalogue

DOC = (Path(__file__).parents[3] / "docs" / "dead-letters.md").read_text("utf-8")
CALLS = [shlex.split(line.split(" > ")[0]) for line in re.findall(r"^    dragoman (.+)$", DOC, re.MULTILINE)]


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_the_commands_of_the_page_exist(call: list[str]) -> None:
    """Each option of an example is one of its command."""
    text = CliRunner().invoke(app, [*call[:2], "--help"], env={"COLUMNS": "200"}).output
    assert "Usage" in text
    for option in (word for word in call if word.startswith("--")):
        assert option in text


def test_the_page_names_what_there_is() -> None:
    """Topics, headers and the limit are those of the program."""
    assert {RAW, MENTIONS, HANDLED, "dead-letters"} <= catalogue(Settings()).keys()
    for name in (RAW, MENTIONS, HANDLED):
        assert f"`{name}`" in DOC
    assert f"`DRAGOMAN_MAX_ATTEMPTS` ({Settings.model_fields['max_attempts'].default})" in DOC
    letter = dead_letter(InRecord("articles.raw", 0, 0, 0, b"", b""), "clean", "why")
    named = set(re.findall(r"`(dl-[a-z_]+)`", DOC))
    assert named <= {name for name, _ in letter.headers}


@pytest.mark.parametrize(("text", "place"), [("7", (0, 7)), ("0/7", (0, 7)), ("2/9", (2, 9))])
def test_places_are_read_as_they_are_shown(text: str, place: tuple[int, int]) -> None:
    """A place that `list` shows can be given to every other command."""
    assert parse_place(text) == place == parse_place(place_name(place))


@pytest.mark.parametrize("text", ["", "x", "1/", "/1", "-1", "1/2/3", "²"])
def test_no_other_place_is_taken(text: str) -> None:
    """What is no place is told in one line."""
    with pytest.raises(Failure, match="no place of a dead letter"):
        parse_place(text)


def test_an_empty_filter_asks_nothing() -> None:
    """Which is why a redrive without any choice wants `--all`."""
    assert LetterFilter().asks_nothing
    assert not LetterFilter(stages=frozenset({"code"})).asks_nothing
