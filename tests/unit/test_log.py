"""The log of values by number: read, written anew, taken out, and read back from elsewhere."""

from __future__ import annotations

from itertools import count
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.log import Log

STEPS = st.tuples(
    st.sampled_from(["append", "append", "append", "set", "remove", "release", "first"]),
    st.integers(0, 10_000),
    st.binary(max_size=5),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(STEPS, max_size=80), st.booleans(), st.integers(0, 9))
def test_a_log_is_a_list(steps: list[tuple[str, int, bytes]], lean: bool, begin: int) -> None:
    """Whatever is done in whatever order, a value is what was written last; one that was taken out is gone."""
    held: dict[int, bytes] = {}
    elsewhere: dict[int, bytes] = {}
    end = begin
    with patch.multiple("processors.log", _PAGE=4, _READY=1, _COMPACT=1):
        log = Log()
        if lean:
            log.lean_on(elsewhere.get)
        log.begin(begin)
        for step, which, value in steps:
            number = sorted(held)[which % len(held)] if held else None
            if step == "append":
                log.append(value)
                held[end], end = value, end + 1
            elif step == "release":
                elsewhere.clear()
                elsewhere.update(held)
                log.release()
            elif step == "first":
                assert log.first() <= min(held, default=end)
            elif number is not None and step == "set":
                log.set(number, value)
                held[number] = value
            elif number is not None:
                log.set(number, None)
                del held[number]
            assert log.next == end
        assert {n: log.get(n) for n in range(end + 1) if log.alive(n)} == held
        assert all(log.get(n) is None for n in range(-1, end + 1) if n not in held)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 300),
    st.lists(st.tuples(st.integers(0, 400), st.none() | st.binary(min_size=1)), max_size=80),
)
def test_log_like_a_dict(first: int, writes: list[tuple[int, bytes | None]]) -> None:
    """Values are read back under their numbers after any rewriting, and `first` never passes a living one."""
    log, model = Log(), dict[int, bytes | None]()
    log.begin(first)
    for number, value in zip(count(first), [b"%d" % n for n in range(420)], strict=False):
        log.append(value)
        model[number] = value
    for at, value in [*((n, None) for n in range(len(writes) * 4)), *writes]:
        if model[first + at] is None:
            continue
        log.set(first + at, value)
        model[first + at] = value
        assert all(model.get(n) is None for n in range(first, log.first()))
    assert log.next == first + 420
    assert [log.get(n) for n in range(first, first + 420)] == [model[n] for n in range(first, first + 420)]
    assert log.get(first + 420) is None
    assert log.get(-1) is None


def test_a_value_that_is_lost_elsewhere_is_missed() -> None:
    """A living value that can't be read back is an error, not a value that was never there."""
    with patch.multiple("processors.log", _PAGE=1, _READY=0):
        log = Log()
        log.lean_on({}.get)
        for _ in range(4):
            log.append(b"x")
        log.release()
        with pytest.raises(LookupError, match="value 0"):
            log.get(0)
