"""A comma and "and" behind an object open a clause: what follows is the subject of its own verb, and no second object."""

import pytest

from tests.unit.coding.support import code, lands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ghana released the sailors, and Togo thanked Benin.",
            ("support-expressed", ["TGO"], ["BEN"]),
        ),
        (
            "Ghana sent a frigate to the gulf, and Togo condemned Benin.",
            ("condemnation-issued", ["TGO"], ["BEN"]),
        ),
        (
            "Ghana sent a frigate to the gulf, and Togo said it had expelled two diplomats of Benin.",
            ("diplomats-expelled", ["TGO"], ["BEN"]),
        ),
    ],
)
def test_behind_a_comma_somebody_else_acts(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    """What stands behind ", and" is no second object."""
    assert expected in lands(text)


def test_a_list_of_three_keeps_its_comma() -> None:
    """The comma before the last member of a list opens no clause."""
    assert lands("Ghana, Togo, and Benin condemned Niger.") == [
        ("condemnation-issued", ["GHA", "TGO", "BEN"], ["NER"])
    ]


def test_an_army_that_is_said_to_launch_strikes_aims_them_too() -> None:
    """What "with" and a participle tell is an act of its own, and goes on."""
    found = lands(
        "Clashes broke out, with Ghana launching airstrikes on Togo, killing six Togolese soldiers."
    )
    assert ("attack-carried-out", ["GHA"], ["TGO"]) in found


def test_an_accord_is_not_of_the_land_where_it_was_signed() -> None:
    """Talks and accords are sides of nothing."""
    assert lands("Ghana and Togo signed an accord in Vienna.") == [("agreement-signed", ["GHA", "TGO"], [])]


def test_ministers_of_several_lands_are_not_of_their_host() -> None:
    """Of an office that a country has once, several holders are of several countries."""
    found = lands("The African Union will hold a meeting of foreign ministers in Lusaka on Thursday.")
    assert all("ZMB" not in target for _, _, target in found)


def test_the_parties_of_a_war_are_not_of_the_land_where_others_speak_with_them() -> None:
    """Parties to a conflict are of the country that the article is about."""
    text = "Sudan's army shelled Omdurman. Sudan's rebels shelled Khartoum. Sudan buried its dead."
    text += " Kenya urged the warring parties to hold talks in Nairobi."
    assert ("talks-urged", ["KEN"], ["SDN"]) in lands(text)


def test_a_verb_that_may_be_a_noun_is_the_second_act_where_an_object_follows() -> None:
    """What "put" puts stands behind it, and no list of two."""
    found = lands("Benin closed its border with Niger and put its army on alert.")
    assert ("military-mobilized", ["BEN"], []) in found


def test_who_blames_behind_a_rejection_does_so() -> None:
    """Only what is said under a denial is denied."""
    found = lands("Togo rejected the accusation and blamed Ghana for the attacks.")
    assert ("accusation-made", ["TGO"], ["GHA"]) in found


def test_who_looks_on_signs_nothing() -> None:
    """Who is present is no side."""
    found = lands("Ghana and Togo signed a peace accord in Doha in the presence of the American president.")
    assert found == [("agreement-signed", ["GHA", "TGO"], [])]


def test_a_demand_that_is_rejected_is_the_object_of_its_relative_clause() -> None:
    """A verb of answering behind "that" tells what became of the demand, not what was demanded."""
    found = lands("Ghana demanded that Togo cede the strip, a demand that Togo has rejected.")
    assert ("proposal-rejected", ["TGO"], []) in found


def test_an_envoy_whose_name_stands_between_commas_goes_where_he_is_sent() -> None:
    """A name in apposition parts nothing."""
    found = lands("Ghana sent its special envoy, Ama Mensah, to Bamako.")
    assert ("visit-made", ["GHA"], ["MLI"]) in found


def test_a_date_of_whom_an_earlier_clause_describes_dates_no_later_act() -> None:
    """When somebody was held says nothing of when a border was closed."""
    (closed,) = (
        m
        for m in code("Ghana freed the general, who was held in 2019, and Togo closed its border with Ghana.")
        if m.type == "repression-applied"
    )
    assert closed.modality == "factual"


def test_rounds_of_talks_are_talks_and_so_is_being_in_them() -> None:
    """What is counted is what was held."""
    assert lands("Ghana and Togo held several rounds of talks.") == [("talks-held", ["GHA", "TGO"], [])]
    assert lands("Ghana is in talks with Togo about the border.") == [("talks-held", ["GHA"], ["TGO"])]


def test_who_denies_what_his_men_had_done_accuses_behind_it() -> None:
    """The past behind a pluperfect goes on with who spoke."""
    found = lands("Ghana denied that its troops had crossed the border and accused Togo of lying.")
    assert ("accusation-made", ["GHA"], ["TGO"]) in found


def test_bodies_that_are_handed_over_are_no_body_of_officials() -> None:
    """The dead are not the institution named before."""
    found = lands("Ghana met the Red Cross. Togo released the bodies of two Ghanaian soldiers.")
    assert all("NGO" not in target for kind, _, target in found if kind == "prisoners-released")


def test_who_warns_of_a_strike_threatens_whom_the_condition_names() -> None:
    """No state threatens itself with force."""
    found = lands("The president of Ghana warned that Ghana would strike again if Togo rebuilt its arsenal.")
    assert found == [("threat-issued", ["GHA"], ["TGO"])]


def test_its_police_are_those_of_who_withdraws_them() -> None:
    """What one does with what is one's own leads to the subject of that verb."""
    found = lands("Benin sent boats to the lake, and Togo said it would not withdraw its police.")
    assert all("BEN" not in target for _, _, target in found)


def test_the_government_of_whom_its_own_people_ask_is_theirs() -> None:
    """Those who are governed speak of their own government."""
    found = lands("Opposition lawmakers in Accra demanded that the government protest to Lome.")
    assert ("demand-made", ["GHA"], ["GHA"]) in found
