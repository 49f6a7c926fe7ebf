"""A resolver that is restarted from its state before each article gives what one gives that never was, on whatever feed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from processors.resolve import Resolver
from schemas.actor import Modality
from schemas.mention import Mention, Mentions
from schemas.verdict import ArticleRef, Verdict, VerdictKind
from tests.unit.resolve.support import BORIC, CHILE, NOON, mention

if TYPE_CHECKING:
    from datetime import datetime

DEMAND = "They must hand over the harbour crane and the tugboat in Arica."
TOLD = [
    {"kind": "phone-call-held"},
    {"kind": "meeting-planned", "modality": Modality.PLANNED},
    {"kind": "meeting-planned", "modality": Modality.PLANNED, "when": (NOON + timedelta(days=5)).date()},
    {"kind": "meeting-held"},
    {"kind": "meeting-held", "target": (BORIC,)},
    {"kind": "meeting-held", "modality": Modality.DENIED},
    {"kind": "meeting-cancelled"},
    {"kind": "demand-made", "symmetric": False, "target": (CHILE,)},
    {"kind": "demand-made", "symmetric": False, "target": ()},
]


class Step(NamedTuple):
    """An article's new version or, without mentions, its withdrawal; some days after the one before."""

    article: str
    mentions: list[int]
    days: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from("abcde"),
        st.lists(st.integers(0, len(TOLD) - 1), max_size=3),
        st.sampled_from((0, 0, 1, 2, 5, 9, 33)),
    ),
    min_size=2,
    max_size=14,
)


def said(number: int, article: str, version: str) -> Mention:
    """Return a mention as a version of an article has it."""
    told = TOLD[number]
    text = DEMAND if told["kind"] == "demand-made" else f"{number} of {version}."
    return mention(text, article=f"{article}{version}", **told)  # type: ignore[arg-type]


def records(steps: list[Step]) -> list[tuple[Verdict, Mentions | None]]:
    """Return the verdicts and mentions of a feed."""
    made, versions = list[tuple[Verdict, Mentions | None]](), dict[str, str]()
    when: datetime = NOON
    for seq, step in enumerate(steps):
        when += timedelta(days=step.days)
        before, version = versions.get(step.article), f"v{seq}"
        gone = () if before is None else (ArticleRef(article_id=step.article, version=before),)
        kind = VerdictKind.UNIQUE if before is None else VerdictKind.REVISION
        if not step.mentions:
            kind = VerdictKind.WITHDRAWN
            versions.pop(step.article, None)
        else:
            versions[step.article] = version
        verdict = Verdict(
            seq=seq,
            article=ArticleRef(article_id=step.article, version=version),
            kind=kind,
            group=step.article,
            source=step.article,
            published_at=when,
            record_time=when,
            withdraws=() if step.mentions else gone,
        )
        told = tuple(said(number, step.article, version) for number in dict.fromkeys(step.mentions))
        mentions = Mentions(
            seq=seq,
            article_id=step.article,
            version=version,
            record_time=when,
            mentions=told,
            rules_version="r",
        )
        made.append((verdict, mentions if step.mentions else None))
    return made


def run(steps: list[Step], *, restarts: bool) -> tuple[list[bytes], dict[bytes, bytes]]:
    """Return the revisions of a feed and the state that is left."""
    log, state, resolver = list[bytes](), dict[bytes, bytes](), Resolver("r")
    for verdict, mentions in records(steps):
        if restarts:
            resolver = Resolver("r")
            resolver.restore(list(state.items()), state.get)
        resolver.verdict(verdict)
        if mentions is not None:
            resolver.mentions(mentions)
        log += [revision.encode() for revision in resolver.revisions()]
        assert resolver.failures() == []
        for key, value in resolver.changes():
            if value is None:
                state.pop(key, None)
            else:
                state[key] = value
    return log, state


@given(STEPS)
def test_restarts_leave_no_trace(steps: list[Step]) -> None:
    """Articles told, changed and taken back over days and beyond the window: the same revisions, and the same state."""
    assert run(steps, restarts=True) == run(steps, restarts=False)
