"""From draft to record: modality, attribution, place, date, evidence, confidence."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from processors.coding.chunks import COMMA, NP
from processors.coding.foreground import BACKGROUND
from processors.coding.grammar import words
from processors.coding.unsaid import IMPLIED
from processors.coding.when import before_now, date_of, is_old, is_speech
from processors.coding.who import Who, unique
from schemas import ids
from schemas.actor import Actor, EventDate, Evidence, Location, Modality, Span
from schemas.mention import Mention
from schemas.registry import cameo_codes, event_types

if TYPE_CHECKING:
    from datetime import date

    from processors.coding.clauses import Clause
    from processors.coding.coreference import Memory
    from processors.coding.draft import Draft
    from processors.coding.view import View
    from schemas.article import CleanArticle

DOUBT = words("doubt")
_UNVERIFIED = re.compile(
    r"(?:could not|not possible to|nobody could|impossible to|unable to) (?:be )?(?:independently )?(?:verif|confirm)"
    r"|unnamed sources|[Uu]nverified (?:report|account|footage|video|image|photo|information)"
)
HEARSAY, SPREADING = words("hearsay"), words("spreading")
_OBJECT_HEAD, _OBJECT_TAIL, _SIGNS = words("object_head"), words("object_tail"), words("signs")
_WITH_OBJECT = frozenset(
    """demand-made deal-proposed proposal-rejected threat-issued accusation-made position-stated talks-inclusion-demanded
    condemnation-issued concession-made""".split()
)
_IN = frozenset("in at near outside inside around".split())


def modality(draft: Draft, view: View, when: EventDate | None, published: date | None) -> Modality:
    """Return how the text stands to the act, by the rule of the contract."""
    kind = event_types()[draft.type]
    if draft.negated:
        return Modality.DENIED
    if draft.doubted or _unverified(view.text[view.start : view.end]):
        return Modality.UNCERTAIN
    if draft.proposed:
        return Modality.PROPOSED
    if draft.hypothetical and draft.type not in ("threat-issued", "position-stated"):
        return Modality.HYPOTHETICAL
    near = view.tokens.lower[max(0, draft.trigger[0] - 8) : draft.trigger[1] + 2]
    open_question = draft.modal in ("may", "might") and draft.type not in ("position-stated", "threat-issued")
    if open_question or DOUBT & set(near) or _hearsay(view):
        return Modality.UNCERTAIN
    if draft.planned and kind.modality is Modality.FACTUAL and not is_speech(draft):
        return Modality.PLANNED
    old = is_old(when, published) or any("hist" in f.groups for f in view.dates) or before_now(draft, view)
    return Modality.HISTORICAL if old and kind.modality is Modality.FACTUAL else kind.modality


def _unverified(sentence: str) -> bool:
    """Tell whether a sentence says that nobody could verify what it tells; most have none of the words for it."""
    told = "verif" in sentence or "confirm" in sentence or "unnamed" in sentence
    return told and _UNVERIFIED.search(sentence) is not None


def _hearsay(view: View) -> bool:
    """Tell whether a sentence tells of a rumour; that somebody spread one is what he is charged with."""
    lower = view.tokens.lower
    return not HEARSAY.isdisjoint(lower) and not any(
        word in HEARSAY and not SPREADING.isdisjoint(lower[max(0, i - 2) : i]) for i, word in enumerate(lower)
    )


def _actor(who: Who) -> Actor:
    name = " ".join(who.name.split())
    return Actor.trusted(
        name=name,
        key=who.key,
        country=who.country,
        sector=who.sector,
        role=None,
        implied=who.kind == IMPLIED,
    )


def _location(draft: Draft, view: View, memory: Memory) -> Location | None:
    """Return where it happened: a place behind "in", "at", "near" in the stretch of the act, the most exact one."""
    best = None
    named = memory.starts(view.field, view.start, view.end)
    if not named:
        return None
    first, last = _stretch(draft, view)
    starts = view.tokens.start
    for start in named:
        i = bisect_left(starts, start)
        if not max(1, first) <= i < last or starts[i] != start:
            continue
        before = view.tokens.lower[i - 1]
        if before in ("the", "central", "eastern", "western", "northern", "southern"):
            before = view.tokens.lower[max(0, i - 2)]
        if before not in _IN and not (
            draft.type == "visit-made" and before in ("to", "visiting", "visit", "visited", "visits")
        ):
            continue
        place = memory.places[view.field][start]
        end = bisect_left(starts, place.end, i + 1)
        if not any(c.end == end and c.kind == NP for c in view.chunks):
            continue  # "in U.S. policy" is no place
        if best is None or (best.granularity == "country" and place.granularity != "country"):
            best = place
    if best is None:
        return None
    return Location.trusted(
        name=best.name, country=best.country, lat=best.lat, lon=best.lon, granularity=best.granularity
    )


def _stretch(draft: Draft, view: View) -> tuple[int, int]:
    """Return the tokens of the act: from the subject of its clause, or an opening phrase, to where its verb reaches."""
    if draft.clause is None:
        return 0, len(view.tokens)
    first = 0
    for clause in view.clauses:
        if clause.at < draft.clause.at and clause.verb.form == "fin" and clause.link not in BACKGROUND:
            first = max(first, clause.verb.end)
    return first, max(view.reach(draft.clause), draft.reach[1])


def attributed(draft: Draft) -> str | None:
    """Return who says so, where it is somebody else than the actor."""
    if not draft.speaker:
        return None
    keys, names = {w.key for w in draft.source}, {w.name for w in draft.source}
    return next((w.name for w in draft.speaker if w.key not in keys and w.name not in names), None)


def confidence(draft: Draft) -> float:
    """Return how likely the mention is right, from 0 to 1.

    Reliability of the frame, times what is known of the sides, times what makes a reading less sure: a nominal trigger on its own, a
    conditional, a verb whose act no frame knows. The factors were set so that of the mentions from 0.8 up at least 80 % are right on
    sentences that were not used to set them.
    """
    value = draft.frame.reliability
    value *= 1.05 if draft.frame.weight >= 3 else 1.0  # noqa: PLR2004 - an object of its own
    value *= 1.0 if any(w.country for w in draft.source) else 0.75
    value *= 1.0 if any(w.country for w in draft.target) else 0.88
    value *= 0.75 if draft.weak else 1.0
    value *= 0.9 if draft.far else 1.0
    value *= 0.85 if draft.hypothetical else 1.0
    return round(min(value, 0.98), 3)


def build(article: CleanArticle, view: View, draft: Draft, memory: Memory) -> Mention:
    """Return the mention of a draft."""
    published = article.published_at.date() if article.published_at else None
    kind = event_types()[draft.type]
    code = cameo_codes()[draft.code]
    when = date_of(draft, view, published)
    mood = modality(draft, view, when, published or article.record_time.date())
    source = tuple(_actor(w) for w in unique(draft.source))
    target = tuple(_actor(w) for w in unique(draft.target))
    sentence = view.text[view.start : view.end]
    first, last = draft.trigger
    start, end = view.tokens.start[first], view.tokens.end[min(last, len(view.tokens)) - 1]
    trigger = Span.trusted(start=start, end=end, text=view.text[start:end])
    rule = "+".join((draft.frame.id, *(name for name, _ in draft.operators)))
    thing = draft.object or (_object(draft, view) if draft.type in _WITH_OBJECT else None)
    cue = None
    if draft.cue is not None and mood is not Modality.FACTUAL:
        cue_start, cue_end = view.tokens.start[draft.cue[0]], view.tokens.end[draft.cue[1] - 1]
        cue = Span.trusted(start=cue_start, end=cue_end, text=view.text[cue_start:cue_end])
    plover = code.plover
    if plover is None and not draft.code.startswith("02") and draft.type == "goal-dismissed":
        plover = kind.plover
    mode = code.mode if code.plover else (kind.mode if plover else None)
    actors = "\x1e".join((",".join(w.key for w in draft.source), ",".join(w.key for w in draft.target)))
    several = not draft.target and len({w.country for w in draft.source}) > 1
    symmetric = (
        kind.symmetric
        if draft.type != draft.frame.type or draft.operators
        else (kind.symmetric or draft.frame.symmetric)
    )
    symmetric = symmetric or draft.mutual or (several and (draft.frame.symmetric or draft.code[:2] == "03"))
    return Mention.trusted(
        mention_id=ids.mention_id(
            article.article_id,
            article.version,
            (view.field, view.start, view.end),
            f"{draft.type}\x1e{thing or ''}\x1e{start}",
            actors,
        ),
        type=draft.type,
        cameo=draft.code,
        plover_event=plover,
        plover_mode=mode,
        goldstein=code.goldstein,
        source=source,
        target=target,
        symmetric=symmetric,
        object=thing,
        modality=mood,
        modality_cue=cue,
        attributed_to=attributed(draft),
        location=_location(draft, view, memory),
        date=when,
        evidence=Evidence.trusted(
            article_id=article.article_id,
            version=article.version,
            url=article.url,
            source=article.source,
            published_at=article.published_at,
            field=view.field,
            sentence=sentence,
            start=view.start,
            end=view.end,
            sha256=hashlib.sha256(sentence.encode("utf-8", "surrogatepass")).hexdigest(),
            trigger=trigger,
            rule=rule,
        ),
        confidence=confidence(draft),
    )


def _is_mark(word: str) -> bool:
    return word not in _SIGNS and not any(map(str.isalnum, word))


def _aside(clause: Clause, view: View) -> int:
    """Return the token at which a participle behind a comma begins, which tells more of who acts: ", calling it a farce"."""
    chunks = view.chunks
    for other in view.clauses:
        if other.at > clause.at and other.link == "adv" and chunks[other.at - 1].kind == COMMA:
            return chunks[other.at - 1].start
    return len(view.tokens)


def _object(draft: Draft, view: View) -> str | None:
    """Return the words behind the trigger that say what is demanded, proposed, rejected."""
    if draft.clause is None:
        return None
    if draft.clause.object and draft.clause.object[0] < draft.clause.at and not draft.clause.verb.passive:
        return None  # "an account that Ruritania rejected as false": what stands behind the verb is not what it is about
    last = min(view.reach(draft.clause), _aside(draft.clause, view), len(view.tokens))
    first = draft.clause.verb.end
    lower = view.tokens.lower
    while last > first and (_is_mark(lower[last - 1]) or lower[last - 1] in _OBJECT_TAIL):
        last -= 1
    while first < last and (
        _is_mark(lower[first])
        or lower[first] in _OBJECT_HEAD
        or any(
            f.start <= view.tokens.start[first] < f.end for f in view.dates
        )  # "rejected on Monday the claim"
    ):
        first += 1
    if last <= first:
        return None
    text = view.slice(first, last)
    return text[:200].rsplit(" ", 1)[0] if len(text) > 200 else text  # noqa: PLR2004 - a phrase, not a page
