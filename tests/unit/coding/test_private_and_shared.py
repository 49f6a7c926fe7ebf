"""What is done at home, in private or long ago is no event; what stands behind two verbs belongs to both."""

import pytest

from tests.unit.coding.support import code, lands


@pytest.mark.parametrize(
    "text",
    [
        "The coach of Kenya conceded that his side must improve.",
        "The Peruvian senator vowed to write a decree on forests.",
        "The Greek premier, speaking to the Hellas Institute, called the pipeline a dream.",
        "She returned the boy to her husband in Pakistan.",
        "The accord between Turkey and Libya is null and void, the Greek minister said.",
        "In a report released in the Andean Journal of Medicine, doctors in Lima described the new flu.",
        "A powerful earthquake of magnitude 6.3 that struck southern Peru destroyed two churches.",
    ],
)
def test_private_and_natural_acts_are_none(text: str) -> None:
    """Coaches concede nothing to anybody, and reports are no prisoners."""
    assert not [m for m in code(text) if m.type != "position-stated"]


def test_what_is_promised_abroad_is_an_offer() -> None:
    """The same verb with a foreign side is an event."""
    ((kind, source, target),) = lands("Kenya offered to train the Ugandan police.")
    assert (kind, source, target) == ("aid-pledged", ["KEN"], ["UGA"])


def test_who_examines_owns_the_hearing() -> None:
    """A hearing that is held is that of the chamber in its name, which is not examined."""
    assert lands("After a Senate hearing was conducted in Manila, the network reopened.") == [
        ("investigation-opened", ["PHL"], [])
    ]


def test_protests_in_a_place_are_of_its_people() -> None:
    """Where a protest erupts is not whom it is against, unless the text says so."""
    assert lands("Protests erupted in Lima on Friday.") == [("protest-held", ["PER"], ["PER"])]
    assert lands("Protests against France erupted in Bamako.")[0][2] == ["FRA"]


def test_the_title_behind_a_name_is_no_second_person() -> None:
    """An apposition that lacks its second comma is one all the same."""
    (event,) = code("Michael Odera, the information minister paid tribute to the Kenyan troops.")
    assert [a.name for a in event.source] == ["Michael Odera"]


def test_passives_share_the_raid_behind_the_last() -> None:
    """The dead died in the attack that is named behind those who were trapped."""
    text = "Two people are killed and six others are trapped in a Turkish drone attack on a house in Kobani, Syria."
    (event,) = code(text)
    assert ([a.country for a in event.source], [a.country for a in event.target]) == (["TUR"], ["SYR"])
    assert event.cameo == "1952"


def test_who_joins_in_an_act_does_it() -> None:
    """To join somebody in bombing is to bomb; to be about to is not."""
    assert lands("Kuwait has joined Jordan in bombing Yemen.") == [("attack-carried-out", ["KWT"], ["YEM"])]
    assert not [e for e in lands("Kuwait may join Jordan in bombing Yemen.") if e[0] == "attack-carried-out"]


@pytest.mark.parametrize(
    "who",
    ["Turkish-backed Syrian rebels", "Turkey-backed Syrian opposition fighters", "Pro-Turkish Syrian rebels"],
)
def test_backers_are_not_those_whom_they_back(who: str) -> None:
    """The second adjective says whose they are."""
    (event,) = code(f"{who} captured the town of Jarablus from government forces.")
    assert [a.country for a in event.source] == ["SYR"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Chad has not yet signed the treaty with Sudan.", "denied"),
        ("Chad haven't yet signed the treaty with Sudan.", "denied"),
        ("Chad conceded nothing to Sudan.", "denied"),
        ("The cabinet of Chad has decided to occupy the Aouzou strip in Libya.", "planned"),
    ],
)
def test_what_is_not_done_yet_is_no_fact(text: str, modality: str) -> None:
    """The verb behind "yet" is that of the auxiliary before it, "nothing" denies, and what is decided on is to come."""
    assert [m.modality.value for m in code(text)] == [modality]


def test_sides_state_what_they_do() -> None:
    """Behind a name and before "that" and a subject, "state" is a verb; before a verb it is a state."""
    assert lands("Uganda and Rwanda state that they have agreed on a trade framework.")[0][1] == [
        "UGA",
        "RWA",
    ]
    assert lands("Kenya condemned the states that shelter rebels.")[0][1] == ["KEN"]


def test_what_others_may_do_is_no_threat() -> None:
    """Who warns of the attack of another state threatens nobody; who warns of his own does."""
    assert not lands("Iran warned that Israel could attack its plants.")
    assert lands("Iran warned that its forces could attack Israel.")[0] == ("threat-issued", ["IRN"], ["ISR"])


def test_a_participle_behind_a_gerund_is_of_the_main_subject() -> None:
    """Who warns against travelling accuses; what "and" closes is a list."""
    text = (
        "Chile warned its citizens against travelling to Bolivia, accusing the Bolivian government of fraud."
    )
    assert ("accusation-made", ["CHL"], ["BOL"]) in lands(text)


def test_according_to_is_no_accord() -> None:
    """What local media say makes no treaty of a parliament."""
    assert not [
        e
        for e in lands("Tonga's parliament was suspended according to local media.")
        if e[0] == "agreement-withdrawn"
    ]


def test_names_alone_make_no_affair_of_states() -> None:
    """Of whom only the name is known, with neither country nor office, nobody needs to hear."""
    assert not code("Edward Barker met the bassist Jack Brown.")
    assert not code("Richard Stolman criticized Jack Brown.")


def test_soldiers_of_the_own_country_are_whom_rebels_target() -> None:
    """Rebels and the army that they fight are of one country."""
    (event,) = code("The ELN detonated a bomb in Saravena, targeting Colombian soldiers.")
    assert [a.name for a in event.target] == ["Colombian soldiers"]
