"""Flags of an article that is not whole (paywall) or not finished (live blog)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from processors.clean.lexicon import load_toml
from processors.clean.phrases import encoded, search_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ahocorasick_rs import BytesAhoCorasick


class _Signs(NamedTuple):
    paywall: BytesAhoCorasick
    live_url: tuple[str, ...]
    live_title: tuple[str, ...]


@cache
def _signs() -> _Signs:
    data = load_toml("flags.toml")
    return _Signs(search_for(data["paywall"]), tuple(data["live_url"]), tuple(data["live_title"]))


@cache
def paywall_tiers() -> frozenset[str]:
    """Return the values of `article:content_tier` that mean a paywall."""
    return frozenset(load_toml("flags.toml")["paywall_tiers"])


def says_paywall(lines: Iterable[str]) -> bool:
    """Tell whether one of the lines next to a text says that the rest of it is for subscribers."""
    near = encoded("\n".join(map(str.lower, lines)))
    return bool(_signs().paywall.find_matches_as_indexes(near))


def says_live(url: str | None, title: str | None) -> bool:
    """Tell whether an address or a headline is that of a live blog."""
    signs = _signs()
    low_url, low_title = (url or "").lower(), (title or "").lower()
    return any(part in low_url for part in signs.live_url) or any(
        part in low_title for part in signs.live_title
    )
