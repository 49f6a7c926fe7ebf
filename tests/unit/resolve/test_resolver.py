"""Mentions become events: restatement, corroboration, revision, withdrawal, and the same after an interruption."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from processors.resolve import Resolver
from schemas.actor import Modality
from schemas.event import GeopoliticalEvent, Status
from schemas.mention import Mention, Mentions
from schemas.verdict import ArticleRef, Verdict, VerdictKind
from tests.unit.resolve.support import BORIC, NOON, VAN_KLAVEREN, mention

if TYPE_CHECKING:
    from processors.resolve.opened import Open


class Feed:
    """Hands articles to a resolver, one verdict and one mentions record each."""

    def __init__(self, resolver: Resolver | None = None) -> None:
        self.resolver = resolver or Resolver("rules")
        self.numbers = count()
        self.log: list[GeopoliticalEvent] = []

    def article(
        self,
        name: str,
        *mentions: Mention,
        kind: VerdictKind = VerdictKind.UNIQUE,
        version: str = "v1",
        group: str | None = None,
        day: int = 0,
        recorded: int | None = None,
        withdraws: tuple[ArticleRef, ...] = (),
        merges: tuple[str, ...] = (),
        error: str | None = None,
    ) -> list[GeopoliticalEvent]:
        """Feed one article version and return the revisions that came of it."""
        seq = next(self.numbers)
        when = NOON + timedelta(days=day)
        arrival = when if recorded is None else NOON + timedelta(days=recorded)
        ref = ArticleRef(article_id=name, version=version)
        self.resolver.verdict(
            Verdict(
                seq=seq, article=ref, kind=kind, group=group or name, source=f"{name} outlet", published_at=when,
                record_time=arrival, withdraws=withdraws, merges=merges,
            )
        )  # fmt: skip
        if kind.goes_on:
            self.resolver.mentions(
                Mentions(
                    seq=seq, article_id=name, version=version, record_time=arrival, published_at=when,
                    mentions=mentions, rules_version="rules", error=error,
                )
            )  # fmt: skip
        made = self.resolver.advance()
        self.log += made
        return made


def test_restatements_in_one_article_are_one_event() -> None:
    """A headline and two sentences on one call give one event with three pieces of evidence and one source."""
    made = Feed().article("a", mention("One."), mention("Two."), mention("Three."))
    assert [(e.revision, e.status, len(e.evidence), e.independent_sources) for e in made] == [
        (1, Status.REPORTED, 3, 1)
    ]


def test_different_people_of_one_country_are_different_events() -> None:
    """Calls of Peru with two different Chileans are two calls."""
    made = Feed().article("a", mention("One.", target=(BORIC,)), mention("Two.", target=(VAN_KLAVEREN,)))
    assert len({e.event_id for e in made}) == 2


def test_a_vaguer_word_joins_the_exact_one() -> None:
    """Talks and a call of one pair on one day are one event, described by the exact type; a meeting is another."""
    made = Feed().article(
        "a", mention("One.", kind="talks-held"), mention("Two."), mention("Three.", kind="meeting-held")
    )
    assert [(e.type, len(e.evidence)) for e in made] == [("phone-call-held", 2), ("meeting-held", 1)]


def test_two_objects_are_two_events() -> None:
    """One speaker who dismisses two goals makes two events."""
    about = {"kind": "goal-dismissed", "symmetric": False}
    made = Feed().article(
        "a",
        mention("S.", about="join the alliance", **about),
        mention("S.", about="regain the island", **about),
    )
    assert [e.object for e in made] == ["join the alliance", "regain the island"]


def test_a_second_outlet_corroborates_and_a_copy_does_not() -> None:
    """An independent report makes the event corroborated; an article of the same group of copies adds no source."""
    feed = Feed()
    (first,) = feed.article("a", mention("One."))
    (same_wire,) = feed.article("b", mention("Two.", article="b"), group="a")
    (other,) = feed.article("c", mention("Three.", article="c"))
    assert (same_wire.event_id, same_wire.status, same_wire.independent_sources) == (
        first.event_id,
        Status.REPORTED,
        1,
    )
    assert (other.event_id, other.status, other.independent_sources) == (
        first.event_id,
        Status.CORROBORATED,
        2,
    )
    assert other.patch is not None
    assert other.patch["status"] == "reported"
    assert feed.article("d", kind=VerdictKind.EXACT) == []


def test_stated_days_apart_are_different_events() -> None:
    """Two calls with days of their own a week apart are told apart, though one article tells both."""
    made = Feed().article(
        "a", mention("One.", when=date(2025, 2, 20)), mention("Two.", when=date(2025, 2, 27))
    )
    assert len(made) == 2


def test_a_plan_is_never_merged_into_a_fact() -> None:
    """The same dyad and type with another modality is another event."""
    made = Feed().article("a", mention("One."), mention("Two.", modality=Modality.DENIED))
    assert [e.modality for e in made] == [Modality.FACTUAL, Modality.DENIED]


def test_a_revision_retracts_what_only_the_old_version_told() -> None:
    """The new version's own mention keeps its event going; the dropped one is retracted, evidence gone, patch kept."""
    feed = Feed()
    call, visit = feed.article("a", mention("One."), mention("Two.", kind="visit-made", symmetric=False))
    made = feed.article("a", mention("One again."), kind=VerdictKind.REVISION, version="v2", day=1)
    by_id = {e.event_id: e for e in made}
    assert by_id[visit.event_id].status is Status.RETRACTED
    assert by_id[visit.event_id].evidence == ()
    assert by_id[call.event_id].status is not Status.RETRACTED
    assert by_id[call.event_id].event_id == call.event_id
    assert {e.revision for e in made} == {2}


def test_a_revision_whose_coding_failed_retracts_nothing() -> None:
    """Where coding the new version failed, the old version's events stand."""
    feed = Feed()
    feed.article("a", mention("One."))
    assert feed.article("a", kind=VerdictKind.REVISION, version="v2", error="too deep") == []


def test_withdrawal_retracts_and_leaves_other_sources() -> None:
    """An event that another outlet tells too survives the withdrawal of one; alone it is retracted."""
    feed = Feed()
    feed.article("a", mention("One."), mention("Two.", kind="visit-made", symmetric=False))
    feed.article("b", mention("Three.", article="b"))
    made = feed.article(
        "a", kind=VerdictKind.WITHDRAWN, withdraws=(ArticleRef(article_id="a", version="v1"),)
    )
    assert {e.type: e.status for e in made} == {
        "phone-call-held": Status.REPORTED,
        "visit-made": Status.RETRACTED,
    }
    assert {e.cause.kind for e in made} == {"withdrawal"}


def test_mentions_may_come_before_their_verdict_and_twice() -> None:
    """The order of the two inputs and their repetition change nothing in what is published."""
    usual = Feed()
    usual.article("a", mention("One."))
    usual.article("b", mention("Two.", article="b"))
    early = Resolver("rules")
    records = []
    for seq, name in enumerate("ab"):
        when = NOON
        m = Mentions(
            seq=seq, article_id=name, version="v1", record_time=when, published_at=when, rules_version="rules",
            mentions=(mention("One." if name == "a" else "Two.", article=name),),
        )  # fmt: skip
        v = Verdict(
            seq=seq, article=ArticleRef(article_id=name, version="v1"), kind=VerdictKind.UNIQUE, group=name,
            source=f"{name} outlet", published_at=when, record_time=when,
        )  # fmt: skip
        records.append((v, m))
    log = []
    for _, m in reversed(records):
        early.mentions(m)
        log += early.advance()
    for v, m in records:
        early.verdict(v)
        early.verdict(v)
        early.mentions(m)
        log += early.advance()
    assert log == usual.log
    assert early.pending == 0


@pytest.mark.parametrize("stop", range(6))
def test_restore_gives_what_an_uninterrupted_run_gives(stop: int) -> None:
    """State taken up from the changelog after any article continues bit for bit."""

    def run(feed: Feed, state: dict[bytes, bytes], interrupt: int | None) -> list[GeopoliticalEvent]:
        steps = [
            lambda f: f.article("a", mention("One."), mention("Two.", kind="visit-made", symmetric=False)),
            lambda f: f.article("b", mention("Three.", article="b"), group="b"),
            lambda f: f.article("c", mention("Four.", article="c"), group="c", merges=("b",)),
            lambda f: f.article("a", mention("Five."), kind=VerdictKind.REVISION, version="v2"),
            lambda f: f.article(
                "b", kind=VerdictKind.WITHDRAWN, withdraws=(ArticleRef(article_id="b", version="v1"),)
            ),
            lambda f: f.article("e", mention("Six.", article="e"), day=40),
        ]
        for index, step in enumerate(steps):
            if index == interrupt:
                fresh = Resolver("rules")
                fresh.restore(state.items())
                feed.resolver = fresh
            step(feed)
            for key, value in feed.resolver.changes():
                if value is None:
                    state.pop(key, None)
                else:
                    state[key] = value
        return feed.log

    assert run(Feed(), {}, stop) == run(Feed(), {}, None)


def test_events_that_were_let_go_come_back_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event that is kept as bytes is corroborated, revised and retracted like one that was just told."""

    def run() -> list[GeopoliticalEvent]:
        feed = Feed()
        for day, kind in enumerate(("phone-call-held", "meeting-held", "visit-made", "talks-held")):
            feed.article(f"a{day}", mention("One.", kind=kind, article=f"a{day}"), day=day)
        feed.article("b", mention("Two.", article="b", when=date(2025, 3, 3)), group="b", day=1)
        feed.article("c", mention("Three.", article="c", when=date(2025, 3, 4)), group="c", day=9)
        feed.article("a1", mention("Four.", article="a1"), kind=VerdictKind.REVISION, version="v2", day=3)
        gone = (ArticleRef(article_id="a2", version="v1"),)
        feed.article("a2", kind=VerdictKind.WITHDRAWN, withdraws=gone, day=4)
        return feed.log

    ready = run()
    monkeypatch.setattr("processors.resolve.events.HOT", 0)
    assert run() == ready
    assert {e.status for e in ready} >= {Status.CORROBORATED, Status.RETRACTED}


def test_an_event_outside_the_window_is_closed() -> None:
    """A like event told long after the window is a new event, and the old one's state is dropped."""
    feed = Feed()
    (old,) = feed.article("a", mention("One."))
    feed.article("b", mention("Two.", article="b", kind="visit-made"), day=45)
    assert (b"e" + old.event_id.encode(), None) in feed.resolver.changes()


def test_a_backlog_out_of_order_closes_nothing() -> None:
    """An article of months later that is read first, from another partition, does not close the events of those before."""
    feed = Feed()
    (first,) = feed.article("a", mention("One."), recorded=90)
    feed.article("b", mention("Two.", article="b", kind="visit-made"), day=80, recorded=90)
    (second,) = feed.article("c", mention("Three.", article="c"), recorded=90)
    assert (second.event_id, second.status) == (first.event_id, Status.CORROBORATED)


def test_groups_that_join_in_a_circle_are_one() -> None:
    """A group that joins itself, and two that join each other, neither hang nor count twice."""
    feed = Feed()
    feed.article("a", mention("One."), merges=("a",))
    feed.article("b", mention("Two.", article="b"), group="b", merges=("a",))
    (last,) = feed.article("c", mention("Three.", article="c"), group="a", merges=("b", "a"))
    assert (last.independent_sources, last.status) == (1, Status.REPORTED)


def test_one_verdict_that_fails_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts resolved in one call, one of which raises: the others' revisions come, it is told by number, and the state goes on."""
    feed, undisturbed = Feed(), Feed()
    tell = Resolver._tell

    def broken(resolver: Resolver, verdict: Verdict, mentions: Mentions, *rest: object) -> None:
        tell(resolver, verdict, mentions, *rest)  # type: ignore[arg-type]
        if verdict.article.article_id == "b" and resolver is feed.resolver:
            msg = "odd\nmention"
            raise ValueError(msg)

    monkeypatch.setattr(Resolver, "_tell", broken)
    first = mention("One.", article="a", when=date(2025, 3, 3))
    third = mention("Three.", article="c", when=date(2025, 3, 3))
    advance, waiting = feed.resolver.advance, list[GeopoliticalEvent]
    monkeypatch.setattr(feed.resolver, "advance", waiting)
    feed.article("a", first)
    feed.article("b", mention("Two.", article="b", when=date(2025, 3, 3)))
    feed.article("c", third)
    made = advance()
    undisturbed.article("a", first)
    next(undisturbed.numbers)
    undisturbed.article("c", third)
    said = [(e.event_id, e.revision, e.status, [x.sentence for x in e.evidence]) for e in made]
    assert said == [
        (e.event_id, e.revision, e.status, [x.sentence for x in e.evidence]) for e in undisturbed.log
    ]
    assert len(said) == 2
    assert feed.resolver.failures() == ["verdict 1 of article b: ValueError: odd mention"]
    assert (feed.resolver.failures(), feed.resolver.pending) == ([], 0)


def test_one_event_that_fails_leaves_the_article_s_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event that can't be described is told as a failure and does not stay half changed; the article's other event is published."""
    feed = Feed()
    feed.article("a", mention("One."))
    revise = Resolver._revise

    def broken(resolver: Resolver, event: Open, verdict: Verdict) -> GeopoliticalEvent | None:
        if event.published:
            raise KeyError("type")
        return revise(resolver, event, verdict)

    with monkeypatch.context() as patch:
        patch.setattr(Resolver, "_revise", broken)
        made = feed.article(
            "b", mention("Two.", article="b"), mention("Met.", kind="meeting-held", article="b")
        )
    assert [(e.type, e.revision) for e in made] == [("meeting-held", 1)]
    assert feed.resolver.failures() == ["verdict 1 of article b: KeyError: 'type'"]
    (again,) = feed.article("c", mention("Three.", article="c"))
    assert [e.sentence for e in again.evidence] == ["One.", "Three."]
