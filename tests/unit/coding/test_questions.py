"""Questions tell of no act."""

import pytest

from processors.coding.questions import is_question
from tests.unit.coding.test_coder import code


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Did France recall its ambassador?", True),
        ("“Did France recall its ambassador?” ", True),
        ("France recalled its ambassador.", False),
        ('"', False),
        ("", False),
    ],
)
def test_the_last_mark_tells(text: str, asks: bool) -> None:
    """Whatever closes a quotation may stand behind it."""
    assert is_question(text, 0, len(text)) is asks


def test_a_question_gives_no_event() -> None:
    """The same words with a full stop give one."""
    assert not code("Has France recalled its ambassador from Niger?")
    assert code("France has recalled its ambassador from Niger.")
