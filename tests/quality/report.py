"""The figures as text for a terminal and as Markdown for docs/quality.md."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.quality import score
from tests.quality.gold import Event, Row
from tests.quality.score import Predictions, Prf, Share

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
LEVELS = {
    "PLOVER class": score.by_root,
    "type": score.by_type,
    "type + dyad": score.by_dyad,
    "type + dyad + modality": score.by_all,
}
"""What is compared, from coarse to fine."""

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def prf(name: str, c: Prf) -> tuple[str, ...]:
    """Return counts as the cells of a row."""
    return (
        name,
        f"{c.precision:.3f}",
        f"{c.recall:.3f}",
        f"{c.f1:.3f}",
        str(c.hit),
        str(c.extra),
        str(c.missed),
    )


PRF_HEAD = ("", "P", "R", "F1", "hit", "extra", "missed")


def levels(rows: Sequence[Row], found: Predictions) -> Table:
    """Return precision, recall and F1 from coarse to fine."""
    return PRF_HEAD, [prf(name, score.compare(rows, found, key)) for name, key in LEVELS.items()]


def shares(rows: Sequence[Row], found: Predictions) -> Table:
    """Return the figures that are one share or one count each."""
    quiet = [row for row in rows if row.quiet]
    fired = {row_id for row_id, _ in score.fired(rows, found)}
    false = score.false_facts(rows, found)
    lines: list[tuple[str, ...]] = [
        ("modality right, type found", *share(score.modality(rows, found))),
        ("CAMEO code right, type found", *share(score.code(rows, found))),
        ("false facts (events)", str(len(false)), str(sum(map(len, found.values())))),
        ("quiet rows that fire", str(len(fired)), str(len(quiet))),
    ]
    return ("", "figure", "of"), lines


def share(value: Share) -> tuple[str, str]:
    """Return a share and what it is of as two cells."""
    return f"{value.value:.3f}", str(value.whole)


def modalities(rows: Sequence[Row], found: Predictions) -> Table:
    """Return how often each modality was seen."""
    table = score.per_modality(rows, found)
    return ("modality in the gold", "right", "of"), [(name, *share(value)) for name, value in table.items()]


def reliability(rows: Sequence[Row], found: Predictions) -> Table:
    """Return the reliability table: what confidence is worth."""
    table = score.reliability(rows, found)
    lines: list[tuple[str, ...]] = [
        (f"{low:.1f} to {min(high, 1.0):.1f}", *share(value)) for (low, high), value in table if value.whole
    ]
    return ("confidence", "right", "of"), lines


def types(rows: Sequence[Row], found: Predictions) -> Table:
    """Return precision and recall per event type."""
    return PRF_HEAD, [prf(name, counts) for name, counts in score.per_type(rows, found).items()]


def constructions(rows: Sequence[Row], found: Predictions) -> Table:
    """Return precision and recall of type and dyad per construction."""
    return PRF_HEAD, [prf(name, counts) for name, counts in score.per_construction(rows, found).items()]


TABLES = {
    "Coarse to fine": levels,
    "Shares and counts": shares,
    "Modality": modalities,
    "Confidence": reliability,
    "Per construction (type + dyad)": constructions,
    "Per type": types,
}


def text(rows: Sequence[Row], found: Predictions) -> str:
    """Return all tables for a terminal."""
    return "\n".join(plain(title, *table(rows, found)) for title, table in TABLES.items())


def plain(title: str, head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    """Return one table with its columns in line."""
    cells = [head, *lines]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    put = (
        "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(r, widths, strict=True))
        )
        for r in cells
    )
    return f"{title}\n" + "".join(f"  {line.rstrip()}\n" for line in put)


def markdown(rows: Sequence[Row], found: Predictions) -> str:
    """Return all tables as Markdown, between the marks that the page has."""
    quiet = sum(row.quiet for row in rows)
    events = sum(len(row.events) for row in rows)
    parts = [
        f"Gold: {len(rows) - quiet} annotated sentences, {quiet} that must stay quiet, {events} events.\n"
    ]
    for title, table in TABLES.items():
        head, lines = table(rows, found)
        rule = "|".join(["---", *["---:"] * (len(head) - 1)])
        body = "".join(f"| {' | '.join(line)} |\n" for line in lines)
        parts.append(f"### {title}\n\n| {' | '.join(head)} |\n|{rule}|\n{body}")
    return f"{BEGIN}\n\n" + "\n".join(parts) + f"\n{END}"


def renewed(page: str, figures: str) -> str:
    """Return a page with the figures between its marks replaced; ValueError where the marks are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page lacks the marks {BEGIN} and {END}")
    return before + figures + after


def errors(rows: Sequence[Row], found: Predictions) -> Iterator[str]:
    """Yield one line per row that isn't as the gold has it: id, construction, what is missed (-) and extra (+), text."""
    for row in rows:
        pred = score.counted(row, found.get(row.id, ()))
        gold_keys, pred_keys = Counter(map(_shown, row.events)), Counter(map(_shown, pred))
        wrong = [f"-{key}" for key in gold_keys - pred_keys] + [f"+{key}" for key in pred_keys - gold_keys]
        if wrong:
            yield f"{row.id} {row.construction}: {' '.join(wrong)} | {row.text}"


def _shown(event: Event) -> str:
    """Return an event as one word; countries of acts that both sides do are shown as one set."""
    if event.symmetric:
        sides = ",".join(sorted(event.source | event.target))
    else:
        sides = f"{','.join(sorted(event.source))}>{','.join(sorted(event.target))}"
    return f"{event.type}({sides}){event.modality}"
