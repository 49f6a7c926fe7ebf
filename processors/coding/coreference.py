"""What an article has named so far, for the words that lead back to it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from processors.coding.antecedents import is_state, lands, named_in, two
from processors.coding.chunks import NP
from processors.coding.firsthand import is_open, quotes, reopens, teller
from processors.coding.roles import Roles
from processors.coding.senses import Senses
from processors.coding.view import View
from processors.coding.who import Who, unique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from processors.coding.retold import Attack
    from processors.tag import ActorSpan, PlaceSpan
    from processors.tag.model import Field

Sentence = tuple["Field", str, int, int, "Sequence[ActorSpan]"]
"""Name of a field, its text, start and end of the sentence, the actors in it."""

MEMORY = 24
"""Actors kept from the sentences before."""


QUOTED = 4
"""Sentences of one quotation back to which its speaker is looked for."""

STRIDE = 24
"""Every so many sentences the subjects are found before those behind, where pronouns lead back from one to the next for long."""

DEEP = 16
"""Sentences through which one pronoun may lead back before that is done: hardly any leads further."""


class _Noted:
    """A sentence that has been coded."""

    __slots__ = (
        "_view",
        "actors",
        "end",
        "field",
        "named",
        "pair",
        "roles",
        "start",
        "subjects",
        "text",
        "with_named",
        "with_pair",
        "with_subject",
    )

    def __init__(self, sentence: Sentence, view: View | None, roles: Roles | None, before: int) -> None:
        self.field, self.text, self.start, self.end, self.actors = sentence
        self._view, self.roles = view, roles
        self.named: list[Who] | None = None
        self.subjects: list[Who] | None = None
        self.pair: list[Who] | None = None
        self.with_subject = self.with_named = self.with_pair = before

    def read(self) -> View:
        """Return the view of the sentence, which is made once."""
        if self._view is None:
            self._view = View(self.text, self.field, self.start, self.end, self.actors)
        return self._view


class Memory(Senses):
    """What the article has named so far. One for each article.

    Sentences are only read for their actors once a pronoun asks for them: most never are.
    """

    def __init__(self, spans: Sequence[ActorSpan], places: Sequence[PlaceSpan], senses: Senses) -> None:
        """Take all actor spans and places of the article, and what kind of thing each noun names."""
        vars(self).update(vars(senses))
        self.attack: Attack | None = None  # what the last sentence with an attack told of it
        self._noted: list[_Noted] = []
        self._now = 0  # the sentence whose pronouns are asked for
        self._deep = 0  # sentences on the way back from that one whose subjects are being found
        self._step = 0  # the last sentence whose subjects were found ahead of those behind it
        self.places: dict[Field, dict[int, PlaceSpan]] = {"title": {}, "text": {}}  # by where they begin
        for found in places:
            self.places[found.field][found.start] = found
        self._spans, self._located = spans, places

    @cached_property
    def country(self) -> str | None:
        """The country that the article names alone, or twice as often as any other."""
        count = Counter(land for span in self._spans for land in lands(span))
        count.update(p.country for p in self._located if p.country and p.granularity != "country")
        most, next_most, *_ = *sorted(count.values(), reverse=True), 0, 0
        return max(count, key=count.__getitem__) if most and most >= 2 * next_most else None

    @cached_property
    def _starts(self) -> dict[Field, list[int]]:
        return {field: sorted(places) for field, places in self.places.items()}

    def starts(self, field: Field, start: int, end: int) -> list[int]:
        """Return where places begin within these code points of a field, in order."""
        every = self._starts[field]
        first = bisect_left(every, start)
        return every[first : bisect_left(every, end, first)]

    def place(self, view: View, first: int, last: int) -> PlaceSpan | None:
        """Return the place that begins within the tokens [first, last)."""
        places = self.places[view.field]
        for start in view.tokens.start[first:last] if places else ():
            if start in places:
                return places[start]
        return None

    def note(self, sentence: Sentence, view: View | None = None, roles: Roles | None = None) -> None:
        """Remember a sentence, with its view and roles if there are any: else they are made once a later pronoun asks for them."""
        n = len(self._noted)
        self._noted.append(_Noted(sentence, view, roles, n - 1))
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

    def views_before(self, view: View, sentences: int) -> Iterator[View]:
        """Yield the sentences before one in its field, the last first, at most so many."""
        for noted in reversed(self._noted[max(0, self._now - sentences) : self._now]):
            if noted.field == view.field:
                yield noted.read()

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
            self._deep += 1
            while self._deep == DEEP and self._step + STRIDE < n:
                self._step += STRIDE
                self._own_subjects(self._step)
            now, self._now = self._now, n  # a pronoun in there stands for somebody before it
            view = noted.read()
            roles = noted.roles or Roles(view, self)
            noted.subjects = unique(
                w for c in view.clauses if c.verb.form == "fin" for w in roles.phrases(c.subject)
            )
            self._now = now
            self._deep -= 1
        return noted.subjects

    def _own_named(self, n: int) -> list[Who]:
        noted = self._noted[n]
        if noted.named is None:
            if all(a.kind == "adjective" for a in noted.actors):
                noted.named = []
            else:
                view = noted.read()
                noted.named = [
                    w for i, c in enumerate(view.chunks) if c.kind == NP for w in named_in(view, i)
                ][::-1]
        return noted.named

    def _own_pair(self, n: int) -> list[Who]:
        noted = self._noted[n]
        if noted.pair is None:
            noted.pair = two([*self._own_subjects(n), *self._own_named(n)[::-1]])
        return noted.pair

    def happening(self, roles: Roles, at: int) -> list[Who] | None:
        """Return who did what a noun phrase names, where it names a blaze, a storm or a blast; None where it does not."""
        c = roles.view.chunks[at]
        common = roles.view.tokens.text[c.head][:1].islower() or c.start == 0
        return roles.doers([at]) if common and c.word in self.happenings else None

    def happened(self) -> list[Who] | None:
        """Return who did what the last sentence is about, where its subject names a happening; None where it does not."""
        if not self._now:
            return None
        noted = self._noted[self._now - 1]
        view = noted.read()
        at = next((c.subject[0] for c in view.clauses if c.subject and c.verb.form == "fin"), -1)
        return self.happening(noted.roles or Roles(view, self), at) if at >= 0 else None

    def both(self, view: View, at: int) -> list[Who]:
        """Return the two whom "the two leaders", "both sides" at chunk `at` means: those of its sentence, else the last pair.

        "The two governments" are those of states: a group and the police that it attacked are passed over.
        """
        here = [w for i in range(at) if view.chunks[i].kind == NP for w in named_in(view, i)]
        if view.chunks[at].word not in self.states:
            return two(here) or self.pair
        if found := two(filter(is_state, here)):
            return found
        for n in range(self._now - 1, max(-1, self._now - 1 - STRIDE), -1):
            states = [w for w in (*self._own_subjects(n), *self._own_named(n)[::-1]) if is_state(w)]
            if len({w.country for w in states if w.country}) > 1:
                return two(states)  # nobody, where three were named: which two is not told
        return []

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
