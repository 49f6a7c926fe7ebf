"""Actors in the slots of a frame: what a noun phrase stands for, and which phrase fills source and target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.antecedents import own_country
from processors.coding.attached import attach, held_by
from processors.coding.behind import Behind
from processors.coding.bodies import named
from processors.coding.chunks import ACTED_ON, AND, IN, NP
from processors.coding.envoys import OWN, sent
from processors.coding.military import base, is_kind, without_armament
from processors.coding.platforms import said_on
from processors.coding.pronouns import pronoun
from processors.coding.saying import whose_act
from processors.coding.strangers import stranger
from processors.coding.striking import conducted, placed, suspected
from processors.coding.titles import apposed, bearer, titled
from processors.coding.walks import added_country
from processors.coding.who import Who, bare, of_land, of_span, slug, unique
from processors.text.morphology import NUM, PRON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processors.coding.clauses import Clause
    from processors.coding.coreference import Memory
    from processors.coding.view import View
    from processors.tag import ActorSpan

_DEED_PREPOSITIONS = (
    "of",
    "against",
    "on",
    "with",
    "for",
    "to",
    "across",
    "in",
    "near",
    "around",
    "over",
    "inside",
    "at",
)
_CONDUCT_PREPOSITIONS = ("by", "of", "from", "against", "on", "to", "for", "in")
_PHRASE_PREPOSITIONS = ("of", "in", "from", "at", "for", "near", "inside", "across", "around")


SIDES = ("party", "rival", "side")
"""Nouns that behind "both" mean nobody but the two between whom something is."""
PAIR = frozenset(("both", "either", "two"))
"""Words that make of a plural noun a pair that has been named."""

TWO = ("the", "two")
"""A phrase that means the pair that has been named."""
THE_LAND = (("the", "country"), ("the", "nation"))
"""Phrases that mean the state of who speaks."""

BORDER = ("border", "frontier")
"""What is called after those on its other side."""

SPOKEN_ON = ("org", "nominal")
"""Kinds of actor by means of which others may speak: "Twitter", "social media"."""

AMOUNT = frozenset("million billion trillion percent dollar euro pound".split())
"""Heads of phrases that are sums and shares: they act and suffer nothing."""


class Roles(Behind):
    """Resolves noun phrases of one sentence to actors; each phrase once."""

    def __init__(self, view: View, memory: Memory) -> None:
        """Take the sentence and what is remembered of the article before it."""
        super().__init__(view, memory)
        self._known: dict[int, list[Who]] = {}

    def phrase(self, at: int) -> list[Who]:
        """Return the actors that the noun phrase at chunk `at` stands for."""
        known = self._known.get(at)
        if known is None:
            self._known[at] = []  # a pronoun that leads back to itself stands for nobody
            known = self._known[at] = self._resolve(at)
        return known

    def phrases(self, indices: Iterable[int]) -> list[Who]:
        """Return the actors of several noun phrases, each once."""
        found: list[Who] = []
        for at in indices:
            found += self.phrase(at)
        return unique(found)

    def _resolve(self, at: int) -> list[Who]:
        view = self.view
        c = view.chunks[at]
        tokens = view.tokens
        head = view.spans[c.head]
        inner = at + 2
        words = tokens.lower[c.start : c.end]
        if (c.word in self.memory.pair_nouns and PAIR & set(words)) or words == TWO:
            both = self.memory.both(view, at) if not any(a.country for a in c.actors) else []
            if both or (c.word in SIDES and self.country_after(at) is None):
                return both  # "either party" is no political party
        if (
            head is None
            and (c.word in self.memory.measure or tokens.word[c.head].flags & NUM)
            and inner < len(view.chunks)
            and view.chunks[at + 1].word == "of"
        ):
            return of_land(self.phrase(inner), c.actors) if view.chunks[inner].kind == NP else []
        if view.tags[c.head] & PRON and head is None:
            return pronoun(tokens.lower[c.head], view, at, self)
        owned = len(words) > 1 and words[0] in OWN
        if head is None and not c.actors and (owned or words in THE_LAND):
            return self._owned(at) if owned else own_country(view, at, self)
        if head is not None or c.word in self.memory.bodies:
            body = named(self.memory, view, at)
            if body or (head is not None and head.kind in SPOKEN_ON and said_on(self, at)):
                return body
        if head is not None and head.kind != "adjective":
            whos = of_span(head)
            if head.kind == "nominal" and c.head + 1 < c.end and len(whos) == 1:
                whos = [bearer(view, at, head, whos[0])]
            return sent(self, at, attach(self, at, whos))
        if c.word in self.memory.culture:
            return []  # the Russian language is not Russia
        if c.actors:
            last = c.actors[-1]
            if head is not None and not c.head + 1 < c.end:
                return of_span(last)  # "the Israelis", "talks with the French"
            return self._derived(at, last)
        return self._by_place(at)

    def _derived(self, at: int, span: ActorSpan) -> list[Who]:
        """Return the actors of a phrase whose head is a common noun with an actor in front: "a Taliban attack"."""
        c = self.view.chunks[at]
        whos = of_span(span)
        if is_kind(self.view, c, span) and self.view.spans[c.head] is None:
            return held_by(self, at) or base(self, at, whos[0])
        if span.kind == "nominal" and len(whos) == 1:
            return [bearer(self.view, at, span, whos[0])]
        if span.kind in ("person", "group", "org", "seat") or span.members:
            return whos
        name = bare(self.view.slice(c.start, c.end))
        return [
            w._replace(name=name, key=f"{w.country}.{slug(name)}")
            if w.kind == "adjective" and w.country
            else w
            for w in whos
        ]

    def _by_place(self, at: int) -> list[Who]:
        view = self.view
        c = view.chunks[at]
        if c.word in self.memory.nature or c.word in AMOUNT or c.word == "some":
            return []
        if c.word in ACTED_ON and (doers := whose_act(self, at)):
            return doers
        place = self.memory.place(view, c.start, c.end)
        if place is not None and place.country and place.granularity != "country":
            return [
                Who(
                    place.name,
                    f"{place.country}.{slug(place.name)}",
                    place.country,
                    None,
                    "place",
                    view.tokens.start[c.start],
                )
            ]
        if owners := held_by(self, at):
            return owners
        if c.word in self.memory.deeds:
            named = [w for w in self.following(at, _DEED_PREPOSITIONS) if w.country]
            if named:
                return named  # whom "airstrikes across Tehran", "the surrender of Iran" is about
        if c.word in self.memory.conduct:
            owner = [w for w in self.following(at, _CONDUCT_PREPOSITIONS) if w.country]
            if owner:
                return owner  # "the treatment of prisoners by Iran" is Iran's
        if c.word in self.memory.parleys:
            return []  # an accord signed in Oslo is not of Norway
        country = self.country_after(at) or added_country(view.chunks, at)
        launched = "from" in [behind.word for behind in view.chunks[at + 1 : at + 2]]
        if country is None or (c.word in self.memory.arms and not launched):
            return stranger(self, at)  # a missile is not of the land in which it comes down
        name = bare(view.slice(c.start, c.end))
        people = "CVL" if c.word in self.memory.victims else None
        who = Who(name, f"{country}.{slug(name)}", country, people, "nominal", view.tokens.start[c.start])
        return [titled(self, at, who)]

    def _owned(self, at: int) -> list[Who]:
        """Return who "his country", "their troops" are: a phrase of the country of the antecedent."""
        view = self.view
        c = view.chunks[at]
        if c.word not in self.memory.collective:
            return apposed(self, at)
        owners = pronoun(view.tokens.lower[c.start], view, at, self)
        rest = view.slice(c.start + 1, c.end)
        return [
            Who(
                f"{w.name}'s {rest}",
                f"{w.country}.{slug(rest)}",
                w.country,
                w.sector,
                "nominal",
                view.tokens.start[c.start],
            )
            for w in owners[:1]
            if w.country
        ]

    def country_after(self, at: int) -> str | None:
        """Return the country that the prepositional phrases right behind a noun phrase name."""
        chunks = self.view.chunks
        j = at + 1
        vessel = chunks[at].word in self.memory.vessels
        while j + 1 < len(chunks) and chunks[j].kind == IN and chunks[j].word in _PHRASE_PREPOSITIONS:
            inner = chunks[j + 1]
            if vessel and chunks[j].word == "near":
                return None  # a tanker near Oman is hardly Oman's
            if inner.kind != NP:
                return None
            if inner.word in BORDER and chunks[j].word in ("near", "at"):
                j += 2
                continue  # "near the Afghan border in Pakistan"
            for span in reversed(inner.actors):
                if span.country:
                    return span.country
            place = self.memory.place(self.view, inner.start, inner.end)
            if place is not None and place.country:
                return place.country
            added = added_country(chunks, j + 1)
            if added is not None:
                return added
            j += 2
        return None

    def modifiers(self, at: int) -> list[Who]:
        """Return the actors inside a noun phrase before its head: possessors and adjectives of nationality."""
        view = self.view
        c = view.chunks[at]
        head = view.spans[c.head]
        found = [
            w
            for span in c.actors
            if span is not head
            and (span.country is not None or not span.text.endswith(("military", "artillery")))
            for w in of_span(span)
        ]  # "a military operation" is not yet anybody's
        before = at - 2
        if found and before >= 0 and view.chunks[at - 1].kind == AND and view.chunks[before].kind == NP:
            one = view.spans[view.chunks[before].head]
            if (
                one is not None
                and one.kind == "adjective"
                and view.chunks[before].head + 1 == view.chunks[before].end
            ):
                found = [*of_span(one), *found]  # "American and Israeli airstrikes"
        if not found and view.tokens.lower[c.start] in OWN and c.word not in self.memory.kin:
            found = pronoun(view.tokens.lower[c.start], view, at, self)
        return found

    def following(self, at: int, preps: Iterable[str]) -> list[Who]:
        """Return the actors of the first of `preps` that has any among the phrases right behind a noun phrase."""
        by_prep = self.behind(at)
        for prep in preps if by_prep else ():
            for n, (p, i) in enumerate(by_prep):
                if p != prep or (p == "by" and self.of_a_cause(i)):
                    continue
                group = [i]
                for q, k in by_prep[n + 1 :]:
                    if q != prep or IN in {c.kind for c in self.view.chunks[group[-1] : k]}:
                        break
                    group.append(k)
                whos = self.phrases(group)
                if whos:
                    return whos
        return []

    def agent(self, clause: Clause) -> list[Who]:
        """Return who did it, of a passive: the "by" phrase."""
        by = [i for p, i in clause.phrases if p == "by" and not self.of_a_cause(i)]
        return self.doers(by) or [w for i in by for w in suspected(self, i)]

    def doers(self, indices: Iterable[int]) -> list[Who]:
        """Return the actors of noun phrases that do something: "a strike in Rafah" is none of Rafah's, whoever's it is."""
        found: list[Who] = []
        for i in indices:
            c = self.view.chunks[i]
            if c.word not in self.memory.strikes:
                found += without_armament(self, i)
            elif c.actors or (self.view.tokens.lower[c.start] in OWN and c.word in self.memory.collective):
                found += [] if placed(self, i) else without_armament(self, i)
            else:
                found += (
                    self.following(i, ("by", "from"))
                    or conducted(self, i)
                    or [w for w in self.phrase(i) if w.kind == "name"]
                )
        return unique(found)
