"""What is asked, promised, granted and lifted: of whom, by whom, and what of it is still to come."""

import pytest

from tests.unit.coding.support import code, lands, named


def test_who_is_told_is_who_must_act() -> None:
    """Behind "told X that it must", the pronoun is X and not who speaks."""
    assert lands("Kenya told Uganda that it must free the journalists.") == [
        ("demand-made", ["KEN"], ["UGA"])
    ]
    assert lands("Kenya told Uganda that it had freed the journalists.")[0][1] == ["KEN"]


def test_who_is_to_act_is_whom_a_demand_is_made_of() -> None:
    """The subject of what is demanded comes before whom the act is about."""
    assert lands("Kenya insisted that Uganda share the costs of the Rwandan camps.")[0][1:] == (
        ["KEN"],
        ["UGA"],
    )


def test_a_demand_has_a_bare_verb() -> None:
    """In "insisted that its partners share", what looks like a verb form in -s is a noun."""
    assert lands("Kenya insisted that its EU partners share the costs.")[0][1:] == (["KEN"], ["EUR"])


def test_what_somebody_is_going_to_do_is_to_come() -> None:
    """Nothing was given by whoever is going to give it."""
    (event,) = code("Kenya is going to send tents to Uganda.")
    assert (event.type, event.modality) == ("aid-pledged", "planned")


@pytest.mark.parametrize(
    "text",
    [
        "Hyundai is ready to test its trucks in Kenya.",
        "Kenyan fans demanded a second concert of the band.",
        "The Kenyan league demands longer breaks for goalkeepers.",
    ],
)
def test_wishes_of_firms_fans_and_players_are_no_events(text: str) -> None:
    """What private people want, and no frame knows, is their own affair."""
    assert code(text) == ()
    assert code("Kenya demands longer breaks for goalkeepers.") != ()


def test_what_is_said_to_be_going_to_happen_is_told() -> None:
    """A plan that somebody else reports is a plan."""
    (event,) = code("Uganda said Kenya was going to send tents to Rwanda.")
    assert (event.modality, named(event.source)[0][1]) == ("planned", "KEN")


def test_what_was_supplied_came_from_where_it_is_of() -> None:
    """Where nobody is named who gave, the weapons tell: "Swiss rifles were supplied"."""
    assert lands("Kenyan rifles were supplied to Uganda.")[0][1:] == (["KEN"], ["UGA"])


def test_sides_are_no_verb_behind_a_verb() -> None:
    """A plural noun behind an adjective of nationality is no second verb of the sentence."""
    assert lands("Kenya appealed to the Ugandan sides to lay down their arms.")[0][0] == "demand-made"


def test_a_passive_may_be_demanded() -> None:
    """In "insisted that he be released", the verb is bare too."""
    assert [m.cameo for m in code("Kenya insisted that the banker be punished by Uganda.")] == ["100"]
    assert code("Kenya insisted that the banker is liked by Uganda.") == ()


def test_what_somebody_makes_clear_is_told() -> None:
    """The "that" clause behind "made clear" is what is said."""
    assert lands("Kenya made clear that it wished for warmer relations with Uganda.")[0][1:] == (
        ["KEN"],
        ["UGA"],
    )


def test_the_measure_of_a_passive_is_not_what_was_done() -> None:
    """What stands behind "of" in the subject of a passive counts as in an object."""
    assert lands("A state of emergency was declared in Kenya.")[0][0] == "repression-applied"
    assert lands("Thousands of tonnes of rice were sent to Uganda by Kenya.")[0][1:] == (["KEN"], ["UGA"])


def test_an_intent_to_promise_is_the_promise() -> None:
    """To agree to offer aid is to pledge it, not just any wish."""
    assert [m.cameo for m in code("Kenya agreed to offer Uganda a loan.")] == ["0331"]


def test_who_stands_by_somebody_is_no_agent() -> None:
    """An intransitive verb has no passive: "stood by X" is no act of X."""
    assert lands("Kenya stood by Uganda.")[0][1:] == (["KEN"], ["UGA"])


def test_what_is_demanded_on_a_raid_is_no_raid() -> None:
    """Behind the object of a demand, "on" tells what it is about."""
    (event,) = code("Kenya demanded answers on the air raid from Uganda.")
    assert [a.country for a in event.target] == ["UGA"]


def test_where_a_lifted_ban_held_tells_who_lifted_it() -> None:
    """A curfew lifted by nobody named was lifted by the authorities of its place."""
    assert lands("The curfew in Nairobi was eased on Monday.")[0][1] == ["KEN"]


def test_a_readiness_to_act_is_the_intent() -> None:
    """What somebody voices his readiness to do is what he means to do."""
    (event,) = code("Kenya expressed its readiness to mediate between Uganda and Rwanda.")
    assert (event.cameo, event.modality) == ("039", "proposed")
    assert code("Kenya cancelled its plan to sell rifles to Uganda.") == ()


def test_what_is_promised_is_told_behind_the_infinitive() -> None:
    """An act that no frame knows gets its finer code from its own words."""
    assert [m.cameo for m in code("Kenya promised to review its uranium policy.")] == ["0342"]


def test_a_reason_is_not_what_is_demanded() -> None:
    """Behind the object of a demand, "for" with a gerund says why."""
    assert [m.cameo for m in code("Kenya demanded compensation from Uganda for sheltering refugees.")] == [
        "1031"
    ]


def test_whose_curfew_was_lifted_lifted_it() -> None:
    """Where nobody is named who lifted it, the owner did."""
    assert lands("Kampala's curfew was lifted after two years.")[0][1] == ["UGA"]
    assert lands("Kenya's ban on Ugandan sugar was lifted.")[0][1:] == (["KEN"], ["UGA"])


def test_an_agreement_to_end_a_quarrel_is_reached() -> None:
    """What two sides agree to end between them is agreed, whenever it ends."""
    (event,) = code("Kenya and Uganda agreed to end their border quarrel.")
    assert (event.type, event.cameo, event.modality) == ("agreement-reached", "037", "factual")


def test_an_unknown_participle_behind_a_verb_is_no_verb() -> None:
    """In "buy liquefied gas", the participle belongs to the noun."""
    assert lands("Kenya agreed to buy liquefied gas from Uganda.")[0][1:] == (["KEN"], ["UGA"])
