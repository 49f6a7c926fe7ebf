"""What is promised, asked or refused not to be done; what a protest is for; and whom a condition names."""

import pytest

from tests.unit.coding.support import code, lands


def first(text: str) -> tuple[str, str, list[str | None], list[str | None]]:
    """Return (type, CAMEO code, countries of the source, countries of the target) of the first mention of a text."""
    event = code(text)[0]
    return event.type, event.cameo, [a.country for a in event.source], [a.country for a in event.target]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya vowed not to withdraw its soldiers from Somalia.", ("proposal-rejected", "1246")),
        ("Kenya pledged never to release the Somali pilots.", ("proposal-rejected", "1243")),
        ("Kenya promised never again to shell Somali villages.", ("peace-intent-expressed", "0356")),
        ("Kenya promised not to impose sanctions on Somalia.", ("sanctions-eased", "0354")),
        ("Kenya vowed never to bow to pressure from Somalia.", ("proposal-rejected", "123")),
        ("Kenya pledged not to cave in to pressure from Somalia.", ("proposal-rejected", "123")),
    ],
)
def test_promises_not_to_act(text: str, expected: tuple[str, str]) -> None:
    """To promise not to do a favour refuses it; to promise not to do harm keeps the peace."""
    kind, cameo, source, target = first(text)
    assert (kind, cameo) == expected
    assert (source, target) == (["KEN"], ["SOM"])


@pytest.mark.parametrize(
    ("text", "cameo"),
    [
        ("Kenya urged Somalia not to attack the camp.", "0256"),
        ("Kenya told Somalia not to send troops across the border.", "1056"),
        ("Kenya called on Somalia not to withdraw from the valley.", "020"),
    ],
)
def test_demands_not_to_act(text: str, cameo: str) -> None:
    """Who asks others not to attack asks them for peace; who asks them not to yield does not ask them to."""
    assert first(text)[1:] == (cameo, ["KEN"], ["SOM"])


def test_unknown_act_left_undone_is_no_promise_of_cooperation() -> None:
    """A vow not to do what no frame knows says nothing of cooperation."""
    assert code("Kenya vowed not to dawdle over Somalia.") == ()


@pytest.mark.parametrize("verb", ["shrugged off", "spurned", "brushed aside"])
def test_calls_in_the_object_are_no_verb(verb: str) -> None:
    """Behind a verb that takes no clause an actor and "calls" are its object."""
    assert first(f"Kenya {verb} Somali calls to hold talks.")[2:] == (["KEN"], ["SOM"])
    assert first("Kenya shrugged off EU calls to free the editor.")[2:] == (["KEN"], ["EUR"])


def test_of_phrase_of_a_passive_subject() -> None:
    """What a word that only sorts stands for is told behind its "of"."""
    assert [kind for kind, _, _ in lands("A state of emergency was declared by Kenya.")] == [
        "repression-applied"
    ]


def test_what_an_accusation_is_of_stands_behind_that() -> None:
    """The clause of what is alleged tells which crime it is."""
    assert first("Kenya alleged that Somali officials had laundered drug money.")[1] == "1121"


def test_what_a_protest_is_for() -> None:
    """The clause behind "to demand that" tells what is to change."""
    assert first("Students marched through Nairobi to demand that the president resign.")[1] == "1411"


def test_protest_by_its_place() -> None:
    """Riots in a town are of those who live there, against their own government."""
    assert first("Riots erupted in Nairobi over bus fares.")[2:] == (["KEN"], ["KEN"])


def test_threat_on_a_condition() -> None:
    """A threat that names nobody is at whom its condition names."""
    text = "Kenya threatened to break off the talks unless Somalia reopened the border."
    assert first(text) == ("threat-issued", "134", ["KEN"], ["SOM"])


def test_call_to_unite_against() -> None:
    """Who calls on some to unite against others is against the others."""
    assert first("Kenya called on African states to unite against Somalia.")[1:] == ("113", ["KEN"], ["SOM"])


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan batsman refused to walk after the ball brushed his glove.",
        "The Kenyan goalkeeper was on high alert all through the derby.",
        "The Kenyan airline mobilised its sales force for the holidays.",
        "A storm threatens to wipe out the Kenyan tea crop.",
    ],
)
def test_play_trade_and_weather(text: str) -> None:
    """Players, firms and storms refuse, mobilise and threaten nobody in the sense meant here."""
    assert code(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya sees no point in talking to Somalia.", ("talks-rejected", "125")),
        ("Kenya has no intention of lifting its sanctions on Somalia.", ("proposal-rejected", "1244")),
    ],
)
def test_unwilling(text: str, expected: tuple[str, str]) -> None:
    """To see no point in talks refuses them, to have no intention of yielding refuses to."""
    kind, cameo, source, target = first(text)
    assert (kind, cameo) == expected
    assert (source, target) == (["KEN"], ["SOM"])


def test_said_to_be_responsible() -> None:
    """Who says that others are responsible accuses them; who denies that he is accuses nobody."""
    assert first("Kenya said that Somali smugglers were responsible.") == (
        "accusation-made",
        "112",
        ["KEN"],
        ["SOM"],
    )
    assert all(m.type != "accusation-made" for m in code("Kenya denied that its soldiers were responsible."))


def test_of_phrase_of_what_is_handed() -> None:
    """What kind of note it is stands behind the "of" of a passive's subject."""
    text = "A note of protest was handed to Somalia's ambassador by Kenya."
    assert first(text) == ("accusation-made", "114", ["KEN"], ["SOM"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Kenyan judge convicted 12 Somalis of murder.", ("116", ["KEN"], ["SOM"])),
        ("Kenyan border guards have detained 12 Somalis near Garissa.", ("173", ["KEN"], ["SOM"])),
        ("Nairobi protested to Mogadishu over nets left in the water.", ("114", ["KEN"], ["SOM"])),
        ("Kenya turned a request for fuel from Somalia down.", ("120", ["KEN"], ["SOM"])),
        ("Somali militants took Kenyan oil workers hostage in the desert.", ("181", ["SOM"], ["KEN"])),
        ("Kenyan troops captured the Somali town of Zubaydabad.", ("192", ["KEN"], ["SOM"])),
    ],
)
def test_verbs_and_objects_told_apart(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    """No adjective stands before a number; a particle may stand far from its verb; an unknown town is in the land named with it."""
    assert first(text)[1:] == expected


def test_what_protesters_call_for_is_no_demand_of_its_own() -> None:
    """A participle behind those who protest tells what for, as one behind their verb does."""
    assert [m.type for m in code("Kenyan protesters calling for new elections marched in Nairobi.")] == [
        "protest-held"
    ]


def test_who_warns_of_a_strike_threatens_whom_the_condition_names() -> None:
    """No state threatens itself with force."""
    found = lands("The president of Ghana warned that Ghana would strike again if Togo rebuilt its arsenal.")
    assert found == [("threat-issued", ["GHA"], ["TGO"])]
