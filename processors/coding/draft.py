"""An event of a sentence on its way to a mention."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processors.coding.clauses import Clause
    from processors.coding.dates import Found
    from processors.coding.frames import Frame
    from processors.coding.who import Who


@dataclass(slots=True)
class Draft:
    """An event of a sentence on its way to a mention."""

    frame: Frame
    code: str
    clause: Clause | None
    at: int  # chunk of the trigger
    trigger: tuple[int, int]  # tokens
    source: list[Who] = field(default_factory=list)
    target: list[Who] = field(default_factory=list)
    operators: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    type: str = ""
    negated: bool = False
    modal: str = ""
    cue: tuple[int, int] | None = None
    noun: int = -1  # chunk of the noun that triggered it
    reach: tuple[int, int] = (0, 0)  # tokens whose words refine the code
    hypothetical: bool = False
    planned: bool = False
    purpose: bool = False
    weak: bool = False
    proposed: bool = False
    doubted: bool = False
    mutual: bool = False  # each does it to the other: "accused each other"
    far: bool = False  # the target stands outside the slots of the frame
    # The date from which the sentence goes on, and the words that say so
    era: tuple[Found, str] | None = None
    object: str | None = None
    speaker: list[Who] = field(default_factory=list)

    def copy(self) -> Draft:
        """Return a draft with the same values; of lists and clause, the same ones."""
        return Draft(*_values(self))


_values = attrgetter(*Draft.__slots__)
