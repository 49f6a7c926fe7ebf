"""Actors in the slots of a frame: what a noun phrase stands for, and which phrase fills source and target."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from processors.coding.attached import attach
from processors.coding.bodies import named
from processors.coding.chunks import ACTED_ON, AND, COMMA, IN, NP, VG
from processors.coding.coordination import begins_clause
from processors.coding.envoys import OWN, sent
from processors.coding.military import base, without_armament
from processors.coding.platforms import said_on
from processors.coding.pronouns import pronoun
from processors.coding.saying import whose_act
from processors.coding.strangers import stranger
from processors.coding.striking import conducted, placed, suspected
from processors.coding.titles import apposed, bearer, titled
from processors.coding.walks import added_country, governed, list_goes_on, looks_on
from processors.coding.who import Who, bare, of_land, of_span, slug, unique
from processors.text.morphology import PRON

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


MOST = 10
"""Phrases behind a noun that are looked at."""

SIDES = ("party", "rival", "side")
"""Nouns that behind "both" mean nobody but the two between whom something is."""
PAIR = frozenset(("both", "either", "two"))
"""Words that make of a plural noun a pair that has been named."""

AMOUNT = frozenset("million billion trillion percent dollar euro pound".split())
"""Heads of phrases that are sums and shares: they act and suffer nothing."""

BY_WHOM = ("by", "against")
CAUSES = frozenset(("over", "after", "following", "about", "amid", "despite", "into"))
"""Prepositions of what an act is about or comes of: "summoned over remarks by X", "an inquiry into killings by X" are none of X's."""
"""Prepositions that go on with an attack behind the place where it happened."""


class Roles:
    """Resolves noun phrases of one sentence to actors; each phrase once."""

    def __init__(self, view: View, memory: Memory) -> None:
        """Take the sentence and what is remembered of the article before it."""
        self.view, self.memory = view, memory
        self._known: dict[int, list[Who]] = {}
        self._behind: dict[int, list[tuple[str, int]]] = {}

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """The prepositions of the sentence: what none of them leads to need not be looked for."""
        return frozenset(c.word for c in self.view.chunks if c.kind == IN)

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
        if c.word in self.memory.pair_nouns and PAIR & set(tokens.lower[c.start : c.end]):
            both = self.memory.both(view, at) if not any(a.country for a in c.actors) else []
            if both or (c.word in SIDES and self.country_after(at) is None):
                return both  # "either party" is no political party
        if (
            head is None
            and c.word in self.memory.measure
            and inner < len(view.chunks)
            and view.chunks[at + 1].word == "of"
        ):
            return of_land(self.phrase(inner), c.actors) if view.chunks[inner].kind == NP else []
        if view.tags[c.head] & PRON and head is None:
            return pronoun(tokens.lower[c.head], view, at, self)
        if c.end - c.start > 1 and head is None and tokens.lower[c.start] in OWN and not c.actors:
            return self._owned(at)
        if head is not None or c.word in self.memory.bodies:
            body = named(self.memory, view, at)
            if body or (head is not None and head.kind == "org" and said_on(self, at)):
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
        if span.name == "military" and self.view.spans[c.head] is None:
            return base(self, at, whos[0])
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
        owners = pronoun(view.tokens.lower[c.start], view, at, self)
        if view.chunks[at].word not in self.memory.collective:
            return apposed(self, at)
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
                if p != prep or (p == "by" and self._of_a_cause(i)):
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

    def behind(self, at: int) -> list[tuple[str, int]]:
        """Return the (preposition, noun phrase) pairs right behind a noun phrase, lists taken apart; not to be changed."""
        found = self._behind.get(at)
        if found is None:
            found = self._behind[at] = self._find_behind(at)
        return found

    def _find_behind(self, at: int) -> list[tuple[str, int]]:
        chunks = self.view.chunks
        found: list[tuple[str, int]] = []
        j = at + 1
        prep = ""
        while j < len(chunks) and len(found) < MOST:
            c = chunks[j]
            if c.kind == IN:
                prep = c.word
                if (prep == "to" and self.is_reason(j)) or looks_on(chunks, j):
                    break
            elif c.kind == NP and prep:
                found.append((prep, j))
            elif c.kind == COMMA and found and begins_clause(chunks, j - 1, j + 2):
                break  # "sent a plane to the area, and Bordurie said ..."
            elif (c.kind == AND and found and j + 1 < len(chunks) and chunks[j + 1].kind in (NP, IN)) or (
                c.kind == COMMA and found and list_goes_on(chunks, j)
            ):
                pass
            elif c.kind == COMMA and found and self._larger(j + 1):
                while chunks[j].kind == COMMA and self._larger(j + 1):
                    j += 2  # "an attack on a post in Cali, Colombia, by dissidents"
                prep = ""
            elif c.kind == VG or (c.kind == NP and not prep) or c.kind not in (8, 9):
                break
            j += 1
        return found

    def is_reason(self, prep: int) -> bool:
        """Tell whether the preposition at a chunk is that of "due to": what follows is why, and not to whom."""
        c = self.view.chunks[prep]
        return c.word == "to" and c.start > 0 and self.view.tokens.lower[c.start - 1] == "due"

    def _larger(self, at: int) -> bool:
        """Tell whether a larger place between commas follows, and then another phrase: ", Colombia, by"."""
        chunks = self.view.chunks
        return (
            at + 2 < len(chunks)
            and chunks[at].kind == NP
            and chunks[at + 1].kind == COMMA
            and (chunks[at + 2].word in BY_WHOM or self._larger(at + 2))
            and (self.memory.place(self.view, chunks[at].start, chunks[at].end) is not None)
        )

    def agent(self, clause: Clause) -> list[Who]:
        """Return who did it, of a passive: the "by" phrase."""
        by = [i for p, i in clause.phrases if p == "by" and not self._of_a_cause(i)]
        return self.doers(by) or [w for i in by for w in suspected(self, i)]

    def _of_a_cause(self, by: int) -> bool:
        """Tell whether the phrase that begins behind "by" says whose remarks or deed a cause was: "over the burning of a flag by X"."""
        chunks, noun = self.view.chunks, by - 2
        while noun > 0 and chunks[noun].kind == NP and chunks[noun - 1].kind == IN:
            if chunks[noun - 1].word in CAUSES:
                return (
                    chunks[noun].word not in self.memory.strikes
                )  # "killed after an ambush by X": he did both
            if chunks[noun - 1].word != "of":
                return False
            noun -= 2
        return False

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

    def governor(self, at: int) -> str:
        """Return the preposition in front of a noun phrase, or an empty string."""
        prep = governed(self.view.chunks, at)
        return self.view.chunks[prep].word if prep >= 0 else ""
