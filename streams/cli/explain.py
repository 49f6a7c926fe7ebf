"""`dragoman explain`: why a text was coded as it was."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.cli.filters import PANEL, run
from streams.cli.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.filters import Filter


def explain(
    text: Annotated[
        str | None,
        typer.Argument(help="A text to explain; without it, articles are read.", show_default=False),
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--file", help="Articles as JSON lines, also gzipped; may be repeated. Standard input by default."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Headline of the text.")] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", help="When the text was published: who held which office follows from it."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line per sentence.")] = False,
) -> None:
    """Show sentence by sentence which rules fired, which almost did, and why these did not."""
    from streams.filters import ExplainFilter

    if text is None:
        if title is not None or published is not None:
            message = "--title and --published belong to a text on the command line"
            raise typer.BadParameter(message)
        run(ExplainFilter if as_json else _Readable, files, None)
        return
    import orjson

    from schemas.errors import Rejected
    from streams.cli.times import moment
    from streams.failure import Failure

    article = {"id": "text", "title": title, "body": text, "content_type": "text/plain", "language": "en"}
    if published:
        article["published_at"] = moment(published, "--published").isoformat()
    work: Filter = (ExplainFilter if as_json else _Readable)(datetime.now(UTC))
    try:
        lines = work.feed(orjson.dumps(article))
    except Rejected as rejected:
        raise Failure(rejected.reason) from None
    sys.stdout.buffer.writelines(lines)


class _Readable:
    """The same for a person."""

    def __init__(self, received: datetime) -> None:
        from streams.filters import ExplainFilter

        self._filter = ExplainFilter(received)

    def feed(self, value: bytes) -> list[bytes]:
        """Return the lines of one article."""
        return [f"{line}\n".encode() for one in self._filter.explain(value) for line in readable(one)]

    def finish(self) -> list[bytes]:
        """Return nothing: every line was answered."""
        return []


def readable(one: dict[str, Any]) -> "Iterator[str]":
    """Yield the lines that tell of one sentence: where, actors, events with their rules, rules that did not fire."""
    yield f"{one['field']} {one['start']}-{one['end']}  {printable(one['sentence'])}"
    for actor in one["actors"]:
        what = "  ".join(part for part in (actor["country"], actor["sector"], actor["kind"]) if part)
        yield f"    seen    {printable(actor['text'])} = {actor['key']}  {what}"
    for mention in one["mentions"]:
        sides = " <-> " if mention["symmetric"] else " -> "
        who = sides.join(
            ", ".join(a["name"] for a in side) for side in (mention["source"], mention["target"]) if side
        )
        evidence = mention["evidence"]
        yield (
            f"    event   {mention['type']} ({mention['cameo']})  {printable(who)}  {mention['modality']}"
            f"  confidence {mention['confidence']:.2f}  rule {evidence['rule']}  trigger {printable(evidence['trigger']['text'])!r}"
        )
    for miss in one["missed"]:
        yield f"    missed  {miss['rule']}  trigger {printable(miss['trigger'])!r}: {miss['reason']}"
    if not (one["mentions"] or one["fired"] or one["missed"]):
        yield "    nothing: no word of it is the trigger of a rule"
    yield ""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    example = 'dragoman explain "France recalled its ambassador to Niger."'
    app.command(rich_help_panel=PANEL, epilog=f"Example: {example}")(explain)
