"""What "military" in front of a noun says: of what kind a thing is, and of which land a site is, but not who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.walks import added_country
from processors.coding.who import bare, slug
from processors.text.morphology import NUM

if TYPE_CHECKING:
    from processors.coding.chunks import Chunk
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.coding.who import Who
    from processors.tag import ActorSpan


def is_kind(view: View, c: Chunk, span: ActorSpan) -> bool:
    """Tell whether an actor span in a phrase is the word "military" alone, or with a number: "two military bases"."""
    counted = bool(view.tokens.word[c.start].flags & NUM) and span.country is None
    return span.name == "military" or (counted and span.name.endswith(" military"))


def base(roles: Roles, at: int, who: Who) -> list[Who]:
    """Return what "a military site" is: an army's, of the land where it lies, whoever's army has been named before."""
    view = roles.view
    c = view.chunks[at]
    country = roles.country_after(at) or added_country(view.chunks, at)
    name = bare(view.slice(c.start, c.end))
    return [who._replace(name=name, country=country, key=f"{country or '---'}.MIL.{slug(name)}")]


def without_armament(roles: Roles, at: int) -> list[Who]:
    """Return the actors of a phrase, none where "military" only says of what kind a thing is: a military site acts for nobody."""
    whos = roles.phrase(at)
    c = roles.view.chunks[at]
    if not c.actors or not is_kind(roles.view, c, c.actors[-1]) or roles.view.spans[c.head] is not None:
        return whos
    return [] if c.word in roles.memory.sites else [w for w in whos if w.country is not None]
