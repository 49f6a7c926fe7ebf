"""Search for any of many phrases at once, in one pass over a text however many there are (Aho and Corasick 1975)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick, Implementation

if TYPE_CHECKING:
    from collections.abc import Iterable


def encoded(text: str) -> bytes:
    """Return a text as what `search_for` gives searches it."""
    return text.encode("utf-8", "surrogatepass")


def search_for(phrases: Iterable[str]) -> BytesAhoCorasick:
    """Return a search for any of `phrases` in UTF-8: one in characters first has to map every byte to one."""
    return BytesAhoCorasick([encoded(phrase) for phrase in phrases], implementation=Implementation.DFA)
