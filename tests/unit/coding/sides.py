"""Events of a text as tests of actors want to see them."""

from collections.abc import Iterable

from schemas.actor import Actor
from tests.unit.coding.support import code


def named(actors: Iterable[Actor]) -> list[tuple[str, str | None, str | None]]:
    """Return (name, country, sector) of actors."""
    return [(a.name, a.country, a.sector) for a in actors]


def lands(text: str) -> list[tuple[str, list[str | None], list[str | None]]]:
    """Return (type, source countries, target countries) of each event of a text."""
    return [(m.type, [a.country for a in m.source], [a.country for a in m.target]) for m in code(text)]
