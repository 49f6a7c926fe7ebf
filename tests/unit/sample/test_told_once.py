"""Events that several outlets of the sample feed tell in their own words come out once, with their sources counted."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest

from processors.pipeline import Pipeline
from schemas.article import RawPosition
from schemas.event import GeopoliticalEvent
from streams.sample import feed_files, planted

MOMENT = datetime(2025, 4, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def events() -> list[GeopoliticalEvent]:
    """Return the last revision of every event of the feed."""
    pipeline, last = Pipeline(), dict[str, GeopoliticalEvent]()
    rows = [row for file in feed_files() for row in file.read_bytes().split(b"\n") if row]
    for n, row in enumerate(rows):
        step = pipeline.feed(row, MOMENT, RawPosition(partition=0, offset=n))
        last.update((event.event_id, event) for event in step.events)
    return list(last.values())


def bare(url: str) -> str:
    """Return a URL without scheme, `www.` and the slash at its end, as far as the canonical one differs from the one given."""
    return url.removeprefix("https://").removeprefix("www.").rstrip("/")


@pytest.mark.parametrize(
    "name",
    ["South Korea's president detained", "fall of Goma", "talks in Riyadh", "strikes on the Houthis"],
)
def test_a_planted_event_has_its_sources(events: list[GeopoliticalEvent], name: str) -> None:
    """An event of one of the articles counts another outlet too: only these articles tell of it."""
    (case,) = (case for case in tomllib.loads(planted())["same_event"] if case["event"] == name)
    urls = {bare(article) for article in case["articles"]}
    told = [event for event in events if urls & {bare(e.url) for e in event.evidence if e.url}]
    assert any(event.independent_sources > 1 for event in told)


def test_nothing_corroborates_itself(events: list[GeopoliticalEvent]) -> None:
    """No event counts more sources than outlets that tell it."""
    assert all(
        event.independent_sources <= len({e.source for e in event.evidence})
        for event in events
        if event.evidence
    )
