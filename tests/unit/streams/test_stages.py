"""The stages without Kafka: what follows from a record, what is refused, and the same bytes each time."""

import random

import orjson
import pytest

from schemas.codec import decode
from schemas.dead_letter import DeadLetter
from schemas.event_codec import decode_event
from schemas.mention import Mentions
from schemas.verdict import Verdict, VerdictKind
from streams import topics
from streams.deadletters.letter import ATTEMPT
from streams.records import InRecord, OutRecord
from streams.settings import Settings
from streams.stages import CleanStage, CodeStage, DedupeStage, Stage, make_stages

SETTINGS = Settings(max_body_bytes=20_000)
NOW = 1_740_000_000_123
MAKE = make_stages(SETTINGS)
CALL = "Peruvian President Dina Boluarte met Chilean President Gabriel Boric in Lima on Monday."


def raw(offset: int, body: str, partition: int = 0, **fields: object) -> InRecord:
    """Return a raw article as it stands on its topic."""
    value = orjson.dumps({"id": f"a{offset}", "body": body, "published_at": "2025-02-10"} | fields)
    return InRecord(
        topics.RAW, partition, offset, NOW + offset, b"k", value, (("traceparent", b"00-ab-cd-01"),)
    )


def delivered(outputs: list[OutRecord], topic: str) -> list[InRecord]:
    """Return the records of a topic as the next stage reads them."""
    found = [o for o in outputs if o.topic == topic]
    return [InRecord(topic, 0, n, o.timestamp_ms, o.key, o.value, o.headers) for n, o in enumerate(found)]


def through(stage: Stage, records: list[InRecord]) -> list[OutRecord]:
    """Return all that a stage makes of records."""
    return [output for record in records for output in stage.process(record)]


def reasons(outputs: list[OutRecord]) -> list[str]:
    """Return the reasons of the dead letters among outputs."""
    letters = [o for o in outputs if o.topic == topics.DEAD_LETTERS]
    return [DeadLetter.from_headers(list(letter.headers)).reason for letter in letters]


def run(records: list[InRecord]) -> list[OutRecord]:
    """Return all that the whole chain makes of raw records."""
    cleaned = through(MAKE["clean"](), records)
    judged = through(MAKE["dedupe"](), delivered(cleaned, topics.CLEAN))
    coded = through(MAKE["code"](), delivered(judged, topics.UNIQUE))
    inputs = delivered(judged, topics.VERDICTS) + delivered(coded, topics.MENTIONS)
    return [*cleaned, *judged, *coded, *through(MAKE["resolve"](), inputs)]


def test_an_article_becomes_an_event() -> None:
    """One article goes through all four stages, and the time of its raw record with it."""
    outputs = run([raw(0, CALL)])
    events = [o for o in outputs if o.topic == topics.EVENTS]
    assert events
    assert {o.timestamp_ms for o in outputs} == {NOW}
    event = decode_event(events[0].value)
    assert events[0].key == event.event_id.encode()
    assert dict(events[0].headers)["ce_id"] == f"{event.event_id}.1".encode()
    assert [o.value for o in outputs if o.topic == topics.CURRENT] == [o.value for o in events]


def test_the_same_records_give_the_same_bytes() -> None:
    """Key, headers, value and timestamp of every output depend on the input alone."""
    records = [raw(n, f"{CALL} Item {n // 2}.", url=f"https://o.example/{n}") for n in range(8)]
    assert run(records) == run(records)


def test_trace_context_is_passed_through() -> None:
    """A trace begun by the producer can be followed as far as the mentions."""
    outputs = [o for o in run([raw(0, CALL)]) if o.topic not in (topics.EVENTS, topics.CURRENT)]
    assert len(outputs) == 4
    assert {dict(o.headers).get("traceparent") for o in outputs} == {b"00-ab-cd-01"}


def test_copies_and_withdrawals_stay_with_dedupe() -> None:
    """A copy and a withdrawal get a verdict and go no further."""
    url = "https://o.example/a"
    records = [
        raw(0, CALL, url=url),
        raw(1, CALL, url="https://p.example/b"),
        raw(2, "", url=url, withdrawn=True),
    ]
    cleaned = through(MAKE["clean"](), records)
    judged = through(MAKE["dedupe"](), delivered(cleaned, topics.CLEAN))
    verdicts = [decode(Verdict, o.value) for o in judged if o.topic == topics.VERDICTS]
    assert [v.kind for v in verdicts] == [VerdictKind.UNIQUE, VerdictKind.EXACT, VerdictKind.WITHDRAWN]
    assert [v.seq for v in verdicts] == [0, 1, 2]
    assert [dict(o.headers)["kind"] for o in judged if o.topic == topics.VERDICTS] == [
        b"unique",
        b"exact",
        b"withdrawn",
    ]
    assert len([o for o in judged if o.topic == topics.UNIQUE]) == 1


def test_the_body_goes_through_dedupe_untouched() -> None:
    """Deduplication reads headers and passes the very bytes on."""
    cleaned = delivered(through(MAKE["clean"](), [raw(0, CALL)]), topics.CLEAN)
    garbled = cleaned[0]._replace(value=b"never read")
    unique = [o for o in MAKE["dedupe"]().process(garbled) if o.topic == topics.UNIQUE]
    assert [o.value for o in unique] == [b"never read"]
    assert dict(unique[0].headers)["raw"] == b"0/0"


BAD = {
    "not UTF-8": b"\xff\xfe{}",
    "not JSON": b"{'body'",
    "not a JSON object": b"[1, 2]",
    "no value": None,
    "body: missing": b"{}",
    "no text": b'{"body": "  "}',
    "body": b'{"body": 5}',
    "published_at": b'{"body": "x", "published_at": "2025-02-30"}',
    "nest": b'{"body": "x", "more": ' + b"[" * 50 + b"]" * 50 + b"}",
    "over the limit": b'{"body": "' + b"x" * 20_000 + b'"}',
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_record_becomes_a_dead_letter(reason: str) -> None:
    """The bytes are kept as they were, and one line says what is wrong."""
    record = InRecord(topics.RAW, 3, 77, NOW, b"key", BAD[reason])
    (letter,) = MAKE["clean"]().process(record)
    told = DeadLetter.from_headers(list(letter.headers))
    assert (letter.topic, letter.key, letter.value) == (topics.DEAD_LETTERS, b"key", BAD[reason])
    assert reason in told.reason
    assert "\n" not in told.reason
    assert (told.stage, told.topic, told.partition, told.offset, told.attempt) == (
        "clean",
        topics.RAW,
        3,
        77,
        1,
    )
    assert told.null_value is (BAD[reason] is None)


def test_control_characters_are_no_reason() -> None:
    """A body with control characters is cleaned and used."""
    outputs = MAKE["clean"]().process(raw(0, "\x00\x07" + CALL))
    assert [o.topic for o in outputs] == [topics.CLEAN]
    assert b"\\u0000" not in (outputs[0].value or b"")


def test_attempts_count_on() -> None:
    """A dead letter that is tried again says so, once, and keeps the headers that came with it."""
    record = InRecord(
        topics.RAW, 0, 0, NOW, None, b"?", (("dl-attempt", b"2"), ("dl-reason", b"old"), ("x", b"1"))
    )
    (letter,) = MAKE["clean"]().process(record)
    names = [name for name, _ in letter.headers]
    assert DeadLetter.from_headers(list(letter.headers)).attempt == 3
    assert names.count("dl-attempt") == names.count("dl-reason") == names.count("x") == 1


def test_a_record_without_key_and_value_can_be_written() -> None:
    """The client library writes no record that has neither; its dead letter has an empty key."""
    (letter,) = MAKE["clean"]().process(InRecord(topics.RAW, 0, 0, NOW, None, None))
    assert (letter.key, letter.value) == (b"", None)


@pytest.mark.parametrize(
    "headers", [(), (("head", b"{}"), ("sketch", b"")), (("head", b"\xff"), ("sketch", b"1"))]
)
def test_dedupe_refuses_what_clean_did_not_write(headers: tuple[tuple[str, bytes], ...]) -> None:
    """Missing or broken headers end in the dead letters, and no number is spent on them."""
    stage = MAKE["dedupe"]()
    assert len(reasons(stage.process(InRecord(topics.CLEAN, 0, 0, NOW, b"k", b"{}", headers)))) == 1
    good = delivered(through(MAKE["clean"](), [raw(0, CALL)]), topics.CLEAN)
    assert decode(Verdict, through(stage, good)[0].value).seq == 0


def test_a_redelivered_article_is_passed_over() -> None:
    """After a crash the same record comes again; it has its verdict already."""
    stage = MAKE["dedupe"]()
    records = delivered(
        through(MAKE["clean"](), [raw(0, CALL), raw(1, "Other news of the day.")]), topics.CLEAN
    )
    through(stage, records)
    assert through(stage, records) == []
    assert stage.repeats == 2


class Broken:
    """A coder that fails."""

    rules_version = "r1"

    def code(self, article: object) -> object:
        """Fail."""
        msg = f"at\n{type(article).__name__}"
        raise RecursionError(msg)


def test_a_failing_coder_still_yields_a_mentions_record() -> None:
    """Resolution waits for one record per article; a failure gives an empty one that says so, and a dead letter."""
    cleaned = delivered(through(MAKE["clean"](), [raw(0, CALL)]), topics.CLEAN)
    unique = delivered(through(MAKE["dedupe"](), cleaned), topics.UNIQUE)
    outputs = CodeStage(Broken(), 10**6).process(unique[0])  # type: ignore[arg-type]
    assert [o.topic for o in outputs] == [topics.DEAD_LETTERS, topics.MENTIONS]
    told = decode(Mentions, outputs[1].value)
    assert (told.seq, told.mentions, told.error) == (0, (), "RecursionError: at CleanArticle")
    assert outputs[0].value == unique[0].value
    assert DeadLetter.from_headers(list(outputs[0].headers)).rules_version == "r1"


def test_an_undecodable_article_still_yields_a_mentions_record() -> None:
    """Where only the number is readable, the number is enough."""
    record = InRecord(topics.UNIQUE, 1, 5, NOW, b"the-article", b"?", (("seq", b"12"),))
    letter, empty = MAKE["code"]().process(record)
    assert letter.topic == topics.DEAD_LETTERS
    assert (decode(Mentions, empty.value).seq, decode(Mentions, empty.value).article_id) == (
        12,
        "the-article",
    )


def test_a_foreign_record_waits_for_nothing() -> None:
    """A record that deduplication did not number is a dead letter and no more."""
    outputs = MAKE["code"]().process(InRecord(topics.UNIQUE, 1, 5, NOW, None, b"{}"))
    assert [o.topic for o in outputs] == [topics.DEAD_LETTERS]


def test_a_record_that_grew_too_large_is_a_dead_letter() -> None:
    """What the next topic would refuse is refused here, with the original bytes."""
    record = raw(0, CALL)
    (letter,) = CleanStage(10**6, 300).process(record)
    assert "articles.clean record of" in reasons([letter])[0]
    assert letter.value == record.value


def test_resolve_reads_two_topics_and_no_third() -> None:
    """A record of another topic is a dead letter."""
    assert reasons(MAKE["resolve"]().process(InRecord(topics.RAW, 0, 0, NOW, None, b"{}"))) == [
        "resolve does not read articles.raw"
    ]


def test_the_interleaving_of_resolve_s_inputs_does_not_matter() -> None:
    """Verdicts and mentions may come in any interleaving and twice: the revisions are the same, each once."""
    texts = [f"{CALL} Edition {n}." if n % 3 else CALL for n in range(9)]
    records = [raw(n, text, url=f"https://o.example/{n}") for n, text in enumerate(texts)]
    judged = through(MAKE["dedupe"](), delivered(through(MAKE["clean"](), records), topics.CLEAN))
    verdicts = delivered(judged, topics.VERDICTS)
    mentions = delivered(through(MAKE["code"](), delivered(judged, topics.UNIQUE)), topics.MENTIONS)
    expected = through(MAKE["resolve"](), verdicts + mentions)
    assert expected
    for seed in range(10):
        dice = random.Random(seed)  # noqa: S311 - a shuffle
        left, right, mixed = [*verdicts, verdicts[-1]], sorted(mentions, key=lambda _: dice.random()), []
        while left or right:
            side = left if left and (not right or dice.random() < 0.5) else right
            mixed.append(side.pop(0))
        assert through(MAKE["resolve"](), mixed) == expected


@pytest.mark.parametrize("cut", [1, 4, 7])
def test_a_stage_goes_on_where_its_changes_left_off(cut: int) -> None:
    """A new stage that takes up the changes of another gives what that one would have given."""
    records = [raw(n, f"{CALL} Edition {n // 2}.", url=f"https://o.example/{n % 8}") for n in range(9)]
    cleaned = delivered(through(MAKE["clean"](), records), topics.CLEAN)
    judged = through(MAKE["dedupe"](), cleaned)
    coded = through(MAKE["code"](), delivered(judged, topics.UNIQUE))
    both = delivered(judged, topics.VERDICTS) + delivered(coded, topics.MENTIONS)
    for name, inputs in (("dedupe", cleaned), ("resolve", both)):
        whole, first, second = MAKE[name](), MAKE[name](), MAKE[name]()
        expected = through(whole, inputs)
        before = through(first, inputs[:cut])
        state = {key: value for key, value in first.changes() if value is not None}
        second.restore(state.items())
        assert before + through(second, inputs[cut:]) == expected, name


def test_stateless_stages_have_no_changes() -> None:
    """Cleaning and coding leave nothing to recover."""
    stage = MAKE["clean"]()
    through(stage, [raw(0, CALL)])
    assert (list(stage.changes()), stage.pending) == ([], 0)


def test_resolve_tells_what_waits() -> None:
    """A verdict without its mentions is pending."""
    judged = through(
        DedupeStage(None, 10**6), delivered(through(MAKE["clean"](), [raw(0, CALL)]), topics.CLEAN)
    )
    stage = MAKE["resolve"]()
    through(stage, delivered(judged, topics.VERDICTS))
    assert stage.pending == 1


def test_a_revision_reads_the_body_for_its_diff_and_does_without() -> None:
    """The verdict on a revision has the diff; a body that can't be read costs the diff alone, never the verdict."""
    page = "https://a.example/talks"
    bodies = [f"{CALL} They spoke for {n} hours about the border." for n in (2, 3, 4)]
    cleaned = delivered(
        through(MAKE["clean"](), [raw(n, b, url=page) for n, b in enumerate(bodies)]), topics.CLEAN
    )
    cleaned[2] = cleaned[2]._replace(value=b"{")
    judged = through(MAKE["dedupe"](), cleaned)
    verdicts = [decode(Verdict, r.value) for r in delivered(judged, topics.VERDICTS)]
    assert [v.kind for v in verdicts[1:]] == [VerdictKind.REVISION, VerdictKind.REVISION]
    assert verdicts[1].diff is not None
    assert verdicts[1].diff.changes[0].numbers == ("3",)
    assert verdicts[2].diff is None


def test_what_can_t_be_resolved_is_a_dead_letter_beside_the_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record that brought it out is kept with the reason; revisions of the same record go out."""
    records = [raw(0, CALL)]
    judged = through(DedupeStage(None, 10**6), delivered(through(MAKE["clean"](), records), topics.CLEAN))
    coded = through(MAKE["code"](), delivered(judged, topics.UNIQUE))
    stage = MAKE["resolve"]()
    through(stage, delivered(judged, topics.VERDICTS))
    monkeypatch.setattr(stage._resolver, "failures", lambda: ["verdict 7 of article x: KeyError: 'y'"])  # type: ignore[attr-defined]
    (record,) = delivered(coded, topics.MENTIONS)
    outputs = stage.process(record)
    assert [o.topic for o in outputs if o.topic != topics.DEAD_LETTERS][:2] == [topics.EVENTS, topics.CURRENT]
    assert reasons([o for o in outputs if o.topic == topics.DEAD_LETTERS]) == [
        "verdict 7 of article x: KeyError: 'y'"
    ]
    assert outputs[-1].value == record.value


def test_a_redriven_article_is_let_pass_once_it_was_judged() -> None:
    """It bears the number of its tries, goes on as a revision of itself, and a copy by someone else stays a copy."""
    first, copy, second = (
        raw(n, CALL, url=url)
        for n, url in enumerate(("https://o.example/1", "https://c.example/1") * 2)
        if n < 3
    )
    tried = ((ATTEMPT, b"1"),)
    outputs = run([first, copy._replace(headers=tried), second._replace(headers=tried)])
    verdicts = [decode(Verdict, o.value) for o in outputs if o.topic == topics.VERDICTS]
    kinds = [verdict.kind for verdict in verdicts]
    assert kinds == [VerdictKind.UNIQUE, VerdictKind.EXACT, VerdictKind.REVISION]
    assert verdicts[2].revision_of == verdicts[2].article
    mentions = [o for o in outputs if o.topic == topics.MENTIONS]
    assert [dict(o.headers).get(ATTEMPT) for o in mentions] == [None, b"1"]
