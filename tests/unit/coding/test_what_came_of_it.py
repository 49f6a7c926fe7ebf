"""What a sentence tells only beside its main clause, or with signs in it: percentages, quotation marks, what came of an operation."""

import pytest

from tests.unit.coding.support import code


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Peru announces a 20% tariff on wheat from Chile.", ["sanctions-imposed"]),
        ("Peru announces a 20% tariff increase on wheat from Chile.", ["sanctions-imposed"]),
        ("Peru's exports to Chile rose 20% in May.", []),
        ('The Kenyan air force launched "precise" airstrikes in Somalia.', ["attack-carried-out"]),
        ('Thai talks with Cambodia were "terminated" on Monday.', ["talks-suspended"]),
    ],
)
def test_signs_and_short_quotations_part_no_phrase(text: str, types: list[str]) -> None:
    """A percent sign goes on with its number, marks around a word or two are left out."""
    assert [m.type for m in code(text)] == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Dozens of Serbs rally in Belgrade against the government.", ["protest-held"]),
        ("Chadian troops and tanks advance into Sudan.", ["attack-carried-out"]),
        ("Gunmen open fire on a bar in Quito, Ecuador.", ["attack-carried-out"]),
        ("Clashes in Gao, Mali, leave six Tuareg rebels dead.", ["attack-carried-out"]),
        (
            "A fire breaks out at a refinery in Kursk, Russia, following a Ukrainian drone strike.",
            ["attack-carried-out"],
        ),
        ("The African Union adopts a resolution calling for a ceasefire in Sudan.", ["ceasefire-proposed"]),
        ("A Turkish bomb wounds seven people in Sinjar, Iraq.", ["attack-carried-out"]),
    ],
)
def test_verbs_that_look_like_nouns(text: str, types: list[str]) -> None:
    """Behind several, behind a place between commas, and before a particle, the word is the verb."""
    assert [m.type for m in code(text)] == types


@pytest.mark.parametrize(
    ("text", "attacks"),
    [
        ("Nine people are killed after a truck hits a landmine near Gao, Mali.", 1),
        ("Nine people are killed after a truck hits a bus near Gao, Mali.", 0),
        ("Six people are killed and four are missing in an air strike on Nyala, Sudan.", 1),
        (
            "Six people are killed and four are missing after a house collapses in a gas explosion in Bari, Italy.",
            0,
        ),
        ("Malian troops conducted an operation that killed 20 al-Qaeda fighters.", 1),
        ("Malian general Ali Musa is confirmed to have been killed in clashes with rebels.", 1),
        ("Three Malians are killed while waiting for food aid.", 1),
        ("Three Malians are killed while waiting for a bus.", 0),
    ],
)
def test_of_what_people_died(text: str, attacks: int) -> None:
    """What they ran into, what is told of the others with them, and what an operation came to."""
    assert [m.type for m in code(text)] == ["attack-carried-out"] * attacks


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The Latvian parliament votes 61-12 to close the Russian consulate.", ["relations-severed"]),
        (
            "Hamas received an Egyptian proposal, which was rejected by the Israeli defence minister.",
            ["proposal-rejected"],
        ),
        ("Syrian state media reports airstrikes near Homs.", ["attack-carried-out"]),
        ("Niger announces the closure of its border with Benin.", ["repression-applied"]),
        ("Iran says that there will be no talks with the United States.", ["talks-rejected"]),
        ("A summit is held in Arusha involving Kenya and Uganda.", ["meeting-held"]),
    ],
)
def test_acts_told_in_passing(text: str, types: list[str]) -> None:
    """Votes with their count, relative clauses on an offer, reports of strikes, nouns for a border that is closed."""
    assert [m.type for m in code(text)] == types


def test_who_reports_a_strike_did_not_make_it() -> None:
    """The source stays empty where only who tells of it is named."""
    (mention,) = code("Syrian state media reports airstrikes near Homs.")
    assert mention.source == ()


def test_whose_shrapnel_it_is() -> None:
    """It is theirs who fired what it comes from."""
    (mention,) = code("Shrapnel from a Houthi missile wounds two people in Eilat, Israel.")
    assert [w.country for w in mention.source] == ["YEM"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The Danish foreign minister said that the country had suspended aid to Mali.", ["DNK"]),
        (
            "The Danish foreign minister visited Niger and said that the country had suspended aid to Mali.",
            [],
        ),
    ],
)
def test_the_country_of_who_speaks(text: str, countries: list[str]) -> None:
    """An official's "the country" is his own, unless the sentence has named another one before."""
    sources = [[w.country for w in m.source] for m in code(text) if m.type == "aid-suspended"]
    assert sources == ([countries] if countries else [])


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Security forces in South Sudan arrest the opposition politician John Gatluak.", ["arrest-made"]),
        ("Oman signs a 50 million rupees deal to supply gas to Kenya.", ["agreement-signed"]),
        (
            "The Ghanaian government, citing new risks, bans American citizens from entering Ghana.",
            ["sanctions-imposed"],
        ),
        (
            "A wave of attacks in Cauca, Colombia, results in the deaths of two officers.",
            ["attack-carried-out"],
        ),
        ("The port of Izmail, Ukraine, shuts down after a Russian drone strike.", ["attack-carried-out"]),
        (
            "Chad's government reports a missile launched by Sudanese rebels was intercepted.",
            ["attack-carried-out"],
        ),
        (
            "Trump will lift the tariffs on Norway after reaching an agreement with the bloc.",
            ["sanctions-eased"],
        ),
        ("Norway announced its intention to recognise Palestine.", ["recognition-granted"]),
        ("Norway has not announced any plans to recognise Palestine.", []),
        ("Norway had not, as of Monday, announced any plans to recognise Palestine.", []),
    ],
)
def test_verbs_behind_places_and_insertions(text: str, types: list[str]) -> None:
    """A verb is found behind what only says where, who or how much; what was done before is no part of what is ended."""
    assert [m.type for m in code(text)] == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        (
            "Tuareg militias, including the Ganda Koy and the Ganda Izo, clash with jihadists in Mali.",
            ["attack-carried-out"],
        ),
        ("Thousands protest in Madagascar over power cuts.", ["protest-held"]),
        ("Turkey sends an envoy to Libya.", ["visit-made"]),
        ("Turkey sends an envoy with a letter to Libya.", []),
        ("Laos and Cambodia agree to withdraw heavy weapons from their border.", ["troops-withdrawn"]),
    ],
)
def test_more_verbs_and_objects(text: str, types: list[str]) -> None:
    """Behind a list that "including" opens and behind a count, the word is the verb; envoys and weapons are sent and withdrawn."""
    assert [m.type for m in code(text)] == types


def test_fighters_are_rebels_of_the_place() -> None:
    """Fighters whom nobody names are no civilians."""
    (mention,) = code("Seven fighters are killed in a strike on a base in Anbar, Iraq.")
    assert [(w.country, w.sector) for w in mention.target] == [("IRQ", "REB")]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The SPLM launch drone strikes across several towns in Sudan.", ["attack-carried-out"]),
        (
            "Uruguay's ambassador to the United Nations, Carlos Amorín, calls for a ceasefire in Sudan.",
            ["ceasefire-proposed"],
        ),
        ("Turkish foreign minister Hakan Fidan travels to Honduras.", ["visit-made"]),
        (
            "Presidents Paul Kagame of Rwanda and William Ruto of Kenya formally sign a peace agreement.",
            ["agreement-signed"],
        ),
        ("Malian separatists launch coordinated attacks on two towns in Niger.", ["attack-carried-out"]),
        ("Two people are killed by a Russian guided bomb in Orikhiv, Ukraine.", ["attack-carried-out"]),
        ("The shootout left the Serbian team's fans divided.", []),
        ("Chad conducts intelligence-based strikes on camps in Borno, Nigeria.", ["attack-carried-out"]),
        ("Families flee as ELN rebels clash with FARC dissidents in Colombia.", ["attack-carried-out"]),
    ],
)
def test_the_first_verb_of_a_sentence(text: str, types: list[str]) -> None:
    """Behind names, offices and lists of them, before what can only be said of a noun."""
    assert [m.type for m in code(text)] == types


def test_who_accuses_is_who_speaks() -> None:
    """What was done to somebody in the words of who accuses is no act of the accused thing."""
    accused = [
        m
        for m in code("Oman says that two ships were attacked, accusing Iran of it.")
        if m.type == "accusation-made"
    ]
    assert [[w.country for w in m.source] for m in accused] == [["OMN"]]
