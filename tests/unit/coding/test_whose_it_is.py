"""Whose a thing is by the participle behind it, and who somebody is by the clause behind his name."""

import pytest

from tests.unit.coding.support import code, named


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan troops destroyed trucks and a depot belonging to Sudanese rebels.",
        "Kenyan troops attacked two military bases operated by the Sudanese army.",
        "A warehouse used by Sudanese rebels was bombed by Kenyan troops.",
    ],
)
def test_what_belongs_to_somebody_is_his(text: str) -> None:
    """The owner is the target, for all of what is listed."""
    (event,) = code(text)
    assert [c for _, c, _ in named(event.target)] == ["SDN"]


def test_a_ship_is_told_of_by_itself() -> None:
    """A vessel stays the target, and is of the country of who owns it."""
    (event,) = code("A tanker belonging to the Sudanese government was attacked by Kenyan troops.")
    assert [(n, c) for n, c, _ in named(event.target)] == [("tanker", "SDN")]


@pytest.mark.parametrize(
    ("clause", "sector"),
    [
        ("who served as the spokesman of the Sudanese army", "MIL"),
        ("who is a Sudanese minister", "GOV"),
        ("who heads the Sudanese foreign ministry", "GOV"),
        ("a Sudanese minister", "GOV"),
    ],
)
def test_a_clause_says_who_somebody_is(clause: str, sector: str) -> None:
    """What a person is or leads gives him country and sector, and his key the country."""
    (event,) = code(f"Kenya arrested Adam Bakri, {clause}.")
    assert named(event.target) == [("Adam Bakri", "SDN", sector)]
    assert event.target[0].key is not None
    assert ".SDN." in f".{event.target[0].key}"


def test_what_somebody_did_is_not_his_post() -> None:
    """Where he was or what was done to him says nothing of whose he is."""
    (event,) = code("Kenya arrested Adam Bakri, who was on his way to the Sudanese embassy.")
    assert named(event.target)[0][1] != "SDN"


@pytest.mark.parametrize(
    "cause",
    ["being attacked by Serbian protesters", "coming under attack by Serbian protesters"],
)
def test_who_is_hurt_after_an_attack_is_hurt_by_the_attackers(cause: str) -> None:
    """Whoever attacks, whether he bears arms or not."""
    (event,) = code(f"A number of reporters were injured in Nis after {cause}.")
    assert [(c, s) for _, c, s in named(event.source)] == [("SRB", "CVL")]


def test_the_army_is_that_of_the_state() -> None:
    """Rebels who call themselves an army are not meant by "the army"."""
    (event,) = code("Eight New People's Army rebels were killed in a shootout with the army in Samar.")
    assert [s for _, _, s in named(event.source)] == ["MIL"]


def test_a_series_goes_on_over_a_participle() -> None:
    """Who chases rebels fleeing a town, burns their camp: the participle says more of the object."""
    *_, event = code(
        "Kenyan troops chased rebels fleeing the town, seized their camp and shot a Somali commander."
    )
    assert [c for _, c, _ in named(event.source)] == ["KEN"]
    assert [c for _, c, _ in named(event.target)] == ["SOM"]


def test_who_is_convicted_in_a_headline_convicts_nobody() -> None:
    """A verb that needs an object and has none is passive."""
    (event,) = code("The court sat on Friday.", title="Ugandan lawyer Michael Kato convicted of fraud")
    assert not event.source
    assert [c for _, c, _ in named(event.target)] == ["UGA"]


def test_an_article_opens_a_phrase() -> None:
    """A place that a preposition leads to is no part of the subject behind it, with no comma between."""
    (event,) = code("In Alexandria a policeman shot two Greek tourists.")
    assert [(c, s) for _, c, s in named(event.source)] == [("EGY", "COP")]


def test_who_has_been_ousted_is_not_yet_the_ousted_president() -> None:
    """Behind "have" a participle is the verb, though it may stand in front of a title."""
    (event,) = code("Kenyan soldiers have ousted President Ruto.")
    assert event.evidence.trigger.text == "ousted"
    assert [c for _, c, _ in named(event.target)] == ["KEN"]


def test_troops_that_are_counted_are_no_partner() -> None:
    """An exercise with so many troops is with nobody."""
    (event,) = code("NATO will hold exercises with 90,000 troops until May.")
    assert not event.target


def test_whoever_tells_others_that_something_is_so_rules_things_out() -> None:
    """What is so acts not: behind ", and" the one who told goes on."""
    text = "The Kenyan minister told reporters that a return to the treaty was unrealistic, and condemned Somalia."
    (event,) = code(text)
    assert [c for _, c, _ in named(event.source)] == ["KEN"]


def test_a_person_has_the_country_that_another_sentence_tells() -> None:
    """Where a name stands without a country once, and with one elsewhere, it is the same man."""
    text = "President Salim Barre of Somalia met Ugandan envoys. Salim Barre condemned Kenya."
    *_, event = code(text)
    assert [(n, c) for n, c, _ in named(event.source)] == [("Salim Barre", "SOM")]


def test_who_stands_behind_an_opening_phrase_acts() -> None:
    """In "In return Kenya will free" no comma parts phrase and subject."""
    (event,) = code("In return Kenya will free forty Somali prisoners.")
    assert [c for _, c, _ in named(event.source)] == ["KEN"]


def test_nobody_seizes_a_ship_of_his_own_at_sea() -> None:
    """A vessel that no place or owner gives a country has none, whoever attacks it."""
    (event,) = code("Somali pirates seized a bulk carrier.")
    assert [c for _, c, _ in named(event.target)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya hailed the agreements as the dawn of a new Somalia.",
        "Kenyan students expressed their outrage on social media.",
    ],
)
def test_what_it_is_called_and_where_it_is_said_is_no_target(text: str) -> None:
    """What a deal is called is about nobody, and social media are what one speaks by."""
    (event,) = code(text)
    assert not event.target


def test_near_a_border_is_on_this_side_of_it() -> None:
    """Who is killed near the Chadian border in Nigeria is of Nigeria."""
    (event,) = code("A mine killed six officers near the Chadian border in north-eastern Nigeria.")
    assert [c for _, c, _ in named(event.target)] == ["NGA"]


def test_a_ban_on_entering_a_school_is_no_sanction() -> None:
    """Who may not enter public buildings is at home there."""
    (event,) = code(
        "The Tunisian premier signed a decree banning anyone wearing a veil from entering a school."
    )
    assert event.type == "repression-applied"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (
            "The Danish envoy accused Serbia of shelling the bridge, and Norway recalled its ambassador.",
            "NOR",
        ),
        ("Russia said that Assad had resigned, and condemned Turkey.", "RUS"),
        ("Latvia said Belarus was waging a secret war and condemned Serbia.", "LVA"),
    ],
)
def test_who_goes_on_behind_and(text: str, country: str) -> None:
    """A name right before a verb is its subject, and what had been done or was going on does not go on with who did it."""
    *_, event = code(text)
    assert [c for _, c, _ in named(event.source)] == [country]


def test_a_crowd_that_storms_an_embassy_is_of_where_it_stands() -> None:
    """Nobody storms an embassy of his own."""
    (event,) = code("Crowds in Khartoum stormed the embassy of Egypt.")
    assert [c for _, c, _ in named(event.source)] == ["SDN"]
