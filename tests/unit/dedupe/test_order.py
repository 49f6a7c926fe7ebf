"""The groups of a set of articles are the same in whatever order they come."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.dedupe import Deduper
from schemas.verdict import VerdictKind
from tests.unit.dedupe.articles import article, judge, partition
from tests.unit.dedupe.corpus import FILLINGS, TEMPLATES, fill, light_edits, update


def variants(template: int, story: int) -> list[str]:
    """Return a story, its light edits and a later version of it."""
    random = Random(template * 100 + story)  # noqa: S311 - a fixed choice
    text = fill(TEMPLATES[template], story)
    return [text, text, *light_edits(text, random), update(text, random)]


POOL = [
    text
    for template in range(len(TEMPLATES))
    for story in range(FILLINGS)
    for text in variants(template, story)
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(POOL) - 1), min_size=2, max_size=40), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_groups(chosen: list[int], random: Random) -> None:
    """A shuffle of the articles leaves the groups as they are."""
    articles = [article(POOL[i], n, raw_id=str(n)) for n, i in enumerate(chosen)]
    shuffled = list(articles)
    random.shuffle(shuffled)
    first = partition(judge(Deduper(None), articles))
    assert partition(judge(Deduper(None), shuffled)) == first


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, len(POOL) - 1), min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_order_does_not_matter_with_urls_either(chosen: list[int], random: Random) -> None:
    """Where several versions share a URL, the copies among them are still the same in any order."""
    articles = [
        article(POOL[i], n, raw_id=str(n), url=f"https://a.example/{i // 27}") for n, i in enumerate(chosen)
    ]
    shuffled = list(articles)
    random.shuffle(shuffled)
    first = partition(judge(Deduper(None), articles))
    assert partition(judge(Deduper(None), shuffled)) == first


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 26), st.booleans(), st.booleans()), min_size=2, max_size=30),
    st.randoms(use_true_random=False),
)
def test_headlines_and_capitals_do_not_matter(chosen: list[tuple[int, bool, bool]], random: Random) -> None:
    """Exact copies under a headline that says "update", or in capitals, leave the groups the same in any order."""
    articles = [
        article(POOL[i].upper() if loud else POOL[i], n, raw_id=str(n), title="UPDATE 1-A" if marked else "A")
        for n, (i, marked, loud) in enumerate(chosen)
    ]
    shuffled = list(articles)
    random.shuffle(shuffled)
    first = partition(judge(Deduper(None), articles))
    assert partition(judge(Deduper(None), shuffled)) == first


def test_all_of_the_pool_backwards() -> None:
    """The whole pool gives the same groups backwards, and no two stories share one."""
    articles = [article(text, n, raw_id=str(n)) for n, text in enumerate(POOL)]
    forwards = partition(judge(Deduper(None), articles))
    assert partition(judge(Deduper(None), articles[::-1])) == forwards
    size = len(variants(0, 0))
    assert all(len({int(raw_id) // size for raw_id in group}) == 1 for group in forwards)


def test_updates_go_on_although_short_copies_are_like_both_versions() -> None:
    """In the order of the pool each story is coded once, each update is a revision, and all the others are copies."""
    kinds = [
        v.kind for v in judge(Deduper(None), [article(text, n, raw_id=str(n)) for n, text in enumerate(POOL)])
    ]
    size = len(variants(0, 0))
    first, *copies, last = (Counter(kinds[i::size]) for i in range(size))
    assert first == {VerdictKind.UNIQUE: len(TEMPLATES) * FILLINGS}
    assert last == {VerdictKind.REVISION: len(TEMPLATES) * FILLINGS}
    assert {kind for counts in copies for kind in counts} == {VerdictKind.EXACT, VerdictKind.NEAR}
