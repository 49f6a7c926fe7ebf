"""Progress bars: on a terminal they move, anywhere else nothing is drawn."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streams.ingest import Item, Source

Advance = "Callable[[Source, Item], None]"


def make_console() -> Console:
    """Return the console of standard output; what it prints is taken as it is, and never wrapped."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def make_progress(console: Console) -> Progress:
    """Return a progress display that goes away when it ends; events printed through its console stand above it."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:10}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%", markup=False),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def feed_progress(
    sources: list[Source], progress: Progress | None = None
) -> Iterator[Callable[[Source, Item], None]]:
    """Show how far the sources are read, in kilobytes; give the function to call for each record."""
    own = progress or make_progress(Console(stderr=True, highlight=False))
    sizes = {source.path: source.size for source in sources}
    total = sum(sizes.values()) // 1024 if all(sizes.values()) else None
    task = own.add_task("reading", total=total, note="")
    done: dict[object, int] = {}
    records = 0

    def advance(source: Source, item: Item) -> None:
        nonlocal records
        records += 1
        done[source.path] = item.read
        own.update(task, completed=sum(done.values()) // 1024, note=f"kB, {records} records")

    if progress is not None:
        yield advance
        own.update(task, total=1, completed=1, note=f"{records} records")
        return
    with own:
        yield advance
