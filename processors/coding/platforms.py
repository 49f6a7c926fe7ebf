"""By what means people speak to the public: a platform that something was said on did nothing and suffered nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.coding.walks import governed

if TYPE_CHECKING:
    from processors.coding.roles import Roles

PLATFORMS = words("platforms")


def said_on(roles: Roles, at: int) -> bool:
    """Tell whether a phrase only says by what means something was said: "wrote on Twitter", unlike "a ban on Twitter"."""
    chunks = roles.view.chunks
    head = roles.view.spans[chunks[at].head]
    if head is None:
        return False
    lower = roles.view.tokens.lower
    social = chunks[at].word == "media" and lower[chunks[at].head - 1] == "social"
    if head.name.lower() not in PLATFORMS and not social:
        return False
    prep = governed(chunks, at)
    if prep < 1 or chunks[prep].word not in ("on", "via", "through"):
        return False
    return chunks[prep].word != "on" or chunks[prep - 1].word not in roles.memory.measures
