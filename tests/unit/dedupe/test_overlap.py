"""What rules a pair out before it is compared says of the encoded sketch what the comparison says of the decoded one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.dedupe import Sketches, make_sketch
from processors.dedupe.compare import Relation, compare
from processors.dedupe.constants import MIN_OVERLAP
from processors.dedupe.overlap import Sieve
from processors.dedupe.remembered import KEPT
from schemas.sketch import SCRIPTS, Sketch, outline_of, script_of
from tests.unit.dedupe.test_order import POOL

SENTENCES = (
    "Alpha met Beta in Gamma on Monday.",
    "They spoke for 3 hours.",
    "Alpha did not sign.",
    "Rain fell.",
)
TEXTS = st.one_of(st.sampled_from(POOL), st.lists(st.sampled_from(SENTENCES), max_size=8).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_the_sieve_agrees_with_the_comparison(one: str, other: str) -> None:
    """A pair that has a relation is let through, whichever of the two is asked about, and none that has too little in common."""
    a, b = make_sketch(None, one, None), make_sketch("Title", other, None)
    found = compare(a, b, same_url=False)
    through = Sieve(a).lets_through(b.encode())
    assert Sieve(b).lets_through(a.encode()) is through
    assert through or found.relation is Relation.NONE
    assert found.containment >= MIN_OVERLAP or not through


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_an_outline_is_a_part_of_the_sketch(text: str) -> None:
    """It is read where the sketch has it."""
    sketch = make_sketch(None, text, None)
    data = sketch.encode()
    outline = outline_of(data)
    rows = zip(
        outline.skeletons, map(outline.facts, range(len(outline.skeletons))), outline.lengths, strict=True
    )
    assert tuple((skeleton, *facts, words) for skeleton, facts, words in rows) == sketch.sentences
    assert (outline.words, outline.shingles) == (sketch.words, sketch.shingles)
    assert (outline.digest, outline.signature) == (sketch.digest, sketch.signature)
    assert script_of(data) == sketch.script
    assert sketch.script in SCRIPTS


def test_a_text_that_came_lately_has_the_sketch_that_it_had() -> None:
    """The same title and text give the same bytes, others their own; the oldest are forgotten."""
    sketches = Sketches()
    first = sketches.of("Title", POOL[0], None)
    assert first == make_sketch("Title", POOL[0], None).encode()
    assert sketches.of("Title", POOL[0], None) is first
    assert Sketch.decode(sketches.of("Another", POOL[0], None)).headline != Sketch.decode(first).headline
    for n in range(KEPT):
        sketches.of(None, str(n), None)
    again = sketches.of("Title", POOL[0], None)
    assert again == first
    assert again is not first


def test_a_sketch_is_that_of_the_language_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is given must not depend on what came before: a replay gives the same bytes."""
    asked: list[tuple[str | None, str | None]] = []

    def make(title: str | None, text: str, language: str | None) -> Sketch:
        asked.append((title, language))
        return make_sketch(title, text, language)

    monkeypatch.setattr("processors.dedupe.remembered.make_sketch", make)
    sketches = Sketches()
    for title, language in [("T", "en"), ("T", "de"), (None, "en"), ("T", "en")]:
        sketches.of(title, POOL[0], language)
    assert asked == [("T", "en"), ("T", "de"), (None, "en")]
