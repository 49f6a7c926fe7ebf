"""What a title in front of names says of those who bear it."""

from tests.unit.coding.support import code, named


def test_a_plural_title_is_of_all_names_behind_it() -> None:
    """In "generals X, Y and Z" each of them is a general of that country."""
    (event,) = code("Kenya imposed sanctions on Sudanese generals Adam Bakri, Musa Tahir and Hamid Nour.")
    assert named(event.target) == [
        ("Adam Bakri", "SDN", "MIL"),
        ("Musa Tahir", "SDN", "MIL"),
        ("Hamid Nour", "SDN", "MIL"),
    ]


def test_an_envoy_keeps_his_name_behind_his_post() -> None:
    """The envoy of a body to a state is called by his name, and is of the body."""
    (event,) = code("African Union envoy to Chad Peter Ngom held talks with President William Ruto.")
    assert named(event.source) == [("Peter Ngom", "IGO", "GOV")]


def test_forces_of_ones_own_are_not_of_where_they_stand() -> None:
    """In "its remaining troops in Yemen" the troops are of whom "its" means."""
    (event,) = code("Kenya says that its remaining troops in Somalia will leave.")
    assert [(c, s) for _, c, s in named(event.source)] == [("KEN", "MIL")]


def test_what_is_withdrawn_is_not_from_whom() -> None:
    """The target of a withdrawal is the country that the troops leave."""
    (event,) = code("Kenya is ready to pull its troops out of neighbouring Somalia.")
    assert [(n, c) for n, c, _ in named(event.target)] == [("Somalia", "SOM")]
