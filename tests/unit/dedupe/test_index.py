"""The index holds what a dict would, whatever is added, taken out and grown over."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.dedupe.index import Ids, Keys, Postings

STEPS = st.lists(
    st.tuples(
        st.booleans(), st.lists(st.integers(0, 60), min_size=1, max_size=12, unique=True), st.integers(0, 30)
    ),
    max_size=60,
)


def keys(*values: int) -> Keys:
    """Return keys as the index takes them."""
    return np.array(values, np.uint64)


def same(number: int, times: int) -> Ids:
    """Return one id for each of several keys."""
    return np.full(times, number, np.int64)


def found(index: Postings, key: int) -> list[int]:
    """Return the ids of a key, sorted."""
    return sorted(index.probe(keys(key)).ids.tolist())


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_like_a_dict_of_lists(steps: list[tuple[bool, list[int], int]]) -> None:
    """Adding and removing in any order leaves the ids that a plain multimap has, also for keys with more ids than slots."""
    index, model = Postings(), dict[int, list[int]]()
    for adds, some, number in steps:
        chosen = [key for key in some if adds != (number in model.get(key, []))]
        if not chosen:
            continue
        if adds:
            assert index.add(index.probe(keys(*chosen)), number) == [True] * len(chosen)
            for key in chosen:
                model.setdefault(key, []).append(number)
        else:
            index.remove(keys(*chosen), same(number, len(chosen)))
            for key in chosen:
                model[key].remove(number)
    assert len(index) == sum(map(len, model.values()))
    for key in range(61):
        assert found(index, key) == sorted(model.get(key, []))


def test_nothing_is_lost_in_growing() -> None:
    """After a hundred thousand postings each is found under its key and nowhere else, and the table is well filled."""
    index = Postings()
    random = np.random.default_rng(5)
    rows = [np.unique(random.integers(0, 1 << 32, 25).astype(np.uint64)) for _ in range(4000)]
    for number, row in enumerate(rows):
        index.add(index.probe(row), number)
    assert len(index) == sum(map(len, rows))
    for number, row in enumerate(rows):
        probe = index.probe(row)
        assert set(probe.position[probe.ids == number].tolist()) == set(range(len(row)))
    assert index.nbytes < 8 * len(index) / 0.5
    for number, row in enumerate(rows):
        index.remove(row, same(number, len(row)))
    assert len(index) == 0
    assert not any(len(index.probe(row).ids) for row in rows)


def test_cap_keeps_the_first() -> None:
    """A key takes ids up to the cap, says of the others that it did not, and takes new ones when old ones have gone."""
    index = Postings()
    took = [index.add(index.probe(keys(7, 8)), number, cap=3, exempt=1)[1] for number in range(20)]
    assert took == [True] * 3 + [False] * 17
    assert found(index, 8) == [0, 1, 2]
    assert found(index, 7) == list(range(20))
    index.remove(keys(7, 8), same(1, 2))
    assert index.add(index.probe(keys(8)), 99, cap=3) == [True]
    assert found(index, 8) == [0, 2, 99]


def test_part_of_a_probe() -> None:
    """A part of a probe adds its keys alone."""
    index = Postings()
    index.add(index.probe(keys(1, 2, 3, 4)).part(2), 5)
    assert [found(index, key) for key in (1, 2, 3, 4)] == [[5], [5], [], []]


def test_all_that_spilt_from_one_bucket_is_taken_out_in_one_go() -> None:
    """A key with more ids than its two buckets hold spills; removing all of them at once leaves nothing, in whatever order."""
    index, ids = Postings(), range(40)
    for number in ids:
        index.add(index.probe(keys(7)), number)
    index.add(index.probe(keys(8)), 1)
    index.remove(keys(*[7] * 40), np.array(ids[::-1], np.int64))
    assert found(index, 7) == []
    assert (found(index, 8), len(index)) == ([1], 1)
