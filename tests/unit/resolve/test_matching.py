"""What two outlets tell is one event or two: by who, by when and, for what is done daily, by the marks of the sentence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.resolve.marks import marks
from processors.resolve.matching import apart, index_key, looked_up, places_of, same_event
from processors.resolve.told import Told, tell
from processors.resolve.traits import Probe
from schemas.actor import Actor, EventDate, Location, Modality
from schemas.mention import Mention, Mentions
from schemas.verdict import ArticleRef, Verdict, VerdictKind
from tests.unit.resolve.support import NOON, mention

MONDAY = date(2025, 3, 3)


def land(name: str, code: str) -> Actor:
    """Return a country's government."""
    return Actor(name=name, key=code, country=code, sector="GOV")


def person(name: str, code: str) -> Actor:
    """Return a person of a country."""
    return Actor(name=name, key=f"person.{code}.{name.lower()}", country=code, sector="GOV")


SUDAN, CHAD, FRANCE, MALI = (
    land(*pair) for pair in (("Sudan", "SDN"), ("Chad", "TCD"), ("France", "FRA"), ("Mali", "MLI"))
)
MACRON, DEBY, BARROT = person("Macron", "FRA"), person("Déby", "TCD"), person("Barrot", "FRA")


class Telling(NamedTuple):
    """A sentence of an outlet, and what was coded from it."""

    sentence: str
    kind: str = "attack-carried-out"
    source: tuple[Actor, ...] = (SUDAN,)
    target: tuple[Actor, ...] = (CHAD,)
    day: int = 0
    stated: int | None = None
    modality: Modality = Modality.FACTUAL
    place: str | None = None
    about: str | None = None
    symmetric: bool = False

    def told(self, article: str) -> Told:
        """Return it as told by an article; days are counted from Monday."""
        news = MONDAY + timedelta(days=self.day)
        when = None if self.stated is None else MONDAY + timedelta(days=self.stated)
        made = mention(
            self.sentence, kind=self.kind, source=self.source, target=self.target, modality=self.modality, article=article,
            symmetric=self.symmetric, about=self.about, when=when,
        )  # fmt: skip
        spot = Location(name=self.place, country="TCD", lat=0, lon=0) if self.place else None
        return told_of(made.model_copy(update={"location": spot}), news, article)


def told_of(said: Mention, news: date, article: str) -> Told:
    """Return a mention as told by an article."""
    ref = ArticleRef(article_id=article, version="v")
    verdict = Verdict(seq=0, article=ref, kind=VerdictKind.UNIQUE, group=article, record_time=NOON)
    mentions = Mentions(seq=0, article_id=article, version="v", record_time=NOON, rules_version="r")
    return tell(said, mentions, verdict, article, news)


CONSULT = {"kind": "meeting-held", "source": (FRANCE,), "target": (CHAD,), "symmetric": True}
DEMAND = {"kind": "demand-made", "source": (FRANCE,), "target": (MALI,)}
BUS = "Sudanese drones hit a bus of pilgrims near Adré in eastern Chad, killing 14 people."
ONE = {
    "the town and what was hit": (
        Telling(BUS),
        Telling("Fourteen pilgrims died when a drone from Sudan struck their bus outside Adré.", target=(CHAD,)),
    ),
    "a day stated by one, news of the next day": (
        Telling(BUS),
        Telling("A bus was shelled at Adré on Monday by Sudanese forces.", day=1, stated=0),
    ),
    "a day later with the same dead": (
        Telling(BUS),
        Telling("Mourners buried the 14 pilgrims whom Sudanese drones killed on a bus.", day=1),
    ),
    "one names no target": (
        Telling(BUS),
        Telling("Sudanese drones struck a bus at Adré, and 14 pilgrims are dead.", target=()),
    ),
    "a bare headline of the same day": (Telling(BUS), Telling("Sudan strikes Chad")),
    "a toll that rose within the day": (Telling(BUS), Telling("A drone killed 19 pilgrims on a bus at Adré.")),
    "one victim": (
        Telling("Sudanese gunmen killed the governor Idriss Bichara at his home.", target=(DEBY,)),
        Telling("He was shot dead last night.", target=(DEBY,), day=1),
    ),
    "a pair that meets": (
        Telling("President Macron received his colleague Déby.", **CONSULT | {"source": (MACRON,), "target": (DEBY,)}),
        Telling("Paris and N'Djamena talked about bases.", **CONSULT | {"kind": "talks-held"}, day=1),
    ),
    "a town that fell": (
        Telling("Rebels took Bria overnight, the mayor said.", kind="territory-seized", target=()),
        Telling("The alliance that seized Bria before dawn met no resistance.", kind="territory-seized"),
    ),
    "one demand in two wordings": (
        Telling("France urged Mali to free the four detained agents.", **DEMAND, about="to free the four detained agents"),
        Telling("Release our agents, Paris tells the junta, who were detained in August.", **DEMAND),
    ),
}  # fmt: skip
TWO = {
    "strikes on two days": (Telling(BUS), Telling("Sudanese drones hit a convoy near Adré, killing 6 people.", day=1)),
    "the same town two days later": (Telling(BUS), Telling("A bus with 14 people was hit at Adré again.", day=2)),
    "two towns on one day": (Telling(BUS), Telling("Sudanese drones hit a market in Tiné in eastern Chad, killing 14 people.")),
    "two towns by their coordinates": (
        Telling("Sudanese drones hit a bus, killing 14.", place="Adré"),
        Telling("Drones from Sudan hit a bus, killing 14.", place="Tiné"),
    ),
    "days that both state": (Telling(BUS, stated=-4), Telling(BUS.replace("hit", "struck"), stated=-1)),
    "no target, and nothing else in common": (
        Telling("Sudanese drones hit Chad."), Telling("Sudanese drones hit a refinery at Jebel Ali.", target=())
    ),
    "another source": (Telling(BUS), Telling(BUS.replace("Sudanese", "Malian"), source=(MALI,))),
    "meetings of other pairs": (Telling("They met.", **CONSULT), Telling("They met.", **CONSULT | {"target": (MALI,)})),
    "meetings of other ministers": (
        Telling("They met.", **CONSULT | {"source": (MACRON,)}), Telling("They met.", **CONSULT | {"source": (BARROT,)})
    ),
    "one pair meets again": (Telling("They met.", **CONSULT, stated=0), Telling("They met.", **CONSULT, day=4, stated=4)),
    "a meeting and a call": (Telling("They met.", **CONSULT), Telling("They spoke.", **CONSULT | {"kind": "phone-call-held"})),
    "sanctions on other things": (
        Telling("France lifted the arms embargo on Chad.", kind="sanctions-eased", source=(FRANCE,)),
        Telling("France eased visa rules for students from Chad.", kind="sanctions-eased", source=(FRANCE,), day=1),
    ),
    "a day that both recall weeks apart": (Telling(BUS, day=20, stated=0), Telling(BUS, day=40, stated=0)),
    "two towns that fell": (
        Telling("Rebels took Bria overnight.", kind="territory-seized", target=()),
        Telling("The alliance that seized Bambari before dawn met no resistance.", kind="territory-seized"),
    ),
    "two buildings of one town on two days": (
        Telling("The army retook the palace in Bria.", kind="territory-seized"),
        Telling("The army said it held the central bank of Bria.", kind="territory-seized", day=1),
    ),
    "two plans": (
        Telling("They will meet.", **CONSULT | {"kind": "meeting-planned"}, modality=Modality.PLANNED, stated=2),
        Telling("They will meet.", **CONSULT | {"kind": "meeting-planned"}, modality=Modality.PLANNED, stated=9),
    ),
    "a plan and the fact": (Telling("They will meet.", **CONSULT, modality=Modality.PLANNED), Telling("They met.", **CONSULT)),
    "two demands": (
        Telling("France urged Mali to free the four detained agents.", **DEMAND, about="to free the four detained agents"),
        Telling("France called on Mali to hold an election by spring.", **DEMAND, about="to hold an election by spring"),
    ),
    "two demands, one without its object": (
        Telling("France urged Mali to free the four detained agents.", **DEMAND, about="to free the four detained agents"),
        Telling("Paris pressed Bamako over its election calendar once more.", **DEMAND),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
def test_one_event(name: str) -> None:
    """Two outlets on one event, whichever comes first."""
    a, b = (telling.told(outlet) for telling, outlet in zip(ONE[name], "ab", strict=True))
    assert same_event(a, b)
    assert same_event(b, a)
    assert not apart(a, b)


@pytest.mark.parametrize("name", TWO)
def test_two_events(name: str) -> None:
    """Two outlets on two events that have much in common, whichever comes first."""
    a, b = (telling.told(outlet) for telling, outlet in zip(TWO[name], "ab", strict=True))
    assert not same_event(a, b)
    assert not same_event(b, a)


def test_what_a_past_month_says_is_no_day() -> None:
    """A month that lies behind the news is no day of it; a span up to now is the news."""
    month = EventDate(start=date(2025, 1, 1), end=date(2025, 1, 31), precision="month", basis="explicit")
    since = EventDate(start=date(2023, 4, 1), end=MONDAY, precision="interval", basis="explicit")
    told = Telling(BUS).told("a")
    past, now = (
        told_of(told.mention.model_copy(update={"date": when}), told.news, "a") for when in (month, since)
    )
    day = Telling(BUS, stated=-45).told("b")
    assert not same_event(past, day)
    assert same_event(now, Telling(BUS).told("b"))


def test_marks_are_what_tells_acts_apart() -> None:
    """Countries, provinces, dates, and the words of any report mark nothing; towns, things and counts do, in any inflection."""
    told = Telling(
        "On Monday, 3 March 2025, Sudanese forces in North Darfur shelled two markets of El Fasher, killing 27."
    ).told("a")
    assert marks(told.mention) == {"#2", "market", "fasher", "27"}


KINDS = ("attack-carried-out", "meeting-held", "talks-held", "demand-made", "arrest-made")
SENTENCES = (
    BUS,
    "Sudan strikes Chad",
    "They met.",
    "A bus with 14 people was hit at Adré again.",
    "Four agents were detained.",
)
ACTORS = (SUDAN, CHAD, FRANCE, MACRON, DEBY, BARROT)
TELLINGS = st.builds(
    Telling,
    sentence=st.sampled_from(SENTENCES),
    kind=st.sampled_from(KINDS),
    source=st.lists(st.sampled_from(ACTORS), max_size=2, unique=True).map(tuple),
    target=st.lists(st.sampled_from(ACTORS), max_size=2, unique=True).map(tuple),
    day=st.integers(0, 4),
    stated=st.none() | st.integers(-2, 4),
    modality=st.sampled_from((Modality.FACTUAL, Modality.PLANNED)),
    place=st.none() | st.sampled_from(("Adré", "Tiné")),
    about=st.none() | st.sampled_from(("to free the agents", "to hold an election")),
    symmetric=st.booleans(),
)


@given(TELLINGS, TELLINGS)
def test_matching_has_no_direction_and_is_found(one: Telling, other: Telling) -> None:
    """Of two tellings it does not matter which came first; those of one event meet in the index, and nothing sets them apart.

    What the traits say that are at hand of an event does not hide it.
    """
    a, b = one.told("a"), other.told("b")
    probe = Probe(a.mention, a.traits)
    assert same_event(a, b) == same_event(b, a)
    assert apart(a, b) == apart(b, a)
    if a.mention.symmetric == b.mention.symmetric and a.mention.modality is b.mention.modality:
        assert probe.apart(b.traits) == apart(a, b)
    if same_event(a, b):
        assert probe.may_be(b.traits)
        assert not apart(a, b)
        assert set(looked_up(index_key(a.mention))) & set(places_of(index_key(b.mention)))


@given(TELLINGS)
def test_a_telling_is_its_own_event(one: Telling) -> None:
    """The same words at another outlet on the same day tell of the same event."""
    a, b = one.told("a"), one.told("b")
    assert same_event(a, b)
