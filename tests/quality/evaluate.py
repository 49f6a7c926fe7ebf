"""Measure the coder on the gold, and on evaluation sets that are named.

    python -m tests.quality.evaluate [PATH ...] [--errors] [--set-floors [--allow-lower]] [--write-docs]

Without options it prints the figures of the gold. Exit status 1: a floor would have been lowered; 2: a path can't be read.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from processors.coding import Coder
from schemas.mention import Mention
from tests.quality import evalsets, floors, gold, report, score

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def event(mention: Mention) -> gold.Event:
    """Return a mention as scoring sees it."""
    source = frozenset(actor.country for actor in mention.source if actor.country)
    target = frozenset(actor.country for actor in mention.target if actor.country)
    modality = str(mention.modality)
    return gold.Event(
        mention.type, mention.cameo, source, target, mention.symmetric, modality, mention.confidence
    )


def predictions(coder: Coder, rows: Iterable[gold.Row]) -> dict[str, list[gold.Event]]:
    """Return {row id: what the coder finds in the row}; each row is an article of its own."""
    found = {}
    for row in rows:
        _, mentions = coder.code(gold.article(row.id, row.text, row.published_at))
        found[row.id] = [event(mention) for mention in mentions]
    return found


def coding(coder: Coder) -> evalsets.Coding:
    """Return the coder as `evalsets.measure` wants it."""

    def code(row_id: str, text: str, published_at: str | None) -> list[tuple[gold.Event, str | None]]:
        _, mentions = coder.code(gold.article(row_id, text, published_at))
        return [(event(mention), mention.plover_event) for mention in mentions]

    return code


def set_lines(path: Path, measured: Mapping[str, score.Prf | score.Share], rows: int) -> str:
    """Return the figures of one evaluation set as lines of text."""
    lines = [f"{path.name}: {rows} rows"]
    for name, value in measured.items():
        if isinstance(value, score.Share):
            lines.append(f"  {name:10} fired on {value.part} of {value.whole} rows that hold no event")
        else:
            counts = f"(hit {value.hit}, extra {value.extra}, missed {value.missed})"
            lines.append(
                f"  {name:10} P {value.precision:.3f} R {value.recall:.3f} F1 {value.f1:.3f} {counts}"
            )
    return "\n".join(lines)


def set_floors(measured: Mapping[str, float], path: Path, *, allow_lower: bool) -> str | None:
    """Write the floors that the figures give; return what was refused, and then nothing is written."""
    try:
        fresh = floors.renew(floors.load(path), measured, allow_lower=allow_lower)
    except floors.LoweredError as error:
        return (
            f"floors are as they were, since these would be lowered: {error}\nlower them with --allow-lower"
        )
    path.write_text(floors.dump(fresh), "utf-8")
    return None


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.evaluate", description="Measure the coder on the gold."
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, help="evaluation sets: folders or files of annotated JSON lines"
    )
    parser.add_argument("--errors", action="store_true", help="print each row that isn't as the gold has it")
    parser.add_argument(
        "--set-floors", action="store_true", help=f"raise {floors.FLOORS.name} to what is measured"
    )
    parser.add_argument("--allow-lower", action="store_true", help="with --set-floors: lower floors too")
    parser.add_argument("--write-docs", action="store_true", help="write the figures into docs/quality.md")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    args = arguments(argv)
    missing = [str(path) for path in args.paths if not path.exists()]
    if missing:
        sys.stderr.write(f"no such file or folder: {', '.join(missing)}\n")
        return 2
    coder, rows = Coder(), gold.read()
    found = predictions(coder, rows)
    rows = score.settled(rows, found)
    if args.errors:
        sys.stdout.writelines(f"{line}\n" for line in report.errors(rows, found))
    sys.stdout.write(report.text(rows, found))
    for path in evalsets.sets(args.paths):
        annotated = evalsets.read(path)
        measured = evalsets.measure(annotated, coding(coder))
        what = (
            set_lines(path, measured, len(annotated))
            if measured
            else f"{path.name}: nothing here that can be scored"
        )
        sys.stdout.write(f"\n{what}\n")
    if args.write_docs:
        PAGE.write_text(report.renewed(PAGE.read_text("utf-8"), report.markdown(rows, found)), "utf-8")
    if args.set_floors:
        refused = set_floors(score.figures(rows, found), floors.FLOORS, allow_lower=args.allow_lower)
        if refused:
            sys.stderr.write(f"{refused}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
