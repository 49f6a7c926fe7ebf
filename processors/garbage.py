"""Python's garbage collector, told that rules and lexicons are there to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 50_000
"""New objects between two collections: nearly all of those that an article makes are freed without a collector."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Make many lasting objects without a garbage collector that looks through them again and again for nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def keep_what_is_loaded() -> None:
    """Take what lives now out of all later garbage collections, and let these come more rarely.

    For a process that has loaded what it works with: a collection otherwise walks through the whole lexicon again and
    again. Cycles made later are still collected.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
