"""Words that two others beside them tell apart: "yet" in "has not yet signed", "state" in "the two sides state that they ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.text.morphology import (
    ADV,
    BE,
    DET,
    DO,
    HAVE,
    MODAL,
    NAME,
    PLURAL,
    POSSPRON,
    PRON,
    TO,
    VB,
    VBZ,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.text.tokens import Tokens

BESIDE = ("state", "states", "yet")
"""The words that are asked about."""


def beside(tokens: Tokens, i: int, prev: int, follow: int, actor: Sequence[int]) -> int:
    """Return the tag of "yet" or "state" at a token; 0 where they are what they mostly are, as in "the states that signed".

    `prev` is the tag before, `follow` the flags behind; `actor` marks the tokens of names.
    """
    if tokens.lower[i] == "yet":
        return ADV if prev & (HAVE | BE | DO | MODAL) and not follow & TO else 0
    if i + 2 >= len(tokens.text) or tokens.lower[i + 1] != "that" or not i or actor[i]:
        return 0
    clause = actor[i + 2] or tokens.word[i + 2].flags & (DET | PRON | POSSPRON | NAME)
    if not clause or not (actor[i - 1] or tokens.word[i - 1].flags & PLURAL):
        return 0
    return VB if tokens.lower[i] == "state" else VBZ
