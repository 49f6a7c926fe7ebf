"""Whose attack it was, and whom it hit."""

import pytest

from tests.unit.coding.support import code, lands, named


@pytest.mark.parametrize(
    ("attack", "source"),
    [
        ("a gang attack", ("gang", "HTI", "CRM")),
        ("an insurgent raid", ("insurgent", "HTI", "REB")),
        ("an ambush blamed on Hezbollah", ("Hezbollah", "LBN", "REB")),
        ("a blast caused by Hezbollah", ("Hezbollah", "LBN", "REB")),
        ("a military operation by the Kenyan army", ("Kenyan army", "KEN", "MIL")),
    ],
)
def test_who_did_it_stands_in_the_attack(attack: str, source: tuple[str, str, str]) -> None:
    """The noun of the attack, or a participle behind it, says who did it."""
    (event,) = code(f"Two children were killed in {attack} in Port-au-Prince, Haiti.")
    assert named(event.source) == [source]
    assert named(event.target) == [("Two children", "HTI", "CVL")]


@pytest.mark.parametrize(
    "text", ["A Nairobi bombing killed four people.", "Nairobi, Kenya car bomb kills four people"]
)
def test_a_bombing_is_called_after_its_town(text: str) -> None:
    """The town before a bombing is where it was; before a missile strike it may be who struck."""
    assert lands(text) == [("attack-carried-out", [], ["KEN"])]


def test_a_town_strikes_with_the_arms_of_its_state() -> None:
    """A capital stands for its state where the arms are those of a state."""
    assert ("attack-carried-out", ["KEN"], ["SOM"]) in lands(
        "Nairobi missile strikes killed four people in Kismayo."
    )


def test_who_says_so_is_nobodys_target() -> None:
    """What stands behind "according to" says who tells of it."""
    (event,) = code("Kenyan police are investigating the blast, according to the Ugandan army.")
    assert event.target == ()


def test_those_named_among_the_dead_do_not_hide_the_rest() -> None:
    """The whole count is told of, with or without an insertion that names some."""
    text = "Nine people, including two soldiers, were killed in a raid by Boko Haram near Diffa, Niger."
    assert named(code(text)[0].target) == [("Nine people", "NER", "CVL"), ("two soldiers", "NER", "MIL")]
    text = "Nine people were killed, including a guard, and seven civilians were injured in a raid in Diffa, Niger."
    assert next(n for n, _, _ in named(code(text)[0].target)) == "Nine people"


def test_the_place_is_no_victim_beside_the_dead() -> None:
    """Where people are counted, the land they died in is no second target."""
    (event,) = code("Kenyan air strikes killed 19 people in southern Somalia.")
    assert [n for n, _, _ in named(event.target)] == ["19 people"]


def test_an_attack_is_gone_on_with() -> None:
    """What "the attack" of the next sentence did was done by who attacked, where he did."""
    first = "Kenyan jets bombed a bridge near Kismayo, Somalia."
    assert lands(f"{first} The attack wounded two soldiers in Wardo.")[1] == (
        "attack-carried-out",
        ["KEN"],
        ["SOM"],
    )
    assert ("attack-carried-out", ["KEN"], ["LBN"]) in lands(
        f"{first} The strike targeted a Hezbollah commander."
    )


def test_militants_of_the_world_lend_no_victim_their_code() -> None:
    """Policemen who die beside fighters of the Islamic State are of the country of the raid."""
    (event,) = code(
        "Three policemen and two Islamic State gunmen were killed in a raid in Bursa Province, Turkey."
    )
    assert [(c, s) for _, c, s in named(event.target)] == [("TUR", "COP"), ("IMG", "REB")]


def test_nobody_marches_against_a_place() -> None:
    """Where people protest is not against whom."""
    (event,) = code("Farmers protested in Kisumu on Friday.")
    assert named(event.target) == [("government", "KEN", "GOV")]


def test_a_minister_apologises_to_others() -> None:
    """The own state of who apologises is what he apologises for."""
    (event,) = code("The Kenyan president apologised for Kenya's treatment of Ugandan miners.")
    assert [c for _, c, _ in named(event.target)] == ["UGA"]


def test_the_border_with_a_state_is_not_in_it() -> None:
    """An attack near the border with X hits nobody of X."""
    text = "Eight herders died when the army bombed a well in Niger, near the border with Libya."
    assert "LBY" not in [a.country for e in code(text) for a in e.target]


def test_clashes_are_between_two_sides_behind_the_place() -> None:
    """The place between commas parts the clashes from their sides."""
    assert lands("Clashes erupted in Wardo, Somalia, between Ethiopian troops and the Somali army.")[0][
        1
    ] == ["ETH", "SOM"]


def test_the_wounded_behind_with_do_nothing() -> None:
    """Those "with nine others injured" suffer, and the country before them did nothing."""
    text = "The toll of a bombing in Kisumu, Kenya, rises to 20, with 36 others injured."
    assert not any(a.country == "KEN" for e in code(text) for a in e.source)


@pytest.mark.parametrize("verb", ["shot down", "intercepted"])
def test_a_weapon_brought_down_is_of_no_land(verb: str) -> None:
    """A drone is not of the country that it flew over, but of where it was launched."""
    (event,) = code(f"Kenyan troops {verb} seven drones in Kismayo, Somalia.")
    assert named(event.target) == [("seven drones", None, None)]
    (event,) = code(f"Kenyan troops {verb} seven drones launched from Uganda.")
    assert [c for _, c, _ in named(event.target)] == ["UGA"]


def test_who_was_killed_is_the_target_and_not_the_house() -> None:
    """A strike on a house that kills somebody named is an attack on him."""
    (event,) = code("A Kenyan strike on a house near Kismayo killed an al-Shabaab commander.")
    assert named(event.target) == [("al-Shabaab commander", "SOM", "REB")]


def test_a_participle_goes_on_with_the_attack_before_it() -> None:
    """Who attacked is who aimed at others by it."""
    text = "Ten people were killed in a Kenyan raid on a market, targeting al-Shabaab fighters, in Somalia."
    assert all([a.country for a in e.source] == ["KEN"] for e in code(text))


@pytest.mark.parametrize("text", ["Nairobi police officer shot in prison", "Nairobi guard stabbed in prison"])
def test_who_is_shot_in_a_headline_shot_nobody(text: str) -> None:
    """A verb that leaves out its object before "in" is a passive."""
    assert lands(text) == [("attack-carried-out", [], ["KEN"])]
    assert lands("Police shot in the air to disperse protesters in Kisumu.")[0][1] == ["KEN"]


def test_both_behind_but_are_subjects() -> None:
    """What stands before "but" is in no list with the subject behind it."""
    text = (
        "The raid was near Kismayo in Somalia, but both Kenya and Uganda have alleged Eritrean involvement."
    )
    assert ("accusation-made", ["KEN", "UGA"], ["ERI"]) in lands(text)


def test_a_demand_is_put_to_whom_its_subject_accuses() -> None:
    """A demand that names nobody goes to the accused."""
    text = "Kenya accuses Uganda of breaking the truce and demands the return of the body."
    assert ("demand-made", ["KEN"], ["UGA"]) in lands(text)


def test_those_arrested_are_counted_and_not_whom_they_spied_for() -> None:
    """The object of an arrest is its target, though only counted; an army abroad arrests people of the place."""
    (event,) = code("Kenya's security service arrested two people, as they spied for Uganda.")
    assert named(event.target) == [("two people", "KEN", "CVL")]
    assert ("arrest-made", ["KEN"], ["SOM"]) in lands("Kenyan troops detained three people in Kismayo.")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Ten soldiers died in an ambush near the frontier with Mali.", "Ten soldiers"),
        ("Six nurses died in a raid near Chad.", "Six nurses"),
    ],
)
def test_where_people_died_is_not_who_did_it(text: str, target: str) -> None:
    """A state near which an attack was did not carry it out."""
    (event,) = code(text)
    assert event.source == ()
    assert [n for n, _, _ in named(event.target)] == [target]


def test_a_frontier_leaves_one_country_to_the_dead() -> None:
    """Those killed in one country near the border with another are of the first."""
    text = "Nineteen soldiers were killed in an attack in western Uganda close to the border with Rwanda."
    assert lands(text)[0][1:] == ([], ["UGA"])


def test_an_envoy_is_summoned_where_he_is_posted() -> None:
    """Nobody else calls in an ambassador than the state that received him."""
    assert lands("Rwanda's envoy to Kenya was summoned over the raid.")[0][1:] == (["KEN"], ["RWA"])


@pytest.mark.parametrize(
    "text", ["A bomb planted by Hezbollah", "A rocket fired by Hezbollah", "A mine laid by Hezbollah"]
)
def test_who_planted_the_bomb_killed(text: str) -> None:
    """Where a weapon is the subject, a participle behind it says whose it was."""
    (event,) = code(f"{text} killed two Kenyan soldiers.")
    assert named(event.source) == [("Hezbollah", "LBN", "REB")]
    assert [c for _, c, _ in named(event.target)] == ["KEN"]


def test_both_sides_of_a_clash_did_what_people_died_in() -> None:
    """Fighting between two is what both do."""
    found = lands(
        "Some 90 civilians were killed in clashes between the Libyan army and Tunisian gunmen in Zuwara."
    )
    assert found == [("attack-carried-out", ["LBY", "TUN"], ["LBY"])]


def test_a_raid_on_a_place_where_something_went_on_is_what_killed() -> None:
    """What went on at the place stands between a raid and its verb."""
    found = lands(
        "A Saudi airstrike near a school in Sanaa, where teachers had gathered, killed nine people."
    )
    assert found == [("attack-carried-out", ["SAU"], ["YEM"])]
