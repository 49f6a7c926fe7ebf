"""Character-level repair."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.clean.repair import repair, suspicions


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("The envoy doesnâ€™t agree", "The envoy doesn’t agree"),
        ("PresidÃªncia e MinistÃ©rio", "Presidência e Ministério"),
        ("The envoy doesn\x92t agree", "The envoy doesn’t agree"),
        ("The envoy doesn\ufffdt agree", "The envoy doesn’t agree"),
        ("Fish &amp; chips &#8212; again", "Fish & chips — again"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("cease\u00adfire and zero\u200bwidth", "ceasefire and zerowidth"),
        ("\ufeffno\u00a0break\u2009thin", "no break thin"),
        ("tab\tand  two   spaces ", "tab and two spaces"),
        ("a\x00b\x07c", "abc"),
        ("of\ufb01cial", "official"),
        ("cafe\u0301", "café"),
        ("The war ended.The talks began.", "The war ended. The talks began."),
        ("“We agree.”The envoy left", "“We agree.” The envoy left"),
        (
            "See www.Example.Com or mail Desk.Two@Example.Org",
            "See www.Example.Com or mail Desk.Two@Example.Org",
        ),
        ("The U.S. and 3.5 percent, e.g. Oslo", "The U.S. and 3.5 percent, e.g. Oslo"),
        ("خانه\u200cها در تهران", "خانه\u200cها در تهران"),
        ("Âge et naïveté, São Paulo", "Âge et naïveté, São Paulo"),
    ],
)
def test_repairs(broken: str, whole: str) -> None:
    """Each kind of damage is undone, and what only looks like damage is left alone."""
    assert repair(broken) == whole


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_text_that_is_not_suspect_keeps_its_characters(text: str) -> None:
    """Repair changes nothing but the white space at the ends of a text that is not suspect."""
    line = text.replace("\n", " ").strip()
    if not suspicions(line):
        assert repair(line) == line


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_no_control_characters_remain(text: str) -> None:
    """No text comes out with control characters, doubled spaces or white space at its ends."""
    line = repair(text.replace("\n", " "))
    assert line == line.strip()
    assert "  " not in line
    assert not any(char < " " or char == "\x7f" for char in line)
