"""Check the rule data: `python -m processors.coding.validate [FOLDER]`; one clear sentence for each kind of mistake, exit status 1.

Without a folder the data of the package are checked. A folder must look like `processors/coding/data`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from processors.coding.frames import RuleError, Rules
from processors.coding.reading import parse, read_files
from processors.text import lexicon
from processors.text.morphology import VERB
from schemas.registry import event_types


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the rule files of a folder, {name: bytes}."""
    found = {p.name: p.read_bytes() for p in sorted(folder.glob("*.toml"))}
    return found | {f"frames/{p.name}": p.read_bytes() for p in sorted((folder / "frames").glob("*.toml"))}


def remarks(rules: Rules) -> list[str]:
    """Return what is no mistake of form but will not do what its author wants: verbs without known forms, types without a frame."""
    known = {word.verb for word in lexicon().values() if word.flags & VERB}
    found = [
        f"frame {frame.id}: the verb {lemma!r} is not in processors/text/data/verbs.txt, so no form of it is recognised"
        for frame in rules.frames
        if frame.trigger == "verb"
        for lemma in frame.lemmas
        if lemma.split("_", 1)[0] not in known
    ]
    coded = {frame.type for frame in rules.frames} | {
        r.type for rows in rules.refinements.values() for r in rows
    }
    for operator in rules.operators.values():
        coded |= {operator.type, operator.otherwise_type, *(kind for _, kind in operator.types)}
        coded |= {operator.event_type(code) for _, code in operator.codes}
    return found + [
        f"event type {name}: no frame and no operator gives it"
        for name in event_types()
        if name not in coded | PLANNED
    ]


PLANNED = frozenset({"meeting-planned"})
"""Types that the matcher gives to a deed that is put into the future."""


def main(arguments: list[str]) -> int:
    """Check the data; return 0 where they are sound, 1 where they are not, with the reasons on stderr."""
    try:
        rules = parse(read_folder(Path(arguments[0])) if arguments else read_files())
    except (RuleError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = remarks(rules)
    for remark in found:
        sys.stderr.write(f"{remark}\n")
    sys.stdout.write(
        f"{len(rules.frames)} frames, {len(rules.operators)} operators, version {rules.version}\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
