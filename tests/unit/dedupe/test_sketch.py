"""Sketches: the same for the same words, small, stable across processes, and safe to read back."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.dedupe import make_sketch
from processors.dedupe.overlap import overlap
from schemas.errors import Rejected
from schemas.sketch import SCRIPTS, Sketch
from tests.unit.dedupe.corpus import TEMPLATES, fill

TEXT = fill(TEMPLATES[0], 0)
PRINT = "from processors.dedupe import make_sketch; import sys; print(make_sketch('A', sys.argv[1], None).encode().hex())"


@settings(max_examples=200, deadline=None)
@given(st.none() | st.text(max_size=60), st.text(max_size=600))
def test_any_text_has_a_sketch_that_reads_back(title: str | None, text: str) -> None:
    """Whatever the characters are, the sketch can be made, encoded and decoded."""
    sketch = make_sketch(title, text, None)
    assert Sketch.decode(sketch.encode()) == sketch


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 400), st.integers(0, 255))
def test_broken_bytes_are_refused(noise: bytes, at: int, value: int) -> None:
    """Noise, and a sketch with a byte changed, are decoded or Rejected; nothing else happens."""
    data = bytearray(make_sketch("A", TEXT, None).encode())
    data[at % len(data)] = value
    for tried in (noise, bytes(data), bytes(data[:at])):
        reason = ""
        try:
            assert Sketch.decode(tried).encode() == tried
        except Rejected as rejected:
            reason = rejected.reason
        assert not reason or reason.startswith("sketch: ")


@pytest.mark.parametrize("data", [b"", b"\x01" * 30, b"\x02" + bytes(200)])
def test_reasons(data: bytes) -> None:
    """Too few bytes and an unknown version are named."""
    with pytest.raises(Rejected, match=r"fewer than|version 2"):
        Sketch.decode(data)


@pytest.mark.parametrize("seed", ["0", "42"])
def test_same_in_every_process(seed: str) -> None:
    """The hash seed of the interpreter has no influence."""
    run = subprocess.run(
        [sys.executable, "-c", PRINT, TEXT],
        env={"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == make_sketch("A", TEXT, None).encode().hex()


def test_golden_bytes() -> None:
    """The format does not change by accident: the head of a known sketch is written here."""
    sketch = make_sketch("UPDATE 2-Harbour reopens", TEXT, "en")
    assert sketch.update
    assert sketch.encode()[:3] == bytes([1, 3, SCRIPTS.index("latin")])
    assert sketch.digest.hex() == "0ff8999024f89ba016c0d451c1abe74a"


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        TEXT.replace("\n", "  "),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace(".", " ...").replace(",", ";").replace("5 ...2", "5.2"),
        TEXT.replace("said", "sa\u00adid").replace("Padang", "P\u00e1dang"),
    ],
)
def test_style_is_no_content(other: str) -> None:
    """Case, spaces, punctuation, soft hyphens and accents do not change the content hash."""
    assert make_sketch("A", other, None).digest == make_sketch("B", TEXT, None).digest


def test_spellings_are_one_word() -> None:
    """British and American spelling give one hash; another word does not."""
    british = TEXT + " The defence of the centre was organised by labour."
    american = TEXT + " The defense of the center was organized by labor."
    assert make_sketch(None, british, None).digest == make_sketch(None, american, None).digest
    assert make_sketch(None, british, None).digest != make_sketch(None, TEXT, None).digest


def test_headline_counts_where_there_is_hardly_any_text() -> None:
    """Two pages that only say "read more" are not one content; two long texts under other headlines are."""
    teaser = "Read the full story in our app."
    assert make_sketch("Bridge opens", teaser, None).digest != make_sketch("Bank closes", teaser, None).digest
    assert make_sketch("Bridge opens", TEXT, None).digest == make_sketch("Bank closes", TEXT, None).digest


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", "none"),
        ("12 345", "none"),
        ("Minister spricht", "latin"),
        ("Министр сказал", "cyrillic"),
        ("قال الوزير", "arabic"),
        ("השר אמר", "hebrew"),
        ("部长说", "cjk"),
        ("장관은", "hangul"),
        ("मंत्री ने", "indic"),
        ("รัฐมนตรี", "thai"),
        ("Ο υπουργός", "greek"),
    ],
)
def test_script(text: str, script: str) -> None:
    """The script of the text is told, and `none` where there is no letter."""
    assert make_sketch(None, text, None).script == script


def test_scripts_without_spaces_have_shingles() -> None:
    """A Chinese text is taken by characters, so that an edited copy is still like it."""
    text = "部长星期一在首都会见了来访的代表团并讨论了停火协议的执行情况双方同意继续谈判"
    sketches = (make_sketch(None, each, None) for each in (text, text.replace("继续", "恢复")))
    assert overlap(*sketches, 0).similarity > 0.5


def test_estimate_of_similarity() -> None:
    """The estimate is within .12 of the true Jaccard similarity of the shingles (three sigma at 128 bins)."""
    lines = [fill(template, story) for template in TEMPLATES for story in (0, 1)]
    words = " ".join(lines).lower().split()
    for kept in (0.9, 0.7, 0.5, 0.3):
        part = words[: int(len(words) * kept)]
        a, b = make_sketch(None, " ".join(words), None), make_sketch(None, " ".join(part), None)
        assert abs(overlap(a, b, 0).similarity - b.shingles / a.shingles) < 0.12


def test_long_text_is_bounded() -> None:
    """A text of a million words has a sketch below 2 kB."""
    text = " ".join(f"Word{n} number {n} stands here and says nothing." for n in range(140_000))
    assert len(make_sketch("A", text, None).encode()) < 2000
