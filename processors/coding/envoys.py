"""Envoys stand between two states: "its ambassador to Chad" belongs to who sends him, and is recalled from where he is posted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processors.coding.who import Who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.coding.roles import Roles

_POST = re.compile(r"\b(?:to|from|in) (?:the )?(?P<state>[A-Z].*)$")


def posts(roles: Roles, indices: Iterable[int]) -> list[Who]:
    """Return the states to which the envoys of some noun phrases are posted: Chad for "its ambassador to Chad"."""
    found = []
    for at in indices:
        c = roles.view.chunks[at]
        for span in c.actors:
            post = _POST.search(span.text)
            if span.kind == "nominal" and span.country and post is not None:
                start = span.start + post.start("state")
                found.append(Who(post["state"], span.country, span.country, None, "state", start))
    return found
