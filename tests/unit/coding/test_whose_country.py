"""Of which country those are whom the text calls by a common noun, and what has none."""

from tests.unit.coding.support import code, lands


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


def test_bodies_that_are_handed_over_are_no_body_of_officials() -> None:
    """The dead are not the institution named before."""
    found = lands("Ghana met the Red Cross. Togo released the bodies of two Ghanaian soldiers.")
    assert all("NGO" not in target for kind, _, target in found if kind == "prisoners-released")


def test_its_police_are_those_of_who_withdraws_them() -> None:
    """What one does with what is one's own leads to the subject of that verb."""
    found = lands("Benin sent boats to the lake, and Togo said it would not withdraw its police.")
    assert all("BEN" not in target for _, _, target in found)


def test_the_government_of_whom_its_own_people_ask_is_theirs() -> None:
    """Those who are governed speak of their own government."""
    found = lands("Opposition lawmakers in Accra demanded that the government protest to Lome.")
    assert ("demand-made", ["GHA"], ["GHA"]) in found


def test_either_side_is_no_party_of_the_speaker() -> None:
    """Those between whom something is have no country of who speaks of them."""
    (found,) = code("The American envoy denied that Washington favours either party.")
    assert found.target == ()


def test_people_of_other_countries_have_no_country() -> None:
    """They are not of the one that deals with them."""
    (event,) = code("Denmark imposed restrictions on citizens of 15 other countries.")
    assert [a.country for a in event.target] == [None]


def test_a_capital_with_which_others_sign_is_a_side_unlike_one_in_which_they_do() -> None:
    """The preposition tells whether a capital stands for its state or is a place."""
    assert lands("Ghana and Togo signed a treaty with Moscow.") == [
        ("agreement-signed", ["GHA", "TGO"], ["RUS"])
    ]
    assert lands("Ghana and Togo signed a treaty in the Kremlin.") == [
        ("agreement-signed", ["GHA", "TGO"], [])
    ]
