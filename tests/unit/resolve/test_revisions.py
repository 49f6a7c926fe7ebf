"""From raw articles to events: what an update takes back, what a shortened copy leaves alone, who counts as a source."""

from datetime import UTC, datetime, timedelta

import orjson

from processors.clean import Cleaner
from processors.coding import Coder
from processors.dedupe import Deduper, Sketches
from processors.pipeline import Pipeline, Step, code_article
from processors.resolve import Resolver
from schemas.article import RawPosition
from schemas.codec import encode
from schemas.event import GeopoliticalEvent, Status
from schemas.raw import RawArticle
from schemas.sketch import Sketch

NOON = datetime(2025, 2, 10, 12, tzinfo=UTC)
WIRE, OTHER = "https://wire.example/summit", "https://harbour.example/2025/summit"
COPY, THIRD = "https://evening.example/ruto", "https://lake.example/news/9"
MEETING = "Kenyan President William Ruto met Ethiopian Prime Minister Abiy Ahmed in Nairobi on Monday."
EXPULSION = "Ethiopia expelled two Kenyan diplomats on Sunday."
PADDING = (
    "Rain fell for 3 hours on the dry grazing lands along the border and on the tin roofs of the old town.",
    "Traders in the border towns had closed their shops and waited for news on the radio.",
    "Aides carried folders of maps into the hall and would not say what was in them.",
    "The last round of this kind had ended without a statement and with an early flight home.",
    "A choir of schoolchildren that had rehearsed for weeks was sent home before the guests came down the stairs.",
    "Meteorologists expect the dry season to last until the end of the month at least.",
)
FIRST = "\n".join((MEETING, PADDING[0], EXPULSION, *PADDING[1:]))
STRIKE = """Sudanese troops shelled a market in Omdurman on Tuesday, killing nine people.
Smoke hung over the stalls for hours, and the bakers of the quarter carried the wounded to a school.
The market had reopened in autumn after the front moved away from the river.
Pharmacies ran out of bandages before noon, and a call for blood went out from the minarets.
Across the bridge the shops stayed shut, and nobody waited at the bus stops.
By evening the first traders had come back to look for what was left of their goods.
A cart with melons stood untouched in the middle of the square."""
CORRECTED = "\n".join((MEETING, *PADDING)).replace("3 hours", "5 hours")


def feed(*articles: tuple[str, str]) -> list[Step]:
    """Process articles, each a URL and a body; an hour lies between them."""
    pipeline = Pipeline()
    steps = []
    for n, (url, body) in enumerate(articles):
        moment = NOON + timedelta(hours=n)
        raw = {"url": url, "source": url.split("/")[2], "body": body, "published_at": moment.isoformat()}
        steps.append(pipeline.feed(orjson.dumps(raw), moment, RawPosition(partition=0, offset=n)))
    return steps


def by_type(step: Step) -> dict[str, GeopoliticalEvent]:
    """Return the revisions of one step by the type of the event."""
    return {event.type: event for event in step.events}


def test_a_corrected_page_takes_its_event_back() -> None:
    """An event that only the old version of a URL had is retracted, and one that both have stays as it is."""
    first, second = feed((WIRE, FIRST), (WIRE, CORRECTED))
    assert set(by_type(first)) == {"meeting-held", "diplomats-expelled"}
    assert second.verdict is not None
    assert (second.verdict.kind, second.verdict.diff.removed if second.verdict.diff else 0) == ("revision", 1)
    assert by_type(second)["diplomats-expelled"].status is Status.RETRACTED
    assert by_type(second)["diplomats-expelled"].cause.seq == 1
    assert all(
        event.status is not Status.RETRACTED for event in second.events if event.type == "meeting-held"
    )


def test_an_update_of_a_wire_story_elsewhere_takes_its_place() -> None:
    """The new version of a wire story at another outlet supersedes the one it revises: no second source, no dropped event left."""
    first, second = feed((WIRE, FIRST), (OTHER, CORRECTED))
    assert second.verdict is not None
    assert second.verdict.revision_of == first.verdict.article if first.verdict else None
    assert by_type(second)["diplomats-expelled"].status is Status.RETRACTED
    assert by_type(second)["meeting-held"].independent_sources == 1
    assert [e.url for e in by_type(second)["meeting-held"].evidence] == [OTHER]


def test_a_roundup_is_no_second_source() -> None:
    """What a round-up takes word for word from two stories tells nothing after them, and is their one source before them."""
    pages = ((WIRE, FIRST), (OTHER, STRIKE), ("https://desk.example/week", f"{FIRST}\n{STRIKE}"))
    for articles in (pages, pages[::-1]):
        steps = feed(*articles)
        kinds = [step.verdict.kind.value for step in steps if step.verdict]
        assert sorted(kinds) == (["roundup", "unique", "unique"] if articles is pages else ["unique"] * 3)
        last = {event.event_id: event for step in steps for event in step.events}
        assert {event.independent_sources for event in last.values()} == {1}
        assert max(len(event.evidence) for event in last.values()) == (1 if articles is pages else 2)


def test_a_shortened_update_takes_nothing_back() -> None:
    """An outlet that prints the first half of an update has not said that the rest is wrong; it is still no second source."""
    short = "\n".join((MEETING, PADDING[0].replace("3", "5"), *PADDING[1:4]))
    first, second = feed((WIRE, FIRST), (OTHER, short))
    assert second.verdict is not None
    assert second.verdict.revision_of == first.verdict.article if first.verdict else None
    assert "diplomats-expelled" not in by_type(second)
    assert by_type(second)["meeting-held"].independent_sources == 1
    assert len(by_type(second)["meeting-held"].evidence) == 2


def read(*articles: tuple[str, str | None]) -> list[Step]:
    """Process articles, each a URL and a body, or None that withdraws it; all were published at noon and say no other date."""
    pipeline = Pipeline()
    steps = []
    for n, (url, body) in enumerate(articles):
        raw = {"url": url, "source": url.split("/")[2], "body": body, "published_at": NOON.isoformat()}
        row = raw if body is not None else {"url": url, "withdrawn": True}
        position = RawPosition(partition=0, offset=n)
        steps.append(pipeline.feed(orjson.dumps(row), NOON + timedelta(hours=n), position))
    return steps


def test_a_feed_that_is_read_again_tells_nothing_new() -> None:
    """The page and its correction once more: neither is a revision, and no event is told again."""
    pages = [(WIRE, FIRST), (WIRE, CORRECTED)]
    steps = read(*pages, *pages, *pages)
    kinds = [step.verdict.kind.value for step in steps if step.verdict]
    assert kinds == ["unique", "revision", *["exact"] * 4]
    assert all(step.events for step in steps[:2])
    assert not any(step.events for step in steps[2:])


def test_a_late_version_is_no_copy_to_stand_on() -> None:
    """An outlet that printed a story and corrected it doesn't stand in for it when its first version comes once more."""
    steps = read((WIRE, FIRST), (COPY, FIRST), (COPY, CORRECTED), (COPY, FIRST), (WIRE, None))
    kinds = [step.verdict.kind.value for step in steps if step.verdict]
    assert kinds == ["unique", "exact", "revision", "exact", "withdrawn"]
    assert by_type(steps[4])["diplomats-expelled"].status is Status.RETRACTED


def taken_back(*articles: tuple[str, str], gone: tuple[str, ...]) -> list[Step]:
    """Process articles, then withdraw those at the addresses `gone`; return all steps."""
    pipeline = Pipeline()
    rows = [{"url": url, "source": url.split("/")[2], "body": body} for url, body in articles]
    rows += [{"url": url, "withdrawn": True} for url in gone]
    steps = [
        pipeline.feed(orjson.dumps(row), NOON + timedelta(hours=n), RawPosition(partition=0, offset=n))
        for n, row in enumerate(rows)
    ]
    assert pipeline._resolver.failures() == []
    return steps


def test_a_story_stands_on_its_copy() -> None:
    """The first copy is withdrawn: its events go on with the evidence of the next one, and end when the last one is withdrawn."""
    copied = [(WIRE, FIRST), (COPY, FIRST), (THIRD, f"{FIRST}\n")]
    steps = taken_back(*copied, gone=(WIRE, COPY, THIRD))
    first, once, twice, all_gone = steps[0], *steps[3:]
    assert [step.verdict.kind.value for step in steps[1:3] if step.verdict] == ["exact", "exact"]
    ids = {event.event_id for event in first.events}
    for step, url in ((once, COPY), (twice, THIRD)):
        assert {event.event_id for event in step.events} == ids
        assert {event.status for event in step.events} == {Status.REPORTED}
        assert {event.cause.kind for event in step.events} == {"withdrawal"}
        assert {(e.url, e.source) for event in step.events for e in event.evidence} == {
            (url, url.split("/")[2])
        }
        assert all(event.patch and "mentions" in event.patch for event in step.events)
    assert {event.status for event in all_gone.events} == {Status.RETRACTED}


def test_what_a_copy_was_edited_to_say_is_not_known() -> None:
    """A copy with a sentence less, or one that was withdrawn before, does not hold up the story."""
    cut = "\n".join((MEETING, *PADDING))
    for rows, gone in (
        ([(WIRE, FIRST), (COPY, cut)], (WIRE,)),
        ([(WIRE, FIRST), (COPY, FIRST)], (COPY, WIRE)),
    ):
        last = taken_back(*rows, gone=gone)[-1]
        assert {event.status for event in last.events} == {Status.RETRACTED}


def test_a_second_outlet_stays_beside_the_copy() -> None:
    """An event that another outlet tells too keeps both sources when the first copy goes."""
    other = "Ruto and Abiy met in Nairobi on Monday, the Kenyan presidency said."
    steps = taken_back((WIRE, FIRST), (COPY, FIRST), (OTHER, other), gone=(WIRE,))
    met = by_type(steps[-1])["meeting-held"]
    assert (met.status, met.independent_sources) == (Status.CORROBORATED, 2)
    assert {e.url for e in met.evidence} == {COPY, OTHER}


def test_a_corrected_page_is_held_up_by_no_copy_of_the_first_version() -> None:
    """Copies of what a page said before its correction say nothing of what it said after it."""
    steps = taken_back((WIRE, FIRST), (COPY, FIRST), (WIRE, CORRECTED), gone=(WIRE,))
    last = {event.event_id: event.status for step in steps for event in step.events}
    assert set(last.values()) == {Status.RETRACTED}


def test_a_revision_is_written_as_its_event_is() -> None:
    """The bytes that leave are those of a valid event of the type: reported, revised, retracted."""
    bodies = (FIRST, CORRECTED, FIRST.replace("two Kenyan diplomats", "three Kenyan diplomats"))
    resolver, coder, cleaner, deduper, sketches = (
        Resolver("rules"),
        Coder(),
        Cleaner(),
        Deduper(None),
        Sketches(),
    )
    statuses = set()
    for n, body in enumerate(bodies):
        raw = RawArticle(url=WIRE, body=body, published_at=NOON + timedelta(hours=n))
        article = cleaner.clean(raw, NOON + timedelta(hours=n), RawPosition(partition=0, offset=n))
        sketch = Sketch.decode(sketches.of(article.title, article.text, article.language))
        verdict = deduper.judge(article.head(), sketch)
        resolver.verdict(verdict)
        resolver.mentions(code_article(coder, article, verdict.seq))
        for revision in resolver.revisions():
            assert revision.encode() == encode(revision.event())
            statuses.add(revision.event().status)
    assert statuses >= {Status.REPORTED, Status.RETRACTED}
