"""Who is meant where somebody else stands nearer: judges and judged, ships and their escorts, plans and who gets them."""

import pytest

from tests.unit.coding.support import code, lands, named


def test_who_gets_a_plan_carries_nothing_out() -> None:
    """The second object tells what is sent, and its infinitive what the sender wants."""
    (event,) = code("Kenya has sent Uganda a plan to end the war.")
    assert [c for _, c, _ in named(event.source)] == ["KEN"]


def test_the_judged_are_of_the_country_of_the_court() -> None:
    """A court sentences people of its own country unless another one is told."""
    assert [
        c for _, c, _ in named(code("A Kenyan court sentenced Peter Kolar to ten years in prison.")[0].target)
    ] == ["KEN"]


def test_an_escort_is_not_what_was_struck() -> None:
    """What is said of a ship behind it was not hit."""
    (event,) = code("The Kenyan navy struck two tankers under the protection of Uganda.")
    assert [(n, c) for n, c, _ in named(event.target)] == [("two tankers", None)]


def test_a_bill_of_rights_is_nobody() -> None:
    """What a law or a war is called after is no actor."""
    (event,) = code("President Ruto renewed his support for the Bill of Rights.")
    assert event.target == ()


def test_who_attacked_the_injured_injured_them() -> None:
    """The agent of "after being attacked by" is who hurt them."""
    text = "Reporters were injured after being attacked by Serbian gunmen in Belgrade."
    assert lands(text)[0][1:] == (["SRB"], ["SRB"])


def test_who_announces_decides() -> None:
    """A head of state who says that somebody will not be invited does not invite him."""
    assert lands("President Ruto announces that Uganda will not be invited to a dinner.")[0][1:] == (
        ["KEN"],
        ["UGA"],
    )


@pytest.mark.parametrize("kind", ["300 soldiers", "175 servicemen"])
def test_those_exchanged_are_no_third_side(kind: str) -> None:
    """Two sides exchange prisoners; the prisoners are no side."""
    assert lands(f"Kenya and Uganda exchanged prisoners, with {kind} returned to each side.")[0][1:] == (
        ["KEN", "UGA"],
        [],
    )


def test_rebels_refuse_their_government_nothing_untold() -> None:
    """Whose offer a rebel leader or a party rejects is only known where it is told."""
    (event,) = code("The leader of Hamas turns down an armistice.")
    assert event.target == ()


def test_who_mourns_the_dead_tells_whose_they_are() -> None:
    """A minister tells of the dead of his own country, whatever their trade."""
    text = "Ukraine's education minister Olena Marchuk told a newspaper that Russian shelling killed 12 teachers."
    assert [c for _, c, _ in named(code(text)[0].target)] == ["UKR"]


def test_two_nouns_share_their_adjective() -> None:
    """Soldiers behind "British engineers and" are British wherever they are."""
    (event,) = code("The militia fired rockets at British engineers and soldiers in Basra.")
    assert [(c, s) for _, c, s in named(event.target)] == [("GBR", "LAB"), ("GBR", "MIL")]


def test_a_border_is_closed_to_whom_it_is_with() -> None:
    """The state behind "border with" is the target where the border itself is acted on."""
    assert lands("Kenya closed its border with Somalia.")[0][1:] == (["KEN"], ["SOM"])


def test_those_fired_on_are_the_target() -> None:
    """People behind "at" were fired at, though nobody names them."""
    (event,) = code("Kenyan soldiers fired warning shots at people near Kismayo.")
    assert named(event.target) == [("people", "SOM", "CVL")]


def test_two_behind_after_are_both_subjects() -> None:
    """A preposition that opens a clause takes no member out of its subject."""
    text = "The move came after Ugandan minister Peter Oduor and Kenyan president William Ruto condemned Tanzania."
    assert lands(text)[0][1:] == (["UGA", "KEN"], ["TZA"])


def test_the_attacker_may_be_shot_in_turn() -> None:
    """An attacker whom nobody names is a target like others."""
    (event,) = code("Guards in Nairobi overpowered and killed the attacker.")
    assert [(c, s) for _, c, s in named(event.target)] == [("KEN", "CRM")]


def test_a_participle_that_ends_a_headline_is_passive() -> None:
    """Nobody is stabbed behind "stabbed" at the end of a sentence: the minister is."""
    (event,) = code("Kenyan security minister Peter Oduor stabbed")
    assert event.source == ()
    assert [c for _, c, _ in named(event.target)] == ["KEN"]


def test_who_protests_at_an_embassy_is_of_the_town() -> None:
    """The country of the embassy is that of neither those who march nor the street."""
    (event,) = code("Hundreds protested outside the Ugandan embassy in Nairobi.")
    assert [c for _, c, _ in named(event.source)] == ["KEN"]


def test_an_agreement_with_a_name_signs_nothing() -> None:
    """What two states sign is no third one."""
    assert lands("Kenya and Uganda signed the Nakara Agreement.")[0][1:] == (["KEN", "UGA"], [])


def test_who_looks_on_signs_nothing() -> None:
    """Who is present is no side."""
    found = lands("Ghana and Togo signed a peace accord in Doha in the presence of the American president.")
    assert found == [("agreement-signed", ["GHA", "TGO"], [])]


def test_rounds_of_talks_are_talks_and_so_is_being_in_them() -> None:
    """What is counted is what was held."""
    assert lands("Ghana and Togo held several rounds of talks.") == [("talks-held", ["GHA", "TGO"], [])]
    assert lands("Ghana is in talks with Togo about the border.") == [("talks-held", ["GHA"], ["TGO"])]
