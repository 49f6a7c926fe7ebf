"""Lanes of deduplication by script: which takes what, how each counts, who answers a withdrawal, and the order of a replay."""

import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from typing import Any

import orjson
import pytest
from aiokafka.structs import ConsumerRecord

from schemas.codec import decode
from schemas.sketch import SCRIPTS
from schemas.verdict import Verdict, VerdictKind
from streams import topics
from streams.accounting import Account, _Verdicts
from streams.dedupe_lanes import SCRIPT_LANES, lane_count, lane_of
from streams.records import InRecord, OutRecord
from streams.replay.chain import Chain
from streams.replay.order import Ahead, interleave, position
from streams.settings import Settings
from streams.stages import Stage, make_stages
from streams.state import own_key, state_key

SETTINGS = Settings(dedupe_lanes="script")
LANES = len(SCRIPT_LANES)
NOW = 1_740_000_000_123
MAKE = make_stages(SETTINGS)
TEXTS = {
    "latin": "Peruvian President Dina Boluarte met Chilean President Gabriel Boric in Lima on {n} March.",
    "cyrillic": "Президент Перу Дина Болуарте встретилась с президентом Чили Габриэлем Боричем в Лиме {n} марта.",
    "arabic": "التقت رئيسة بيرو دينا بولوارتي رئيس تشيلي غابرييل بوريتش في ليما في {n} مارس.",
    "cjk": "秘鲁总统博鲁阿尔特{n}日在利马会见智利总统博里奇。",
    "other": "Η πρόεδρος του Περού συναντήθηκε με τον πρόεδρο της Χιλής στη Λίμα στις {n} Μαρτίου.",
}
KOREAN = "페루 대통령은 {n}일 리마에서 칠레 대통령을 만났다."


def raw(offset: int, body: str, **fields: object) -> InRecord:
    """Return a raw article as it stands on its topic."""
    value = orjson.dumps({"id": f"a{offset}", "url": f"https://o.example/{offset}", "body": body} | fields)
    return InRecord(topics.RAW, 0, offset, NOW + offset, b"k", value)


def gone(offset: int, of: int) -> InRecord:
    """Return the withdrawal of an earlier article."""
    return raw(offset, "", id=None, url=f"https://o.example/{of}", withdrawn=True)


def cleaned(records: Iterable[InRecord], stage: Stage | None = None) -> list[InRecord]:
    """Return what `clean` makes of raw records, as `dedupe` reads it: by lane, offsets counted in each."""
    stage = stage or MAKE["clean"]()
    ends: dict[int, int] = defaultdict(int)
    found = []
    for output in (o for record in records for o in stage.process(record)):
        lane = output.partition or 0
        found.append(
            InRecord(output.topic, lane, ends[lane], output.timestamp_ms, output.key, output.value, output.headers)
        )  # fmt: skip
        ends[lane] += 1
    return found


def verdicts(outputs: Iterable[OutRecord]) -> list[Verdict]:
    """Return the verdicts among outputs."""
    return [decode(Verdict, o.value) for o in outputs if o.topic == topics.VERDICTS]


def judge(stage: Stage, records: Iterable[InRecord]) -> list[Verdict]:
    """Return the verdicts of a stage on records."""
    return verdicts(output for record in records for output in stage.process(record))


def mixed() -> list[InRecord]:
    """Return articles in every script, in turn, every third a copy of the one before in its script; one of each is withdrawn."""
    records = []
    for n in range(6):
        for body in TEXTS.values():
            text = body.format(n=n - 1 if n % 3 == 2 else n)
            records.append(raw(len(records), text))
    return [*records, *(gone(len(records) + k, of=k) for k in range(len(TEXTS)))]


def test_each_script_has_one_lane_and_the_last_takes_the_rest() -> None:
    """The map holds only scripts that a sketch knows, none twice; whatever is not in it goes to the last lane."""
    named = [script for scripts in SCRIPT_LANES.values() for script in scripts]
    assert list(SCRIPT_LANES) == ["latin", "cyrillic", "arabic", "cjk", "other"]
    assert len(set(named)) == len(named)
    assert set(named) < set(SCRIPTS)
    assert [lane_of(s, LANES) for s in ("latin", "cyrillic", "arabic", "cjk", "hangul")] == [0, 1, 2, 3, 3]
    assert {lane_of(s, LANES) for s in set(SCRIPTS) - set(named)} == {LANES - 1}
    assert {lane_of(s, 1) for s in SCRIPTS} == {0}


def test_the_setting_decides_the_partitions() -> None:
    """With a lane for each script, what deduplication reads and its changelog have as many partitions; nothing else does."""
    one, script = (
        topics.catalogue(Settings(partitions=7)),
        topics.catalogue(Settings(partitions=7, dedupe_lanes="script")),
    )
    assert (lane_count(Settings()), lane_count(SETTINGS)) == (1, LANES)
    differ = {name: script[name].partitions for name in script if script[name] != one[name]}
    assert differ == dict.fromkeys(topics.LANED, LANES)


def test_an_article_goes_to_the_lane_of_its_script() -> None:
    """What `clean` writes bears the partition; without lanes it bears none."""
    bodies = [*TEXTS.values(), KOREAN, "12 34 56."]
    records = [raw(n, body.format(n=n)) for n, body in enumerate(bodies)]
    stage = MAKE["clean"]()
    assert [o.partition for r in records for o in stage.process(r)] == [0, 1, 2, 3, 4, 3, 4]
    single = make_stages(Settings())["clean"]()
    assert {o.partition for r in [*records, gone(9, of=0)] for o in single.process(r)} == {None}


def test_a_withdrawal_goes_to_every_lane() -> None:
    """It has no text, so nothing tells the script of what it takes back."""
    outputs = MAKE["clean"]().process(gone(0, of=9))
    assert [o.partition for o in outputs] == list(range(LANES))
    assert len({(o.key, o.value, o.headers, o.timestamp_ms) for o in outputs}) == 1


def test_numbers_have_no_gap_in_a_lane_and_no_two_lanes_share_one() -> None:
    """Lane k of n gives k, k + n, k + 2n..., in the order of its log, whatever the other lanes do in between."""
    by_lane: dict[int, list[int]] = defaultdict(list)
    stage = MAKE["dedupe"]()
    for record in cleaned(mixed()):
        by_lane[record.partition] += [v.seq for v in judge(stage, [record])]
    assert set(by_lane) == set(range(LANES))
    for lane, numbers in by_lane.items():
        assert numbers == list(range(lane, lane + LANES * len(numbers), LANES))
        assert len(numbers) >= 7


def test_the_number_in_the_header_is_that_of_the_verdict() -> None:
    """`code` takes the number from the header of articles.unique, and resolve joins on it."""
    stage = MAKE["dedupe"]()
    for record in cleaned(mixed()):
        outputs = stage.process(record)
        for verdict in verdicts(outputs):
            assert {dict(o.headers)["seq"] for o in outputs} == {str(verdict.seq).encode()}


def test_a_lane_answers_a_withdrawal_of_what_it_knows_and_the_last_always() -> None:
    """The lane of the article takes it back; the last one answers too, since somebody must; the others stay silent."""
    stage = MAKE["dedupe"]()
    records = cleaned([raw(0, TEXTS["cyrillic"].format(n=3)), gone(1, of=0), gone(2, of=7)])
    found = [v for v in judge(stage, records) if v.kind is VerdictKind.WITHDRAWN]
    assert [(v.seq % LANES, [ref.raw_id for ref in v.withdraws], v.raw.offset) for v in found] == [
        (1, ["a0"], 1),
        (4, [], 1),
        (4, [], 2),
    ]


def test_a_withdrawal_that_comes_again_does_not_take_back_what_came_since() -> None:
    """A lane that stayed silent remembers that it had the withdrawal, after a restart too."""
    stage, again = MAKE["dedupe"](), MAKE["dedupe"]()
    first, second = (
        cleaned([gone(0, of=5)]),
        cleaned([raw(1, TEXTS["latin"].format(n=1), url="https://o.example/5")]),
    )
    judge(stage, [r for r in first if r.partition == 0])
    again.restore([(key, value) for key, value in stage.changes() if value is not None])
    judge(again, second)
    assert judge(again, [r for r in first if r.partition == 0]) == []
    assert again.repeats == 1


def test_verdicts_are_those_of_one_lane() -> None:
    """Kind, group and all else but the number are the same, withdrawals where an article was known apart."""
    records = mixed()
    single = make_stages(Settings())
    one = judge(single["dedupe"](), cleaned(records, single["clean"]()))
    several = judge(MAKE["dedupe"](), cleaned(records))
    silent = {v.raw.offset for v in several if v.withdraws}
    kept = [
        v for v in several if v.kind is not VerdictKind.WITHDRAWN or v.withdraws or v.raw.offset not in silent
    ]
    assert {v.kind.value for v in one} == {"unique", "exact", "withdrawn"}
    assert [v.model_dump(exclude={"seq"}) for v in kept] == [v.model_dump(exclude={"seq"}) for v in one]


@pytest.mark.parametrize("cut", [3, 17, 33])
def test_each_lane_goes_on_from_its_own_state(cut: int) -> None:
    """The state of all lanes in one mapping gives each lane its own back; of a lane that isn't there, nothing."""
    records = cleaned(mixed())
    whole, first, second = (MAKE["dedupe"]() for _ in range(3))
    expected = judge(whole, records)
    before = judge(first, records[:cut])
    state = {key: value for key, value in first.changes() if value is not None}
    second.restore(state.items())
    assert before + judge(second, records[cut:]) == expected
    part = MAKE["dedupe"]()
    part.restore((k, v) for k, v in state.items() if own_key(LANES, k)[0] == 1)
    rest = [r for r in records[cut:] if r.partition == 1]
    had = sum(v.seq % LANES == 1 for v in before)
    assert judge(part, rest) == [v for v in expected if v.seq % LANES == 1][had:]


def test_a_key_of_state_leads_back_to_its_partition() -> None:
    """With several partitions the key begins with its own; with one it is as it was."""
    assert own_key(5, state_key(5, 3, b"key")) == (3, b"key")
    assert state_key(1, 0, b"key") == b"key"
    assert own_key(1, b"key") == (0, b"key")


def test_a_withdrawal_counts_once_in_the_account() -> None:
    """Two lanes answer one raw record."""
    found = Account()
    tally = _Verdicts(found)
    for verdict in judge(MAKE["dedupe"](), cleaned(mixed())):
        tally.add(_consumed(topics.VERDICTS, 0, 0, value=orjson.dumps(verdict.model_dump(mode="json"))))
    assert found.verdicts.total() == len(mixed())
    assert found.verdicts["withdrawn"] == len(TEXTS)


def test_a_chain_feeds_a_withdrawal_to_one_lane_at_a_time() -> None:
    """In a replay each lane has it in its own turn, while an article goes to the lane of its script whatever is asked."""
    chain = Chain({name: make() for name, make in MAKE.items()})
    for record in mixed()[:10]:
        list(chain.feed(record, LANES - 1))  # as if other rules had put them all there
    back = gone(10, of=6)
    silent, answer, last = (list(chain.feed(back, lane)) for lane in (0, 1, LANES - 1))
    assert verdicts(silent) == []
    assert [[ref.raw_id for ref in v.withdraws] for v in verdicts([*answer, *last])] == [["a6"], []]
    assert [o.partition for o in (*silent, *answer, *last) if o.topic == topics.CLEAN] == [0, 1, LANES - 1]


def _consumed(
    topic: str, partition: int, offset: int, *, value: bytes = b"", headers: tuple[Any, ...] = ()
) -> ConsumerRecord[Any, Any]:
    return ConsumerRecord(topic, partition, offset, NOW, 0, b"k", value, None, 1, len(value), headers)


async def _each(records: Iterable[Any]) -> AsyncIterator[Any]:
    for record in records:
        yield record


async def _interleaved(records: list[InRecord], log: list[Verdict]) -> list[tuple[int, int, int]]:
    """Return what a replay takes, by lane and raw position, from lanes that hold `records` and the verdicts in a log."""
    recorded = [_consumed(r.topic, r.partition, r.offset, headers=r.headers) for r in records]
    lanes = [
        Ahead(_each([r for r in recorded if r.partition == lane]), lambda _: True) for lane in range(LANES)
    ]
    judged = [
        _consumed(topics.VERDICTS, 0, n, value=orjson.dumps(v.model_dump(mode="json")))
        for n, v in enumerate(log)
    ]
    return [(r.partition, *position(r)) async for r in interleave(lanes, _each(judged), lambda _: True)]


@pytest.mark.parametrize("seed", range(8))
async def test_a_replay_takes_the_lanes_in_the_order_of_their_verdicts(seed: int) -> None:
    """Whatever the interleaving was: every record once, each lane in its order, and the verdicts come out as they stand in the log."""
    dice = random.Random(seed)  # noqa: S311 - a shuffle
    records = cleaned(mixed())
    queues = [[r for r in records if r.partition == lane] for lane in range(LANES)]
    stage, log = MAKE["dedupe"](), list[Verdict]()
    while any(queues):
        log += judge(stage, [dice.choice([q for q in queues if q]).pop(0)])
    taken = await _interleaved(records, log)
    by_place = {(r.partition, *position(_consumed("", 0, 0, headers=r.headers))): r for r in records}
    assert sorted(taken) == sorted(by_place)
    assert judge(MAKE["dedupe"](), [by_place[place] for place in taken]) == log


async def test_a_replay_goes_on_where_verdicts_or_articles_are_gone() -> None:
    """Retention has cut one log further than the other: what is there is taken, each once, each lane in its order."""
    records = cleaned(mixed())
    log = judge(MAKE["dedupe"](), records)
    for kept, judged in ((records[12:], log), (records, log[12:]), (records, [])):
        taken = await _interleaved(kept, judged)
        for lane in range(LANES):
            held = [
                (r.partition, *position(_consumed("", 0, 0, headers=r.headers)))
                for r in kept
                if r.partition == lane
            ]
            assert [place for place in taken if place[0] == lane] == held
