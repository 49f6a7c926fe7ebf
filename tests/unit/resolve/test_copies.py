"""Copies that could stand in for a withdrawn article: which count, which comes next, and what is left after a restart and a window."""

from __future__ import annotations

from datetime import timedelta

from processors.resolve import Resolver
from processors.resolve.copies import MOST, Copies
from processors.resolve.state import State
from schemas.mention import Mentions
from schemas.verdict import ArticleRef, Edge, Verdict, VerdictKind
from tests.unit.resolve.support import NOON, mention

LEAD = ArticleRef(article_id="lead", version="v1")
WINDOW = timedelta(days=30)


def copy(name: str, *to: ArticleRef, day: int = 0, kind: VerdictKind = VerdictKind.EXACT) -> Verdict:
    """Return the verdict on a copy that has the text of each of `to`."""
    return Verdict(
        seq=1, article=ArticleRef(article_id=name, version="c"), kind=VerdictKind.EXACT, group="lead", duplicate_of=LEAD,
        edges=tuple(Edge(kind=kind, to=ref, similarity=1, containment=1, reason="same-content") for ref in to or (LEAD,)),
        url=f"https://{name}.example/1", source=name, record_time=NOON + timedelta(days=day),
    )  # fmt: skip


def test_the_next_copy_stands_in_and_then_the_one_after_it() -> None:
    """Copies come up in the order of arrival; one that was withdrawn meanwhile does not."""
    copies = Copies(State(), WINDOW)
    for name in ("a", "b", "c"):
        copies.add(copy(name))
    copies.drop("b")
    found = []
    ref: ArticleRef = LEAD
    while (one := copies.succeed(ref)) is not None:
        found.append(one.article_id)
        ref = ArticleRef(article_id=one.article_id, version=one.version)
    assert found == ["a", "c"]


def test_only_the_text_of_the_version_counts() -> None:
    """A copy of a copy has its text; what is exact to an edited copy has not, and no copy has that of a later version."""
    copies = Copies(State(), WINDOW)
    copies.add(copy("a"))
    copies.add(copy("b", ArticleRef(article_id="a", version="c")))
    copies.add(copy("x", ArticleRef(article_id="edited", version="e")))
    copies.add(copy("y", LEAD, kind=VerdictKind.NEAR))
    assert [one.article_id for one in copies.of("lead")] == ["a", "b"]
    assert copies.succeed(ArticleRef(article_id="lead", version="v2")) is None
    one = copies.succeed(LEAD)
    assert one is not None
    assert one.url == "https://a.example/1"


def test_copies_are_few_and_each_once() -> None:
    """Beyond a handful copies are not remembered, nor is the same one again, nor the article itself fetched again."""
    copies = Copies(State(), WINDOW)
    for name in ("a", "a", "lead", "b", "c", "d", "e"):
        copies.add(copy(name))
    assert [one.article_id for one in copies.of("lead")] == ["a", "b", "c", "d"]
    assert len(copies.of("lead")) == MOST


def test_a_restart_and_the_window() -> None:
    """What was restored gives the same copy, and what came before the window is forgotten."""
    state = State()
    copies = Copies(state, WINDOW)
    copies.add(copy("a"))
    kept = {key: value for key, value in state.changes() if value is not None}
    left = State()
    left.lean_on(kept.get)
    again = Copies(left, WINDOW)
    for key, value in kept.items():
        again.restore(key[1:].decode(), value)
    assert again.of("lead") == copies.of("lead")
    again.expire(NOON.date() + WINDOW)
    assert left.changes() == []
    again.expire(NOON.date() + WINDOW + timedelta(days=1))
    assert left.changes() == [(b"clead", None)]
    assert copies.succeed(LEAD) is not None


def test_the_resolver_knows_its_copies_after_a_restart() -> None:
    """The first copy is withdrawn after a restart, and its event stands on the copy that came before it."""
    told = mention("Peru and Chile spoke by telephone.", article="lead").model_copy(
        update={"mention_id": "m"}
    )
    told = told.model_copy(update={"evidence": told.evidence.model_copy(update={"version": "v1"})})
    first = Verdict(
        seq=0, article=LEAD, kind=VerdictKind.UNIQUE, group="lead", source="lead", record_time=NOON
    )
    gone = first.model_copy(update={"seq": 2, "kind": VerdictKind.WITHDRAWN, "withdraws": (LEAD,)})
    resolver, state = Resolver("rules"), dict[bytes, bytes | None]()
    resolver.mentions(
        Mentions(
            seq=0, article_id="lead", version="v1", record_time=NOON, mentions=(told,), rules_version="rules"
        )
    )
    resolver.verdict(first)
    resolver.verdict(copy("a"))
    (event,) = resolver.advance()
    state.update(resolver.changes())
    again = Resolver("rules")
    again.restore((key, value) for key, value in state.items() if value is not None)
    for one in (resolver, again):
        one.verdict(gone)
        (after,) = one.advance()
        assert (after.event_id, after.status, after.revision) == (event.event_id, "reported", 2)
        assert [e.article_id for e in after.evidence] == ["a"]
        assert one.failures() == []
    assert dict(resolver.changes()) == dict(again.changes())
