"""The shallow parse: verbs, subjects, objects, and how clauses hang together."""

import pytest

from processors.coding.chunks import NP
from processors.coding.view import View
from tests.unit.coding.support import code, lands


def view(text: str, field: str = "text") -> View:
    """Return a parsed sentence without any actors."""
    return View(text, field, 0, len(text), ())  # type: ignore[arg-type]


def clauses(text: str) -> list[tuple[str, list[str], list[str]]]:
    """Return (verb, subjects, objects) of each clause, phrases by their head words."""
    v = view(text)
    head = {i: v.tokens.text[c.head] for i, c in enumerate(v.chunks) if c.kind == NP}
    return [(c.verb.lemma, [head[i] for i in c.subject], [head[i] for i in c.object]) for c in v.clauses]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The minister of defence met the envoy.", [("meet", ["minister"], ["envoy"])]),
        ("The king, the queen and the prince met.", [("meet", ["king", "queen", "prince"], [])]),
        ("The men held in the camp were freed.", [("hold", ["men"], []), ("free", ["men"], [])]),
        ("The minister, who met the envoy, resigned.", [("meet", ["minister"], ["envoy"]), ("resign", ["minister"], [])]),
        ("He stressed that the deal must stand but ruled out a delay.",
         [("stress", ["He"], []), ("stand", ["deal"], []), ("rule", ["He"], ["delay"])]),
        ("The king ordered the army to leave the town.", [("order", ["king"], ["army"]), ("leave", ["army"], ["town"])]),
        ("The plan to join the union is dead.", [("join", [], ["union"]), ("be", ["plan"], ["dead"])]),
        ("The army carried out an attack.", [("carry", ["army"], ["attack"])]),
        ("They gave the king an ultimatum.", [("give", ["They"], ["king", "ultimatum"])]),
    ],
)  # fmt: skip
def test_who_does_what(text: str, wanted: list[tuple[str, list[str], list[str]]]) -> None:
    """Subjects are found across phrases, insertions, relative clauses and coordination."""
    assert clauses(text) == wanted


def test_a_participle_is_no_finite_verb() -> None:
    """Of two forms in -ed with nothing to part them one is a participle, and so is one before "by"."""
    forms = [
        (c.verb.lemma, c.verb.form) for c in view("The rockets fired by the army struck a ship.").clauses
    ]
    assert forms == [("fire", "part"), ("strike", "fin")]


def test_moods_of_a_verb_group() -> None:
    """Modal, negation, perfect and passive are read off the auxiliaries."""
    verb = view("The plan will not have been rejected.").clauses[0].verb
    assert (verb.lemma, verb.modal, verb.negated, verb.perfect, verb.passive) == (
        "reject",
        "will",
        True,
        True,
        True,
    )


def test_a_headline_without_a_finite_verb_is_to_come() -> None:
    """A headline such as "President to visit town" speaks of the future."""
    verb = view("President to visit town", "title").clauses[0].verb
    assert (verb.form, verb.modal) == ("inf", "will")


def test_datelines_and_brackets_have_no_part_in_the_syntax() -> None:
    """Neither the place that a wire story opens with nor an acronym in brackets is a subject."""
    assert clauses("GENEVA (Reuters) - The minister (R) met the envoy.") == [
        ("meet", ["minister"], ["envoy"])
    ]


def test_quotation_marks_behind_an_article_part_no_phrase() -> None:
    """`a "special law"` is one phrase; a quotation that is a clause keeps its marks."""
    assert lands('Kenya signed a "historic treaty" with Uganda.')[0][1:] == (["KEN"], ["UGA"])
    assert [a.name for a in code('Kenya rejected a "plan" of Uganda.')[0].target] == ["Uganda"]


def test_what_is_unimpeded_was_done_by_nobody() -> None:
    """An unknown word in un- and -ed is an adjective."""
    assert [m.cameo for m in code("Kenya allowed unimpeded humanitarian access to its camps.")] == ["0863"]
