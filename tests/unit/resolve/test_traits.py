"""Traits: whatever two mentions agree by `matching`, they agree by traits."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.resolve.matching import apart, index_key, key_number, looked_up, same_event
from processors.resolve.opened import Open
from processors.resolve.told import Told, tell
from processors.resolve.traits import Probe, split
from schemas.actor import Location, Modality
from schemas.mention import Mention, Mentions
from schemas.verdict import ArticleRef, Verdict, VerdictKind
from tests.unit.resolve.support import BORIC, CHILE, NOON, PERU, VAN_KLAVEREN, mention

DAY = date(2025, 3, 3)
PLACES = [
    None,
    Location(name="Lima", country="PER"),
    Location(name="Cusco", country="PER"),
    Location(name="Peru", country="PER", granularity="country"),
    Location(name="the Andes", granularity="region"),
]
KINDS = [
    "talks-held", "phone-call-held", "meeting-held", "position-stated", "demand-made", "meeting-planned",
    "sanctions-imposed", "territory-seized",
]  # fmt: skip
WORDS = ["crane", "barge", "ferry", "tugboat", "quay", "jetty", "lantern", "anchor", "2", "40"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8, unique=True).map(" ".join)
OBJECTS = [None, "the fishing accord", "a fishing accord with Chile", "of the", "port fees and visa rules"]


def told_of(said: Mention, news: date, article: str = "a") -> Told:
    """Make a mention told by an article."""
    ref = ArticleRef(article_id=article, version="v")
    verdict = Verdict(seq=1, article=ref, kind=VerdictKind.UNIQUE, group=article, record_time=NOON)
    mentions = Mentions(seq=1, article_id=article, version="v", record_time=NOON, rules_version="r")
    return tell(said, mentions, verdict, "outlet", news)


@st.composite
def mentions(draw: st.DrawFn) -> tuple[Mention, date]:
    """Draw a mention and the day of its news."""
    days = st.integers(0, 9).map(lambda n: DAY + timedelta(n))
    made = mention(
        draw(SENTENCES),
        kind=draw(st.sampled_from(KINDS)),
        source=draw(st.sampled_from([(PERU,), ()])),
        target=draw(st.sampled_from([(CHILE,), (BORIC,), (VAN_KLAVEREN,), (BORIC, VAN_KLAVEREN)])),
        symmetric=draw(st.booleans()),
        modality=draw(st.sampled_from([Modality.FACTUAL, Modality.DENIED])),
        about=draw(st.sampled_from(OBJECTS)),
        when=draw(st.none() | days),
    )
    return made.model_copy(update={"location": draw(st.sampled_from(PLACES))}), draw(days)


@given(mentions(), mentions())
def test_traits_agree_where_mentions_do(one: tuple[Mention, date], other: tuple[Mention, date]) -> None:
    """Of two articles' mentions that meet in the index, traits allow what the full comparison says, and set apart what that does."""
    a, b = told_of(*one), told_of(*other, article="b")
    probe = Probe(a.mention, a.traits)
    if set(map(key_number, looked_up(index_key(a.mention)))) & set(b.places):
        assert probe.may_be(b.traits) or not same_event(a, b)
        assert probe.may_be(b.traits, least=True) or not probe.may_be(b.traits)
        assert probe.apart(b.traits) == apart(a, b)
    else:
        assert not same_event(a, b)


@st.composite
def demands(draw: st.DrawFn) -> tuple[Mention, date]:
    """Draw what Peru demands of Chile within days, or takes, and the day of its news."""
    days = st.integers(0, 2).map(lambda n: DAY + timedelta(n))
    kind = draw(st.sampled_from(["demand-made", "sanctions-imposed", "territory-seized"]))
    when = draw(st.none() | days)
    return mention(draw(SENTENCES), kind=kind, symmetric=False, when=when), draw(days)


@settings(max_examples=400)
@given(demands(), demands())
def test_traits_know_the_marks_of_repeated_acts(
    one: tuple[Mention, date], other: tuple[Mention, date]
) -> None:
    """Acts of which a pair has several in days: traits allow what the full comparison says, and the least is less than that."""
    a, b = told_of(*one), told_of(*other, article="b")
    found = a.probe.may_be(b.traits)
    assert found or not same_event(a, b)
    assert a.probe.may_be(b.traits, least=True) or not found


@given(st.lists(mentions(), max_size=4))
def test_an_event_comes_back_from_its_bytes(said: list[tuple[Mention, date]]) -> None:
    """An event of several mentions is read back as it was kept."""
    told = [told_of(*each) for each in said]
    event = Open("6b4d0b0a-8ad5-5f3c-9f0e-0c8f5a9b7c11", 3, 7, 2, told, {"type": "x"}, DAY, DAY, (1, 2), (3,))
    assert Open.from_bytes(event.event_id, 7, event.to_bytes()) == event
    assert split(b"".join(t.traits for t in told)) == [t.traits for t in told]


@given(mentions(), mentions())
def test_an_event_comes_back_as_its_mentions_become_more_and_fewer(
    one: tuple[Mention, date], other: tuple[Mention, date]
) -> None:
    """A mention that was kept with its event is kept by itself beside another, and the reverse."""
    event = Open("6b4d0b0a-8ad5-5f3c-9f0e-0c8f5a9b7c11", 3, 7, 2, [], {"type": "x"}, DAY, DAY, (1, 2), (3,))
    first, second = told_of(*one), told_of(*other)
    for told in ([first], [first, second], [first], [second]):
        event.told = told
        said = [(t.evidence, t.said, t.mention) for t in told]
        read = Open.from_bytes(event.event_id, 7, event.to_bytes())
        assert read == event
        assert [(t.evidence, t.said, t.mention) for t in read.told] == said
        for each in told:
            each.rest()
