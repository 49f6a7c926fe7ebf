"""The sheet that a human reads: drawn by seed, nothing twice, counted with its uncertainty."""

import random
from pathlib import Path

import orjson
import pytest

from tests.quality import draw


def feed(path: Path) -> Path:
    """Write two small articles of two sections and return the file."""
    rows = [
        {
            "id": "a1",
            "section": "News",
            "text": "Kenya accused Uganda of espionage. It rained all day in the hills.",
        },
        {
            "id": "a2",
            "section": "Sport",
            "text": "Ghana expelled the ambassador of Togo. It rained there as well.",
        },
    ]
    path.write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    return path


def test_a_sheet_holds_events_and_quiet_sentences(tmp_path: Path) -> None:
    """Each row has its sentence and marks to be filled in; `--where` keeps to one section."""
    out = tmp_path / "sheet.jsonl"
    assert draw.main(["sheet", str(out), str(feed(tmp_path / "in.jsonl")), "--where", "section=News"]) == 0
    event, quiet = draw.read(out)
    assert (event["coded"]["type"], event["right"]) == ("accusation-made", dict.fromkeys(draw.ASPECTS))
    assert (quiet["sentence"], quiet["right"]) == ("It rained all day in the hills.", {"quiet": None})


def test_what_was_seen_is_not_drawn_again(tmp_path: Path) -> None:
    """With the first sheet as seen there is nothing left to draw."""
    source, out, again = str(feed(tmp_path / "in.jsonl")), tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    draw.main(["sheet", str(out), source])
    draw.main(["sheet", str(again), source, "--seen", str(out)])
    assert draw.read(again) == []


def test_a_seed_draws_the_same_rows() -> None:
    """The draw depends on the seed alone."""
    rows = [{"id": f"a{n}:text:0"} for n in range(50)]
    one, same, other = (draw.sample(rows, 5, random.Random(seed), frozenset()) for seed in (1, 1, 2))  # noqa: S311
    assert one == same != other


def test_marks_are_counted() -> None:
    """Rows that nobody judged do not count; the interval is Wilson's."""
    rows = [{"right": {"type": True}}] * 9 + [{"right": {"type": False}}, {"right": {"type": None}}]
    assert draw.tally(rows) == ["type      9 of 10 right, 95 % interval 0.596 to 0.982"]
    assert draw.wilson(0, 0) == (0.0, 1.0)
    assert draw.wilson(50, 100) == pytest.approx((0.404, 0.596), abs=0.001)
