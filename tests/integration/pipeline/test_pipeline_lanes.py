"""Several lanes of deduplication on the real broker: the groups of one lane, an account that adds up, recovery, and the same replay."""

import asyncio
import itertools
import signal
import uuid
from typing import Any

import orjson
import pytest
from aiokafka import TopicPartition

from processors.pipeline import Pipeline
from schemas.article import RawPosition
from schemas.codec import decode
from schemas.verdict import Verdict, VerdictKind
from streams import topics
from streams.accounting import account, mark
from streams.cluster import Cluster
from streams.dedupe_lanes import SCRIPT_LANES
from streams.failure import Failure
from streams.records import from_ms
from streams.replay import replay
from streams.topics import TopicError, provision, verify

pytestmark = pytest.mark.integration

Log = Any  # the class stands in conftest.py, from which nothing can be imported

LANES = len(SCRIPT_LANES)
TEXTS = (
    "Kenyan President William Ruto met French President Emmanuel Macron in Nairobi on {day} February 2025. They spoke of {n} bridges.",
    "Президент Казахстана Касым-Жомарт Токаев принял {day} февраля 2025 года в Астане главу Узбекистана. Стороны обсудили {n} проектов.",
    "استقبل الملك عبد الله الثاني في عمان يوم {day} فبراير 2025 رئيس الوزراء العراقي. وبحث الجانبان {n} مشاريع للنقل.",
    "日本の石破茂首相は2025年2月{day}日、東京でインドの首相と会談した。両首脳は{n}件の港の計画について話し合った、と報道官が述べた。",
)


def feed() -> list[bytes]:
    """Return articles in four scripts and one without letters, with copies, corrections and withdrawals in each script."""
    articles = []
    for n in range(48):
        text = TEXTS[n % 4].format(day=1 + n % 27, n=7 * n + 2)
        articles.append({"id": f"a{n}", "url": f"https://o{n % 3}.example/{n}", "source": f"Outlet {n % 3}", "body": text})  # fmt: skip
    copies = [a | {"id": f"c-{a['id']}", "url": f"https://copy.example/{a['id']}"} for a in articles[12::5]]
    changed = [a | {"body": a["body"].replace("2025", "2024")} for a in articles[5::7]]
    gone: list[dict[str, object]] = [{"url": a["url"], "withdrawn": True} for a in articles[8:12]]
    never: list[dict[str, object]] = [{"url": "https://o1.example/never", "withdrawn": True}]
    digits = [{"id": "digits", "url": "https://o1.example/digits", "body": "2025 02 14: 3 4 5 6 7 8 9"}]
    rows = [*articles, *digits, *copies, *changed, *gone, *never, articles[8], {"id": "no body"}]
    return [orjson.dumps(row) for row in rows]


def of_one_lane(found: Any) -> dict[tuple[int, int], dict[str, Any]]:  # noqa: ANN401
    """Return what one lane says of each raw record in the order in which the lanes had them, by its position, without the number."""
    raw = {(r.partition, r.offset): r for r in found.raw}
    pipeline, said = Pipeline(), {}
    for place, verdict in the_answers(found).items():
        position = RawPosition(partition=place[0], offset=place[1])
        record = raw[place]
        one = pipeline.feed(record.value, from_ms(record.timestamp), position).verdict
        assert one is not None, verdict
        said[place] = one.model_dump(exclude={"seq"})
    return said


def the_answers(found: Any) -> dict[tuple[int, int], Verdict]:  # noqa: ANN401
    """Return the verdict on each raw record, in the order of the log; on a withdrawal, that of the lane which took something back."""
    answers: dict[tuple[int, int], Verdict] = {}
    taken_back = {(v.raw.partition, v.raw.offset) for v in found.verdicts.values() if v.withdraws}
    for verdict in found.verdicts.values():
        place = (verdict.raw.partition, verdict.raw.offset)
        if verdict.kind is not VerdictKind.WITHDRAWN or verdict.withdraws or place not in taken_back:
            assert place not in answers
            answers[place] = verdict
    return answers


def as_of_one_lane(found: Any) -> bool:  # noqa: ANN401
    """Tell whether all verdicts, their groups among them, are those of one lane."""
    told = {place: verdict.model_dump(exclude={"seq"}) for place, verdict in the_answers(found).items()}
    return told == of_one_lane(found)


def in_script(log: Log, **changes: object) -> Log:
    """Return a log with a lane for each script, its topics on the broker."""
    prefix = f"s-{log.settings.topic_prefix}"
    made = log.but(dedupe_lanes="script", topic_prefix=prefix, **changes)
    asyncio.run(provision(made.settings))
    return made


async def rows(log: Log, name: str) -> list[tuple[Any, ...]]:
    """Return what stands on a topic, by partition and in its order."""
    async with Cluster(log.settings) as cluster:
        found = sorted(await log.read(cluster, name), key=lambda r: (r.partition, r.offset))
    return [(r.partition, r.key, tuple(r.headers), r.value, r.timestamp) for r in found]


def check(log: Log, found: Any, articles: list[bytes]) -> None:  # noqa: ANN401
    """Every raw record is accounted for, the numbers of each lane have no gap, and lanes hold what they should."""
    by_lane = [sorted(seq for seq in found.verdicts if seq % LANES == lane) for lane in range(LANES)]
    for lane, numbers in enumerate(by_lane):
        assert numbers == list(range(lane, lane + LANES * len(numbers), LANES))
    assert all(by_lane)
    in_log = [decode(Verdict, value) for *_, value, _ in asyncio.run(rows(log, topics.VERDICTS))]
    for lane in range(LANES):
        assert [v.seq for v in in_log if v.seq % LANES == lane] == by_lane[lane]
    assert set(found.mentions) == {seq for seq, verdict in found.verdicts.items() if verdict.kind.goes_on}

    async def count() -> Any:  # noqa: ANN401
        async with Cluster(log.settings) as cluster:
            end = await mark(cluster, log.settings)
            return await account(cluster, log.settings, dict.fromkeys(end, 0), end)

    counted = asyncio.run(count())
    assert counted.balanced, [str(r) for r in counted.rules]
    assert counted.raw == len(articles)
    withdrawals = [row for row in map(orjson.loads, articles) if row.get("withdrawn")]
    assert counted.verdicts["withdrawn"] == len(withdrawals)


def test_lanes_give_the_groups_of_one_and_a_replay_gives_the_log(log: Log) -> None:
    """Verdicts as of one lane, withdrawals in the lane of their article; killed, shared, recovered, and replayed to the byte."""
    lanes, articles = in_script(log), feed()
    with lanes.worker("first") as first:
        lanes.produce(articles[:40])
        lanes.wait_for(topics.VERDICTS, 25)
        assert first.kill() == -signal.SIGKILL
    fresh = lanes.but(data_dir=lanes.settings.data_dir / uuid.uuid4().hex)
    fresh.settings.data_dir.mkdir()
    with fresh.worker("second") as second, fresh.worker("third"):
        fresh.produce(articles[40:50])
        fresh.wait_for(topics.VERDICTS, 45)
        second.kill()
        fresh.produce(articles[50:])
        found = fresh.drain()
    check(fresh, found, articles)
    assert found.repeated == 0
    assert as_of_one_lane(found)

    answers: dict[str, set[tuple[int, tuple[str | None, ...]]]] = {}
    for seq, verdict in found.verdicts.items():
        if verdict.kind is VerdictKind.WITHDRAWN:
            back = tuple(ref.raw_id for ref in verdict.withdraws)
            answers.setdefault(str(verdict.url), set()).add((seq % LANES, back))
    others = (LANES - 1, ())
    for n in range(8, 12):
        assert answers[f"https://o{n % 3}.example/{n}"] == {(n % 4, (f"a{n}",)), others}
    assert answers["https://o1.example/never"] == {others}

    again = fresh.but(topic_prefix=f"again-{fresh.settings.topic_prefix}")
    report = asyncio.run(replay(fresh.settings, again.settings.topic_prefix, None, None))
    assert (report.articles, report.without_raw, report.redelivered) == (len(articles) - 1, 0, 0)
    for name in (topics.CLEAN, topics.VERDICTS, topics.EVENTS, topics.CURRENT):
        assert asyncio.run(rows(again, name)) == asyncio.run(rows(fresh, name)), name
    for name in (topics.UNIQUE, topics.MENTIONS):  # written by partitions side by side
        assert sorted(asyncio.run(rows(again, name))) == sorted(asyncio.run(rows(fresh, name))), name
    assert report.written[topics.EVENTS] > 0


@pytest.mark.parametrize("changes", [{"guarantee": "at_least_once"}, {"store": "rocksdb://"}])
def test_lanes_under_other_settings(log: Log, changes: dict[str, object]) -> None:
    """At least once, and with the state in RocksDB: a worker is ended and another goes on, with the groups of one lane."""
    if "store" in changes:
        pytest.importorskip("rocksdict")
    lanes, articles = in_script(log, **changes), feed()
    for part in (articles[:45], articles[45:]):
        with lanes.worker() as running:
            lanes.produce(part)
            found = lanes.drain()
            assert running.stop() == 0
    check(lanes, found, articles)
    assert as_of_one_lane(found)


async def test_the_setting_can_t_be_changed_on_topics_that_exist(log: Log) -> None:
    """A worker, a provisioner and a replay say in one line that the lanes were others when the topics were made."""
    changed = log.but(dedupe_lanes="script").settings
    for look in (provision, verify):
        with pytest.raises(TopicError, match=r"articles.clean has 1 partitions.*DRAGOMAN_DEDUPE_LANES"):
            await look(changed)
    with pytest.raises(
        Failure, match="the log has 1 lanes of deduplication, and DRAGOMAN_DEDUPE_LANES=script"
    ):
        await replay(changed, f"x-{changed.topic_prefix}", None, None)


async def test_each_lane_has_a_partition_and_verdicts_have_one(log: Log) -> None:
    """The partitions on the broker are those of the catalogue."""
    settings = log.but(dedupe_lanes="script", topic_prefix=f"p-{log.settings.topic_prefix}").settings
    await provision(settings)
    wanted = {topics.CLEAN: LANES, topics.VERDICTS: 1, topics.MENTIONS: 1}
    async with Cluster(settings) as cluster:
        partitions = await cluster.partitions(*map(settings.topic, wanted))
    assert partitions == sorted(
        TopicPartition(settings.topic(name), number)
        for name, number in itertools.chain.from_iterable(
            ((name, number) for number in range(count)) for name, count in wanted.items()
        )
    )
