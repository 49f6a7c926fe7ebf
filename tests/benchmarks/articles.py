"""Articles for the benchmarks: 2 to 6 kB of plain text about made-up dealings of real states, half of them copies.

Sentences are put together from parts, so that two articles share words and turns of phrase, as reports of one agency do, and hardly
ever a sentence. One in five tells an act, as in real news; the others are the background, colour and quotation that fill a report.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = """France|Paris|French
Germany|Berlin|German
Turkey|Ankara|Turkish
Egypt|Cairo|Egyptian
Kenya|Nairobi|Kenyan
Brazil|Brasilia|Brazilian
Chile|Santiago|Chilean
India|New Delhi|Indian
Pakistan|Islamabad|Pakistani
Japan|Tokyo|Japanese
Vietnam|Hanoi|Vietnamese
Poland|Warsaw|Polish
Hungary|Budapest|Hungarian
Morocco|Rabat|Moroccan
Algeria|Algiers|Algerian
Armenia|Yerevan|Armenian
Azerbaijan|Baku|Azerbaijani
Serbia|Belgrade|Serbian
Kosovo|Pristina|Kosovar
Colombia|Bogota|Colombian
Venezuela|Caracas|Venezuelan
Ethiopia|Addis Ababa|Ethiopian
Somalia|Mogadishu|Somali
Qatar|Doha|Qatari"""
ACTS = """met the foreign minister of {b} in {city}
signed an agreement with {b} on {thing}
imposed sanctions on {n} firms from {b}
recalled its ambassador from {b} over {thing}
accused {b} of breaking the accord on {thing}
condemned the arrest of {n} of its citizens in {b}
offered {n} million dollars in aid to {b}
threatened to leave the talks with {b} about {thing}
called on {b} to withdraw its troops from the border
rejected a proposal by {b} on {thing}
will hold talks with {b} in {city} next month
agreed to exchange {n} prisoners with {b}
deployed {n} soldiers near the border with {b}
expelled {n} diplomats of {b}
did not attend the summit that {b} hosted in {city}
asked {b} for help with {thing}"""
TAILS = """, the foreign ministry said on {day}
, according to a statement published late on {day}
after {n} days of quiet diplomacy
, a step that few had expected
, while lawmakers in {city} debated {thing}
, officials told reporters
despite doubts at home about {thing}
, ending {n} months of uncertainty
in a move seen as a signal to its neighbours
, said a person who was briefed on the matter"""
OPENERS = """
On {day}
In a rare step
Two weeks before the elections
For the first time in {n} years
After a long debate
Under pressure from parliament"""
THINGS = """wheat tariffs|gas transit|fishing rights|rail links|visa rules|the shared river|dual citizens|grain storage|flood relief
satellite data|port fees|migrant workers|cobalt mines|cross-border trade|a disputed island|school books|power lines|air routes"""
WHO = """Traders|Farmers along the river|Residents of the old town|Economists|The central bank|Shopkeepers|Older voters|Students
Engineers at the plant|A former minister|Local newspapers|The opposition|Truck drivers|Hotel owners|Doctors|Analysts at two banks"""
DID = """expect|remember|describe|doubt|discuss|have long studied|worry about|hope for|point to|have seen|speak of|pay for"""
WHAT = """a slow winter|the price of bread|better roads|{n} empty factories|the mood in {city}|a colder spring|the cost of {thing}
long queues at the crossing|a budget of {n} billion|the last drought|new bridges|small savings|the rules for {thing}|a weak currency
the festival in {city}|{n} delayed shipments|the history of {thing}|a generation of migrants"""
HOW = """, and little has changed since|, though figures differ|; nobody can say how long it will last|, as they did {n} years ago
and the older ones shrug|, which matters most in the villages|, at least for now|because harvests were poor
, surveys by the statistics office show|, with {n} of {m} families affected|, far from the ministries of {city}"""
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
START = datetime(2025, 2, 1, tzinfo=UTC)


def _parts(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in line.split("|")]


STATE_ROWS = [line.split("|") for line in STATES.split("\n")]
ACT, TAIL, OPENER = ACTS.split("\n"), TAILS.split("\n"), OPENERS.split("\n")
THING, SUBJECT, VERB, OBJECT, END = map(_parts, (THINGS, WHO, DID, WHAT, HOW))


def _sentence(dice: random.Random, pair: tuple[list[str], list[str]]) -> str:
    (a, city, adjective), (b, other_city, _) = pair
    if dice.random() < 0.2:
        who = dice.choice((a, city, f"the {adjective} government", f"the {adjective} foreign minister"))
        opener = dice.choice(OPENER)
        text = f"{opener}, {who}" if opener else who
        text += f" {dice.choice(ACT)} {dice.choice(TAIL)}".replace(" ,", ",")
    else:
        text = f"{dice.choice(SUBJECT)} {dice.choice(VERB)} {dice.choice(OBJECT)} {dice.choice(END)}"
        text = text.replace(" ,", ",").replace(" ;", ";")
    text = text.format(
        b=b,
        city=dice.choice((city, other_city, dice.choice(STATE_ROWS)[1])),
        thing=dice.choice(THING),
        n=dice.randrange(2, 900),
        m=dice.randrange(900, 5000),
        day=dice.choice(DAYS),
    )
    return text[0].upper() + text[1:] + "."


def article(number: int, length: int | None = None) -> dict[str, str]:
    """Return one raw article with 2 to 6 kB of text, or `length` code points and a little more; the same for the same number."""
    dice = random.Random(number)  # noqa: S311 - the same articles in every run
    length = length or dice.randrange(2000, 6000)
    first, second = dice.sample(STATE_ROWS, 2)
    paragraphs: list[str] = []
    size = 0
    while size < length:
        paragraph = " ".join(_sentence(dice, (first, second)) for _ in range(dice.randrange(2, 5)))
        paragraphs.append(paragraph)
        size += len(paragraph) + 2
    return {
        "id": f"a{number}",
        "url": f"https://outlet{number % 40}.example/news/{number}",
        "source": f"Outlet {number % 40}",
        "title": f"{first[0]} and {second[0]}: case {number}",
        "body": "\n\n".join(paragraphs),
        "content_type": "text/plain",
        "published_at": (START + timedelta(minutes=number)).isoformat(),
    }


def feed(count: int) -> list[bytes]:
    """Return `count` raw records, every second one a copy of the article before it by another outlet."""
    return list(stream(count))


def stream(count: int) -> Iterator[bytes]:
    """Yield what `feed` returns, one by one."""
    for number in range((count + 1) // 2):
        original = article(number)
        copy = original | {
            "id": f"c{number}",
            "url": f"https://copyist{number % 60}.example/{number}",
            "source": f"Copyist {number % 60}",
        }
        yield orjson.dumps(original)
        if 2 * number + 1 < count:
            yield orjson.dumps(copy)
