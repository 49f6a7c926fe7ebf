"""The service: `up`, `worker`, `ingest`, `tail`, `replay`."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from streams.ingest import IngestReport, Source
    from streams.settings import Settings
    from streams.tail import EventFilter, Start

PANEL = "The service"
REFUSED = 2


def up(
    feed: Annotated[
        list[Path] | None,
        typer.Option(
            "--feed",
            help="File or folder to ingest, as `ingest` takes it; may be repeated.",
            show_default=False,
        ),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Ingest the sample feed of the package.")] = False,
    once: Annotated[
        bool, typer.Option("--once", help="End when the feed is drained, with a summary.")
    ] = False,
) -> None:
    """Run everything on this machine: embedded broker, topics, a worker. Ctrl-C stops what was started, in order.

    Events are shown as they appear. DRAGOMAN_BROKER takes the place of the embedded broker.
    """
    from streams.cli.connect import load_settings
    from streams.up import run

    paths = list(feed or ())
    if sample:
        from importlib.resources import files

        paths.append(Path(str(files("streams.sample") / "feed")))
    raise typer.Exit(run(load_settings(), paths, once=once))


def worker() -> None:
    """Run one worker until SIGTERM or Ctrl-C; start as many as you like. It finishes its batch and commits before it leaves."""
    from streams.cli.connect import connected
    from streams.worker import run_worker

    raise typer.Exit(run_worker(connected()))


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, or - for standard input.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="jsonl, json, text or html; by name and content, unless given.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Put articles on articles.raw: JSON lines, JSON, plain text or HTML, gzipped or not.

    Lines of JSON go as they stand, also those that can't be used: they end in the dead letters with a reason.
    """
    from streams.cli.connect import connected
    from streams.cli.terminal import quiet_end
    from streams.failure import Failure
    from streams.ingest import find_sources
    from streams.ingest.formats import Format

    if form is not None and form not in list(Format):
        message = f"--format: {form!r} is none of {', '.join(Format)}"
        raise Failure(message, status=2)
    sources, skipped = find_sources(paths, Format(form) if form else None)
    for line in skipped:
        print(f"dragoman: {line}", file=sys.stderr)
    with quiet_end():
        report = asyncio.run(_ingest(sources, connected()))
    for line in report.refused:
        print(f"dragoman: {line}", file=sys.stderr)
    beside = f", {report.dead} too large and put to the dead letters" if report.dead else ""
    print(f"{report.read} records read, {report.produced} produced{beside}")
    if report.refused:
        raise typer.Exit(REFUSED)


async def _ingest(sources: "list[Source]", settings: "Settings") -> "IngestReport":
    from streams.ingest import ingest as run_ingest
    from streams.up.show import feed_progress

    with feed_progress(sources) as advance:
        return await run_ingest(sources, settings, advance)


def tail(
    types: Annotated[list[str] | None, typer.Option("--type", help="Event type; may be repeated.")] = None,
    countries: Annotated[
        list[str] | None, typer.Option("--country", help="Country of either side, as in UKR.")
    ] = None,
    modalities: Annotated[
        list[str] | None, typer.Option("--modality", help="factual, planned, denied, ...")
    ] = None,
    statuses: Annotated[
        list[str] | None, typer.Option("--status", help="reported, corroborated, ...")
    ] = None,
    start: Annotated[
        str, typer.Option("--from", help="beginning, end or an RFC 3339 time (of recording).")
    ] = "end",
    as_json: Annotated[bool, typer.Option("--json", help="Whole events as JSON lines.")] = False,
    until_idle: Annotated[
        float | None,
        typer.Option(
            "--until-idle",
            min=0.0,
            metavar="SECONDS",
            help="End when nothing has come for so long.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show events as they come. Repeated values of one option are alternatives, different options must all hold."""
    from streams.cli.connect import connected
    from streams.cli.terminal import quiet_end
    from streams.cli.times import moment
    from streams.tail import EventFilter, Start

    wanted = EventFilter.checked(types or (), countries or (), modalities or (), statuses or ())
    known = {s.value: s for s in Start}
    begin = known.get(start) or moment(start, "--from")
    settings = connected()
    with quiet_end():
        asyncio.run(_tail(settings, wanted, begin, as_json, until_idle))


async def _tail(
    settings: "Settings",
    wanted: "EventFilter",
    start: "Start | datetime",
    as_json: bool,
    until_idle: float | None,
) -> None:
    from streams.tail import one_line
    from streams.tail import tail as events

    def passed_over(reason: str) -> None:
        print(f"dragoman: {reason}", file=sys.stderr)

    out = sys.stdout.buffer
    async for found in events(
        settings, wanted=wanted, start=start, until_idle=until_idle, passed_over=passed_over
    ):
        out.write((found.value if as_json else one_line(found.event).encode()) + b"\n")
        out.flush()


def replay(
    into: Annotated[str, typer.Option("--into", help="Prefix of the topics to write, as in `shadow-`.")],
    start: Annotated[
        str | None, typer.Option("--from", help="RFC 3339 time of recording; the beginning, unless given.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="RFC 3339 time, not included; the end, unless given.")
    ] = None,
) -> None:
    """Run the recorded articles through the same stages again, into topics of their own, and print the counts.

    With the same rules, a replay of the whole log gives the same event log, byte for byte.
    """
    from streams.cli.connect import connected
    from streams.cli.terminal import quiet_end
    from streams.cli.times import moment
    from streams.replay import replay as run_replay

    begin = moment(start, "--from") if start else None
    stop = moment(end, "--to") if end else None
    with quiet_end():
        report = asyncio.run(run_replay(connected(), into, begin, stop))
    print(f"{report.articles} articles replayed", end="")
    print(
        f", {report.without_raw} from their cleaned form, the raw record being gone"
        if report.without_raw
        else ""
    )
    for topic, count in report.written.items():
        print(f"{into + topic:32} {count}")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command, example in (
        (up, "dragoman up --feed articles/ --once"),
        (worker, "DRAGOMAN_BROKER=kafka:9092 dragoman worker"),
        (ingest, "zcat articles.jsonl.gz | dragoman ingest -"),
        (
            tail,
            "dragoman tail --type talks-held --type meeting-planned --country UKR --from beginning --json",
        ),
        (replay, "dragoman replay --from 2025-02-01 --to 2025-03-01 --into february-"),
    ):
        app.command(rich_help_panel=PANEL, epilog=f"Example: {example}")(command)
