"""A composed phrase: the parts that the words of one stretch of a field state, before anyone is identified."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from processors.tag.tables import Head, Organisation, Person

ACRONYM = re.compile(r" \(([A-Z][A-Za-z/.&-]{1,9})\)")
"""A short name in brackets behind the long one, which it parts from nothing."""

BRACKET = 13
"""Code points of the longest of them."""


@dataclass(slots=True)
class Phrase:
    """A composed phrase; `first` and `last` are the indexes of its hits."""

    start: int
    end: int
    first: int
    last: int
    bare: int
    countries: list[str] = field(default_factory=list)
    stretches: list[tuple[int, int, str]] = field(default_factory=list)
    dropped: bool = False
    heads: list[Head] = field(default_factory=list)
    plural: bool = False
    candidates: Sequence[Person] = ()
    unknown: tuple[int, int] | None = None
    name_span: tuple[int, int] | None = None
    organisation: Organisation | None = None
    owner: Person | None = None
    complement: "Phrase | None" = None
    past: bool = False
    kind: str = "nominal"
    compound: bool = False
    head: Head | None = None
    """The last of its heads, which decides what the phrase is; kept, as it is asked for many times for each phrase."""

    def add_head(self, head: Head) -> None:
        """Take one head more."""
        self.heads.append(head)
        self.head = head

    def drop_head(self) -> None:
        """Give up the last head."""
        self.heads.pop()
        self.head = self.heads[-1] if self.heads else None
