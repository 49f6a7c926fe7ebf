"""The diff of a revision: what the new version says that the former one did not, from the former one's sketch alone."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.dedupe import Deduper, make_sketch
from processors.dedupe.diff import MAX_CHANGES, text_diff
from schemas.verdict import ChangeKind, TextDiff, VerdictKind
from tests.unit.dedupe.articles import article
from tests.unit.dedupe.corpus import TEMPLATES, fill, update

OLD = """A ferry with 31 people on board sank off Lorvik on Monday, the coast guard said.
“We heard a bang,” said Marta Oyelaran, who was rescued. Divers searched the wreck until dusk.
The harbour master's office had warned of high waves. It did not close the port."""
NEW = """A ferry with 53 people on board sank off Lorvik on Monday, the coast guard said.
“We heard a bang,” said Marta Oyelaran, who was rescued. Prime Minister Ilse Brandt promised an inquiry by 12 June.
The harbour master's office had warned of high waves. It did close the port."""
ADDED, CHANGED, REMOVED = ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED


def diff(old: str, new: str, titles: tuple[str, str] = ("A", "A")) -> TextDiff:
    """Return what changed from one text to another."""
    sketch = make_sketch(titles[1], new, None)
    return text_diff(make_sketch(titles[0], old, None), sketch.headline, new)


def test_what_an_update_changed() -> None:
    """Changed, added and removed sentences are told apart, with their place and the facts that are new."""
    found = diff(OLD, NEW)
    assert (found.same, found.added, found.changed, found.removed, found.headline) == (2, 1, 2, 1, False)
    said = [
        (c.kind, NEW[c.start : c.end] if c.end else None, c.former, c.names, c.numbers) for c in found.changes
    ]
    assert said == [
        (CHANGED, NEW.splitlines()[0], 0, (), ("53",)),
        (
            ADDED,
            "Prime Minister Ilse Brandt promised an inquiry by 12 June.",
            None,
            ("minister", "ilse", "brandt"),
            ("12", "jun"),
        ),
        (CHANGED, "It did close the port.", 4, (), ()),
        (REMOVED, None, 2, (), ()),
    ]


def test_moved_sentences_are_the_same() -> None:
    """Another order of the paragraphs is no change, and another headline is told apart."""
    lines = OLD.splitlines()
    found = diff(OLD, "\n".join(lines[::-1]), ("Ferry sinks", "Ferry sank"))
    assert (found.changes, found.same, found.headline) == ((), 5, True)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aB c.!?…\"')’”“«»\n\t3é-部。\u00a0\u200b", max_size=200))
def test_a_text_is_its_own(text: str) -> None:
    """Whatever the marks and spaces, the sentences found on the text are those of its sketch."""
    assert diff(text, text).changes == ()


def test_updates_tell_the_number_that_changed() -> None:
    """In an update of each story the diff has the changed sentence and the added one, and nothing else."""
    random = Random(7)  # noqa: S311 - a fixed choice
    for template in TEMPLATES:
        old = fill(template, 1)
        found = diff(old, update(old, random))
        assert (found.added, found.changed, found.removed) == (1, 1, 0)
        assert found.changes[0].kind is CHANGED


def test_a_long_text_is_compared_as_far_as_it_is_known() -> None:
    """Of 500 sentences a sample is known: a new version with one more says that one or none, never that all are new."""
    lines = [f"Delegate number {n} from Province{n} spoke for {n + 3} minutes." for n in range(500)]
    extra = "The chair then closed the meeting and thanked the translators."
    found = diff("\n".join(lines), "\n".join([*lines[:10], extra, *lines[10:]]))
    assert (found.added, found.changed, found.removed) == (1, 0, 0)
    other = diff(
        "\n".join(lines),
        "\n".join(f"Sentence {n} of another text altogether, by Hand{n}." for n in range(500)),
    )
    assert len(other.changes) == MAX_CHANGES < other.added + other.changed + other.removed


def test_only_revisions_have_one() -> None:
    """The text is asked for where the verdict is a revision, and the verdict has the diff; one without a text has none."""
    deduper, asked = Deduper(), list[str]()

    def text() -> str:
        asked.append("yes")
        return NEW

    url = "https://a.example/ferry"
    first = deduper.judge(*article(OLD, 0, url=url), text)
    assert (first.diff, asked) == (None, [])
    second = deduper.judge(*article(NEW, 1, url=url), text)
    assert (second.kind, second.diff) == (VerdictKind.REVISION, diff(OLD, NEW))
    third = deduper.judge(*article(NEW.replace("53", "60"), 2, url=url), lambda: None)
    assert (third.kind, third.diff) == (VerdictKind.REVISION, None)
