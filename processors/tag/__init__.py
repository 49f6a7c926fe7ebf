"""Tags: actors, places, topics of an article, by one pass of names and a light composition of phrases.

`Tagger().tag(title, text, language, published)` gives a `Tagged`. Data files and their format: `data/README.md`.
"""

from processors.tag.model import ActorSpan, PlaceSpan, Tagged
from processors.tag.tables import DataError, TagData, data_files, load
from processors.tag.tagger import Tagger

__all__ = ["ActorSpan", "DataError", "PlaceSpan", "TagData", "Tagged", "Tagger", "data_files", "load"]
