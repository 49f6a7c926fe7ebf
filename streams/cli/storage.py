"""`dragoman broker` and `dragoman topics`: the embedded broker, and the topics on whatever broker is used."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from streams.broker import BrokerStatus

PANEL = "Looking after it"
broker = typer.Typer(no_args_is_help=True, help="Start, stop and look at the embedded Kafka broker.")
topics = typer.Typer(no_args_is_help=True, help="List, provision and verify the topics.")


@broker.command(epilog="Example: dragoman broker start")
def start() -> None:
    """Start the embedded broker in the background; it goes on until `dragoman broker stop`. Data is kept between starts."""
    from streams.broker import start_background
    from streams.cli.connect import load_settings

    _print_status(start_background(load_settings().data_dir / "broker"))


@broker.command(epilog="Example: dragoman broker stop")
def stop() -> None:
    """Stop the embedded broker, whoever started it."""
    from streams.broker import stop as stop_broker
    from streams.cli.connect import load_settings

    print("stopped" if stop_broker(load_settings().data_dir / "broker") else "no broker ran")


@broker.command(epilog="Example: dragoman broker status")
def status() -> None:
    """Tell whether the embedded broker runs, where it serves, and where data and log are. Exit 1 if it does not run."""
    from streams.broker import status as broker_status
    from streams.cli.connect import load_settings

    found = broker_status(load_settings().data_dir / "broker")
    _print_status(found)
    if not found.running:
        raise typer.Exit(1)


def _print_status(found: "BrokerStatus") -> None:
    state = f"running, pid {found.pid}, for {found.uptime or 0:.0f} s" if found.running else "not running"
    print(f"broker  {state}")
    print(f"serves  {found.bootstrap or '-'}")
    print(f"data    {found.data_dir} ({found.data_bytes / 1e6:.1f} MB)")
    print(f"log     {found.log_file}")


@topics.command("list", epilog="Example: dragoman topics list")
def list_topics() -> None:
    """List the topics of the catalogue: name, partitions, key, what is on them. No broker is asked."""
    from streams.cli.connect import load_settings
    from streams.topics import catalogue

    for topic in catalogue(load_settings()).values():
        print(
            f"{topic.full_name:32} {topic.partitions:3}  {topic.config['cleanup.policy']:8} {topic.key:14} {topic.holds}"
        )


@topics.command(epilog="Example: DRAGOMAN_BROKER=kafka:9092 dragoman topics provision")
def provision() -> None:
    """Create the topics that are missing and verify those that exist."""
    from streams.cli.connect import connected
    from streams.topics import provision as provision_topics

    report = asyncio.run(provision_topics(connected()))
    print(f"{len(report.created)} created, {len(report.found)} found as they should be")


@topics.command(epilog="Example: dragoman topics verify")
def verify() -> None:
    """Check that every topic is there as the catalogue says; exit 1 and name the first that isn't."""
    from streams.cli.connect import connected
    from streams.topics import verify as verify_topics

    report = asyncio.run(verify_topics(connected()))
    print(f"{len(report.found)} topics are as they should be")


@topics.command(epilog="Example: dragoman topics acls worker --principal User:dragoman-worker")
def acls(
    component: Annotated[str, typer.Argument(help="topics, worker, ingest, tail, replay or dead-letters.")],
    principal: Annotated[str, typer.Option("--principal", help="Who is to be allowed, as in User:name.")],
    into: Annotated[str, typer.Option("--into", help="For replay: the prefix that it writes to.")] = "",
) -> None:
    """Print what a component must be allowed on the broker, as arguments of Kafka's kafka-acls.sh. No broker is asked."""
    from streams.acls import grants, table
    from streams.cli.connect import load_settings
    from streams.failure import Failure

    if component not in table():
        raise Failure(f"no component {component!r}; there are {', '.join(table())}", status=2)
    if component == "replay" and not into:
        raise Failure("a replay writes to a prefix: --into", status=2)
    for grant in grants(load_settings(), component, into):
        print(grant.command(principal))


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(broker, name="broker", rich_help_panel=PANEL)
    app.add_typer(topics, name="topics", rich_help_panel=PANEL)
