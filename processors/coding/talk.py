"""Interviews and opinion pieces: texts in which somebody speaks in the first person, outside of quotation marks, throughout.

What such a speaker tells of daily life has the verbs of public acts ("they forced me", "I support that") and is no news. Only
acts between two parties that have a country are kept from them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.coding.who import Who

_FIRST = re.compile(
    r"[IMmWwOo](?<=\b.)"  # one set of letters to begin with, which is looked for faster than a choice of words
    r"(?:(?<=I)|(?<=[Mm])y|(?<=[mWw])e|(?<=[Oo])ur)\b"  # I, my, me, we, our
)
_QUOTED = re.compile(r"“[^”\n]{0,1000}”|\"[^\"\n]{0,1000}\"")

FEWEST = 8
"""First-person words below which a text is a report that lets a witness speak."""

EVERY = 400
"""Code points for each first-person word in a text that is told in the first person."""


def is_talk(text: str) -> bool:
    """Tell whether a text is told in the first person: an interview, a speech, an opinion piece. Linear in its length."""
    found = len(_FIRST.findall(text))
    if found < max(FEWEST, len(text) / EVERY):
        return False
    outside = _QUOTED.sub(" ", text)
    return len(_FIRST.findall(outside)) >= max(FEWEST, len(outside) / EVERY)


def is_public(source: Iterable[Who], target: Iterable[Who]) -> bool:
    """Tell whether an act is between two sides that each belong to a country, or several such sides are in it together."""
    lands = [{w.country for w in side if w.country and w.kind != "place"} for side in (source, target)]
    return len(lands[0] | lands[1]) > 1
