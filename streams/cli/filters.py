"""The filters: `clean`, `dedupe`, `code`, `process`. JSON lines in and out, no broker."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.filters import Filter

PANEL = "Filters: JSON lines in, JSON lines out, no Kafka"
FILES = typer.Argument(
    help="JSON lines, also gzipped; standard input where none is given.", show_default=False
)
RECEIVED = typer.Option(
    "--received",
    help="RFC 3339 time that the articles count as received; now, unless given. Give it to make the output reproducible.",
    show_default=False,
)
Files = Annotated[list[Path] | None, FILES]
Received = Annotated[str | None, RECEIVED]


def clean(files: Files = None, received: Received = None) -> None:
    """Take the page away and leave the article: title, text, language, dates."""
    from streams.filters import CleanFilter

    run(CleanFilter, files, received)


def dedupe(
    files: Files = None,
    window: Annotated[
        float | None,
        typer.Option(
            "--window", min=0.0, metavar="DAYS", help="Forget articles older than this; never, unless given."
        ),
    ] = None,
    received: Received = None,
) -> None:
    """Say of each article whether it is unique, a copy, a revision or a round-up of those before it."""
    from streams.filters import DedupeFilter

    run(lambda at: DedupeFilter(at, None if window is None else timedelta(days=window)), files, received)


def code(files: Files = None, received: Received = None) -> None:
    """Code each article: one line per mention of an event, with its evidence."""
    from streams.filters import CodeFilter

    run(CodeFilter, files, received)


def process(files: Files = None, received: Received = None) -> None:
    """Run the whole chain in one process; print the last revision of every event at the end."""
    from streams.filters import ProcessFilter

    run(ProcessFilter, files, received)


def run(make: "Callable[[datetime], Filter]", files: list[Path] | None, received: str | None) -> None:
    """Feed every line to the filter that `make` gives; exit 2 where a line was refused."""
    from processors.garbage import keep_what_is_loaded
    from schemas.errors import Rejected
    from streams.cli.terminal import quiet_end
    from streams.cli.times import moment
    from streams.filters import Line, read_lines

    work = make(moment(received, "--received") if received else datetime.now(UTC))
    keep_what_is_loaded()
    out = sys.stdout.buffer
    refused = False

    def refuse(line: Line, reason: str) -> None:
        nonlocal refused
        refused = True
        print(f"dragoman: {line.place}: {reason}", file=sys.stderr)

    with quiet_end():
        for line in read_lines(files or []):
            try:
                answers = work.feed(line.value)
            except Rejected as rejected:
                refuse(line, rejected.reason)
                continue
            except Exception as error:  # noqa: BLE001 - one line must not end the others
                refuse(line, Rejected(f"{type(error).__name__}: {error}").reason)
                continue
            if answers:
                out.writelines(answers)
                out.flush()
        out.writelines(work.finish())
        out.flush()
    if refused:
        raise typer.Exit(2)


def register(app: typer.Typer) -> None:
    """Add the four filters to the command line."""
    for command, example in (
        (clean, "dragoman clean < articles.jsonl"),
        (dedupe, "dragoman dedupe --window 7 articles.jsonl.gz"),
        (code, """echo '{"id": "1", "body": "France recalled its ambassador to Niger."}' | dragoman code"""),
        (process, "dragoman process < articles.jsonl > events.jsonl"),
    ):
        app.command(rich_help_panel=PANEL, epilog=f"Example: {example}")(command)
