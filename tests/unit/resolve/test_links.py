"""A plan and what became of it, an act and its denial: what is linked, what is not, and what a retraction undoes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest

from processors.resolve import Resolver
from processors.resolve.links import End, Link, Links
from processors.resolve.state import State
from schemas.actor import Actor, Modality
from schemas.event import GeopoliticalEvent, Status
from schemas.mention import Mention, Mentions
from schemas.verdict import ArticleRef, Verdict, VerdictKind
from tests.unit.resolve.support import BORIC, CHILE, NOON, PERU, VAN_KLAVEREN, mention

BOLIVIA = Actor(name="Bolivia", key="BOL", country="BOL", sector="GOV")
PLAN = {"kind": "meeting-planned", "modality": Modality.PLANNED}
MET = {"kind": "meeting-held"}
FRIDAY = date(2025, 3, 7)


class Log:
    """A resolver that is restarted before each article, and the last revision of each event."""

    def __init__(self) -> None:
        self.state: dict[bytes, bytes] = {}
        self.numbers = count()
        self.last: dict[str, GeopoliticalEvent] = {}

    def article(
        self, name: str, *mentions: Mention, day: int = 0, gone: bool = False
    ) -> list[GeopoliticalEvent]:
        """Feed an article, or its withdrawal; return the revisions."""
        resolver = Resolver("rules")
        resolver.restore(self.state.items())
        seq, when = next(self.numbers), NOON + timedelta(days=day)
        ref = ArticleRef(article_id=name, version="v")
        kind = VerdictKind.WITHDRAWN if gone else VerdictKind.UNIQUE
        resolver.verdict(
            Verdict(
                seq=seq, article=ref, kind=kind, group=name, source=name, published_at=when, record_time=when,
                withdraws=(ref,) if gone else (),
            )
        )  # fmt: skip
        if not gone:
            resolver.mentions(
                Mentions(seq=seq, article_id=name, version="v", record_time=when, mentions=mentions, rules_version="rules")
            )  # fmt: skip
        made = resolver.advance()
        assert resolver.failures() == []
        for key, value in resolver.changes():
            if value is None:
                self.state.pop(key, None)
            else:
                self.state[key] = value
        self.last.update((event.event_id, event) for event in made)
        return made


def test_a_plan_is_fulfilled_and_stands_again_when_the_fact_is_taken_back() -> None:
    """The fact names the plan, the plan gets a revision of that cause, and both go back when nobody tells the fact any more."""
    log = Log()
    (plan,) = log.article("a", mention("They will meet.", **PLAN, when=FRIDAY, article="a"))
    fact, done = log.article("b", mention("They met.", **MET, article="b"), day=4)
    assert (fact.status, fact.fulfils, fact.revision) == (Status.REPORTED, plan.event_id, 1)
    assert (done.event_id, done.status, done.revision, done.cause.id) == (
        plan.event_id,
        Status.FULFILLED,
        2,
        "b",
    )
    assert done.patch == {"status": "reported"}
    (again,) = log.article("c", mention("They talked.", **MET, article="c"), day=4)
    assert (again.status, again.fulfils) == (Status.CORROBORATED, plan.event_id)
    log.article("c", gone=True, day=5)
    log.article("b", gone=True, day=5)
    assert (log.last[fact.event_id].status, log.last[fact.event_id].fulfils) == (Status.RETRACTED, None)
    assert log.last[plan.event_id].status is Status.REPORTED


def test_a_plan_that_comes_in_after_its_fact_is_linked_as_if_it_had_come_before() -> None:
    """The article that told the plan was held up, as by a dead letter: event and plan know each other all the same."""
    plan = mention("They will meet.", **PLAN, when=FRIDAY, article="a")
    log = Log()
    (fact,) = log.article("b", mention("They met.", **MET, article="b"), day=4)
    fulfilled, again = sorted(log.article("a", plan), key=lambda e: e.type != "meeting-planned")
    assert (fulfilled.status, fulfilled.revision) == (Status.FULFILLED, 1)
    assert (again.event_id, again.fulfils, again.revision) == (fact.event_id, fulfilled.event_id, 2)


def test_a_plan_is_fulfilled_by_what_any_of_its_mentions_foretold() -> None:
    """An outlet's plan of its own day joins that of an earlier one, which its own report fulfils, in whichever order they come in."""
    early = mention("They will meet.", **PLAN, article="a")
    later = (mention("They met.", **MET, article="b"), mention("They will meet on.", **PLAN, article="b"))
    told = []
    for names in ("ab", "ba"):
        log = Log()
        for name in names:
            log.article(name, *((early,) if name == "a" else later), day=0 if name == "a" else 2)
        told.append(sorted((e.type, e.status, len(e.mentions)) for e in log.last.values()))
    assert told[0] == told[1]
    assert ("meeting-planned", Status.FULFILLED, 2) in told[0]


def test_a_plan_is_called_off() -> None:
    """A cancellation ends the plan of the same pair, whoever calls off."""
    log = Log()
    (plan,) = log.article("a", mention("They will meet.", **PLAN, when=FRIDAY, article="a"))
    off = mention(
        "Chile cancelled it.", kind="meeting-cancelled", source=(CHILE,), target=(PERU,), symmetric=False, article="b"
    )  # fmt: skip
    log.article("b", off, day=1)
    assert log.last[plan.event_id].status is Status.CANCELLED


@pytest.mark.parametrize(
    ("fact", "day"),
    [
        (mention("They met.", **MET, target=(BOLIVIA,), article="b"), 4),
        (mention("They met.", **MET, when=date(2025, 3, 5), article="b"), 2),
        (mention("They met.", **MET, when=date(2025, 2, 20), article="b"), 1),
        (mention("They met.", **MET, article="b"), 6),
        (mention("They met.", **MET, target=(VAN_KLAVEREN,), article="b"), 4),
        (mention("They spoke.", article="b"), 4),
        (mention("They did not meet.", **MET, modality=Modality.DENIED, article="b"), 4),
    ],
    ids=["another pair", "another day", "long before", "days later", "another minister", "a call", "denied"],
)
def test_what_fulfils_no_plan(fact: Mention, day: int) -> None:
    """Another pair, day, person or act is not what was planned for Friday."""
    log = Log()
    (plan,) = log.article("a", mention("They will meet.", **PLAN, when=FRIDAY, target=(BORIC,), article="a"))
    (event,) = log.article("b", fact, day=day)
    assert event.fulfils is None
    assert log.last[plan.event_id].status is Status.REPORTED


def test_one_article_fulfils_no_plan_of_its_own() -> None:
    """Leaders who agreed to hold talks had met for that."""
    made = Log().article(
        "a",
        mention("They will meet.", **PLAN),
        mention("They met.", **MET),
    )
    assert [event.fulfils for event in made] == [None, None]


def test_of_two_plans_the_latest_is_fulfilled_once() -> None:
    """A meeting is that of the plan told last; the next one is that of the other."""
    log = Log()
    (early,) = log.article("a", mention("They will meet.", **PLAN, article="a"))
    (late,) = log.article("b", mention("They will meet soon.", **PLAN, article="b"), day=5)
    first, _ = log.article("c", mention("They met.", **MET, article="c"), day=6)
    second, _ = log.article("d", mention("They met again.", **MET, article="d"), day=12)
    assert [first.fulfils, second.fulfils] == [late.event_id, early.event_id]


def test_a_denial_of_another_outlet_contradicts() -> None:
    """Both stand as contradicted, and the fact as reported once the denial is taken back; an outlet does not contradict itself."""
    log = Log()
    (fact,) = log.article("a", mention("They met.", **MET, article="a"))
    denied = mention("They never met.", **MET, modality=Modality.DENIED, article="b")
    log.article("b", denied, day=1)
    assert {event.status for event in log.last.values()} == {Status.CONTRADICTED}
    log.article("b", gone=True, day=1)
    assert log.last[fact.event_id].status is Status.REPORTED
    both = (mention("They met.", **MET), mention("They never met.", **MET, modality=Modality.DENIED))
    assert [event.status for event in Log().article("a", *both)] == [Status.REPORTED] * 2


PLANNED, DONE = End("plan", 1), End("fact", 2)


def test_a_link_outlives_the_event_that_closes_first() -> None:
    """A fact still names its plan when the plan is closed; with both closed nothing is left."""
    state = State()
    links = Links(state)
    links.add(Link.FULFILS, PLANNED, DONE)
    links.close("plan", lambda event_id, article: (event_id, article) == DONE)
    assert links.fulfilled("fact") == "plan"
    links.close("fact", lambda *_: False)
    assert links.fulfilled("fact") is None
    assert dict(state.changes()) == {b"lplan": None, b"lfact": None}


def test_of_several_links_the_firmest_gives_the_status() -> None:
    """A plan that was called off is cancelled whatever else is said of it; what fulfils is not changed by that."""
    a, b, c, d = (End(name, at) for at, name in enumerate("abcd"))
    state = State()
    links = Links(state)
    links.add(Link.DENIES, a, b)
    links.add(Link.FULFILS, a, c)
    links.add(Link.CALLS_OFF, a, d)
    kept = dict(state.changes())
    left = State()
    left.lean_on(kept.get)
    again = Links(left)
    for key in kept:
        again.restore(key[1:].decode())
    for one in (links, again):
        assert [one.status(e) for e in "abcd"] == [Status.CANCELLED, Status.CONTRADICTED, None, None]
        assert one.drop("d") == [a]
        assert one.status("a") is Status.FULFILLED
