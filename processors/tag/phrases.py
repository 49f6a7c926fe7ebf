"""Composes the hits of a field into the maximal phrases that name actors.

A phrase is read from left to right: [adjective, name or possessive of a country] + modifiers + heads + name, then a
complement ("of the rebel group", "in Kenya"). Each part may be missing. Sectors and countries combine as in CAMEO's
composed actor codes (Schrodt, CAMEO codebook, chapter 3): the state first, then the role of the last head.
"""

from dataclasses import replace

from processors.tag.naming import Naming
from processors.tag.phrase import Phrase
from processors.tag.scan import Hit

SHIPS = frozenset({"org.us-navy-ship", "org.royal-navy-ship"})
"""Prefixes of warships, which the name of the ship follows."""


class Composer(Naming):
    """Reads phrases off the hits of one field."""

    def phrases(self) -> list[Phrase]:
        """Return all phrases in order; they do not overlap."""
        found: list[Phrase] = []
        index, floor = 0, 0
        while index < len(self.hits):
            phrase = self.parse(index, floor)
            if phrase is None:
                index += 1
                continue
            found.append(phrase)
            floor = phrase.end
            index = phrase.last + 1
            while index < len(self.hits) and self.hits[index].start < phrase.end:
                index += 1
        return found

    def parse(self, index: int, floor: int, depth: int = 0) -> Phrase | None:
        """Read the phrase that begins at hit `index`; None where the hit is no actor word."""
        hit = self.hits[index]
        given = (
            self.words.given_name(self.text, hit.start, floor)
            if hit.entry.surface in self.words.person_lands
            else None
        )
        if given is not None:
            return Phrase(given, hit.end, index, index, given, unknown=(given, hit.end), kind="person")
        if hit.entry.surface in self.words.given_lands and not self.title_case:
            namesake = self._namesake(index, hit)
            if namesake is not None:
                return namesake
        phrase = Phrase(hit.start, hit.end, index, index, hit.start)
        link = self._take(phrase, hit, first=True)
        if link is None:
            return None
        following: str | None = self._modifiers(phrase, link)
        while following is not None:
            following = self._extend(phrase, following)
        if phrase.candidates:
            self._other_person(phrase, floor)
        elif phrase.heads:
            self._name(phrase)
        if phrase.heads:
            self._attributive(phrase)
        if phrase.heads or phrase.kind in {"people", "org", "group", "seat"}:
            phrase.start, phrase.bare, phrase.past = self.words.left_edge(self.text, phrase.start, floor)
            if phrase.stretches and "thnic " in self.text[phrase.bare : phrase.stretches[0][0]]:
                phrase.dropped = True  # "ethnic Albanians" are not Albania's
        if depth < 2:  # noqa: PLR2004 - "a member of the office of the president" is deep enough
            self._complement(phrase, depth)
        if phrase.complement is not None:
            self._named_behind(phrase)
        elif phrase.organisation is not None and phrase.organisation.key in SHIPS:
            span = self.words.name_after(self.text, phrase.end)
            phrase.end = span[1] if span is not None else phrase.end
        return phrase

    def _named_behind(self, phrase: Phrase) -> None:
        """Read a known person right behind office and state: "President of the United States Donald Trump"."""
        head, at, of = phrase.head, phrase.last + 1, phrase.complement
        if (
            head is not None
            and head.role
            and of is not None
            and of.candidates
            and of.countries
            and not of.heads
        ):
            phrase.candidates, phrase.name_span, phrase.kind = of.candidates, of.name_span, "person"
            return
        if (
            head is None
            or "title" not in head.flags
            or phrase.plural
            or phrase.candidates
            or at >= len(self.hits)
        ):
            return
        hit = self.hits[at]
        if hit.entry.persons and hit.start == phrase.end + 1 and " " in hit.entry.surface:
            phrase.candidates, phrase.kind = hit.entry.persons, "person"
            phrase.name_span, phrase.end, phrase.last = (hit.start, hit.end), hit.end, at

    def _namesake(self, index: int, hit: Hit) -> Phrase | None:
        """Read a person whose given name is that of a state or city: "Jordan" or "Chad" and one surname that no list holds."""
        span = self.words.name_after(self.text, hit.end)
        if span is None or " " in self.text[slice(*span)] or self.text[slice(*span)].isupper():
            return None
        last = index
        if index + 1 < len(self.hits) and self.hits[index + 1].start < span[1]:
            last = index + 1
            if not self.hits[last].entry.surname_of or self.hits[last].end != span[1]:
                return None
        if self.words.is_thing(self.text[slice(*span)]):
            return None
        return Phrase(hit.start, span[1], index, last, hit.start, unknown=(hit.start, span[1]), kind="person")

    # -- one hit ------------------------------------------------------------------------------------------------

    def _take(self, phrase: Phrase, hit: Hit, *, first: bool) -> str | None:
        """Add a hit to the phrase; returns what it now ends in (A, C, K, L, O, N, H), or None if the hit is unfit."""
        entry = hit.entry
        phrase.end = hit.end
        if entry.organisation is not None and not (entry.head and phrase.countries):
            phrase.organisation, phrase.kind = entry.organisation, entry.organisation.kind
            phrase.name_span = (hit.start, hit.end)
            return "O"
        if entry.persons and (not entry.land or first):
            phrase.candidates, phrase.kind = entry.persons, "person"
            phrase.name_span = (hit.start, hit.end)
            return "N"
        land = entry.land
        if land is not None:
            if (phrase.compound or phrase.dropped) and entry.adjective:
                phrase.countries, phrase.stretches = [], []  # "Turkish-backed Syrian rebels" are Syrians
                phrase.compound = phrase.dropped = False
            phrase.countries.append(land)
            phrase.stretches.append((hit.start, hit.end, land))
            if first:
                phrase.kind = "state" if entry.country else "adjective" if entry.adjective else "capital"
                phrase.name_span = (hit.start, hit.end)
            return "A" if entry.adjective else "C" if entry.country else "K"
        if entry.people is not None:
            phrase.countries.append(entry.people)
            phrase.stretches.append((hit.start, hit.end, entry.people))
            phrase.kind, phrase.name_span = "people", (hit.start, hit.end)
            phrase.plural = True
            return "P"
        if entry.head is not None:
            phrase.add_head(entry.head)
            phrase.plural, phrase.kind = entry.plural, "nominal"
            return "H"
        if entry.place is not None:
            if entry.place.country:
                phrase.countries.append(entry.place.country)
            phrase.kind, phrase.name_span = "place", (hit.start, hit.end)
            return "L"
        if entry.surname_of:
            phrase.candidates, phrase.kind = entry.surname_of, "surname"
            phrase.name_span = (hit.start, hit.end)
            return "N"
        return None

    def _modifiers(self, phrase: Phrase, link: str) -> str:
        """Read what hangs on the first hit: "-led", "-Russian", "pro-", "and Russian"."""
        if link not in {"A", "C", "K", "L"}:
            return link
        if self.text.endswith("-", 0, phrase.start) and self.text[
            max(0, phrase.start - 5) : phrase.start
        ].lower().endswith(self.words.prefixes):
            prefix = self.text.rfind(" ", 0, phrase.start) + 1
            phrase.start = phrase.bare = max(prefix, phrase.start - 5)
            phrase.dropped, phrase.kind = True, "adjective"
        hyphened = self.text.startswith(("-", "–"), phrase.end)
        compound = self.words.compound_after(self.text, phrase.end) if hyphened else None
        if compound is not None:
            phrase.end, phrase.compound = compound[0], True
            phrase.dropped = not compound[1]
            phrase.kind = "adjective"
            return "A"
        return self._enumerate(phrase, link)

    def _enumerate(self, phrase: Phrase, link: str) -> str:
        """Read "U.S. and Russian", "Israeli-Palestinian" and the like, where the last part can take a head."""
        index, end = phrase.last, phrase.end
        if index + 1 == len(self.hits) or self.hits[index + 1].entry.land is None:
            return link
        stretches = list(phrase.stretches)
        hyphen = False
        while index + 1 < len(self.hits):
            hit = self.hits[index + 1]
            gap = self.text[end : hit.start]
            land = hit.entry.land
            if (
                land is None
                or hit.entry.organisation
                or (gap not in {"-", "–"} and gap not in self.words.joiners)
            ):
                break
            if gap not in {"-", "–"} and not (hit.entry.adjective and self.hits[index].entry.adjective):
                break
            hyphen = hyphen or gap in {"-", "–"}
            stretches.append((hit.start, hit.end, land))
            index, end = index + 1, hit.end
        if index == phrase.last:
            return link
        saved = replace(phrase, countries=list(phrase.countries), stretches=list(phrase.stretches))
        phrase.last, phrase.end, phrase.stretches = index, end, stretches
        phrase.countries = [s[2] for s in stretches]
        phrase.kind = "adjective"
        if hyphen or self._linked(phrase, "A") is not None:
            phrase.name_span = (phrase.stretches[0][0], end)
            return "A"
        for name in ("last", "end", "stretches", "countries", "kind"):
            setattr(phrase, name, getattr(saved, name))
        return link

    # -- links between hits ---------------------------------------------------------------------------------------

    def _extend(self, phrase: Phrase, link: str) -> str | None:
        """Attach the next hit if it belongs to the phrase; returns the new link or None."""
        possessive = self._linked(phrase, link)
        if possessive is None:
            return None
        hit = self.hits[phrase.last + 1]
        if link == "N" and phrase.owner is None and phrase.candidates:
            phrase.owner, phrase.candidates = phrase.candidates[0], []
        new = self._take(phrase, hit, first=False)
        phrase.last += 1
        return new

    # -- complements ------------------------------------------------------------------------------------------------

    def _attributive(self, phrase: Phrase) -> None:
        """Give up a singular head that only modifies the noun after it."""
        head = phrase.head
        if head is None or phrase.plural or phrase.kind == "person" or "group" in head.flags:
            return
        if not self.words.is_attributive(self.text, phrase.end):
            return
        phrase.drop_head()
        if phrase.stretches:
            phrase.end = phrase.stretches[-1][1]
        phrase.kind = "adjective" if phrase.stretches else "attributive"
        if phrase.organisation is not None:
            phrase.kind = phrase.organisation.kind

    def _complement(self, phrase: Phrase, depth: int) -> None:
        """Read "of the rebel group", "for the opposition", "in Kenya" after the phrase."""
        head = phrase.head
        if head is None or phrase.last + 1 >= len(self.hits) or self.text[phrase.end : phrase.end + 1] != " ":
            return
        after = self.text.find(" ", phrase.end + 1)
        preposition = self.text[phrase.end + 1 : after] if after > 0 else ""
        allowed = self.words.complements.get(preposition)
        if allowed is None:
            return
        labels = {head.sector or "neutral", head.role or "", *head.flags, "*"}
        if not allowed & labels or (preposition in {"in", "from"} and phrase.countries):
            return
        if phrase.kind == "person" and (preposition != "of" or phrase.candidates):
            return
        if preposition == "from" and self.words.leaves(self.text, phrase.start, phrase.bare):
            return
        inner = self.parse(phrase.last + 1, after + 1, depth + 1)
        if inner is None or inner.kind == "surname":
            return
        if inner.start != after + 1 and self.text[after + 1 : inner.start] != "the ":
            return  # "of the Philippines"
        if preposition in {"in", "at"} and not (inner.countries and not inner.heads):
            return
        phrase.complement, phrase.end, phrase.last = inner, inner.end, inner.last
