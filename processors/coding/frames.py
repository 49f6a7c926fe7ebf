"""The rules as the matcher sees them: frames, operators, refinements and word sets, indexed by their trigger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from schemas.registry import cameo_codes

VOICE_WEIGHT = {"": 0, "transitive": 0, "intransitive": 0, "inner": -3}
"""How much a voice says; any other counts 1. Frames that never stand alone come last."""


class RuleError(ValueError):
    """A mistake in the rule data, with a sentence that says where and what."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame; see README.md beside the data for what each field means."""

    id: str
    trigger: str  # verb, noun or adj
    lemmas: tuple[str, ...]
    type: str
    cameo: str
    object: frozenset[str]
    not_object: frozenset[str]
    near: frozenset[str]
    not_near: frozenset[str]
    prep: frozenset[str]
    prep_object: frozenset[str]
    subject: frozenset[str]
    modifier: frozenset[str]
    voice: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    symmetric: bool
    modality: str
    light: frozenset[str]
    free: bool
    split: bool
    reliability: float
    operator: str
    order: int
    weight: int = field(init=False)
    """How specific the frame is: the most specific of those that match wins."""
    of_class: bool = field(init=False)
    """Whether an actor of some class, whatever his name, may be its subject."""

    def __post_init__(self) -> None:
        """Work out what is asked of a frame again and again."""
        weight = (
            3 * bool(self.object) + 2 * bool(self.near) + 2 * bool(self.prep) + 2 * bool(self.prep_object)
            + 2 * bool(self.subject) + 2 * bool(self.modifier) + VOICE_WEIGHT.get(self.voice, 1)
        )  # fmt: skip
        object.__setattr__(self, "weight", weight)
        object.__setattr__(self, "of_class", any(word.isupper() for word in self.subject))


@dataclass(frozen=True, slots=True)
class Operator:
    """What a governing word makes of an act: to threaten sanctions is no sanction."""

    name: str
    type: str
    modality: str
    codes: tuple[tuple[str, str], ...]  # CAMEO prefix of the act, code of the result; longest prefix first
    types: tuple[tuple[str, str], ...]  # prefix of the result, its event type; longest first
    otherwise: str
    otherwise_type: str

    def apply(self, code: str) -> str | None:
        """Return the CAMEO code of the act under this operator; None where the operator says nothing of it."""
        for prefix, result in self.codes:
            if code.startswith(prefix):
                return result
        return self.otherwise or None

    def event_type(self, code: str) -> str:
        """Return the event type of a result code."""
        for prefix, kind in self.types:
            if code.startswith(prefix):
                return kind
        return self.type or cameo_codes()[code].type or "position-stated"


@dataclass(frozen=True, slots=True)
class Refinement:
    """A finer code where certain words stand near the trigger."""

    code: str
    to: str
    words: frozenset[str]
    type: str


@dataclass(slots=True)
class Rules:
    """All rule data of the coder, ready for matching."""

    verbs: dict[str, list[Frame]] = field(default_factory=dict)
    nouns: dict[str, list[Frame]] = field(default_factory=dict)
    adjectives: dict[str, list[Frame]] = field(default_factory=dict)
    operators: dict[str, Operator] = field(default_factory=dict)
    refinements: dict[str, list[Refinement]] = field(default_factory=dict)
    finer: dict[str, frozenset[str]] = field(default_factory=dict)
    """For each code that has refinements, the words of which one must stand near the trigger for any of them."""
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    generic: dict[str, Frame] = field(default_factory=dict)
    nominal: dict[str, str] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    """The verbs that frames have as their trigger, and what those of several words begin with."""
    noun_heads: frozenset[str] = frozenset()
    """The last words of all nouns that frames have as their trigger."""
    phrasal: frozenset[str] = frozenset()
    """What verbs that stand with a particle or a noun begin with, triggers and light verbs."""
    version: str = ""

    @property
    def frames(self) -> list[Frame]:
        """Every frame once, in the order of the data."""
        every = [
            f for table in (self.verbs, self.nouns, self.adjectives) for fs in table.values() for f in fs
        ]
        return sorted({f.id: f for f in every}.values(), key=lambda f: f.order)
