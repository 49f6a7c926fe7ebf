"""The coder as its callers see it: an article in, tags and mentions out."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processors.coding import Coder
from processors.coding import coder as module
from schemas.actor import Modality
from schemas.article import CleanArticle
from schemas.ids import valid
from schemas.mention import Mention
from schemas.registry import event_types

GOLD = Path(__file__).parents[2] / "quality" / "gold.jsonl"
NOON = datetime(2025, 2, 13, 12, tzinfo=UTC)
CODER = Coder()


def article(text: str, title: str | None = None, language: str | None = "en", **more: object) -> CleanArticle:
    """Return an article of the thirteenth of February 2025, a Thursday."""
    fields = {"article_id": "a1", "version": "v1", "record_time": NOON, "published_at": NOON} | more
    return CleanArticle(title=title, text=text, language=language, **fields)  # type: ignore[arg-type]


def code(text: str, title: str | None = None, **more: object) -> tuple[Mention, ...]:
    """Return the mentions of a text."""
    return CODER.code(article(text, title, **more))[1]


def one(text: str) -> Mention:
    """Return the only mention of a text."""
    (mention,) = code(text)
    return mention


def sides(mention: Mention) -> tuple[list[str | None], list[str | None]]:
    """Return the countries of source and target."""
    return [a.country for a in mention.source], [a.country for a in mention.target]


@pytest.mark.parametrize(
    "kind", [t for t in event_types().values() if t.name != "position-stated"], ids=lambda t: t.name
)
def test_the_example_of_each_type_is_coded(kind: object) -> None:
    """The registry's own example sentence of each event type yields that type and names its source country."""
    assert hasattr(kind, "example")
    mentions = [m for m in code(kind.example.sentence) if m.type == kind.name]
    assert mentions, [m.type for m in code(kind.example.sentence)]
    country = kind.example.source.rpartition(":")[2]
    if country:
        assert country in [a.country for m in mentions for a in (*m.source, *m.target)]


def test_a_mention_holds_all_fields_in_the_order_of_its_models() -> None:
    """Mentions are made without checks, so nothing else would miss a field that is left out."""
    found = [m for kind in event_types().values() if kind.example for m in code(kind.example.sentence)]
    found += code(
        "French troops may withdraw from Mali, Paris said. Kenya expelled two envoys of Chad in Nairobi."
    )
    parts = [
        (
            p
            for p in (
                *m.source,
                *m.target,
                m.evidence,
                m.evidence.trigger,
                m.modality_cue,
                m.location,
                m.date,
            )
        )
        for m in found
    ]
    records = [r for r in (*found, *(p for of_mention in parts for p in of_mention)) if r is not None]
    assert {type(r).__name__ for r in records} >= {
        "Mention",
        "Actor",
        "Evidence",
        "Span",
        "Location",
        "EventDate",
    }
    for record in records:
        assert list(record.__dict__) == list(type(record).model_fields)


def test_evidence_can_be_checked_offline() -> None:
    """Sentence, trigger and hash are those of the cleaned field, in code points."""
    text = "Über the hills 😀 it rained. Canada imposed sanctions on nine officials of Belarus. Nothing else."
    mention = one(text)
    evidence = mention.evidence
    assert (
        text[evidence.start : evidence.end]
        == evidence.sentence
        == "Canada imposed sanctions on nine officials of Belarus."
    )
    assert text[evidence.trigger.start : evidence.trigger.end] == evidence.trigger.text == "imposed"
    assert evidence.sha256 == sha256(evidence.sentence.encode()).hexdigest()
    assert evidence.rule == "sanction.impose"
    assert valid(mention.mention_id)


def test_the_code_decides_the_plover_class() -> None:
    """PLOVER class and Goldstein value are those of the CAMEO code; an appeal has no class."""
    mention = one("Canada imposed sanctions on nine officials of Belarus.")
    assert (mention.cameo, mention.plover_event, mention.goldstein) == ("163", "COERCE", -8.0)
    appeal = one("Russia urged Washington to lift the sanctions on its banks.")
    assert (appeal.cameo, appeal.plover_event) == ("0254", None)


@pytest.mark.parametrize(
    ("text", "cameo", "source", "target"),
    [
        ("A Syrian journalist was arrested by Turkish police.", "173", ["TUR"], ["SYR"]),
        ("Sanctions were imposed on Iran by the European Union.", "163", ["EUR"], ["IRN"]),
        ("Ethiopia, which is filling a dam on the Nile, accused Egypt of sabotage.", "112", ["ETH"], ["EGY"]),
        ("Japan's foreign minister, visiting Delhi, said nothing.", "042", ["JPN"], ["IND"]),
        ("Germany demanded that Belarus free the opposition leader.", "1053", ["DEU"], ["BLR"]),
        ("The European Union threatened to impose sanctions on Georgia.", "1312", ["EUR"], ["GEO"]),
        ("Germany rejected Greece's request for a loan.", "1221", ["DEU"], ["GRC"]),
        ("Rabat announced a suspension of military aid to Mali.", "1622", ["MAR"], ["MLI"]),
        ("US imposes sanctions on Myanmar generals", "163", ["USA"], ["MMR"]),
    ],
)
def test_constructions(text: str, cameo: str, source: list[str], target: list[str]) -> None:
    """Passives, relative clauses, participles, control, operators, nominalisations and headlines lead to the same roles."""
    mention = one(text)
    assert (mention.cameo, *sides(mention)) == (cameo, source, target)


def test_two_goals_dismissed_are_two_events() -> None:
    """Each infinitive of the subject is an object of its own."""
    text = (
        "The Serbian president said that Kosovo's aim to join the council and enter the union is unrealistic."
    )
    mentions = code(text)
    assert [m.type for m in mentions] == ["goal-dismissed", "goal-dismissed"]
    assert [m.object for m in mentions] == ["join the council", "enter the union"]
    assert len({m.mention_id for m in mentions}) == 2


def test_pronouns_and_surnames_lead_to_the_person() -> None:
    """He is the last person who was a subject, known by his full name."""
    text = "French President Emmanuel Macron arrived in Cairo for talks. He condemned Israel over the strike."
    last = code(text)[-1]
    assert [a.name for a in last.source] == ["Emmanuel Macron"]
    assert sides(last) == (["FRA"], ["ISR"])


def test_a_vague_headline_takes_the_type_that_the_body_tells() -> None:
    """Talks of a headline are the phone calls of the article, one for each pair."""
    mentions = code(
        "Russian President Vladimir Putin held a phone call with Turkish President Recep Tayyip Erdogan on Wednesday.",
        "Putin Engages Erdogan in Talks on Grain",
    )
    assert [m.type for m in mentions] == ["phone-call-held", "phone-call-held"]
    assert [m.evidence.field for m in mentions] == ["title", "text"]


def test_who_says_so() -> None:
    """What somebody else reports is attributed to him and stays between its own two sides."""
    mention = one("Pakistan said that Iran had attacked a post in Balochistan.")
    assert mention.attributed_to == "Pakistan"
    assert mention.source[0].country == "IRN"


def test_other_languages_get_tags_only() -> None:
    """No English reading of a French sentence."""
    tags, mentions = CODER.code(article("Le Canada impose des sanctions au Belarus.", language="fr"))
    assert mentions == ()
    assert tags.language == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "The volcano in Iceland erupted again on Monday.",
        "The striker scored twice as Spain beat Portugal in the final.",
        "The storm hit the coast of Vietnam.",
        "The lawyer met her client in the cafe.",
        "The virus attacks the lungs.",
        "The Kremlin declined to comment on the report.",
        "Sweden's prime minister said he was optimistic about the economy.",
        "He attacked the problem with energy.",
    ],
)
def test_quiet(text: str) -> None:
    """Weather, sport, private life and mere statements fire in no PLOVER class."""
    assert [m.type for m in code(text) if m.plover_event] == []


def test_explain_names_rules_that_fired_and_that_almost_did() -> None:
    """A frame whose object is wanting is told apart from one that fired."""
    fired, missed = CODER.explain(
        article("Canada imposed sanctions on Belarus. Canada imposed a limit on noise.")
    )
    assert fired.fired == ("sanction.impose",)
    reasons = {miss.rule: miss.reason for miss in missed.missed}
    assert "object" in reasons["sanction.impose"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway rejected that.", None),
        ("Hungary ruled out force over the border, and left.", "force over the border"),
        ("Serbia rejected a plan for 40%, and", "a plan for 40%"),
        ("Norway rejected on Monday the claim of Chile.", "the claim of Chile"),
    ],
)
def test_an_object_is_no_scrap(text: str, expected: str | None) -> None:
    """What is rejected neither begins with a particle of the verb nor ends in a conjunction; a bare pronoun says nothing."""
    (mention,) = code(text)
    assert mention.object == expected


def test_order_of_articles_changes_nothing() -> None:
    """The coder keeps no memory from one article to the next."""
    first, second = (
        article("Iran condemned Israel over the strike."),
        article("It released two prisoners.", version="v2"),
    )
    alone = CODER.code(second)
    CODER.code(first)
    assert CODER.code(second) == alone
    assert Coder().rules_version == CODER.rules_version


@pytest.mark.parametrize("file", ["resolve/data/telling.toml", "tag/data/persons.tsv", "text/data/verbs.txt"])
def test_any_data_that_decides_on_events_makes_the_version(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that reads otherwise is another version of the rules, in whichever package it stands."""
    room, _, name = file.split("/")
    real = list(module._data())
    assert f"{room}/{name}" in dict(real)
    changed = [(n, data + b"#" if n == f"{room}/{name}" else data) for n, data in real]
    monkeypatch.setattr(module, "_data", lambda: changed)
    assert Coder().rules_version != CODER.rules_version


WORDS = st.sampled_from(
    "Russia attacked Ukraine said that it will not , . and who Trump talks with to of the sanctions imposed on since 2022 Monday"
    " 's \" ( ) if they he meeting held by been no which Kyiv refused demanded troops".split()
)


SENTENCES = [json.loads(line)["text"].split() for line in GOLD.read_text("utf-8").splitlines()]
CUT = st.builds(
    lambda words, first, last: " ".join(words[first:last]),
    st.sampled_from(SENTENCES),
    st.integers(0, 10),
    st.integers(1, 30),
)
"""Sentences that begin or end where none should, as those of a feed that cuts its texts."""


@settings(max_examples=300, deadline=None)
@example("A wide Argentine shot in")
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=50).map(" ".join), CUT))
def test_any_text_is_coded_and_its_evidence_holds(text: str) -> None:
    """No text raises; sentence and trigger are slices of the field; every mention obeys the contract."""
    for mention in code(text, text[:80]):
        field = text[:80] if mention.evidence.field == "title" else text
        evidence = mention.evidence
        assert field[evidence.start : evidence.end] == evidence.sentence
        assert field[evidence.trigger.start : evidence.trigger.end] == evidence.trigger.text
        assert Mention.model_validate(mention.model_dump()) == mention
        assert mention.modality in Modality
