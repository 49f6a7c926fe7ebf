"""Texts for the tests of deduplication: one wording with other facts, and light edits that leave the facts alone."""

import re
import tomllib
from itertools import combinations
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"
TEMPLATES = tomllib.loads((DATA / "templates.toml").read_text("utf-8"))["template"]
FILLINGS = 6
FORMS = tomllib.loads((DATA / "forms.toml").read_text("utf-8"))
POOLS = ("person", "other", "place", "town", "body", "firm", "day", "month")


def fill(template: dict, story: int) -> str:
    """Return the text of a template with the facts of one story."""
    return template["text"].format_map({slot: values[story] for slot, values in template["slots"].items()})


def fill_form(form: int, story: int) -> str:
    """Return the text of a short form with the facts of one story; two stories of a form share no name and no number."""
    names = {pool: FORMS[pool][(story + form) % len(FORMS[pool])] for pool in POOLS}
    numbers = {f"n{k}": str(17 * k + 7 * story + form % 5) for k in range(1, 5)}
    return FORMS["forms"][form].format_map(names | numbers)


def form_pairs() -> list[tuple[str, str]]:
    """Return all pairs of stories of one short form."""
    pairs = combinations(range(FILLINGS), 2)
    return [(fill_form(form, a), fill_form(form, b)) for a, b in pairs for form in range(len(FORMS["forms"]))]


def template_pairs() -> list[tuple[str, str]]:
    """Return all pairs of stories of one template: the same wording, other names, numbers and dates."""
    return [
        (fill(template, a), fill(template, b))
        for template in TEMPLATES
        for a, b in combinations(range(FILLINGS), 2)
    ]


def light_edits(text: str, random: Random) -> list[str]:
    """Return rewritings that an outlet makes of a report it takes over: none touches a fact that it keeps."""
    lines = text.splitlines()
    gone = random.randrange(1, len(lines))
    return [
        "\n".join(lines[:gone] + lines[gone + 1 :]),
        text.replace('"', "\u201d").replace("'", "\u2019").replace("-", "\u2013"),
        "\n".join(["By our staff", *lines, "All rights reserved."]),
        " ".join(lines),
        text.replace(", according to the same source", "").replace(" said.", " said in a statement."),
        "\n\n".join(["Menu", "Subscribe", *lines, "Read more", "Most popular this week"]),
    ]


def update(text: str, random: Random) -> str:
    """Return a later version: one number in it has changed and a sentence was added."""
    numbers = list(re.finditer(r"[0-9]+", text))
    at = random.choice(numbers)
    changed = str(int(at[0]) + random.randrange(2, 9))
    later = "A spokeswoman gave further details in the evening and named a contact for the families."
    return f"{text[: at.start()]}{changed}{text[at.end() :]}\n{later}"
