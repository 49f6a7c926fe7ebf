"""Acts that a sentence names and nobody has done come out as no facts, with the word that says so."""

import pytest

from tests.unit.coding.support import code


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Return type, modality and cue of each event of a text."""
    return [(m.type, m.modality.value, m.modality_cue.text if m.modality_cue else None) for m in code(text)]


@pytest.mark.parametrize(
    ("text", "kind", "modality", "cue"),
    [
        (
            "Far from withdrawing its troops from Mali, France built a base.",
            "troops-withdrawn",
            "denied",
            "Far",
        ),
        (
            "Instead of imposing sanctions on Russia, Hungary waited.",
            "sanctions-imposed",
            "denied",
            "Instead",
        ),
        (
            "Ethiopian troops nearly attacked the Eritrean border town.",
            "attack-carried-out",
            "denied",
            "nearly",
        ),
        ("Reports that China had sent weapons to Russia were false.", "aid-delivered", "denied", "false"),
        ("Egypt gave no sign that it had expelled Libyan diplomats.", "diplomats-expelled", "denied", "no"),
        ("A meeting between Putin and Zelensky has yet to take place.", "meeting-planned", "denied", "yet"),
        ("A Russian attack on Poland is possible.", "attack-carried-out", "hypothetical", "possible"),
        ("A deal between Israel and Hamas is very likely.", "agreement-reached", "hypothetical", "likely"),
        ("Lavrov said that Russia would have signed the deal.", "agreement-signed", "hypothetical", "would"),
        # Disbelief denies nothing, but it states nothing either.
        ("Kyiv does not believe that Belarus attacked Poland.", "attack-carried-out", "uncertain", "not"),
        ("Nobody believes that Belarus attacked Poland.", "attack-carried-out", "uncertain", "Nobody"),
    ],
)
def test_what_nobody_did_is_no_fact(text: str, kind: str, modality: str, cue: str) -> None:
    """An act that was forgone, missed, made up, is only possible or not believed is told once, with the word that says so."""
    assert told(text) == [(kind, modality, cue)]


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
