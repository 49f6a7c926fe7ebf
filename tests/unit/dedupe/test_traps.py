"""What looks like a copy and is none, or is one and does not look like it: frames of a site, cut texts, fragments."""

from random import Random

import pytest

from processors.dedupe import Deduper, make_sketch
from processors.dedupe.compare import Relation, compare
from processors.dedupe.overlap import overlap
from schemas.verdict import VerdictKind
from tests.unit.dedupe.articles import article, judge, partition
from tests.unit.dedupe.corpus import FORMS, TEMPLATES, fill, fill_form, light_edits

STORIES = [fill(template, n % 6) for n, template in enumerate(TEMPLATES)]
HEADER = """Home News World Business Sport Culture Weather Video Podcasts Newsletters Games Shop
You are reading the Harbour Courier, the newspaper for the coast and the islands since 1871.
Download our application to read without interruption and to save articles for later.
The weather station on the pier measures wind and waves for us every ten minutes, and the ferries report their delays."""
FOOTER = """You have reached the end of the free articles of this month.
Subscribe to the Harbour Courier on all your devices, from two pounds a week, and cancel whenever you like.
Our newsroom relies on its readers: become a member and support reporting from places that others have left.
Sign up for the Morning Brief, a letter with everything you need to know, sent at six every weekday by our night desk.
The Harbour Courier is not responsible for the content of external sites.
By using this site you agree to our terms of use, our privacy policy and the use of cookies for statistics.
Follow us on Facebook, on Instagram and on YouTube, or listen to our podcast wherever you get yours.
Copyright Harbour Courier Media Group Limited, Dock Street 4, Aldmouth, registered in England under number 448120."""
FRAMES = {"footer": ("", FOOTER), "header": (HEADER, ""), "both": (HEADER, FOOTER)}


@pytest.mark.parametrize(
    ("frame", "lines"), [(f, n) for f in FRAMES for n in (1, 2, 3, 6) if (f, n) != ("both", 1)]
)
def test_stories_in_one_frame_are_not_copies(frame: str, lines: int) -> None:
    """Short reports under one header or footer are news each, down to a single sentence that is a twelfth of the words."""
    before, after = FRAMES[frame]
    texts = ["\n".join((before, *story.splitlines()[:lines], after)) for story in STORIES]
    verdicts = judge(Deduper(None), [article(text, n, raw_id=str(n)) for n, text in enumerate(texts)])
    assert {verdict.kind for verdict in verdicts} == {VerdictKind.UNIQUE}
    assert all(verdict.similarity == 0 for verdict in verdicts)


def test_a_copy_in_a_frame_is_still_one() -> None:
    """A report edited lightly is a copy in the frame of its site, and one without the frame is under the same headline."""
    random = Random(5)  # noqa: S311 - a fixed choice
    for story in STORIES:
        for edit in light_edits(story, random):
            framed = make_sketch("A", f"{HEADER}\n{story}\n{FOOTER}", None)
            assert (
                compare(
                    make_sketch("B", f"{HEADER}\n{edit}\n{FOOTER}", None), framed, same_url=False
                ).relation
                is Relation.COPY
            )
            assert compare(make_sketch("A", edit, None), framed, same_url=False).relation is Relation.COPY


def saga(sentences: int, seed: int) -> list[str]:
    """Return the sentences of a long report on one affair: the same people and places again and again."""
    random = Random(seed)  # noqa: S311 - a fixed text
    people = random.sample(
        ["Ostrander", "Quilling", "Mbeki", "Tervonen", "Arslan", "Dubrowski", "Halloway"], 3
    )
    does = [
        "told the committee",
        "wrote to the ministry",
        "denied in court",
        "confirmed to reporters",
        "assured investors",
    ]
    what = [
        "the cranes had been paid for twice",
        "no ship was turned away",
        "the contract was never read",
        "the dredger had sunk",
    ]
    when = [
        "in the spring",
        "after the audit",
        "before the election",
        "during the strike",
        "at the height of the storm",
    ]
    why = [
        "since the port lost its licence",
        "while the dockers waited outside",
        "as the owners fell out",
        "when the bank called in the loan",
    ]
    return [
        f"{random.choice(people)} {random.choice(does)} {random.choice(when)} of {1960 + n} that {random.choice(what)} "
        f"{random.choice(why)}, page {n + 3} of the file says."
        for n in range(sentences)
    ]


@pytest.mark.parametrize("kept", [4, 6, 8])
def test_a_truncated_copy_is_near(kept: int) -> None:
    """The beginning of a long report is a copy of it though the similarity is .1 and less: nearly all of it is contained."""
    whole = saga(90, kept)
    texts = ["\n".join(whole), "\n".join(whole[:kept])]
    first, second = judge(Deduper(None), [article(text, n, raw_id=str(n)) for n, text in enumerate(texts)])
    assert overlap(*(make_sketch(None, text, None) for text in texts), 0).similarity < 0.17
    assert (second.kind, second.duplicate_of) == (VerdictKind.NEAR, first.article)
    assert second.edges[0].containment > 0.9
    back = judge(Deduper(None), [article(text, n, raw_id=str(n)) for n, text in enumerate(texts[::-1])])
    assert back[1].kind is VerdictKind.NEAR


def test_fragments_do_not_stretch_a_story() -> None:
    """A "U.S." cut in two is in every story of a round-up: each of them is still one block, and all are contained."""
    stories = [fill(TEMPLATES[i], 3) for i in (0, 3, 8)]
    marked = [
        story.replace("\n", "\nThe U.S. took note.\n", 1) + "\nThe U.S. took no part." for story in stories
    ]
    articles = [article(text, n, raw_id=str(n)) for n, text in enumerate([*marked, "\n".join(marked)])]
    *_, whole = judge(Deduper(None), articles)
    assert whole.kind is VerdictKind.ROUNDUP
    assert [ref.raw_id for ref in whole.contains] == ["0", "1", "2"]


def test_syndicated_copies_name_their_likely_origin() -> None:
    """The agency that the first copy credits is the origin of those too that credit none, whatever outlet they came from."""
    edits = light_edits(STORIES[0], Random(1))[:3]  # noqa: S311 - a fixed choice
    texts = [STORIES[0], *edits]
    agencies = ["Meridian Press", None, "Meridian Press", None]
    articles = [
        article(text, n, raw_id=str(n), source=f"outlet {n}", agency=agency)
        for n, (text, agency) in enumerate(zip(texts, agencies, strict=True))
    ]
    assert [v.origin for v in judge(Deduper(None), articles)] == ["Meridian Press"] * 4


@pytest.mark.parametrize("seed", range(6))
def test_frames_and_edits_give_the_same_groups_in_any_order(seed: int) -> None:
    """Stories in and out of a frame, with their edits and short reports from forms: a shuffle leaves the groups as they are."""
    random = Random(seed)  # noqa: S311 - a fixed choice
    texts = [fill_form(form, story) for form in range(0, len(FORMS["forms"]), 3) for story in (0, 1)]
    for story in STORIES:
        edits = [story, *light_edits(story, random)[:3]]
        texts += edits + [
            f"{before}\n{text}\n{after}" for text in edits[:2] for before, after in FRAMES.values()
        ]
    articles = [article(text, n, raw_id=str(n)) for n, text in enumerate(texts)]
    first = partition(judge(Deduper(None), articles))
    random.shuffle(articles)
    assert partition(judge(Deduper(None), articles)) == first
