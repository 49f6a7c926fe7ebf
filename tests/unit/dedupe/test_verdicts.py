"""Verdicts: what an article is called, what it leads to, and what the window and withdrawals do to that."""

from datetime import UTC, datetime, timedelta

import pytest

from processors.dedupe import Deduper
from schemas.verdict import VerdictKind
from tests.unit.dedupe.articles import START, article, judge
from tests.unit.dedupe.corpus import TEMPLATES, fill

TEXT = fill(TEMPLATES[6], 0)
OTHER = fill(TEMPLATES[7], 0)
EDITED = TEXT.replace(", among them several children", "") + "\nReporting by our correspondent."
UPDATED = TEXT.replace("18", "23")
PAGE, PAGE2 = "https://a.example/ship", "https://b.example/wreck"


def test_first_of_its_kind() -> None:
    """An article like no other is unique, leads its own group and has no edge."""
    head, sketch = article(TEXT, raw_id="a", source="a.example")
    verdict = Deduper().judge(head, sketch)
    assert (verdict.seq, verdict.kind, verdict.group) == (0, VerdictKind.UNIQUE, head.article_id)
    assert (verdict.edges, verdict.duplicate_of, verdict.origin) == ((), None, "a.example")


def test_same_text_elsewhere_is_exact() -> None:
    """The same words under another URL are an exact copy of the first; its origin is the first outlet."""
    first, second = judge(
        Deduper(),
        [
            article(TEXT, 0, raw_id="a", url=PAGE, source="a.example"),
            article(TEXT.replace("\n", " "), 1, raw_id="b", url=PAGE2, source="b.example"),
        ],
    )
    assert second.kind is VerdictKind.EXACT
    assert second.duplicate_of == first.article
    assert second.group == first.group
    assert (second.edges[0].reason, second.similarity, second.origin) == ("same-content", 1.0, "a.example")


def test_copies_without_a_url_are_told_apart_by_raw_id() -> None:
    """Without a URL an exact copy has the article id of the first; the reference names the producer's id."""
    first, second = judge(Deduper(), [article(TEXT, 0, raw_id="a"), article(TEXT, 1, raw_id="b")])
    assert first.article.article_id == second.article.article_id
    assert second.kind is VerdictKind.EXACT
    assert second.duplicate_of is not None
    assert second.duplicate_of.raw_id == "a"


def test_edited_copy_is_near_and_names_the_agency() -> None:
    """A light edit is a near copy of the first copy of the group, and the agency that it credits is its origin."""
    articles = [
        article(TEXT, 0, raw_id="a"),
        article(EDITED, 1, raw_id="b"),
        article(EDITED + " All rights reserved.", 2, raw_id="c", agency="Agency"),
        article(EDITED + " Editing by the desk.", 3, raw_id="d"),
    ]
    verdicts = judge(Deduper(), articles)
    assert [v.kind for v in verdicts] == [VerdictKind.UNIQUE] + [VerdictKind.NEAR] * 3
    assert all(v.duplicate_of == verdicts[0].article for v in verdicts[1:])
    assert verdicts[2].origin == "Agency"


def test_new_version_of_a_url() -> None:
    """Other facts under one URL are a revision of the latest version; the same facts are a near copy."""
    first, second, third, fourth = judge(
        Deduper(),
        [
            article(TEXT, 0, raw_id="1", url=PAGE),
            article(UPDATED, 1, raw_id="2", url=PAGE),
            article(UPDATED + "\nOfficials promised to help.", 2, raw_id="3", url=PAGE),
            article(UPDATED.replace("23", "29"), 3, raw_id="4", url=PAGE),
        ],
    )
    assert (second.kind, second.revision_of) == (VerdictKind.REVISION, first.article)
    assert (third.kind, third.duplicate_of) == (VerdictKind.NEAR, second.article)
    assert (fourth.kind, fourth.revision_of) == (VerdictKind.REVISION, third.article)


def test_back_to_the_first_version() -> None:
    """A page that takes its change back is a revision of the change, though its text is that of the first version."""
    verdicts = judge(
        Deduper(), [article(t, n, raw_id=str(n), url=PAGE) for n, t in enumerate([TEXT, UPDATED, TEXT, TEXT])]
    )
    assert [v.kind for v in verdicts] == [
        VerdictKind.UNIQUE,
        VerdictKind.REVISION,
        VerdictKind.REVISION,
        VerdictKind.EXACT,
    ]
    assert verdicts[2].revision_of == verdicts[1].article


def dated(*versions: tuple[str, int | None], changed: bool = False) -> list[str]:
    """Return the kinds of the verdicts on versions of one page, each a text and the day of its own date before the start."""
    days = [None if day is None else START - timedelta(days=day) for _, day in versions]
    rows = [
        article(
            text,
            n,
            raw_id=str(n),
            url=PAGE,
            published=START - timedelta(days=99) if changed else day,
            modified=day if changed else None,
            day=n / 24,
        )
        for n, ((text, _), day) in enumerate(zip(versions, days, strict=True))
    ]
    return [verdict.kind.value for verdict in judge(Deduper(), rows)]


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.parametrize("days", [(9, 8, 7), (9, 9, 9), (9, 9, 8)])
def test_a_feed_that_is_read_again_revises_nothing(days: tuple[int, int, int], *, changed: bool) -> None:
    """All versions of a page once more, and once more again, with the dates that they had: copies, whichever stands there now."""
    pages = list(zip([TEXT, UPDATED, UPDATED.replace("23", "29")], days, strict=True))
    kinds = dated(*pages, *pages, *pages, changed=changed)
    assert kinds == ["unique", "revision", "revision", *["exact"] * 6]


def test_a_page_that_goes_back_and_is_read_again() -> None:
    """A page takes its change back at a later date of its own: a revision, but not when all that is read again."""
    pages = [(TEXT, 9), (UPDATED, 8), (TEXT, 7)]
    assert dated(*pages, *pages) == ["unique", "revision", "revision", "exact", "exact", "exact"]
    assert dated((TEXT, 9), (UPDATED, 8), (TEXT, 8))[2] == "revision"


def test_a_page_that_goes_back_without_a_date() -> None:
    """Where one version says no date, the text that comes last is what the page says now."""
    assert dated((TEXT, 9), (UPDATED, 8), (TEXT, None))[2] == "revision"
    assert dated((TEXT, None), (UPDATED, None), (TEXT, 9))[2] == "revision"


def test_a_version_that_came_late_stands_for_nothing() -> None:
    """The next version revises the one that stood there, and the old text with a date from between is no news."""
    late = [(TEXT, 9), (UPDATED, 5), (TEXT, 6)]
    assert dated(*late, (UPDATED.replace("23", "29"), 4)) == ["unique", "revision", "exact", "revision"]
    rows = [
        article(text, n, raw_id=str(n), url=PAGE, published=START - timedelta(days=9 - n % 2))
        for n, text in enumerate([TEXT, UPDATED, TEXT, UPDATED.replace("23", "29")])
    ]
    verdicts = judge(Deduper(), rows)
    assert verdicts[3].revision_of == verdicts[1].article


def test_a_date_in_the_future_counts_as_the_day_of_its_coming() -> None:
    """A page whose clock is ahead can still take its change back."""
    assert dated((TEXT, 9), (UPDATED, -400), (TEXT, -1))[2] == "revision"


def test_wire_update_and_its_copy() -> None:
    """An update that comes from elsewhere is a revision, and a copy of it is a copy of the update, not of the first version."""
    first, second, third = judge(
        Deduper(),
        [
            article(TEXT, 0, raw_id="a", url=PAGE),
            article(UPDATED, 1, raw_id="b", url=PAGE2),
            article(UPDATED + "\nOfficials promised to help.", 2, raw_id="c"),
        ],
    )
    assert (second.kind, second.revision_of) == (VerdictKind.REVISION, first.article)
    assert (third.kind, third.duplicate_of) == (VerdictKind.NEAR, second.article)
    assert second.group != first.group


def test_roundup_before_and_after_its_stories() -> None:
    """A round-up contains the stories before it; a story after it is news, and its edge leads to the round-up."""
    stories = [fill(TEMPLATES[i], 2) for i in (0, 3, 8)]
    deduper = Deduper()
    articles = [
        article(text, n, raw_id=str(n))
        for n, text in enumerate([*stories[:2], "\n".join(stories), stories[2]])
    ]
    first, second, whole, late = judge(deduper, articles)
    assert whole.kind is VerdictKind.ROUNDUP
    assert list(whole.contains) == [first.article, second.article]
    assert late.kind is VerdictKind.UNIQUE
    assert list(late.contains) == [whole.article]
    assert [(e.kind, e.to) for e in late.edges] == [(VerdictKind.ROUNDUP, whole.article)]


def test_an_article_that_joins_two_groups() -> None:
    """A shortened copy without the sentence that has changed joins both versions, and says which group gave way."""
    short = "\n".join(TEXT.splitlines()[1:])
    first, update, joint, copy = judge(
        Deduper(),
        [
            article(text, n, raw_id=str(n))
            for n, text in enumerate([TEXT, UPDATED, short, UPDATED + "\nEnds."])
        ],
    )
    assert update.group != first.group
    assert (joint.kind, joint.group, joint.merges) == (VerdictKind.NEAR, first.group, (update.group,))
    assert (copy.kind, copy.group, copy.duplicate_of) == (VerdictKind.NEAR, first.group, first.article)


def test_versions_of_one_url_that_are_joined_name_no_merge() -> None:
    """Both groups go by the id of the page; what joins them says nothing of a name that gave way."""
    short = "\n".join(TEXT.splitlines()[1:])
    first, update, joint = judge(
        Deduper(),
        [
            article(TEXT, 0, raw_id="1", url=PAGE),
            article(UPDATED, 1, raw_id="2", url=PAGE),
            article(short, 2, raw_id="3"),
        ],
    )
    assert update.kind is VerdictKind.REVISION
    assert (joint.kind, joint.group, joint.merges) == (VerdictKind.NEAR, first.group, ())


def test_pages_without_text() -> None:
    """Pages without any text are not copies of each other, but for versions of one URL."""
    verdicts = judge(
        Deduper(),
        [
            article("", 0, title="Paywall", url=PAGE, raw_id="a"),
            article("", 1, title="Paywall", url=PAGE2, raw_id="b"),
            article("", 2, title="Paywall", url=PAGE, raw_id="c"),
            article("", 3, raw_id="d"),
            article("", 4, raw_id="e"),
        ],
    )
    kinds = [
        VerdictKind.UNIQUE,
        VerdictKind.UNIQUE,
        VerdictKind.EXACT,
        VerdictKind.UNIQUE,
        VerdictKind.UNIQUE,
    ]
    assert [v.kind for v in verdicts] == kinds


def test_withdrawal_by_url_takes_all_versions() -> None:
    """A withdrawal names all living versions; after it the text is news again, and a second one finds nothing."""
    verdicts = judge(
        Deduper(),
        [
            article(TEXT, 0, raw_id="1", url=PAGE),
            article(UPDATED, 1, raw_id="2", url=PAGE),
            article("", 2, raw_id="x", url=PAGE, withdrawn=True),
            article("", 3, raw_id="x", url=PAGE, withdrawn=True),
            article(TEXT, 4, raw_id="5", url=PAGE),
        ],
    )
    assert verdicts[2].kind is VerdictKind.WITHDRAWN
    assert verdicts[2].withdraws == (verdicts[0].article, verdicts[1].article)
    assert (verdicts[3].kind, verdicts[3].withdraws) == (VerdictKind.WITHDRAWN, ())
    assert (verdicts[4].kind, verdicts[4].edges) == (VerdictKind.UNIQUE, ())


def test_withdrawal_by_raw_id() -> None:
    """Without a URL the id of the producer tells what is taken back."""
    first, gone, again = judge(
        Deduper(),
        [
            article(TEXT, 0, raw_id="a"),
            article("", 1, raw_id="a", withdrawn=True),
            article(TEXT, 2, raw_id="a"),
        ],
    )
    assert gone.withdraws == (first.article,)
    assert again.kind is VerdictKind.UNIQUE


def test_a_copy_after_its_lead_was_taken_back_goes_on() -> None:
    """Where the coded copy is withdrawn and others are left, the next copy is coded in its place, and leads those after it."""
    articles = [
        article(TEXT, 0, raw_id="a", url=PAGE),
        article(TEXT, 1, raw_id="b", url=PAGE2),
        article("", 2, raw_id="w", url=PAGE, withdrawn=True),
        article(EDITED, 3, raw_id="c"),
        article(EDITED + " Ends.", 4, raw_id="d"),
    ]
    first, second, _, third, fourth = judge(Deduper(), articles)
    assert second.kind is VerdictKind.EXACT
    assert (third.kind, third.group) == (VerdictKind.UNIQUE, first.group)
    assert (fourth.kind, fourth.duplicate_of) == (VerdictKind.NEAR, third.article)


def test_window() -> None:
    """After the window a text is news again; within it each copy keeps the group alive for the next."""
    days = [0, 6, 12, 18, 26]
    verdicts = judge(Deduper(), [article(TEXT, n, raw_id=str(n), day=day) for n, day in enumerate(days)])
    near = VerdictKind.EXACT
    assert [v.kind for v in verdicts] == [VerdictKind.UNIQUE, near, near, near, VerdictKind.UNIQUE]
    assert all(v.duplicate_of == verdicts[0].article for v in verdicts[1:4])
    forever = judge(Deduper(None), [article(TEXT, n, raw_id=str(n), day=400 * n) for n in range(3)])
    assert [v.kind for v in forever] == [VerdictKind.UNIQUE, near, near]


def test_dates_of_the_future_and_of_the_past() -> None:
    """A publication date in 2099 evicts nothing, and an old article that comes late stays for its late copies."""
    deduper = Deduper()
    deduper.judge(*article(TEXT, 0, raw_id="a", day=0))
    deduper.judge(*article(OTHER, 1, raw_id="b", day=1, published=datetime(2099, 1, 1, tzinfo=UTC)))
    assert deduper.judge(*article(TEXT, 2, raw_id="c", day=2)).kind is VerdictKind.EXACT
    old = START - timedelta(days=900)
    late = fill(TEMPLATES[1], 3)
    deduper.judge(*article(late, 3, raw_id="d", day=3, published=old))
    assert deduper.judge(*article(late, 4, raw_id="e", day=4, published=old)).kind is VerdictKind.EXACT


def test_redelivery_is_seen() -> None:
    """A raw record is seen once it was judged, and so are those before it in its partition, but not those of others."""
    deduper = Deduper()
    head, sketch = article(TEXT, 3)
    assert not deduper.seen(head)
    deduper.judge(head, sketch)
    assert deduper.seen(head)
    assert deduper.seen(article(OTHER, 0)[0])
    assert not deduper.seen(article(OTHER, 1)[0])
    assert not deduper.seen(article(OTHER, 6)[0])


def test_a_backlog_out_of_order_keeps_its_originals() -> None:
    """Of articles of months that are recorded on one day, a later one read first does not push out what the copies need."""
    deduper = Deduper()
    first = article(TEXT, 0, raw_id="a", day=0)
    others = [article(OTHER, 1, raw_id="b", day=80), article(TEXT, 2, raw_id="c", day=0)]
    kinds = []
    for head, sketch in (first, *others):
        late = head.model_copy(
            update={"record_time": START + timedelta(days=90), "published_at": head.record_time}
        )
        kinds.append(deduper.judge(late, sketch).kind)
    assert kinds == [VerdictKind.UNIQUE, VerdictKind.UNIQUE, VerdictKind.EXACT]
