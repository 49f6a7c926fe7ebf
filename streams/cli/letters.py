"""`dragoman dead-letters`: what could not be used, and why."""

import asyncio
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.terminal import printable, quiet_end

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiokafka.structs import ConsumerRecord

    from streams.cluster import Cluster
    from streams.settings import Settings

letters = typer.Typer(no_args_is_help=True, help="List and show what could not be used.")


@letters.command("list", epilog="Example: dragoman dead-letters list --stage clean")
def list_letters(
    stage: Annotated[
        list[str] | None, typer.Option("--stage", help="Only those of this stage; may be repeated.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Only those whose reason holds this text.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
) -> None:
    """List the dead letters: offset, time, stage, where the record stood, why it could not be used."""
    with quiet_end():
        asyncio.run(_list(frozenset(stage or ()), reason, as_json))


@letters.command(epilog="Example: dragoman dead-letters show 3 > record.json")
def show(
    offset: Annotated[
        int, typer.Argument(min=0, help="Offset on the topic dead-letters, as `list` gives it.")
    ],
    partition: Annotated[int, typer.Option("--partition", min=0)] = 0,
) -> None:
    """Write the original bytes of one dead letter to standard output, as they were, and why it is there to standard error."""
    with quiet_end():
        asyncio.run(_show(partition, offset))


async def _list(stages: frozenset[str], reason: str | None, as_json: bool) -> None:
    import orjson

    from schemas.base import rfc3339
    from schemas.dead_letter import DeadLetter

    async with _opened() as (settings, cluster):
        async for record in _records(settings, cluster):
            letter = DeadLetter.from_headers(list(record.headers))
            if (stages and letter.stage not in stages) or (reason and reason not in letter.reason):
                continue
            where = f"{letter.topic}[{letter.partition}]@{letter.offset}"
            if as_json:
                place = {
                    "letter_partition": record.partition,
                    "letter_offset": record.offset,
                    "bytes": len(record.value or b""),
                }
                sys.stdout.write(orjson.dumps(place | letter.model_dump(mode="json")).decode() + "\n")
            else:
                place_ = f"{record.partition}/{record.offset}" if record.partition else str(record.offset)
                print(
                    f"{place_:>6}  {rfc3339(letter.record_time):24}  {letter.stage:7}  {where:24}  {printable(letter.reason)}"
                )


async def _show(partition: int, offset: int) -> None:
    from aiokafka import TopicPartition

    from schemas.dead_letter import DeadLetter
    from streams.failure import Failure
    from streams.topics import DEAD_LETTERS

    async with _opened() as (settings, cluster):
        place = TopicPartition(settings.topic(DEAD_LETTERS), partition)
        known = await cluster.partitions(place.topic)
        ends = await cluster.ends(known)
        if offset < ends.get(place, 0):
            async for record in cluster.read({place: offset}, {place: offset + 1}):
                letter = DeadLetter.from_headers(list(record.headers))
                print(f"{letter.stage}: {printable(letter.reason)}", file=sys.stderr)
                sys.stdout.buffer.write(record.value or b"")
                sys.stdout.buffer.flush()
                return
        message = f"no dead letter at {partition}/{offset}"
        raise Failure(message)


@asynccontextmanager
async def _opened() -> "AsyncIterator[tuple[Settings, Cluster]]":
    from streams.cli.connect import connected
    from streams.cluster import Cluster

    settings = connected()
    async with Cluster(settings) as cluster:
        yield settings, cluster


async def _records(settings: "Settings", cluster: "Cluster") -> "AsyncIterator[ConsumerRecord]":
    from streams.topics import DEAD_LETTERS

    partitions = await cluster.partitions(settings.topic(DEAD_LETTERS))
    async for record in cluster.read(await cluster.beginnings(partitions), await cluster.ends(partitions)):
        yield record


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(letters, name="dead-letters", rich_help_panel="Looking after it")
