"""A mention as one article tells it: what is asked of all mentions of an event at hand, the rest packed until it is needed.

An event that is told of by many is revised by each: what a revision costs must not grow with them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from processors.resolve import packing
from processors.resolve.matching import index_key, is_person, is_vague, key_number, places_of
from processors.resolve.traits import Probe, traits, when_of
from schemas.codec import encode, to_json
from schemas.mention import Mention

if TYPE_CHECKING:
    from processors.resolve.days import When
    from processors.resolve.matching import Key
    from schemas.mention import Mentions
    from schemas.verdict import Verdict

COPIED = 40
"""Letters from which a sentence that two articles share was copied: headlines of five words are hit upon twice."""

_DIGITS = 16
"""Of a sentence's hash, to tell it among those of one event."""


class Brief(NamedTuple):
    """What is asked of every mention of an event."""

    mention_id: str
    kind: str
    confidence: float
    in_text: bool
    people: int
    located: bool
    dated: bool
    """It states a date of its own."""
    aimed: bool
    """It has a target that is not one side of a mutual act."""
    about: bool
    """It has an object."""
    sentence: str
    """What stands for its sentence, empty where that is too short to be a copy."""

    @property
    def exactness(self) -> tuple[bool, bool, int, bool, bool, float]:
        """How well it describes the event: the more exact one is the greater."""
        return not is_vague(self.kind), self.in_text, self.people, self.located, self.dated, self.confidence


@dataclass(slots=True)
class Told:
    """One mention, and which article told it.

    `news` is the day that the article counts for, `places` where other articles find the event, `packed` all of it as it is kept:
    `behind` what is kept of its event, or by itself.
    """

    article_id: str
    version: str
    group: str
    outlet: str
    news: date
    seq: int
    places: tuple[int, ...]
    brief: Brief
    traits: bytes
    evidence: bytes
    """The mention's evidence in JSON, as it stands in every revision of the event."""
    packed: bytes = b""
    behind: bool = False
    _mention: Mention | None = field(default=None, compare=False, repr=False)
    _said: dict[str, Any] | None = field(default=None, compare=False, repr=False)
    _key: Key | None = field(default=None, compare=False, repr=False)
    _probe: Probe | None = field(default=None, compare=False, repr=False)
    _when: When | None = field(default=None, compare=False, repr=False)

    @property
    def mention(self) -> Mention:
        """The mention, read anew if it was let go."""
        if self._mention is None:
            self._mention = Mention.model_validate(self.said | {"evidence": orjson.loads(self.evidence)})
        return self._mention

    @property
    def said(self) -> dict[str, Any]:
        """The mention without its evidence as JSON values, not to be changed; read anew if it was let go."""
        if self._said is None:
            self._said = orjson.loads(packing.unpack(self.packed).rpartition(b"\n")[2])
        return self._said

    @property
    def key(self) -> Key:
        """The key under which other articles find its event."""
        if self._key is None:
            self._key = index_key(self.mention)
        return self._key

    @property
    def probe(self) -> Probe:
        """Its traits, to be held against those of others."""
        if self._probe is None:
            self._probe = Probe(self.mention, self.traits)
        return self._probe

    @property
    def when(self) -> When:
        """The days that it was news on and that it states."""
        if self._when is None:
            self._when = when_of(self.traits)
        return self._when

    def rest(self) -> None:
        """Let go of what can be read or made anew."""
        self._mention = self._said = self._key = self._probe = None

    def pack(self) -> bytes:
        """Return all of it but the traits, as it is kept by itself; `rest` may be called from then on."""
        if self.behind or not self.packed:
            self.packed, self.behind = packing.pack(self._lines()), False
        return self.packed

    def pack_behind(self, line: bytes) -> bytes:
        """Return the same behind a line of something else."""
        self.packed, self.behind = packing.pack(b"\n".join((line, self._lines()))), True
        return self.packed

    def _lines(self) -> bytes:
        row = [
            self.article_id,
            self.version,
            self.group,
            self.outlet,
            self.news.isoformat(),
            self.seq,
            self.places,
            tuple(self.brief),
        ]
        return b"\n".join((orjson.dumps(row), self.evidence, orjson.dumps(self.said)))

    @classmethod
    def read(cls, lines: bytes, packed: bytes, marks: bytes, *, behind: bool = False) -> Told:
        """Read back what is kept: `lines` are what was packed of the mention, `marks` the traits."""
        row, evidence, _ = lines.split(b"\n")
        article, version, group, outlet, news, seq, places, brief = orjson.loads(row)
        return cls(
            article,
            version,
            group,
            outlet,
            date.fromisoformat(news),
            seq,
            tuple(places),
            Brief(*brief),
            marks,
            evidence,
            packed,
            behind,
        )

    def moved(self, mention: Mention, article_id: str, version: str, outlet: str) -> Told:
        """Return it as another article tells it, in a mention that says the same."""
        evidence, said = _json(mention)
        return replace(
            self,
            article_id=article_id,
            version=version,
            outlet=outlet,
            brief=self.brief._replace(mention_id=mention.mention_id),
            evidence=evidence,
            packed=b"",
            behind=False,
            _mention=mention,
            _said=said,
        )


def tell(mention: Mention, mentions: Mentions, verdict: Verdict, outlet: str, news: date) -> Told:
    """Return a mention as its article tells it; `news` is the day that the article counts for."""
    key = index_key(mention)
    evidence, said = _json(mention)
    return Told(
        mentions.article_id,
        mentions.version,
        verdict.group,
        outlet,
        news,
        verdict.seq,
        tuple(map(key_number, places_of(key))),
        _brief(mention),
        traits(mention, news),
        evidence,
        _mention=mention,
        _said=said,
        _key=key,
    )


def _json(mention: Mention) -> tuple[bytes, dict[str, Any]]:
    """Return the evidence of a mention in JSON, and the rest of it as JSON values."""
    said = dict(mention.__dict__)
    evidence = encode(said.pop("evidence"))
    return evidence, orjson.loads(to_json(said))


def _brief(mention: Mention) -> Brief:
    return Brief(
        mention.mention_id,
        mention.type,
        mention.confidence,
        mention.evidence.field == "text",
        sum(map(is_person, (*mention.source, *mention.target))),
        mention.location is not None,
        mention.date is not None and mention.date.basis != "publication",
        bool(mention.target) and not mention.symmetric,
        bool(mention.object),
        mention.evidence.sha256[:_DIGITS] if len(mention.evidence.sentence) >= COPIED else "",
    )
