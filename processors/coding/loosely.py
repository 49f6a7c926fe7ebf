"""Whether words stand in a stretch of a sentence: mostly not, which is far cheaper to see from the forms of each than from all pairs."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processors.coding.view import View


@cache
def relaxed(wanted: frozenset[str]) -> frozenset[str]:
    """Return the words with, for each pair of neighbours, the longer one: where that is missing, so is the pair.

    For the sets of the rules, which are few: what is found for them is kept.
    """
    return frozenset(max(word.split("_"), key=len) if "_" in word else word for word in wanted)


def holds(view: View, wanted: frozenset[str], first: int, last: int) -> bool:
    """Tell whether some of the wanted words, which name no class of actors, are among `view.lemmas(first, last)`."""
    forms = chain.from_iterable(view.tokens.forms[first:last])
    return not relaxed(wanted).isdisjoint(forms) and not wanted.isdisjoint(view.lemmas(first, last))
