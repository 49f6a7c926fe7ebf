"""A deduper that is rebuilt from its changelog goes on as if nothing had happened, bit for bit."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.dedupe import Deduper
from processors.dedupe.entry import Entry, Ref
from schemas.article import ArticleHead
from schemas.errors import Rejected
from schemas.sketch import Sketch
from schemas.verdict import VerdictKind
from tests.unit.dedupe.articles import START, article, bytes_of, judge
from tests.unit.dedupe.corpus import TEMPLATES, fill
from tests.unit.dedupe.test_order import POOL

WEEK = timedelta(days=7)
STEPS = st.tuples(
    st.integers(0, len(POOL) // 8 - 1),
    st.sampled_from([0.0, 0.0, 0.5, 3.0, 7.5]),
    st.sampled_from([None, None, 1, 2, 3]),
    st.sampled_from([False, False, False, False, True]),
)
"""Which text, how many days later, which URL if any, and whether an earlier one is withdrawn instead."""


def build(steps: list[tuple[int, float, int | None, bool]]) -> list[tuple[ArticleHead, Sketch]]:
    """Return the articles of a run."""
    day, articles = 0.0, []
    for n, (which, later, page, withdrawn) in enumerate(steps):
        day += later
        url = None if page is None else f"https://a.example/{page}"
        raw_id = str(which % (n + 1) if withdrawn else n)
        text = "" if withdrawn else POOL[which]
        published = None if page in (None, 1) else START - timedelta(days=which % 3)
        articles.append(
            article(text, n, raw_id=raw_id, url=url, day=day, published=published, withdrawn=withdrawn)
        )
    return articles


def keep(state: dict[bytes, bytes], deduper: Deduper) -> None:
    """Apply the changes to a changelog."""
    for key, value in deduper.changes():
        if value is None:
            state.pop(key, None)
        else:
            state[key] = value


def undisturbed(
    articles: list[tuple[ArticleHead, Sketch]], window: timedelta | None
) -> tuple[str, dict[bytes, bytes]]:
    """Return a hash of the verdicts of a deduper that is never restarted, and its changelog in the end."""
    whole = Deduper(window)
    verdicts = judge(whole, articles)
    state: dict[bytes, bytes] = {}
    keep(state, whole)
    return bytes_of(verdicts), state


@settings(max_examples=120, deadline=None)
@given(
    st.lists(STEPS, min_size=1, max_size=40),
    st.lists(st.integers(0, 40), max_size=3),
    st.sampled_from([None, WEEK]),
    st.randoms(use_true_random=False),
)
def test_restore_changes_nothing(
    steps: list[tuple[int, float, int | None, bool]],
    cuts: list[int],
    window: timedelta | None,
    random: object,
) -> None:
    """Verdicts with restarts at any places are those without, and so is the changelog in the end."""
    articles = build(steps)
    expected, reference = undisturbed(articles, window)
    state: dict[bytes, bytes] = {}
    deduper, verdicts = Deduper(window), []
    for n, (head, sketch) in enumerate(articles):
        if n in cuts:
            keep(state, deduper)
            deduper = Deduper(window)
            items = list(state.items())
            random.shuffle(items)  # type: ignore[attr-defined]
            deduper.restore(items)
        assert not deduper.seen(head)
        verdicts.append(deduper.judge(head, sketch))
        assert deduper.seen(head)
    keep(state, deduper)
    assert bytes_of(verdicts) == expected
    assert state == reference


@settings(max_examples=120, deadline=None)
@given(
    st.lists(STEPS, min_size=1, max_size=40),
    st.lists(st.integers(0, 40), max_size=3),
    st.integers(1, 7),
    st.sampled_from([None, WEEK]),
)
def test_state_may_be_elsewhere(
    steps: list[tuple[int, float, int | None, bool]], cuts: list[int], batch: int, window: timedelta | None
) -> None:
    """A deduper that reads its records back from the table gives the verdicts and the changelog of one that keeps them."""
    articles = build(steps)
    expected, reference = undisturbed(articles, window)
    state: dict[bytes, bytes] = {}
    verdicts = []
    with patch.multiple("processors.log", _PAGE=2, _READY=0):
        deduper = Deduper(window)
        deduper.restore((), state.get)
        for n, (head, sketch) in enumerate(articles):
            if n in cuts or n % batch == 0:
                keep(state, deduper)
            if n in cuts:
                deduper = Deduper(window)
                deduper.restore(((key, b"") for key in reversed(state)), state.get)
            verdicts.append(deduper.judge(head, sketch))
        keep(state, deduper)
    assert bytes_of(verdicts) == expected
    assert state == reference


def test_old_records_are_not_kept_where_they_can_be_read_back() -> None:
    """Beyond the last ones a record is read from the table, once for all that ask for it before the next changes."""
    texts = [fill(template, 0) for template in TEMPLATES]
    asked: list[bytes] = []
    state: dict[bytes, bytes] = {}

    def fetch(key: bytes) -> bytes | None:
        asked.append(key)
        return state.get(key)

    with patch.multiple("processors.log", _PAGE=2, _READY=1):
        deduper = Deduper(None)
        deduper.restore((), fetch)
        judge(deduper, [article(text, n) for n, text in enumerate(texts)])
        keep(state, deduper)
        asked.clear()
        copies = [article(text, 100 + n) for n, text in enumerate((texts[0], texts[0], texts[-1]))]
        assert {verdict.kind for verdict in judge(deduper, copies)} == {VerdictKind.EXACT}
    assert (0).to_bytes(8, "big") in asked
    assert (len(texts) - 1).to_bytes(8, "big") not in asked
    assert len(set(asked)) == len(asked)


RUN = """
from tests.unit.dedupe.test_recovery import build, bytes_of, judge, keep, Deduper, WEEK
steps = [(n * 7 % 15, 0.5 * (n % 3), n % 4 or None, n % 11 == 10) for n in range(60)]
deduper, state = Deduper(WEEK), {}
verdicts = judge(deduper, build(steps))
keep(state, deduper)
print(bytes_of(verdicts), sorted(state.items()))
"""


def test_the_same_log_gives_the_same_bytes_in_every_process() -> None:
    """Verdicts and state do not depend on the hash seed of the interpreter, or on anything else but the log."""
    runs = {
        subprocess.run(
            [sys.executable, "-c", RUN], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 1000


def test_watermarks_outlive_the_entries() -> None:
    """A raw record of long ago is still known as judged when its entry has left the window and the state was restored."""
    deduper, state = Deduper(WEEK), dict[bytes, bytes]()
    old = article(fill(TEMPLATES[0], 0), 0, raw_id="old")
    new = article(fill(TEMPLATES[1], 0), 1, raw_id="new", day=30)
    judge(deduper, [old])
    keep(state, deduper)
    judge(deduper, [new])
    keep(state, deduper)
    assert sorted(len(key) for key in state) == [5, 5, 8]
    restored = Deduper(WEEK)
    restored.restore(state.items())
    assert restored.seen(old[0])
    assert restored.seen(new[0])
    assert not restored.seen(article("later", 3)[0])
    assert len(restored) == 2


def test_entry_round_trip() -> None:
    """An entry with ids of every form comes back as it was."""
    ref = Ref(article_id="0b9ad5d1-b9d2-5e8b-a0b4-6ad0a3c1f1aa", version="ab" * 32, raw_id="x" * 40_000)
    lead = Ref(article_id="not a uuid", version="", raw_id=None)
    entry = Entry(
        VerdictKind.NEAR, -5, 3, 1 << 40, 7, 9, 0b1011, ref, "Agency", "name", lead, b"sketch", (1, 2)
    )
    assert Entry.decode(entry.encode()) == entry
    for dated, late in ((-7, False), (1 << 60, True), (None, True)):
        own = replace(entry, dated=dated, late=late)
        assert Entry.decode(own.encode()) == own


def test_entries_of_the_first_version_are_read() -> None:
    """A changelog from before articles' own dates were kept gives entries without one."""
    ref = Ref(article_id="a", version="b", raw_id="c")
    for lead in (ref, ref._replace(article_id="z"), None):
        entry = Entry(VerdictKind.UNIQUE, 1, 0, 0, 0, 0, 0, ref, None, "a", lead, b"s" * 12)
        assert Entry.decode(b"\x01" + entry.encode()[1:]) == entry


@pytest.mark.parametrize("cut", [0, 1, 39, 41, 60, -1])
def test_broken_entries_are_refused(cut: int) -> None:
    """A record that is cut off, or of another version, is Rejected with a reason."""
    ref = Ref(article_id="a", version="b", raw_id="c")
    data = Entry(VerdictKind.UNIQUE, 1, 0, 0, 0, 0, 0, ref, None, "a", ref, b"s" * 12).encode()
    with pytest.raises(Rejected, match="dedupe entry"):
        Entry.decode(data[:cut])
    with pytest.raises(Rejected, match="version 9"):
        Entry.decode(b"\x09" + data[1:])
