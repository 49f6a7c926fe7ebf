"""Modality: how the text stands to the act that the type names."""

import pytest

from tests.unit.coding.support import code


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Canada imposed sanctions on Belarus.", "sanctions-imposed", "factual"),
        ("No talks between India and Pakistan have taken place since the summer.", "talks-held", "denied"),
        ("The Cuban foreign minister did not meet his American counterpart.", "meeting-held", "denied"),
        ("Uzbekistan denied that it had attacked a Tajik post.", "attack-carried-out", "denied"),
        ("Belize has no intention of opening talks with Guatemala.", "talks-announced", "denied"),
        (
            "The Japanese prime minister will meet the South Korean president in Busan.",
            "meeting-planned",
            "planned",
        ),
        ("Merz and Macron are set to meet in Toulon.", "meeting-planned", "planned"),
        ("South Korean president to visit Vietnam", "meeting-planned", "planned"),
        ("Poland promised to send tanks to Ukraine.", "aid-pledged", "planned"),
        ("Bogota proposed a ninety-day ceasefire to the guerrillas.", "ceasefire-proposed", "proposed"),
        ("Sweden proposed expelling Belarusian diplomats.", "diplomats-expelled", "proposed"),
        (
            "Washington would lift the embargo on Cuba if elections were held.",
            "sanctions-eased",
            "hypothetical",
        ),
        ("Russia reportedly attacked a Moldovan depot.", "attack-carried-out", "uncertain"),
        ("Eritrea is said to have deployed troops to Sudan.", "troops-deployed", "uncertain"),
        ("In 1998 Ecuador and Peru signed a treaty.", "agreement-signed", "historical"),
        ("During the Cold War, Britain expelled 105 Soviet diplomats.", "diplomats-expelled", "historical"),
        ("Neither Azerbaijan nor Armenia signed the treaty in Prague.", "agreement-signed", "denied"),
        ("No Iranian official met the envoys of Oman.", "meeting-held", "denied"),
        ("No fewer than 20 Russian drones attacked Odesa.", "attack-carried-out", "factual"),
        ("In the past, Libya expelled Egyptian diplomats.", "diplomats-expelled", "historical"),
        ("In the past week, Libya expelled Egyptian diplomats.", "diplomats-expelled", "factual"),
        ("The rebels claimed to have captured Bria on Friday.", "territory-seized", "factual"),
        ("Ukraine claimed to have shot down four Russian jets.", "attack-carried-out", "factual"),
        ("Hungary refused to release the prisoners.", "proposal-rejected", "factual"),
        ("Russia threatened to attack Moldova.", "threat-issued", "factual"),
        ("South Korea will not negotiate with North Korea.", "talks-rejected", "factual"),
    ],
)
def test_modality(text: str, kind: str, modality: str) -> None:
    """Deeds are denied, planned, proposed, conditional, uncertain or old; speech acts are factual once made."""
    assert [(m.type, m.modality.value) for m in code(text)] == [(kind, modality)]


def test_the_cue_is_the_word_that_says_so() -> None:
    """Where an act is no fact, the words of the text that make it none are shown."""
    (mention,) = code("The Cuban foreign minister did not meet his American counterpart.")
    assert mention.modality_cue is not None
    assert mention.modality_cue.text == "not"


def test_a_purpose_is_no_event() -> None:
    """To meet in order to discuss is one meeting and no discussion; to go to war is not told by a wish for peace."""
    assert [m.type for m in code("The leaders of Ghana and Togo met in Accra to sign a treaty.")] == [
        "meeting-held"
    ]


def test_a_claim_without_have_is_no_deed() -> None:
    """What somebody claims to do may be what they mean to do."""
    assert all(
        m.modality.value != "factual" or m.type == "position-stated"
        for m in code("Iran claims to seek a truce with Iraq.")
    )


def test_background_gives_way_to_the_news() -> None:
    """What a relative clause recalls is not coded again beside the news of its sentence."""
    text = "Germany released a journalist who had been arrested in March."
    assert [m.type for m in code(text)] == ["prisoners-released"]


def test_nor_negates_the_verb_behind_the_subject_that_it_turns_round() -> None:
    """Neither of two acts that a sentence denies is a fact."""
    mentions = code("Russia did not attack Moldova, nor did it threaten Romania.")
    cues = [(m.type, m.modality.value, m.modality_cue and m.modality_cue.text) for m in mentions]
    assert cues == [("attack-carried-out", "denied", "not"), ("threat-issued", "denied", "nor")]


def test_who_is_named_in_a_condition_says_nothing_of_what_follows() -> None:
    """Whoever acts in the condition is no speaker, and what is not done there is not denied."""
    released, threat = code("If Chad does not free the pilots, Sudan will close the border to Chad.")
    assert released.modality == "hypothetical"
    assert threat.attributed_to is None


def test_who_did_the_first_of_two_acts_does_not_say_the_second() -> None:
    """In "fled and left" the subject of both verbs is no source of the news."""
    (visit,) = code("The premier finished his speech and left for Oslo.")
    assert visit.attributed_to is None
