"""Sentences on which no frame can fire are left unparsed, and nothing that comes out shows it."""

import json
from pathlib import Path

import pytest

from processors.coding import coder as module
from processors.coding.coder import Coder
from processors.coding.reading import default_rules
from processors.coding.triggers import Hits, Triggers, Unmet
from tests.unit.coding.test_coder import CODER, article, code

GOLD = Path(__file__).parents[2] / "quality" / "gold.jsonl"
SENTENCES = [json.loads(line)["text"] for line in GOLD.read_text("utf-8").splitlines()]


def hits(text: str) -> Hits | None:
    """Return the triggers of a sentence in which a place is named."""
    return Triggers(default_rules()).hits(text, (), placed=True)


def test_a_sentence_without_trigger_is_kept_out() -> None:
    """No frame has one of these words as its trigger."""
    assert hits("The weather was mild and the streets were full.") is None


def test_a_noun_is_a_trigger_as_its_verb_is() -> None:
    """The noun of an act lets its sentence pass, read as its verb."""
    assert hits("The arrest of ten journalists drew criticism.") is not None
    assert hits("The crackdown on journalists went into a second year.") is not None  # to crack down


def test_a_form_that_is_only_a_verb_is_no_trigger_as_the_noun_of_that_name() -> None:
    """The word "according" is a form of "accord", and names no accord."""
    assert hits("According to the mayor the garden in Oslo is full.") is None
    found = hits("The accord on the garden in Oslo is full.")
    assert found is not None
    assert found.nouns == {"accord"}


@pytest.mark.parametrize(
    "text",
    [
        "They want a garden in Oslo.",  # to want a thing is no act
        "They promised in Oslo.",  # nor is a promise of nothing
        "The bread is ready in Oslo.",
        "They consider the bread in Oslo.",
        "They ask how the bread was made.",
    ],
)
def test_a_governing_word_is_no_trigger_without_an_act_to_govern(text: str) -> None:
    """What governs an act lets a sentence pass only where it can fire without one."""
    assert hits(text) is None


@pytest.mark.parametrize(
    ("without", "with_it"),
    [
        ("They will attend in Oslo.", "They will not attend in Oslo."),
        ("They consider the bread in Oslo.", "They consider leaving Oslo."),
        ("They ask how the bread was made.", "They ask for bread."),
    ],
)
def test_a_word_may_be_asked_for_by_a_mood_or_a_complement(without: str, with_it: str) -> None:
    """A refusal needs a word that denies, a plan a gerund, a request something that is asked for."""
    assert hits(without) is None
    assert hits(with_it) is not None


@pytest.mark.parametrize(
    ("without", "with_it"),
    [
        ("They will attend in Oslo.", "They won’t attend in Oslo."),
        ("They lent the guests their chairs in Oslo.", "They lent the guests US$20m in Oslo."),
        ("Cold weather in Oslo.", "Cease-fires in Oslo."),
    ],
)
def test_words_of_more_than_letters_are_seen(without: str, with_it: str) -> None:
    """A contraction, a sum of money, a word with a hyphen in the plural."""
    assert hits(without) is None
    assert hits(with_it) is not None


def test_a_class_is_asked_of_the_actors_of_a_sentence() -> None:
    """Troops leave, and so may whom a pronoun stands for; a river with no actor near it does not."""
    assert hits("The river left its bed in Oslo.") is not None
    assert hits("The river left the bed in Oslo.") is None


def test_an_act_of_nobody_is_kept_out() -> None:
    """Without actor, place and pronoun there is nobody who could have acted; with one of them there is."""
    triggers = Triggers(default_rules())
    text = "The ambassador was recalled."
    assert triggers.hits(text, (), placed=False) is None
    assert triggers.hits(text, (), placed=True) is not None
    assert triggers.hits(f'They say: "{text}"', (), placed=False) is not None
    talks = "No peace talks have been held."
    assert triggers.hits(talks, (), placed=False) is not None  # the article names the sides


def test_what_comes_out_is_the_same_as_if_every_sentence_were_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events, and whom their pronouns stand for, do not depend on the sentences that are left unparsed."""
    texts = [" ".join(SENTENCES[at : at + 8]) for at in range(0, len(SENTENCES), 8)]
    quick = [CODER.code(article(text)) for text in texts]

    def every(_self: Triggers, _sentence: str, _actors: object, *, placed: bool) -> Hits:
        return Hits(set(), set(), {"any"}, Unmet({}, 0))

    monkeypatch.setattr(module.Triggers, "hits", every)
    whole = Coder()
    assert quick == [whole.code(article(text)) for text in texts]
    assert sum(len(mentions) for _, mentions in quick) > len(texts)


def test_a_pronoun_leads_back_over_sentences_that_were_left_unparsed() -> None:
    """Two thousand sentences lie between the pronoun and the name, and each of them goes on with the pronoun."""
    text = "Emmanuel Macron spoke. " + "He waited. " * 2_000 + "He condemned Iran."
    mention = code(text)[-1]
    assert [a.country for a in mention.source] == ["FRA"]
    assert [a.country for a in mention.target] == ["IRN"]
