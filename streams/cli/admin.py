"""`dragoman schema` and `dragoman version`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

PANEL = "Looking after it"
schema = typer.Typer(
    no_args_is_help=True, help="Print the contract: JSON Schemas and an example of every event type."
)


@schema.command("list", epilog="Example: dragoman schema list")
def list_documents() -> None:
    """List the documents of the contract by name."""
    from schemas.contract import documents

    for name in documents():
        print(name)


@schema.command(epilog="Example: dragoman schema show geopolitical-event")
def show(
    name: Annotated[str, typer.Argument(help="As `list` gives it, or its last part without endings.")],
) -> None:
    """Print one document."""
    from schemas.contract import documents
    from streams.failure import Failure

    made = documents()
    found = [
        content for path, content in made.items() if name in (path, path.rsplit("/", 1)[1].split(".", 1)[0])
    ]
    if not found:
        message = f"no document {name!r}; `dragoman schema list` names them"
        raise Failure(message, status=2)
    sys.stdout.buffer.write(found[0])
    sys.stdout.buffer.flush()


@schema.command(epilog="Example: dragoman schema write contract/")
def write(
    folder: Annotated[Path, typer.Argument(help="Folder to write to; made if it isn't there.")],
) -> None:
    """Write all documents below a folder."""
    from schemas.contract import documents

    made = documents()
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(made)} documents below {folder}")


def version() -> None:
    """Print the version, that of the coding rules, and those of the libraries that matter most."""
    from importlib.metadata import version as installed

    from processors.coding import Coder

    print(f"dragoman {installed('dragoman')}")
    print(f"rules {Coder().rules_version}")
    for name in ("faust-streaming", "aiokafka", "pydantic"):
        print(f"{name} {installed(name)}")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(schema, name="schema", rich_help_panel=PANEL)
    app.command(rich_help_panel=PANEL, epilog="Example: dragoman version")(version)
