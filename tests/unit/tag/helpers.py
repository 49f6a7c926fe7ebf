"""One tagger for all tests of tagging, and short forms of what it gives."""

from datetime import date
from functools import cache

from processors.tag import ActorSpan, Tagged, Tagger


@cache
def tagger() -> Tagger:
    """Return the tagger of the package's data, compiled once."""
    return Tagger()


def tag(
    text: str, *, title: str | None = None, day: date | None = None, language: str | None = "en"
) -> Tagged:
    """Tag one article."""
    return tagger().tag(title, text, language, day)


def actors(text: str, **options: object) -> dict[str, ActorSpan]:
    """Return the actors of a text by their words; of equal words the last."""
    return {a.text: a for a in tag(text, **options).text}  # type: ignore[arg-type]
