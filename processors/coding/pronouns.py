"""What a pronoun stands for: the nearest fitting actor before it, subjects first (after Lappin and Leass 1994, much reduced)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from processors.coding.antecedents import SPEECH, is_office, named_in, spoken_for, surname
from processors.coding.chunks import NP
from processors.coding.firsthand import FIRST, speaking
from processors.coding.grammar import words
from processors.coding.verbless import MANY
from processors.coding.who import unique
from processors.text.morphology import singular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from processors.coding.clauses import Clause
    from processors.coding.coreference import Memory
    from processors.coding.roles import Roles
    from processors.coding.view import View
    from processors.coding.who import Who

_PERSON = frozenset("he she him his her himself herself hers".split())
_MANY = frozenset("they them their themselves theirs".split())
_THING = frozenset("it its itself".split())
_REFLEXIVE = frozenset("himself herself itself themselves".split())
_SINGLE_KINDS = ("state", "capital", "seat", "org", "group", "name")

TOLD = words("told")
DUTIES = ("must", "should", "ought")
"""Modals of what somebody has to do."""
ONE = ("COP", "CVL", "LAB", "MED", "EDU", "BUS", "JUD", "ELI")
"""Sectors whose common nouns in the singular are one person."""
BEHIND = ("of", "in", "from", "for", "at", "on")
"""Prepositions behind the noun of a phrase."""
KEEPING = words("keeping")
"""Verbs of what one does with one's own: "withdrew its police", unlike "violated its airspace"."""
BODIES = ("MIL", "COP", "GOV", "LEG", "JUD", "IGO", "NGO", "SPY", "REB")
"""Sectors of bodies that a text goes on about as "they"."""


def pronoun(word: str, view: View, at: int, roles: Roles) -> list[Who]:
    """Return the actors that a pronoun at chunk `at` stands for."""
    memory = roles.memory
    if word not in _PERSON | _MANY | _THING:
        return (speaking(view, at, roles) or memory.quoted(view)) if word in FIRST else []
    mine = next((c for c in view.clauses if at in c.subject), None)
    if told := _told(mine, roles):
        return told
    stranger = _stranger(memory, view, at) if word in _PERSON | _MANY else -1
    if stranger >= 0:
        return roles.phrase(stranger)
    own = next((c for c in view.clauses if at in c.object), None)
    itself = view.tokens.lower[view.chunks[at].head] == word  # "their army" may be that of the subject
    if word in _MANY and own is not None and itself and _things(view, own, roles):
        return []
    if word in _THING and itself and mine is not None:
        done = _happening(view, at, roles)
        if done is not None:
            return done
    nearest: list[int] = []
    if own is not None and not itself and own.verb.lemma in KEEPING:
        nearest = [i for i in own.subject if i < at]  # "B withdrew its police"
    subjects = [i for c in view.clauses if c.at < at for i in c.subject if i < at]
    subject_first = (w for i in (*_speakers(mine, at), *nearest, *subjects) for w in roles.phrase(i))
    inside: Iterator[Who] = (
        w for i in range(at - 1, -1, -1) if view.chunks[i].kind == NP for w in named_in(view, i)
    )
    barred: set[str] = set()
    if own is not None and itself and word not in _REFLEXIVE:
        barred |= {w.key for w in roles.phrases(own.subject)}  # "accusing them": nobody accuses himself
        thing = word in _THING  # "the president spoke against it, calling it ...": no office is called "it"
        subject_first = (w for w in subject_first if w.key not in barred and not (thing and is_office(w)))
        inside = (w for w in inside if w.key not in barred and not (thing and is_office(w)))
    if word in _MANY:
        return _many(memory, list(subject_first), list(inside))
    fits = _fits(word)
    if word in _PERSON:
        inside = (w for w in inside if w.name.rsplit(" ", 1)[-1].lower() not in memory.strikes)
        subject_first = (w for w in subject_first if w.name.rsplit(" ", 1)[-1].lower() not in memory.strikes)
    if who := next(filter(fits, subject_first), None):
        return [who]
    if word in _THING:
        inside = chain(spoken_for(view, at, roles), inside)
    if who := next(filter(fits, inside), None):
        return [who]
    earlier = (w for w in chain(_subjects_of(memory, word), memory.recent()) if w.key not in barred)
    return next(([who] for who in earlier if fits(who)), [])


def _speakers(mine: Clause | None, at: int) -> list[int]:
    """Return the subject of the verb of saying right above the clause whose subject a pronoun is: "A left, and B said it would"."""
    if mine is None or mine.link != "that" or mine.parent is None or mine.parent.verb.lemma not in SPEECH:
        return []
    return [i for i in mine.parent.subject if i < at]


def _told(mine: Clause | None, roles: Roles) -> list[Who]:
    """Return those who are told what they must do: "told Chad that it must disarm"."""
    if mine is None or mine.link != "that" or mine.parent is None or mine.verb.modal not in DUTIES:
        return []
    return roles.phrases(mine.parent.object) if mine.parent.verb.lemma in TOLD else []


def _subjects_of(memory: Memory, word: str) -> list[Who]:
    """Return the last subjects as a pronoun may mean them: "he" is rather a surname alone than who is named beside it."""
    if word not in _PERSON:
        return memory.subjects
    return [w._replace(kind="person") if surname(w) else w for w in memory.subjects]


def _stranger(memory: Memory, view: View, at: int) -> int:
    """Return the last subject before chunk `at` if nobody names it, else -1: "the attacker fled before he ..."."""
    last = next((c for c in reversed(view.clauses) if c.verb.form == "fin" and c.at < at and c.subject), None)
    if last is None or last.subject[-1] > at:
        return -1
    c = view.chunks[last.subject[-1]]
    head = view.spans[c.head]
    common = head is None or head.kind == "nominal"
    unnamed = common and c.word in memory.humans and view.tokens.text[c.head].islower()
    return last.subject[-1] if unnamed and (head is not None or not c.actors) else -1


def _happening(view: View, at: int, roles: Roles) -> list[Who] | None:
    """Return who did what "it" is, where it is a blaze or a blast just told of: "A bomb hit the market. It killed six"; else None."""
    for c in reversed(view.clauses):
        if c.at < at and c.subject and c.verb.form == "fin" and c.verb.lemma not in SPEECH:
            return roles.memory.happening(roles, c.subject[0])
    return roles.memory.happened()


def _things(view: View, own: Clause, roles: Roles) -> bool:
    """Tell whether "them" are what the verb before did something to and nobody: "obtained the letters and released them"."""
    above = own.parent
    if above is None or own.link not in ("and", "co") or len(above.object) != 1 or above.verb.passive:
        return False
    c = view.chunks[above.object[0]]
    several = view.tokens.lower[c.head] != c.word
    people = c.word in roles.memory.victims | roles.memory.humans
    return several and not people and not roles.phrase(above.object[0])


def _many(memory: Memory, subject_first: list[Who], inside: list[Who]) -> list[Who]:
    alone = unique(subject_first)
    if len(alone) == 1 and alone[0].kind == "org" and alone[0].sector in BODIES:
        return alone  # "the navy states that they ..."
    plural = [w for w in subject_first if w.kind in ("people", "nominal", "group") and not _one(w, memory)]
    if plural:
        return plural[-1:]
    if not inside and len(memory.subjects) > 1:
        first = memory.subjects[0]
        force = first.sector in ("COP", "MIL", "REB") and first.kind != "person"
        apart = all(w.kind != "person" and w.sector in ("CRM", "CVL") for w in memory.subjects[1:])
        return (
            memory.subjects[:1] if force and apart else memory.subjects
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
    earlier = chain(memory.subjects, memory.recent())
    found = next((who for who in earlier if who.kind in several and not _one(who, memory)), None)
    return [found] if found is not None else memory.subjects[:2]


def _fits(word: str) -> Callable[[Who], bool]:
    if word in _PERSON:
        return lambda who: who.kind == "person" or is_office(who)
    return lambda who: who.kind in _SINGLE_KINDS or (who.kind == "nominal" and not _several(who))


def _one(who: Who, memory: Memory) -> bool:
    """Tell whether a common noun is one person, whom nobody goes on about as "they": "the constable"."""
    person = (
        who.kind == "nominal" and who.sector in ONE and memory.bodies.isdisjoint(who.name.lower().split())
    )
    return person and not _several(who)


def _several(who: Who) -> bool:
    """Tell whether a common noun is a plural, which nobody goes on about as "it"."""
    words = who.name.lower().split()
    last = next((n for n, word in enumerate(words) if n and word in BEHIND), len(words)) - 1
    return words[last].endswith(MANY) or (words[last] != "forces" and singular(words[last]) != words[last])
