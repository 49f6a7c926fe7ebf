"""What is loaded stays out of garbage collection; cycles made afterwards do not stay in memory."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from processors.garbage import keep_what_is_loaded
from streams.cli.app import app
from streams.settings import Settings
from streams.stages import make_stages


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


def test_a_worker_keeps_its_coder() -> None:
    """The stage that codes is made with its rules out of the collector's sight."""
    before = gc.get_freeze_count()
    make_stages(Settings())["code"]()
    assert gc.get_freeze_count() > before


def test_a_filter_keeps_what_it_has_loaded() -> None:
    """Before the first line is read."""
    before = gc.get_freeze_count()
    assert CliRunner().invoke(app, ["clean"], input="").exit_code == 0
    assert gc.get_freeze_count() > before
