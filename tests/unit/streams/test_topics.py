"""The catalogue: lanes have one partition, events are kept for ever, dead letters have room for any original."""

import pytest

from streams import topics
from streams.settings import Settings
from streams.topics import CHECKED, catalogue

SETTINGS = Settings(partitions=4, topic_prefix="p.", retention_days=2)


def test_what_a_lane_reads_has_one_partition() -> None:
    """Deduplication and resolution see one order, and their state is copartitioned with it."""
    lanes = (topics.CLEAN, topics.VERDICTS, topics.MENTIONS, "dedupe-changelog", "resolve-changelog")
    assert {catalogue(SETTINGS)[name].partitions for name in lanes} == {1}


def test_what_scales_has_many() -> None:
    """Cleaning, coding and consumers scale with the partitions of the settings."""
    parallel = (topics.RAW, topics.UNIQUE, topics.EVENTS, topics.CURRENT)
    assert {catalogue(SETTINGS)[name].partitions for name in parallel} == {4}


def test_events_and_dead_letters_are_kept_for_ever() -> None:
    """The product and what could not be used do not expire, whatever the retention of articles is."""
    kept = {name: topic.config["retention.ms"] for name, topic in catalogue(SETTINGS).items()}
    assert kept[topics.EVENTS] == kept[topics.DEAD_LETTERS] == "-1"
    assert kept[topics.RAW] == str(2 * 24 * 3600 * 1000)
    assert catalogue(Settings())[topics.RAW].config["retention.ms"] == "-1"


def test_only_raw_articles_get_the_brokers_time() -> None:
    """The clock of the system is when the broker took the raw record; derived records carry that time."""
    stamped = {
        n for n, t in catalogue(SETTINGS).items() if t.config["message.timestamp.type"] == "LogAppendTime"
    }
    assert stamped == {topics.RAW}


def test_a_dead_letter_can_hold_any_raw_article() -> None:
    """The limit of dead letters is above that of raw articles."""
    limits = {name: int(topic.config["max.message.bytes"]) for name, topic in catalogue(SETTINGS).items()}
    assert limits[topics.DEAD_LETTERS] > limits[topics.RAW]


def test_only_state_and_the_present_are_compacted() -> None:
    """The event log keeps every revision; what is compacted is derived from it or from a stage."""
    compacted = {n for n, t in catalogue(SETTINGS).items() if t.config["cleanup.policy"] == "compact"}
    assert compacted == {topics.CURRENT, topics.HANDLED, "dedupe-changelog", "resolve-changelog"}


def test_changelogs_have_faust_s_names() -> None:
    """Faust recovers a table from a topic of this name and no other."""
    assert topics.changelog(SETTINGS, topics.DEDUPE_TABLE) == "p.dragoman-dedupe-changelog"


@pytest.mark.parametrize("name", list(catalogue(SETTINGS)))
def test_every_topic_says_what_it_holds(name: str) -> None:
    """Key, content, prefix and the settings that are verified are there for each topic."""
    topic = catalogue(SETTINGS)[name]
    assert topic.key
    assert topic.holds
    assert topic.full_name.startswith("p.")
    assert all(setting in topic.config for setting in CHECKED)
