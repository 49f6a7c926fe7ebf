"""What "it", "them", "he" and "the group" are: a blaze, letters, a president, whose official spoke."""

import pytest

from tests.unit.coding.support import code, lands


@pytest.mark.parametrize(
    "happening",
    ["A blaze destroyed a market in Lagos.", "A fire yesterday morning burned a market in Lagos, Nigeria."],
)
def test_it_is_the_blaze_just_told_of(happening: str) -> None:
    """Officials who say that it killed people killed nobody, nor did the country in which it burned."""
    assert not [e for e in lands(f"{happening} Officials said it killed nine people.") if e[1]]


def test_it_is_the_missile_just_told_of() -> None:
    """What came down belongs to who fired it."""
    text = "A Kenyan missile hit a school in Dobley, Somalia. Police said it killed six people."
    assert lands(text)[-1][1] == ["KEN"]


def test_nobody_calls_a_plural_it() -> None:
    """After "officials", "it" is somebody named before."""
    text = "Rwanda signed the treaty with Uganda, officials said. Hours later it expelled two Ugandan envoys."
    assert all(a.name != "officials" for m in code(text) for a in m.source)


def test_things_that_are_released_are_no_prisoners() -> None:
    """What "them" are is the letters that the verb before is about; people who were taken are freed as before."""
    assert not code("The ministry of Chile obtained the letters of two bankers and released them on Friday.")
    freed = lands("Rebels kidnapped two Dutch engineers in Yemen and released them on Friday.")
    assert ("prisoners-released", ["YEM"], ["NLD"]) in freed


def test_he_is_no_chamber() -> None:
    """A house of parliament is a common noun with an office in it, and no man."""
    (event,) = code("If the House of Representatives votes to impeach President Obama, he would face trial.")
    assert [a.name for a in event.target] == ["Barack Obama"]


def test_the_group_is_that_of_the_official() -> None:
    """Its name stands in what the official is called only."""
    (event,) = code("A senior Hamas official said on Monday that the group would hand over four bodies.")
    assert [(a.name, a.country) for a in event.source] == [("Hamas", "PSE")]


def test_an_attack_is_claimed_from_afar() -> None:
    """Where those are who claim an attack was not hit: it hit what the sentence before tells."""
    text = "Al-Shabab attacked a hotel in Mombasa, Kenya. The attack was claimed by the group in Somalia."
    assert all(target == ["KEN"] for _, _, target in lands(text))


def test_what_is_made_abroad_is_not_there() -> None:
    """The maker of a vehicle says nothing of whose government is meant."""
    text = "Omar Latif accused the government of hiding casualties among Afghan forces, whose US-built tank was burned."
    assert all("USA" not in target for _, _, target in lands(text))


def test_words_to_a_reporter_are_no_talks() -> None:
    """What somebody unknown is told leads to what was said; two leaders who speak talk."""
    assert not code("Speaking to Peter Olsen of the Bergen Times, the Norwegian minister said it was late.")
    assert code("Speaking with Vladimir Putin by phone, Emmanuel Macron said it was late.")


def test_another_leads_to_a_singular() -> None:
    """No plural follows "another", so that "another crashes" has a verb."""
    text = "A Ukrainian drone hits a plant in Estonia, while another crashes in Latvia during a drone attack on Russia."
    assert all("another" not in a.name for m in code(text) for a in m.source)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Chinese police detained eight people for spreading rumours.", "factual"),
        ("Rumours spread that Chinese police detained eight people.", "uncertain"),
    ],
)
def test_who_spreads_rumours_is_held_in_fact(text: str, modality: str) -> None:
    """A rumour makes uncertain what it is about, not what is done to those who spread it."""
    assert [m.modality.value for m in code(text)] == [modality]


def test_a_comma_names_whom_he_calls_his_rival() -> None:
    """What somebody is to another and his name behind a comma are one man."""
    (event,) = code("William Ruto endorsed his former rival, Raila Odinga.")
    assert [a.name for a in event.target] == ["Raila Odinga"]
