"""Verdicts from several lanes: any interleaving gives the events of each lane, with mentions early or late, and after a restart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.resolve import Resolver
from schemas.actor import Actor
from schemas.event import GeopoliticalEvent
from schemas.mention import Mention, Mentions
from schemas.verdict import ArticleRef, Verdict, VerdictKind
from tests.unit.resolve.support import NOON, mention

LANES = 3
KINDS = ("phone-call-held", "visit-made", "phone-call-held", "visit-made")


def actor(code: str) -> Actor:
    """Return the government of a country."""
    return Actor(name=code, key=code, country=code, sector="GOV")


def lane_mention(article: str, lane: int, kind: str) -> Mention:
    """Return a mention of one thing between two countries that only its lane tells of."""
    one, other = (actor(codes[lane]) for codes in (("PER", "FRA", "JPN"), ("CHL", "DEU", "IND")))
    return mention(f"{article} tells.", kind=kind, source=(one,), target=(other,), article=article)


def lane_log(lane: int) -> tuple[list[Verdict], list[Mentions]]:
    """Return what one lane writes: three articles on two things, a copy, and the withdrawal of the first."""
    names = [f"l{lane}a", f"l{lane}b", f"l{lane}copy", f"l{lane}c", f"l{lane}a"]
    kinds = [
        VerdictKind.UNIQUE,
        VerdictKind.UNIQUE,
        VerdictKind.EXACT,
        VerdictKind.UNIQUE,
        VerdictKind.WITHDRAWN,
    ]
    verdicts, mentions = [], []
    for n, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        seq = n * LANES + lane
        back = (ArticleRef(article_id=name, version="v"),) if kind is VerdictKind.WITHDRAWN else ()
        verdicts.append(
            Verdict(
                seq=seq, article=ArticleRef(article_id=name, version="v"), kind=kind, group=name, source=name,
                published_at=NOON, record_time=NOON, withdraws=back,
            )
        )  # fmt: skip
        if kind.goes_on:
            mentions.append(
                Mentions(
                    seq=seq, article_id=name, version="v", record_time=NOON, published_at=NOON,
                    mentions=(lane_mention(name, lane, KINDS[n]),), rules_version="rules",
                )
            )  # fmt: skip
    return verdicts, mentions


def lane_events(lane: int) -> list[GeopoliticalEvent]:
    """Return the revisions of one lane on its own."""
    resolver = Resolver("rules", lanes=LANES)
    verdicts, mentions = lane_log(lane)
    for told in mentions:
        resolver.mentions(told)
    for verdict in verdicts:
        resolver.verdict(verdict)
    return resolver.advance()


class Moving:
    """A resolver that can be ended and taken up again from its state."""

    def __init__(self) -> None:
        self.resolver = Resolver("rules", lanes=LANES)
        self.state: dict[bytes, bytes] = {}

    def step(self, record: Verdict | Mentions) -> list[GeopoliticalEvent]:
        """Hand over a record and keep the state."""
        if isinstance(record, Verdict):
            self.resolver.verdict(record)
        else:
            self.resolver.mentions(record)
        made = self.resolver.advance()
        for key, value in self.resolver.changes():
            if value is None:
                self.state.pop(key, None)
            else:
                self.state[key] = value
        return made

    def restart(self) -> None:
        """Go on with a new resolver."""
        self.resolver = Resolver("rules", lanes=LANES)
        self.resolver.restore(self.state.items())


def interleaved(choices: st.DataObject) -> tuple[list[Verdict], list[Mentions]]:
    """Return the verdicts of all lanes in a drawn interleaving, and the mentions in a drawn order."""
    logs = [lane_log(lane) for lane in range(LANES)]
    turns = choices.draw(st.permutations([lane for lane, (verdicts, _) in enumerate(logs) for _ in verdicts]))
    rest = [iter(verdicts) for verdicts, _ in logs]
    mentions = choices.draw(st.permutations([m for _, ms in logs for m in ms]))
    return [next(rest[lane]) for lane in turns], mentions


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_interleaving_gives_the_events_of_each_lane(data: st.DataObject) -> None:
    """Revisions leave in the order of the verdicts, each lane's as it gives them alone, whenever mentions come, and over restarts."""
    verdicts, mentions = interleaved(data)
    inputs: list[Verdict | Mentions] = []
    left, right = [*verdicts], [*mentions]
    while left or right:
        take_verdict = left and (not right or data.draw(st.booleans()))
        inputs.append(left.pop(0) if take_verdict else right.pop(0))
    moving, log = Moving(), list[GeopoliticalEvent]()
    for n, record in enumerate(inputs):
        if data.draw(st.booleans()):
            moving.restart()
        log += moving.step(record)
        if data.draw(st.booleans()):
            log += moving.step(inputs[data.draw(st.integers(0, n))])
    assert moving.resolver.pending == 0
    order = {verdict.seq: place for place, verdict in enumerate(verdicts)}
    places = [order[event.cause.seq] for event in log]
    assert places == sorted(places)
    for lane in range(LANES):
        assert [event for event in log if event.cause.seq % LANES == lane] == lane_events(lane)


def test_verdicts_wait_in_the_order_in_which_they_came() -> None:
    """A queue taken up from state has the log's order over all lanes, not that of the numbers; what comes again is not queued."""
    moving = Moving()
    logs = [lane_log(lane) for lane in range(LANES)]
    came = [logs[2][0][0], logs[2][0][1], logs[0][0][0], logs[1][0][0], logs[0][0][1]]
    for verdict in came:
        moving.step(verdict)
    moving.restart()
    for verdict in came:
        moving.step(verdict)
    assert moving.resolver.pending == len(came)
    log = [event for _, mentions in logs for told in mentions for event in moving.step(told)]
    assert [event.cause.seq for event in log] == [verdict.seq for verdict in came]


def test_one_lane_keeps_its_state_as_ever() -> None:
    """With one lane the keys are the numbers of the verdicts and one `n`, so that older state is read."""
    resolver = Resolver("rules")
    ref = ArticleRef(article_id="a", version="v")
    for seq in range(2):
        resolver.verdict(
            Verdict(seq=seq, article=ref, kind=VerdictKind.WITHDRAWN, group="a", record_time=NOON)
        )
    waiting = Verdict(seq=2, article=ref, kind=VerdictKind.UNIQUE, group="a", record_time=NOON)
    resolver.verdict(waiting)
    resolver.advance()
    state = dict(resolver.changes())
    assert state[b"n"] == (2).to_bytes(8, "big")
    # What was resolved before the state was asked for never stood there, and need not be taken away.
    assert [key for key in state if key.startswith(b"v")] == [b"v" + (2).to_bytes(8, "big")]
