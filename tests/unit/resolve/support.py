"""Mentions for the tests of the resolver."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from schemas.actor import Actor, EventDate, Evidence, Modality, Span
from schemas.mention import Mention

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
PERU = Actor(name="Peru", key="PER", country="PER", sector="GOV")
CHILE = Actor(name="Chile", key="CHL", country="CHL", sector="GOV")
BORIC = Actor(name="Gabriel Boric", key="person.gabriel-boric", country="CHL", sector="GOV")
VAN_KLAVEREN = Actor(
    name="Alberto van Klaveren", key="person.alberto-van-klaveren", country="CHL", sector="GOV"
)


def mention(
    sentence: str,
    *,
    kind: str = "phone-call-held",
    source: tuple[Actor, ...] = (PERU,),
    target: tuple[Actor, ...] = (CHILE,),
    symmetric: bool = True,
    modality: Modality = Modality.FACTUAL,
    about: str | None = None,
    when: date | None = None,
    article: str = "a",
) -> Mention:
    """Make one mention of `sentence`."""
    return Mention(
        mention_id=hashlib.sha256(f"{article}{sentence}{kind}{about}".encode()).hexdigest(),
        type=kind,
        cameo="041",
        goldstein=1.0,
        source=source,
        target=target,
        symmetric=symmetric,
        object=about,
        modality=modality,
        date=EventDate(start=when, end=when, basis="explicit") if when else None,
        evidence=Evidence(
            article_id=article,
            version="v",
            sentence=sentence,
            start=0,
            end=len(sentence),
            sha256=hashlib.sha256(sentence.encode()).hexdigest(),
            trigger=Span(start=0, end=1, text=sentence[:1]),
            rule="r",
        ),
        confidence=0.8,
    )
