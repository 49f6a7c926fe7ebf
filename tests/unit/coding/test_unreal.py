"""Acts that a sentence names and nobody has done come out as no facts, with the word that says so."""

import pytest

from tests.unit.coding.support import code


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Return type, modality and cue of each event of a text."""
    return [(m.type, m.modality.value, m.modality_cue.text if m.modality_cue else None) for m in code(text)]


@pytest.mark.parametrize(
    ("text", "kind", "cue"),
    [
        ("Far from withdrawing its troops from Mali, France built a base.", "troops-withdrawn", "Far"),
        ("Instead of imposing sanctions on Russia, Hungary waited.", "sanctions-imposed", "Instead"),
        ("Ethiopian troops nearly attacked the Eritrean border town.", "attack-carried-out", "nearly"),
        ("Reports that China had sent weapons to Russia were false.", "aid-delivered", "false"),
        ("Egypt gave no sign that it had expelled Libyan diplomats.", "diplomats-expelled", "no"),
        ("A meeting between Putin and Zelensky has yet to take place.", "meeting-planned", "yet"),
    ],
)
def test_what_was_not_done_is_denied(text: str, kind: str, cue: str) -> None:
    """An act that was forgone or missed, or whose report is untrue, did not take place."""
    assert told(text) == [(kind, "denied", cue)]


@pytest.mark.parametrize(
    ("text", "kind", "cue"),
    [
        ("A Russian attack on Poland is possible.", "attack-carried-out", "possible"),
        ("A deal between Israel and Hamas is very likely.", "agreement-reached", "likely"),
        ("Lavrov said that Russia would have signed the deal.", "agreement-signed", "would"),
    ],
)
def test_what_can_be_or_could_have_been_is_hypothetical(text: str, kind: str, cue: str) -> None:
    """Who calls an act possible, or says that it would have been, says that it has not been."""
    assert told(text) == [(kind, "hypothetical", cue)]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Kyiv does not believe that Belarus attacked Poland.", "not"),
        ("Nobody believes that Belarus attacked Poland.", "Nobody"),
    ],
)
def test_what_is_not_believed_is_uncertain(text: str, cue: str) -> None:
    """Disbelief denies nothing, but it states nothing either."""
    assert told(text) == [("attack-carried-out", "uncertain", cue)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Almost 200 Russian drones attacked Kyiv.", "attack-carried-out"),
        ("Russia attacked Odesa without warning.", "attack-carried-out"),
        ("The Russian attack on Odesa was near the port.", "attack-carried-out"),
        ("Russia fired no fewer than 20 missiles at Odesa.", "attack-carried-out"),
        ("Reports that China had sent weapons to Russia were confirmed.", "aid-delivered"),
    ],
)
def test_what_was_done_stays_a_fact(text: str, kind: str) -> None:
    """The same words in other places take nothing back."""
    assert (kind, "factual", None) in told(text)
