"""What a pronoun stands for: the nearest fitting actor before it, subjects first (after Lappin and Leass 1994, much reduced)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from processors.coding.antecedents import is_office, lands, spoken_for, surname, two
from processors.coding.bodies import CALLED
from processors.coding.chunks import NP
from processors.coding.firsthand import FIRST, is_open, quotes, reopens, speaking, teller
from processors.coding.platforms import PLATFORMS
from processors.coding.roles import Roles
from processors.coding.who import Who, of_span, unique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from processors.coding.retold import Attack
    from processors.coding.view import View
    from processors.tag import ActorSpan, PlaceSpan
    from processors.tag.model import Field

_PERSON = frozenset("he she him his her himself herself hers".split())
_MANY = frozenset("they them their themselves theirs".split())
_THING = frozenset("it its itself".split())
_REFLEXIVE = frozenset("himself herself itself themselves".split())
_SINGLE_KINDS = ("state", "capital", "seat", "org", "group", "name")
MEMORY = 24
"""Actors kept from the sentences before."""


BODIES = ("MIL", "COP", "GOV", "LEG", "JUD", "IGO", "NGO", "SPY", "REB")
"""Sectors of bodies that a text goes on about as "they"."""

QUOTED = 4
"""Sentences of one quotation back to which its speaker is looked for."""

STRIDE = 24
"""Every so many sentences the subjects are found before those behind, so that no pronoun leads back further at once."""


class _Noted:
    """A sentence that has been coded."""

    __slots__ = (
        "_view",
        "actors",
        "field",
        "named",
        "pair",
        "roles",
        "start",
        "subjects",
        "view",
        "with_named",
        "with_pair",
        "with_subject",
    )

    def __init__(
        self,
        view: Callable[[], View],
        roles: Roles | None,
        before: int,
        actors: Sequence[ActorSpan],
        place: tuple[Field, int],
    ) -> None:
        self.view, self.roles, self.actors = view, roles, actors
        self.field, self.start = place
        self.named: list[Who] | None = None
        self._view: View | None = None
        self.subjects: list[Who] | None = None
        self.pair: list[Who] | None = None
        self.with_subject = self.with_named = self.with_pair = before

    def read(self) -> View:
        """Return the view of the sentence, which is made once."""
        if self._view is None:
            self._view = self.view()
        return self._view


class Memory:
    """What the article has named so far. One for each article.

    Sentences are only read for their actors once a pronoun asks for them: most never are.
    """

    def __init__(
        self,
        spans: Sequence[ActorSpan],
        places: Sequence[PlaceSpan],
        sets: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        """Take all actor spans and places of the article, and the word sets of the rules."""
        self.collective = sets.get("collective", frozenset())  # "his country" stands for its owner
        self.measure = sets.get("measure", frozenset()) | sets.get("settlement", frozenset())
        self.nature = sets.get("nature", frozenset())
        self.water = sets.get("water", frozenset())
        self.nameless = self.nature | self.water | sets.get("era", frozenset())  # named, and acts for nobody
        self.regions = sets.get("region", frozenset())
        self.strikes = sets.get("strikes", frozenset())
        self.arms = sets.get("ammunition", frozenset())
        self.culture = sets.get("culture", frozenset())
        self.vessels = sets.get("vessel", frozenset())
        self.deeds = sets.get("deeds", frozenset())
        self.conduct = sets.get("conduct", frozenset())
        self.measures = sets.get("against_platform", frozenset())  # what states do to a platform
        self.kin = sets.get("kin", frozenset())
        self.sites = sets.get("territory", frozenset())
        self.victims = sets.get("victims", frozenset())
        self.humans = sets.get("human", frozenset())
        self.pair_nouns = sets.get("pair", frozenset())
        self.called = {name: sets.get(name, frozenset()) for name in CALLED}  # what bodies are called
        self.bodies = sets.get("body", frozenset())
        self.attack: Attack | None = None  # what the last sentence with an attack told of it
        self._noted: list[_Noted] = []
        self._now = 0  # the sentence whose pronouns are asked for
        self._step = 0  # the last sentence whose subjects were found ahead of those behind it
        self.places: dict[tuple[str, int], PlaceSpan] = {(p.field, p.start): p for p in places}
        self._placed = {f: sorted(p.start for p in places if p.field == f) for f in ("title", "text")}
        count: Counter[str] = Counter(land for span in spans for land in lands(span))
        count.update(p.country for p in places if p.country and p.granularity != "country")
        self.country: str | None = None
        top = count.most_common(2)
        if top and (
            len(top) == 1 or top[0][1] >= 2 * top[1][1]
        ):  # the only one, or twice as often as any other
            self.country = top[0][0]

    def has_place(self, field: str, start: int, end: int) -> bool:
        """Tell whether a place begins within these code points of a field."""
        starts = self._placed[field]
        at = bisect_left(starts, start)
        return at < len(starts) and starts[at] < end

    def place(self, view: View, first: int, last: int) -> PlaceSpan | None:
        """Return the place that begins within the tokens [first, last)."""
        for i in range(first, last):
            found = self.places.get((view.field, view.tokens.start[i]))
            if found is not None:
                return found
        return None

    def note(
        self,
        view: Callable[[], View],
        actors: Sequence[ActorSpan],
        place: tuple[Field, int],
        roles: Roles | None = None,
    ) -> None:
        """Remember a sentence: its actors, where it begins, and its view and roles, made only if a later pronoun asks for them."""
        n = len(self._noted)
        self._noted.append(_Noted(view, roles, n - 1, actors, place))
        self._now = n + 1

    @property
    def sentence(self) -> int:
        """The number of sentences before the one that is read."""
        return self._now

    def forget(self) -> None:
        """Let go of the sentences, which hold this memory in turn."""
        self._noted.clear()
        self._now = self._step = 0

    @property
    def subjects(self) -> list[Who]:
        """The subjects of the last sentence that had any."""
        n = self._last(self._own_subjects, "with_subject", self._now - 1)
        return self._own_subjects(n) if n >= 0 else []

    @property
    def pair(self) -> list[Who]:
        """The two of the last sentence that named just two countries."""
        n = self._last(self._own_pair, "with_pair", self._now - 1)
        return self._own_pair(n) if n >= 0 else []

    def recent(self) -> Iterator[Who]:
        """Yield the last actors that were named, the last first."""
        left = MEMORY
        n = self._last(self._own_named, "with_named", self._now - 1)
        while n >= 0 and left > 0:
            named = self._own_named(n)
            yield from named[:left]
            left -= len(named)
            n = self._last(self._own_named, "with_named", n - 1)

    def spans_before(self, view: View, start: int, sentences: int) -> Iterator[ActorSpan]:
        """Yield the actor spans before a code point of a sentence, the last first, and those of so many sentences before it."""
        yield from (a for a in reversed(view.actors) if a.start < start)
        for n in range(self._now - 1, max(-1, self._now - 1 - sentences), -1):
            yield from reversed(self._noted[n].actors)

    def _last(self, own: Callable[[int], list[Who]], link: str, n: int) -> int:
        """Return the last sentence up to n of which `own` gives anybody; the way there is kept, so that nobody walks it twice."""
        walked = []
        while n >= 0 and not own(n):
            walked.append(self._noted[n])
            n = getattr(self._noted[n], link)
        for noted in walked:
            setattr(noted, link, n)
        return n

    def _own_subjects(self, n: int) -> list[Who]:
        noted = self._noted[n]
        if noted.subjects is None:
            while self._step + STRIDE < n:
                self._step += STRIDE
                self._own_subjects(self._step)
            now, self._now = self._now, n  # a pronoun in there stands for somebody before it
            view = noted.read()
            roles = noted.roles or Roles(view, self)
            noted.subjects = unique(
                w for c in view.clauses if c.verb.form == "fin" for w in roles.phrases(c.subject)
            )
            self._now = now
        return noted.subjects

    def _own_named(self, n: int) -> list[Who]:
        noted = self._noted[n]
        if noted.named is None:
            if all(a.kind == "adjective" for a in noted.actors):
                noted.named = []
            else:
                view = noted.read()
                noted.named = [
                    w for i, c in enumerate(view.chunks) if c.kind == NP for w in self._named(view, i)
                ][::-1]
        return noted.named

    def _own_pair(self, n: int) -> list[Who]:
        noted = self._noted[n]
        if noted.pair is None:
            noted.pair = two([*self._own_subjects(n), *self._own_named(n)[::-1]])
        return noted.pair

    def both(self, view: View, at: int) -> list[Who]:
        """Return the two whom "the two leaders", "both sides" at chunk `at` means: those of its sentence, else the last pair."""
        return (
            two([w for i in range(at) if view.chunks[i].kind == NP for w in self._named(view, i)])
            or self.pair
        )

    def pronoun(self, word: str, view: View, at: int, roles: Roles) -> list[Who]:
        """Return the actors that a pronoun at chunk `at` stands for."""
        if word not in _PERSON | _MANY | _THING:
            return (speaking(view, at, roles) or self.quoted(view)) if word in FIRST else []
        subject_first = [
            w for c in view.clauses if c.at < at for i in c.subject if i < at for w in roles.phrase(i)
        ]  # fmt: skip
        inside: Iterator[Who] = (
            w for i in range(at - 1, -1, -1) if view.chunks[i].kind == NP for w in self._named(view, i)
        )
        own = next((c for c in view.clauses if at in c.object), None)
        itself = view.tokens.lower[view.chunks[at].head] == word  # "their army" may be that of the subject
        barred: set[str] = set()
        if own is not None and itself and word not in _REFLEXIVE:
            barred |= {w.key for w in roles.phrases(own.subject)}  # "accusing them": nobody accuses himself
            thing = (
                word in _THING
            )  # "the president spoke against it, calling it ...": no office is called "it"
            subject_first = [w for w in subject_first if w.key not in barred and not (thing and is_office(w))]
            inside = iter([w for w in inside if w.key not in barred and not (thing and is_office(w))])
        stranger = self._stranger(view, at) if word in _PERSON | _MANY else -1
        if stranger >= 0:
            return roles.phrase(stranger)
        if word in _MANY:
            return self._many(subject_first, list(inside))
        fits = self._fits(word)
        if word in _PERSON:
            inside = (w for w in inside if w.name.rsplit(" ", 1)[-1].lower() not in self.strikes)
            subject_first = [
                w for w in subject_first if w.name.rsplit(" ", 1)[-1].lower() not in self.strikes
            ]
        if word in _THING and not any(map(fits, subject_first)):
            inside = chain(spoken_for(view, at, roles), inside)
        for who in chain(subject_first, inside):
            if fits(who):
                return [who]
        earlier = (w for w in chain(self._subjects_of(word), self.recent()) if w.key not in barred)
        return next(([who] for who in earlier if fits(who)), [])

    def _subjects_of(self, word: str) -> list[Who]:
        """Return the last subjects as a pronoun may mean them: "he" is rather a surname alone than who is named beside it."""
        if word not in _PERSON:
            return self.subjects
        return [w._replace(kind="person") if surname(w) else w for w in self.subjects]

    def quoted(self, view: View) -> list[Who]:
        """Return who spoke in the sentences before, where this one goes on with what he says."""
        first = self._noted[max(0, self._now - QUOTED)] if self._now else None
        if first is None or not quotes(
            view.text, first.start if first.field == view.field else 0, view.start
        ):
            return []
        for n in range(self._now - 1, max(-1, self._now - 1 - QUOTED), -1):
            before = self._noted[n]
            if before.field != view.field:
                break
            again = n == self._now - 1 and reopens(view.text, before.start, view.start)
            if again or is_open(view.text, before.start, view.start):
                text = before.read()
                return teller(text, before.roles or Roles(text, self))
        return []

    def _stranger(self, view: View, at: int) -> int:
        """Return the last subject before chunk `at` if nobody names it, else -1: "the attacker fled before he ..."."""
        last = next(
            (c for c in reversed(view.clauses) if c.verb.form == "fin" and c.at < at and c.subject), None
        )
        if last is None or last.subject[-1] > at:
            return -1
        c = view.chunks[last.subject[-1]]
        head = view.spans[c.head]
        common = head is None or head.kind == "nominal"
        unnamed = common and c.word in self.humans and view.tokens.text[c.head].islower()
        return last.subject[-1] if unnamed and (head is not None or not c.actors) else -1

    def _many(self, subject_first: list[Who], inside: list[Who]) -> list[Who]:
        alone = unique(subject_first)
        if len(alone) == 1 and alone[0].kind == "org" and alone[0].sector in BODIES:
            return alone  # "the navy states that they ..."
        plural = [w for w in subject_first if w.kind in ("people", "nominal", "group")]
        if plural:
            return plural[-1:]
        if not inside and len(self.subjects) > 1:
            first = self.subjects[0]
            force = first.sector in ("COP", "MIL", "REB") and first.kind != "person"
            apart = all(w.kind != "person" and w.sector in ("CRM", "CVL") for w in self.subjects[1:])
            return (
                self.subjects[:1] if force and apart else self.subjects
            )  # "police said the suspect had fled"
        people = unique(w for w in reversed(inside) if w.kind == "person")
        if len(people) > 1:
            return people[-2:]
        if len(unique(subject_first)) > 1:
            return unique(subject_first)
        several = ("people", "nominal", "group", "org")
        for who in inside:
            if who.kind in several:
                return [who]
        found = next((who for who in chain(self.subjects, self.recent()) if who.kind in several), None)
        return [found] if found is not None else self.subjects[:2]

    @staticmethod
    def _named(view: View, i: int) -> list[Who]:
        c = view.chunks[i]
        return [
            w
            for s in c.actors
            if s.kind != "adjective"
            and s.name.lower() not in PLATFORMS
            and (s.name != "military" or view.spans[c.head] is s)
            for w in of_span(s)
        ]

    @staticmethod
    def _fits(word: str):  # type: ignore[no-untyped-def]  # noqa: ANN205
        if word in _PERSON:
            return lambda who: who.kind == "person" or is_office(who)
        return lambda who: who.kind in _SINGLE_KINDS or (who.kind == "nominal")
