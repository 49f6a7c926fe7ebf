"""The tagger: one pass over title and text gives actors, places and tags."""

from collections import defaultdict
from datetime import date
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from processors.garbage import undisturbed
from processors.tag.article import Article
from processors.tag.exonyms import Exonyms
from processors.tag.explained import without_explained
from processors.tag.homonyms import Homonyms
from processors.tag.identity import Roles
from processors.tag.lexicon import Lexicon
from processors.tag.model import ActorSpan, Field, PlaceSpan, Tagged
from processors.tag.phrases import Composer
from processors.tag.placing import Placing
from processors.tag.scan import Hit, is_title_case, scan
from processors.tag.spans import Taught, spans
from processors.tag.tables import TagData, load
from processors.tag.topics import THRESHOLD, Topics
from processors.tag.words import Words
from schemas.tags import Tag, Tags

if TYPE_CHECKING:
    from processors.tag.phrase import Phrase

TITLE_OFFSET = -1_000_000_000  # positions in the title come before all positions in the text

HEADLINE = 300
"""A longer field is no headline, whatever its capitals."""

_LONG_ACRONYM = 4
"""Shorter acronyms are words or other bodies in other languages."""


class Tagger:
    """Compiled once, used for every article; holds no state between articles."""

    def __init__(self, data: TagData | None = None) -> None:
        """Compile `data`, by default the data of the package."""
        with undisturbed():
            self._compile(data or load())

    def _compile(self, data: TagData) -> None:
        self.lexicon = Lexicon(data)
        self.words = Words(data.words)
        self.words.learn_given(
            p.name.split(" ", 1)[0] for p in data.persons if p.surname == p.name.rsplit(" ", 1)[-1] != p.name
        )
        self.exonyms = Exonyms(data.exonyms, data.organisations)
        self.topics = Topics(data.topics)
        self.homonyms = Homonyms(self.lexicon, data.words.get("homonyms", []))
        self.placing = Placing(data.words)
        self.roles = Roles(data.words["role_sectors"], data.words["role_families"])

    def tag(
        self, title: str | None, text: str, language: str | None = None, published: date | None = None
    ) -> Tagged:
        """Tag one article.

        `title` and `text` are cleaned fields, `language` an ISO 639-1 code (None counts as English), `published` the
        day in UTC by which dated offices are read. For other languages than English only names that are the same
        everywhere are found, and those that exonyms.tsv has for states and great bodies in that language. Never raises on any
        text; linear in its length.
        """
        english = language in {None, "en"}
        article = Article(self.words, self.roles, published)
        fields: list[tuple[Field, str, int]] = [("title", title or "", TITLE_OFFSET), ("text", text, 0)]
        found: list[tuple[Field, str, int, list[Hit], list[Phrase]]] = []
        scanned = [scan(self.lexicon, content) for _, content, _ in fields]
        if not english:
            scanned = [
                self.exonyms.add(language, content, [h for h in hits if is_certain(h)])
                for (_, content, _), hits in zip(fields, scanned, strict=True)
            ]
        loud = [len(content) < HEADLINE and is_title_case(content) for _, content, _ in fields]
        scanned = without_explained((title or "", text), self.homonyms.resolve(scanned))
        placed = self.placing.resolve((title or "", text), scanned, headline=loud[0])
        for (name, content, offset), hits, title_case in zip(fields, placed, loud, strict=True):
            phrases = Composer(self.words, content, hits, title_case=title_case).phrases()
            found.append((name, content, offset, hits, phrases))
        for _, content, offset, _, phrases in found:
            article.learn(content, phrases, offset)
        taught = _taught(article)
        actors: dict[Field, tuple[ActorSpan, ...]] = {}
        places: list[PlaceSpan] = []
        for name, content, offset, hits, phrases in found:
            known = spans(content, phrases, partial(article.resolve, content, offset))
            extra = taught.mentions(content, known)
            actors[name] = tuple(sorted([*known, *extra], key=attrgetter("start")) if extra else known)
            people = {a.end: a.start for a in actors[name] if a.kind == "person" and " of " not in a.text}
            places += [p for p in self._places(name, content, hits) if not is_surname(p, people)]
        tags = self._tags([*actors["title"], *actors["text"]], places, (title or "") + "\n" + text, language)
        return Tagged(actors["title"], actors["text"], tags, tuple(places))

    def _places(self, field: Field, text: str, hits: list[Hit]) -> list[PlaceSpan]:
        places = []
        for hit in hits:
            entry, place = hit.entry, hit.entry.place
            if entry.country is not None:
                places.append(
                    PlaceSpan(
                        hit.start,
                        hit.end,
                        text[hit.start : hit.end],
                        entry.country,
                        None,
                        None,
                        "country",
                        field,
                    )
                )
            elif place is not None:
                places.append(
                    PlaceSpan(
                        hit.start,
                        hit.end,
                        place.name,
                        place.country,
                        place.lat,
                        place.lon,
                        place.granularity,  # type: ignore[arg-type]
                        field,
                    )
                )
            elif entry.capital is not None:
                places.append(
                    PlaceSpan(
                        hit.start,
                        hit.end,
                        text[hit.start : hit.end],
                        entry.capital,
                        None,
                        None,
                        "city",
                        field,
                    )
                )
        return places

    def _tags(
        self, actors: list[ActorSpan], places: list[PlaceSpan], text: str, language: str | None
    ) -> Tags:
        countries: dict[tuple[str, str], int] = defaultdict(int)
        persons: dict[tuple[str, str], int] = defaultdict(int)
        organisations: dict[tuple[str, str], int] = defaultdict(int)
        named: dict[tuple[str, str], int] = defaultdict(int)
        for actor in actors:
            for part in actor.members or (actor,):
                if part.country is not None:
                    countries[part.country, part.country] += 1
            if actor.kind == "person":
                persons[(actor.key, actor.name)] += 1
            elif actor.kind in {"org", "group", "seat"}:
                organisations[(actor.key, actor.name)] += 1
        for place in places:
            if place.granularity != "country":
                named[(f"{place.country or '---'}.{place.name}", place.name)] += 1
                if place.country is not None:
                    countries[place.country, place.country] += 1
        topics = {(t, t): round(w) for t, w in self.topics.count(text).items() if w >= THRESHOLD}
        return Tags.trusted(
            countries=ordered(countries),
            persons=ordered(persons),
            organisations=ordered(organisations),
            places=ordered(named),
            topics=ordered(topics),
            language=language,
        )


def _taught(article: Article) -> Taught:
    """Return the names that an article taught, those of people by surname too."""
    names = dict(article.acronyms)
    for name, identity in article.unknown.items():
        names[name] = identity
        surname = name.rsplit(" ", 1)[-1]
        names.setdefault(surname, identity)
        names.setdefault(surname[0].upper() + surname[1:], identity)  # "Al-Quaety" opens a sentence
    return Taught(names)


def is_surname(place: PlaceSpan, people: dict[int, int]) -> bool:
    """Tell whether a place is only the last word of a person's name, of names by end: "Denzel Washington"."""
    return people.get(place.end, place.start) < place.start


def is_certain(hit: Hit) -> bool:
    """Tell whether a form means the same in every language: names of states, full names, acronyms of four letters or more."""
    entry = hit.entry
    if entry.country is not None:
        return True
    spaced = " " in entry.surface
    return (bool(entry.persons) and spaced) or (
        entry.organisation is not None and (spaced or len(entry.surface) >= _LONG_ACRONYM)
    )


def ordered(counts: dict[tuple[str, str], int]) -> tuple[Tag, ...]:
    """Return tags by falling count, then by key."""
    if not counts:
        return ()
    ranked = sorted([(-n, key, name) for (key, name), n in counts.items()])
    return tuple([Tag.trusted(key=key, name=name, count=-n) for n, key, name in ranked])
