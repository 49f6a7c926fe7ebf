"""`dragoman dead-letters`: what could not be used, why, and what is done about it."""

import asyncio
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.terminal import printable, quiet_end

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from schemas.dead_letter import Handled
    from streams.cluster import Cluster
    from streams.deadletters.log import Letter, LetterFilter
    from streams.deadletters.redrive import Done, Order
    from streams.settings import Settings

letters = typer.Typer(
    no_args_is_help=True, help="List and show what could not be used; try it again, or drop it."
)
REFUSED = 2

Places = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PLACE]...", help="Offsets on the topic dead-letters, as `list` gives them."),
]
Stages = Annotated[
    list[str] | None, typer.Option("--stage", help="Only those of this stage; may be repeated.")
]
Reason = Annotated[str | None, typer.Option("--reason", help="Only those whose reason holds this text.")]
Since = Annotated[
    str | None, typer.Option("--since", help="Only those recorded at this RFC 3339 time or later.")
]
Until = Annotated[str | None, typer.Option("--until", help="Only those recorded before this time.")]
Everything = Annotated[bool, typer.Option("--all", help="All that wait, where no other choice is made.")]
Again = Annotated[bool, typer.Option("--again", help="Also those that have been redriven or dropped.")]
By = Annotated[str | None, typer.Option("--by", help="Who does it, for the record.", show_default=False)]
Why = Annotated[str | None, typer.Option("--why", help="Why, for the record.", show_default=False)]


@letters.command("list", epilog="Example: dragoman dead-letters list --stage clean --since 2025-02-01")
def list_letters(
    places: Places = None,
    stages: Stages = None,
    reason: Reason = None,
    since: Since = None,
    until: Until = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that have been redriven or dropped.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON lines instead of a table, as always in a pipe.")
    ] = False,
) -> None:
    """List the dead letters that wait: place, time, stage, tries, where the record stood, why it could not be used."""
    wanted = _wanted(places, stages, reason, since, until)
    with quiet_end():
        asyncio.run(_list(wanted, everything, as_json or not sys.stdout.isatty()))


@letters.command(epilog="Example: dragoman dead-letters show 3 > record.json")
def show(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help="Offset on the topic dead-letters, as `list` gives it.")
    ],
) -> None:
    """Write the original bytes of one dead letter to standard output, as they were, and what is known of it to standard error."""
    wanted = _wanted([place])
    with quiet_end():
        asyncio.run(_show(place, wanted))


@letters.command(
    epilog="Example: dragoman dead-letters redrive --stage code --reason memory --why 'more memory now'"
)
def redrive(
    places: Places = None,
    stages: Stages = None,
    reason: Reason = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    again: Again = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Also those tried too often, or whose article has a newer version."),
    ] = False,
    by: By = None,
    why: Why = None,
) -> None:
    """Try letters again: each article goes back into the flow once, however often this is asked. Exit 2 where some can't.

    docs/dead-letters.md tells where each goes, and why it can't.
    """
    from streams.deadletters.redrive import Order
    from streams.deadletters.redrive import redrive as run

    order = Order(_chosen(places, stages, reason, since, until, everything), by, why, again, force)
    _finish(order, asyncio.run(run(_settings(), order)))


@letters.command(
    epilog="Example: dragoman dead-letters drop --stage clean --reason 'no text' --by ada --why 'photo pages'"
)
def drop(
    places: Places = None,
    stages: Stages = None,
    reason: Reason = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    again: Again = False,
    by: By = None,
    why: Why = None,
) -> None:
    """Mark letters as dealt with: they are no longer listed or redriven. Their bytes stay on the topic."""
    from streams.deadletters.redrive import Order
    from streams.deadletters.redrive import drop as run

    order = Order(_chosen(places, stages, reason, since, until, everything), by, why, again)
    _finish(order, asyncio.run(run(_settings(), order)))


def _wanted(
    places: list[str] | None,
    stages: list[str] | None = None,
    reason: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> "LetterFilter":
    from streams.cli.times import moment
    from streams.deadletters.log import LetterFilter, parse_place

    return LetterFilter(
        frozenset(map(parse_place, places or ())),
        frozenset(stages or ()),
        reason,
        moment(since, "--since") if since else None,
        moment(until, "--until") if until else None,
    )


def _chosen(
    places: list[str] | None,
    stages: list[str] | None,
    reason: str | None,
    since: str | None,
    until: str | None,
    everything: bool,
) -> "LetterFilter":
    from streams.failure import Failure

    wanted = _wanted(places, stages, reason, since, until)
    if wanted.asks_nothing and not everything:
        raise Failure("which letters? name places, or filter, or say --all", status=2)
    return wanted


def _finish(order: "Order", done: "Done") -> None:
    from streams.deadletters.log import place_name
    from streams.failure import Failure

    for place, what in done.handled.items():
        print(f"{place_name(place)}: {'dropped' if what == 'dropped' else 'redriven to ' + what}")
    for place, what in done.before.items():
        print(f"{place_name(place)}: {what}, nothing done")
    for place, what in done.refused.items():
        print(f"dragoman: dead letter {place_name(place)}: {printable(what)}", file=sys.stderr)
    met = done.handled.keys() | done.before.keys() | done.refused.keys()
    missing = sorted(order.wanted.places - met)
    if missing:
        raise Failure(f"no such dead letter: {', '.join(map(place_name, missing))}")
    if done.refused:
        raise typer.Exit(REFUSED)


async def _list(wanted: "LetterFilter", everything: bool, as_json: bool) -> None:
    from streams.deadletters.log import read_handled, read_letters

    async with _opened() as (settings, cluster):
        known = await read_handled(cluster, settings)
        if not as_json:
            print(
                f"{'place':>6}  {'recorded':24}  {'stage':7}  {'try':>3}  {'state':8}  {'record':24}  reason"
            )
        async for letter in read_letters(cluster, settings, wanted):
            state = known.get(letter.place)
            if state is None or everything:
                print(_json_line(letter, state) if as_json else _row(letter, state))


def _row(letter: "Letter", state: "Handled | None") -> str:
    from schemas.base import rfc3339

    about = letter.about
    where = f"{about.topic}[{about.partition}]@{about.offset}"
    told = state.action if state else "waiting"
    return (
        f"{letter.name:>6}  {rfc3339(about.record_time):24}  {about.stage:7}  {about.attempt:3}  {told:8}  {where:24}  "
        f"{printable(about.reason)}"
    )


def _json_line(letter: "Letter", state: "Handled | None") -> str:
    import orjson

    place = {
        "letter_partition": letter.place[0],
        "letter_offset": letter.place[1],
        "bytes": len(letter.record.value or b""),
        "handled": state.model_dump(mode="json") if state else None,
    }
    return orjson.dumps(place | letter.about.model_dump(mode="json")).decode()


async def _show(place: str, wanted: "LetterFilter") -> None:
    from streams.deadletters.log import read_handled, read_letters
    from streams.failure import Failure

    async with _opened() as (settings, cluster):
        known = await read_handled(cluster, settings)
        async for letter in read_letters(cluster, settings, wanted):
            state = known.get(letter.place)
            about = letter.about
            print(
                f"{about.stage}: {printable(about.reason)} (try {about.attempt} of {settings.max_attempts}, "
                f"{state.action if state else 'waiting'})",
                file=sys.stderr,
            )
            sys.stdout.buffer.write(letter.record.value or b"")
            sys.stdout.buffer.flush()
            return
    raise Failure(f"no dead letter at {place}")


def _settings() -> "Settings":
    from streams.cli.connect import connected

    return connected()


@asynccontextmanager
async def _opened() -> "AsyncIterator[tuple[Settings, Cluster]]":
    from streams.cluster import Cluster

    settings = _settings()
    async with Cluster(settings) as cluster:
        yield settings, cluster


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(letters, name="dead-letters", rich_help_panel="Looking after it")
