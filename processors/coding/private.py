"""Acts of private people, of players and of the press, which are no business of this coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.grammar import words
from processors.coding.killers import ARMED
from processors.coding.loosely import holds
from processors.coding.unsaid import IMPLIED
from processors.text.morphology import PRON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.draft import Draft
    from processors.coding.view import View
    from processors.coding.who import Who

LAWS = words("laws")
PERMITTING = words("permitting")
"""Verbs whose subject must have a say in public life, or nothing was conceded."""

PLAYED = ("04", "05", "06", "08", "16", "17", "18", "19")
"""Roots whose words sport uses as well."""
WISHED = ("02", "03", "10", "12")
"""Roots of wishes and refusals that sport uses as well, and of which states may speak: to boycott the games."""
_LANDS = ("state", "capital", "people")

SAID_IN_SPORT = ("11", "12", "13", "15")
"""Roots of which sport has more than its share; states have their quarrels about it too."""

BEARING_ARMS = ARMED - {"CRM"}
"""Sectors of those who are there by office in violence."""
IN_OFFICE = BEARING_ARMS | {"GOV", "JUD"}
"""Sectors of those who are there by office in all else."""

TRADED = ("13", "15", "16")
"""Roots whose words business uses of markets, staff and supplies."""


def plays(whos: Sequence[Who], games: frozenset[str]) -> bool:
    """Tell whether a side is called after a game: a rugby team, the president of the football federation."""
    return any(not games.isdisjoint(w.name.lower().split()) for w in whos)


def played(draft: Draft, view: View, sets: dict[str, frozenset[str]]) -> bool:
    """Tell whether an act is one of sport: nobody is there by office, and the sentence has words of sport."""
    root, games = draft.code[:2], sets["games"]
    if root in ("18", "19") and _hurt(draft, sets["casualty"]):
        return False  # "were killed in a bombing during a cricket match"
    wished = root in WISHED and not any(w.kind in _LANDS for w in (*draft.source, *draft.target))
    if not (root in PLAYED or wished or of_players(draft)):
        return False
    sport = holds(view, sets["sport"], 0, len(view.tokens)) or plays(draft.source, games)
    return sport and not armed(draft, games)


def _hurt(draft: Draft, casualty: frozenset[str]) -> bool:
    """Tell whether people were killed or wounded: no team does that to another in the passive."""
    clause = draft.clause
    return clause is not None and clause.verb.passive and clause.verb.lemma in casualty and bool(draft.target)


def of_players(draft: Draft) -> bool:
    """Tell whether a quarrel is of people alone whom the text calls by what they are: no state, body or person of name is in it."""
    everyone = (*draft.source, *draft.target)
    return draft.code[:2] in SAID_IN_SPORT and all(
        w.kind in ("nominal", "adjective", IMPLIED) for w in everyone
    )


def armed(draft: Draft, games: frozenset[str]) -> bool:
    """Tell whether anybody is there by office: of violence, those who bear arms; of all else, those who govern and judge too."""
    office = BEARING_ARMS if draft.code[:2] in ("18", "19") else IN_OFFICE
    return any(
        w.sector in office and w.kind != IMPLIED and not plays((w,), games)
        for w in (*draft.source, *draft.target)
    )


WORDS = ("02", "03", "04", "05", "06", "07", "10", "11", "12", "13", "16")
"""Roots of what is said, promised, asked, refused and given."""
DEALT = ("04", "05", "07")
"""Roots of acts between firms that are trade."""
STATE = ("GOV", "JUD", "LEG", "MIL", "COP", "SPY")
"""Sectors of those whom it is news that the press looks into."""
RETURNED = "0842"
"""Code of giving back what is another's, as private people do too."""
TWO_SIDES = 2
"""As many as talk."""
_POWERS = ("state", "capital", "seat", "org", "group")
"""Kinds of actor that have a say in public life."""
_CIVIL = frozenset({None, "CVL", "BUS", "EDU", "MED", "LAB", "REL", "AGR", "HLH", "CRM"})
UNPLACED = ("01", "02", "16", "18", "19")
"""Roots that, with no country and no known name on either side, are hardly ever of public life."""
_CRIMINAL = ("11", "17", "18")
"""Roots of which crime reports are full."""
PRIVATE = ("04", "05", "06", "07", "09")
"""Roots of acts that private people do as well, which are no business of this coder: to meet, praise, give, examine."""
VAGUE = ("020", "030", "100")
"""Codes of wishes of which no frame knows what they are for: private people have them as well."""


def is_political(draft: Draft, view: View, persons: frozenset[str], nature: frozenset[str]) -> bool:
    """Tell whether anybody in the event acts or suffers in public life: a doctor who treats a player does not."""
    everyone = (*draft.source, *draft.target)
    clause = draft.clause
    if (
        clause is not None
        and draft.noun < 0
        and not draft.source
        and clause.subject
        and not clause.verb.passive
        and (not draft.operators or draft.code[:2] == "13")
    ):
        heads = {view.chunks[i].word for i in clause.subject}
        words = view.chunk_lemmas(clause.subject)
        pronoun = any(view.tags[view.chunks[i].head] & PRON for i in clause.subject)
        thing = persons.isdisjoint(words) and draft.frame.subject.isdisjoint(words)
        if not pronoun and draft.frame.source == ("subject",) and persons.isdisjoint(heads) and thing:
            return False  # a thing did it: a storm hits no one in the sense meant here
    if clause is not None and draft.noun < 0 and draft.code[:2] in ("18", "19") and clause.verb.passive:
        agents = {view.chunks[i].word for p, i in clause.phrases if p == "by"}
        if not nature.isdisjoint(agents - {"wave"}):
            return False  # "was hit by hurricanes"
    if clause is not None and draft.code[:2] in ("08", "17") and not clause.verb.past and not draft.operators:
        ruling = {view.chunks[i].word for i in clause.subject}
        if ruling and ruling <= LAWS:
            return False  # "the law forbids": what holds is no act
    if (
        draft.code[:2] in _CRIMINAL
        and not any(
            w.country or w.kind in ("org", "group", "person", "name") or w.sector not in _CIVIL
            for w in draft.source
        )
        and not any(w.country for w in draft.target)
    ):
        return False  # a court report of no country is no affair of states
    if _is_trade(draft) or _unheard_of(draft) or _campaigns(draft):
        return False
    if _is_local(draft):
        return False
    if draft.type == "investigation-opened" and draft.source and all(w.sector == "EDU" for w in draft.source):
        return False  # what scientists examine is no case
    if draft.code == "080" and clause is not None and clause.verb.lemma in PERMITTING:
        return any(w.sector not in _CIVIL or w.kind in _POWERS for w in draft.source)
    if draft.code[:2] not in PRIVATE and draft.code not in (*VAGUE, RETURNED):
        return True
    if draft.code == "030" and draft.source:
        everyone = (*draft.source,)  # whoever it is about, the wish is that of who has it
    named = draft.code not in VAGUE  # what firms and film stars mean to do is mostly their own affair
    return any(
        (w.kind in (*_POWERS, "people", "name") and (named or w.sector not in ("BUS", "CVL", "EDU", "MED")))
        or (w.sector not in _CIVIL and w.kind != IMPLIED)
        or (named and w.kind == "person" and not w.key.startswith("---"))
        for w in everyone
    )


def _is_trade(draft: Draft) -> bool:
    """Tell whether firms do what is their own business: with other firms, with their staff, or in what they mean to do."""
    root, everyone = draft.code[:2], (*draft.source, *draft.target)
    if root in DEALT:  # what firms agree with firms and deliver to them
        return bool(everyone) and all(w.sector == "BUS" for w in everyone)
    if not draft.source or any(w.sector != "BUS" for w in draft.source):
        return False
    if root in TRADED:  # "the brewer mobilised its sales force"
        return not any(w.kind in _POWERS or w.sector not in _CIVIL for w in draft.target)
    return draft.code == "030"


def _is_local(draft: Draft) -> bool:
    """Tell whether the police of a country work with its schools, clinics and people: their daily business."""
    if draft.code[:2] != "06" or not draft.source or any(w.sector != "COP" for w in draft.source):
        return False
    lands = {w.country for w in (*draft.source, *draft.target)}
    return len(lands) == 1 and all(w.sector in _CIVIL for w in draft.target)


def _unheard_of(draft: Draft) -> bool:
    """Tell whether a name is all that is known of those who say, ask or give something: neither country nor office."""
    everyone = (*draft.source, *draft.target) if draft.code[:2] in WORDS else ()
    names = (w.country is None and w.sector is None and w.kind in ("name", "person") for w in everyone)
    return bool(everyone) and all(names)


def _campaigns(draft: Draft) -> bool:
    """Tell whether those who hold a rally hold an office or run for one: they do so for themselves."""
    if draft.type != "protest-held" or not draft.source:
        return False
    return all(w.kind == "person" and w.sector in ("GOV", "ELI", "LEG", "PTY") for w in draft.source)


def is_interview(draft: Draft) -> bool:
    """Tell whether somebody spoke to the press, or the press asked him: how news are made, and no news."""
    if draft.type in ("talks-held", "phone-call-held"):
        return _is_press(draft.source) or _is_press(draft.target) or _leads(draft)
    if not _is_press(draft.source):
        return False
    asks = draft.clause is not None and draft.clause.verb.lemma in ("ask", "visit", "meet")
    state = any(w.sector in STATE for w in draft.target)
    return asks or (draft.type == "investigation-opened" and not state)


def _is_press(side: Sequence[Who]) -> bool:
    return bool(side) and all(w.sector == "MED" for w in side)


def _leads(draft: Draft) -> bool:
    """Tell whether words to somebody unknown only lead to what was said: "Speaking to Ann Ray of the Herald, he said"."""
    clause = draft.clause
    if clause is None or clause.verb.form != "ing" or clause.verb.lemma != "speak":
        return False
    return len({w.country for w in (*draft.source, *draft.target)} - {None}) < TWO_SIDES
