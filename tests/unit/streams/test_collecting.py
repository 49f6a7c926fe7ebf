"""What is loaded stays out of garbage collection; cycles made afterwards do not stay in memory."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from streams.collecting import keep_what_is_loaded


class Node:
    """An object that can hold itself."""

    def __init__(self) -> None:
        """Close the cycle."""
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_what_lives_is_not_walked_through_again() -> None:
    """Of a loaded list and its entries the collector sees nothing any more."""
    lexicon = [{"word": str(number)} for number in range(1000)]
    keep_what_is_loaded()
    walked = {id(held) for held in gc.get_objects()}
    assert not any(id(entry) in walked for entry in (lexicon, *lexicon))
    assert gc.get_freeze_count() > len(lexicon)


def test_a_cycle_made_afterwards_is_collected() -> None:
    """Only what was there before is out of its reach."""
    keep_what_is_loaded()
    gone = weakref.ref(Node())
    gc.collect()
    assert gone() is None


def test_a_cycle_that_nobody_holds_when_it_is_called_is_freed() -> None:
    """What nobody holds is not kept with the rest."""
    gone = weakref.ref(Node())
    keep_what_is_loaded()
    assert gone() is None
