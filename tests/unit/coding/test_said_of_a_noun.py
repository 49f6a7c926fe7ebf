"""Verbs that say more of a noun: relatives whose object it is, insertions between commas, envoys who were moved."""

import pytest

from tests.unit.coding.support import code, lands, named


def test_whom_somebody_captured_is_captured_and_then_freed() -> None:
    """The noun before a relative is the object of its verb and the subject of the next."""
    text = "The soldiers that Boko Haram captured last week were freed on Sunday."
    captured, freed = code(text)
    assert [n for n, _, _ in named(captured.target)] == ["soldiers"]
    assert (freed.type, [n for n, _, _ in named(freed.target)]) == ("prisoners-released", ["soldiers"])


def test_an_insertion_accuses_nobody() -> None:
    """What stands between commas behind the subject says what is said of it."""
    text = "A Nairobi businessman, accused of financing al-Shabaab, was sanctioned by the United States."
    (event,) = code(text)
    assert (event.type, [c for _, c, _ in named(event.target)]) == ("sanctions-imposed", ["KEN"])


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Chad's envoy to Sudan was recalled on Monday.", "TCD", "SDN"),
        ("The Algerian ambassador to Mali was recalled.", "DZA", "MLI"),
        ("The Algerian ambassador to Mali was expelled.", "MLI", "DZA"),
    ],
)
def test_an_envoy_is_called_home_or_sent_there(text: str, source: str, target: str) -> None:
    """Who recalls an envoy is his own state, who expels him that of his post."""
    assert [(s, t) for _, s, t in lands(text)] == [([source], [target])]


def test_a_ship_that_is_seized_is_the_target() -> None:
    """A vessel is told of though it is of no land."""
    (event,) = code("A ship operated by an Iranian company was seized by the Kenyan navy.")
    assert [n for n, _, _ in named(event.target)] == ["ship"]


def test_who_protests_is_named_by_whom_it_is_against() -> None:
    """Those who protest against a government are its people, or those of the place."""
    assert lands("The protest was against the Serbian government.")[0][1:] == (["SRB"], ["SRB"])
    text = "Protests against the Israeli president's visit were held in cities across Australia."
    assert lands(text)[0][1:] == (["AUS"], ["ISR"])


def test_those_who_are_deported_are_told_of() -> None:
    """An unnamed man is the target of an arrest, whether the verb is active or passive."""
    assert named(code("Four others were arrested in Aleppo, Syria.")[0].target) == [
        ("Four others", "SYR", "CVL")
    ]


def test_whom_a_strike_across_a_land_killed_is_its_target() -> None:
    """A place in which something was gives way to whom it hit; one at which it was aimed does not."""
    (event,) = code("Colombian jets carried out strikes in the Amazon, killing 19 FARC fighters.")
    assert [c for _, c, _ in named(event.target)] == ["COL"]
    assert ("attack-carried-out", ["IRN"], ["KWT"]) in lands(
        "Iran launched drone attacks on Kuwait, killing an Egyptian worker."
    )


def test_the_troops_of_a_president_are_his_states() -> None:
    """A head of state deploys the troops of his own state, whichever army has been named."""
    text = "President Ruto accused the Ugandan military of a raid and ordered its troops to leave the border."
    assert "UGA" not in [a.country for e in code(text) if e.type == "troops-deployed" for a in e.target]


@pytest.mark.parametrize(
    "text",
    ["Kenyan lawmakers attacked the president's policy.", "Senator Peter Oduor attacked President Ruto."],
)
def test_politicians_attack_in_words(text: str) -> None:
    """Who sits in a parliament attacks by speaking, unless arms are told of."""
    assert [e.type for e in code(text)] == ["condemnation-issued"]


def test_what_scientists_examine_is_no_case() -> None:
    """A study of corals opens no investigation."""
    assert code("Scientists examined three kinds of coral off Fiji.") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The massacre of 40 herders by Kenyan soldiers stunned Nairobi.",
            ("attack-carried-out", ["KEN"], ["KEN"]),
        ),
        (
            "Kenyan criticism of Somalia's junta has angered Mogadishu.",
            ("condemnation-issued", ["KEN"], ["SOM"]),
        ),
        ("The arrest of a Kenyan opposition leader sparked protests.", ("arrest-made", [], ["KEN"])),
        ("A hunger strike by Kenyan prisoners entered its third week.", ("protest-held", ["KEN"], ["KEN"])),
        (
            "An exchange of fire between Kenyan and Somali soldiers lasted an hour.",
            ("attack-carried-out", ["KEN", "SOM"], []),
        ),
    ],
)
def test_act_named_by_the_subject(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    """A subject that names an act with its sides tells of it, whatever its verb; what it led to tells that it was done."""
    assert lands(text)[0] == expected
