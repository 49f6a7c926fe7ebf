"""Actors: composed phrases, their country, sector, name and key."""

from datetime import date
from itertools import pairwise

import pytest

from tests.unit.tag.helpers import actors, tag


@pytest.mark.parametrize(
    ("text", "words", "key", "country", "sector"),
    [
        (
            "U.S. President Donald Trump spoke.",
            "U.S. President Donald Trump",
            "person.USA.donald-trump",
            "USA",
            "GOV",
        ),
        ("Israeli troops left.", "Israeli troops", "ISR.MIL", "ISR", "MIL"),
        ("Police in Kenya fired.", "Police in Kenya", "KEN.COP.police", "KEN", "COP"),
        ("They met European nations.", "European nations", "EUR.GOV.nations", "EUR", "GOV"),
        ("It was said by the Kremlin on Monday.", "the Kremlin", "RUS.GOV.kremlin", "RUS", "GOV"),
        ("A deal with NATO was signed.", "NATO", "org.NATO", "IGO", "IGO"),
        ("Rockets of Hamas fell.", "Hamas", "grp.hamas", "PSE", "REB"),
        ("They fought Hezbollah there.", "Hezbollah", "grp.hezbollah", "LBN", "REB"),
        ("They bombed al-Qaeda there.", "al-Qaeda", "grp.al-qaeda", "IMG", "REB"),
        ("It angered the European Union greatly.", "the European Union", "org.EU", "EUR", "IGO"),
        ("Then pro-Russian separatists fought.", "pro-Russian separatists", "---.REB", None, "REB"),
        ("The protesters left.", "The protesters", "---.CVL", None, "CVL"),
    ],
)
def test_actor_of_a_phrase(text: str, words: str, key: str, country: str | None, sector: str | None) -> None:
    """The maximal phrase is one actor with composed country and sector."""
    actor = actors(text)[words]
    assert (actor.key, actor.country, actor.sector) == (key, country, sector)


def test_offsets_are_code_points() -> None:
    """Offsets cut the words out of a field that holds letters outside of the basic plane."""
    text = "😀 Zürich: German police met Recep Tayyip Erdoğan."
    spans = tag(text).text
    assert [text[s.start : s.end] for s in spans] == [s.text for s in spans]
    assert [s.key for s in spans] == ["DEU.COP.police", "person.TUR.recep-tayyip-erdoğan"]


def test_spans_are_ordered_and_apart() -> None:
    """Actors of a field come in order and do not overlap."""
    spans = tag(
        "U.S. and Russian officials, the Kazakh foreign minister and French President Emmanuel Macron met NATO."
    ).text
    assert len(spans) == 4
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_compound_of_two_states_has_members() -> None:
    """The words 'U.S. and Chinese officials' are one span with an actor for each state."""
    actor = actors("They said U.S. and Chinese officials met.")["U.S. and Chinese officials"]
    assert [(m.text, m.key) for m in actor.members] == [("U.S.", "USA.GOV"), ("Chinese", "CHN.GOV")]


def test_case_tells_country_from_pronoun() -> None:
    """The word 'US' is a state, 'us' is not."""
    assert [a.text for a in tag("They told us that the US agreed.").text] == ["US"]


def test_unknown_minister_takes_country_and_office() -> None:
    """A person whom no data names is described by the title, and later by the surname."""
    found = actors("Kazakh Foreign Minister Ivan Petrenko spoke. Later Petrenko left.")
    assert found["Petrenko"].key == "person.KAZ.ivan-petrenko"
    assert (found["Petrenko"].name, found["Petrenko"].country, found["Petrenko"].sector) == (
        "Ivan Petrenko",
        "KAZ",
        "GOV",
    )


def test_surname_goes_back_to_the_full_name() -> None:
    """A surname that is also a city means the person who was named before."""
    assert actors("Lloyd Austin flew to Seoul. Then Austin left.")["Austin"].key == "person.USA.lloyd-austin"


def test_title_surname_is_resolved_by_the_text() -> None:
    """The title is resolved with what the text names in full."""
    spans = tag("Mexican lawmaker Pedro Infantado spoke.", title="Infantado is angry").title
    assert [s.name for s in spans] == ["Pedro Infantado"]


def test_description_means_the_person_named_before() -> None:
    """The words 'The Russian leader' after Putin mean Putin, and not after Macron only."""
    assert (
        actors("Vladimir Putin came. The Russian leader smiled.")["The Russian leader"].name
        == "Vladimir Putin"
    )
    assert (
        actors("Emmanuel Macron came. The Russian leader smiled.")["The Russian leader"].key
        == "RUS.GOV.leader"
    )


def test_acronym_in_brackets_is_learnt() -> None:
    """An acronym that brackets introduce means what stands before them."""
    found = actors("The rebel Free Aceh Movement (XAMQ) fought. Later XAMQ gave up.")
    assert found["XAMQ"].key == "grp.free-aceh-movement"


def test_month_is_no_prime_minister() -> None:
    """The word 'May' in a date stays a month though Theresa May was named."""
    spans = tag("Theresa May spoke in May. Then May left.").text
    assert [(s.text, s.start) for s in spans] == [("Theresa May", 0), ("May", 31)]


def test_other_first_name_is_another_person() -> None:
    """A known surname after another first name does not mean the known person."""
    assert actors("They saw Michelle Obama there.")["Michelle Obama"].key == "person.---.michelle-obama"


def test_further_name_is_another_person() -> None:
    """A surname that goes on with more names is part of another name."""
    found = actors("The crowd cheered the Algerian President Ahmed Ben Bella yesterday.")
    assert found["the Algerian President Ahmed Ben Bella"].key == "person.DZA.ahmed-ben-bella"


def test_thing_called_after_a_person_is_no_person() -> None:
    """The words 'Trump Tower' are a building."""
    assert tag("He sold the Trump Tower for little money.").tags.persons == ()


@pytest.mark.parametrize(
    ("day", "key", "sector"),
    [
        (date(1990, 6, 1), "person.USA.george-h-w-bush", "GOV"),
        (date(2003, 6, 1), "person.USA.george-w-bush", "GOV"),
    ],
)
def test_day_decides_between_namesakes(day: date, key: str, sector: str) -> None:
    """Of two presidents of one name the one in office on the day is meant."""
    actor = actors("They met President Bush there.", day=day)["President Bush"]
    assert (actor.key, actor.sector) == (key, sector)


def test_sector_follows_the_dates_of_office() -> None:
    """A president is GOV in office and ELI after it; the key stays."""
    before = actors("They met Angela Merkel there.", day=date(2015, 1, 1))["Angela Merkel"]
    after = actors("They met Angela Merkel there.", day=date(2024, 1, 1))["Angela Merkel"]
    assert (before.sector, after.sector) == ("GOV", "ELI")
    assert before.key == after.key == "person.DEU.angela-merkel"


def test_state_as_surname_is_a_person() -> None:
    """A given name before the name of a state makes it a person, who is no place either; the state stays one."""
    tagged = tag("Michael Jordan came. Then Jordan and Syria signed.")
    assert [a.key for a in tagged.text] == ["person.---.michael-jordan", "JOR", "SYR"]
    assert all(p.start > 20 for p in tagged.places)


def test_the_office_decides_what_sector_somebody_is_of() -> None:
    """A head of a city's government is no businessman, and an officer of a battalion no policeman."""
    day = date(2020, 3, 1)
    assert (
        actors("Hong Kong Chief Executive Carrie Lam spoke.", day=day)[
            "Hong Kong Chief Executive Carrie Lam"
        ].sector
        == "GOV"
    )
    assert actors("An officer of the battalion fled.")["An officer of the battalion"].sector == "MIL"


def test_who_founds_a_body_governs_nobody() -> None:
    """A founder has the sector of what he founded, where it is known."""
    assert actors("The founder of Hamas spoke.")["The founder of Hamas"].sector == "REB"
    assert all(a.sector != "GOV" for a in actors("The Kenyan founder spoke.").values())


def test_a_short_name_in_brackets_parts_no_phrase() -> None:
    """The president of a body is of that body, with its short name in between or not; both names stay known."""
    found = actors("The International Criminal Court (ICC) president Peter Oduor spoke.")
    assert [(a.name, a.country) for a in found.values() if a.kind == "person"] == [("Peter Oduor", "IGO")]
    found = actors("Rapid Support Forces (RSF) fighters fled. The RSF fled.")
    assert [a.name for a in found.values()] == ["Rapid Support Forces fighters", "Rapid Support Forces"]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("He was freed in 2018. French soldiers left.", "French soldiers"),
        ("The raid killed 20. President Emmanuel Macron visited Kenya.", "President Emmanuel Macron"),
    ],
)
def test_a_number_that_ends_a_sentence_counts_nobody(text: str, actor: str) -> None:
    """What stands before the full stop is no part of who opens the next sentence."""
    assert actor in [span.text for span in tag(text).text]
