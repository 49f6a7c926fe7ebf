"""What two texts are to each other: copies, versions, fillings of one template, parts of a round-up."""

from random import Random

import pytest

from processors.dedupe import make_sketch
from processors.dedupe.compare import Relation, compare
from tests.unit.dedupe.corpus import (
    FILLINGS,
    FORMS,
    TEMPLATES,
    fill,
    fill_form,
    form_pairs,
    light_edits,
    template_pairs,
    update,
)

STORIES = [fill(template, story) for template in TEMPLATES for story in range(FILLINGS)]
REPORTS = [fill_form(form, story) for form in range(len(FORMS["forms"])) for story in range(FILLINGS)]


def relation(a: str, b: str, *, same_url: bool = False, titles: tuple[str, str] = ("A", "B")) -> Relation:
    """Return what text `a` is to text `b`."""
    return compare(
        make_sketch(titles[0], a, None), make_sketch(titles[1], b, None), same_url=same_url
    ).relation


def test_templates_are_not_copies() -> None:
    """Of 600 pairs of one of 41 wordings and other facts none is a copy or a version, and of light edits at least 97 % are copies."""
    pairs = template_pairs() + form_pairs()
    false = sum(relation(a, b) in (Relation.COPY, Relation.REVISION) for a, b in pairs)
    random = Random(1)  # noqa: S311 - a fixed choice
    edits = [(text, edit) for text in STORIES + REPORTS for edit in light_edits(text, random)]
    true = sum(relation(a, b) is Relation.COPY for a, b in edits)
    assert len(pairs) >= 600
    assert len(TEMPLATES) + len(FORMS["forms"]) >= 40
    assert true / (true + false) >= 0.97
    assert true / len(edits) >= 0.97
    assert false == 0


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_series_of_reports_are_not_copies(share: float) -> None:
    """The reports of a series keep the names and change numbers and days; rewording some sentences hides few of them."""
    random = Random(2)  # noqa: S311 - a fixed choice
    merged = 0
    pairs = [(t, a, b) for t in TEMPLATES for a in range(FILLINGS) for b in range(a)]
    for template, a, b in pairs:
        numeric = {
            k: v[b]
            for k, v in template["slots"].items()
            if v[b][0].isdigit() or k in ("day", "month", "date")
        }
        other = template["text"].format_map({k: v[a] for k, v in template["slots"].items()} | numeric)
        lines = [
            line.replace(" the ", " this ", 1) if random.random() < share else line
            for line in other.splitlines()
        ]
        merged += relation(fill(template, a), "\n".join(lines)) is Relation.COPY
    assert merged / len(pairs) < 0.15


def test_updates_are_revisions() -> None:
    """A later version with one other number is a revision, never a copy."""
    random = Random(3)  # noqa: S311 - a fixed choice
    assert {relation(text, update(text, random)) for text in STORIES} == {Relation.REVISION}


def test_denial_is_a_revision() -> None:
    """A version that takes back what the first one said shares all its words but one."""
    text = fill(TEMPLATES[2], 0)
    denied = text.replace("the two sides will remain", "the two sides will not remain")
    assert denied != text
    assert relation(text, denied) is Relation.REVISION


def test_comparison_is_symmetric() -> None:
    """Copies, revisions and strangers are the same from either side; what one text holds, the other is held by."""
    mirror = {Relation.HOLDS: Relation.HELD, Relation.HELD: Relation.HOLDS}
    random = Random(4)  # noqa: S311 - a fixed choice
    pool = [*STORIES[::7], *(e for text in STORIES[::7] for e in light_edits(text, random))]
    pool += ["\n".join(STORIES[i : i + 40 : 13]) for i in range(3)]
    sketches = [make_sketch(None, text, None) for text in pool]
    for a in sketches:
        for b in sketches:
            if a.digest != b.digest:
                one, two = compare(a, b, same_url=False), compare(b, a, same_url=False)
                assert two.relation is mirror.get(one.relation, one.relation)
                assert (one.similarity, one.containment) == (two.similarity, two.containment)


def test_roundup_holds_its_stories_and_a_full_text_does_not() -> None:
    """The same first sentences are a story in a round-up, but a truncated copy where the text goes on about the matter."""
    stories = [fill(TEMPLATES[i], 1) for i in (3, 7, 9)]
    assert [relation("\n".join(stories), story) for story in stories] == [Relation.HOLDS] * 3
    whole = stories[0] + (
        "\nDevos was Telles before his marriage, and Porto knew Rui Telles as a quiet clerk."
        "\nNeighbours of Telles in Porto remembered a man who fed the cats of the street and paid his rent in coins."
        "\nInes Prado said that she would come to Porto again if Telles appealed, and bring her mother."
        "\nIn September the first hearing had been put off because a witness was ill and could not travel."
        "\nPapers in Porto had printed the letters of Telles in full, which the judges called a disgrace."
    )
    assert relation(whole, stories[0]) is Relation.COPY


def test_site_furniture_makes_no_relation() -> None:
    """Two short notes that share a long footer are not copies of each other."""
    footer = (
        "\nThis site is run by a foundation and free of charge for all readers."
        "\nWrite to the desk if you have found a mistake, and name the page and the time."
        "\nReprints need the consent of the desk, which is given for schools and libraries."
    )
    a, b = STORIES[0] + footer, STORIES[30] + footer
    assert relation(a, b) not in (Relation.COPY, Relation.REVISION)


def test_same_url() -> None:
    """Under one URL other wording is a copy, other facts are a revision, and so is another text."""
    text = STORIES[7]
    assert relation(text, text.replace("did not want to take", "avoided"), same_url=True) is Relation.COPY
    assert relation(text, text.replace("1.4", "1.9"), same_url=True) is Relation.REVISION
    assert (
        relation(text, text + "\nMinister Gomes resigned in the evening.", same_url=True) is Relation.REVISION
    )
    assert relation(text, STORIES[40], same_url=True) is Relation.REVISION


def test_headline_says_that_it_is_an_update() -> None:
    """A version with more in it is a revision if its headline is marked, and a copy if the other one's is."""
    text = STORIES[12]
    longer = text + "\nThe mayor of Aveiro offered 40 beds in a hostel and thanked the crews."
    assert relation(longer, text, titles=("UPDATE 1-Boat sinks", "Boat sinks")) is Relation.REVISION
    assert relation(longer, text, titles=("Boat sinks", "UPDATE 1-Boat sinks")) is Relation.COPY
