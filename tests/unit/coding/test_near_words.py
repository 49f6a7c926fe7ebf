"""Words that tell of one act with one object and of another with the next: to seize a town, a ship, a bomb."""

import pytest

from tests.unit.coding.support import code


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Iranian troops seized the Syrian town of Palmyra.", ["territory-seized"]),
        ("The Iranian navy seized a Greek tanker in the Gulf of Oman.", ["attack-carried-out"]),
        ("Spanish police seized a Moroccan fishing boat.", ["repression-applied"]),
        ("Kenyan police captured two Somali smugglers.", ["arrest-made"]),
        ("Footage captured two Kenyan factions throwing stones.", []),
        ("Norway revoked the visa of Cuban president Miguel Díaz-Canel.", ["repression-applied"]),
        ("Norway lifted visa restrictions on Cuban citizens.", ["sanctions-eased"]),
        ("The Vietnamese coast guard tried to expel a Chinese survey ship from its waters.", []),
        ("Vietnam expelled a Chinese businessman.", ["arrest-made"]),
        ("Russia launched a missile and drone attack on Odesa, Ukraine.", ["attack-carried-out"]),
        ("North Korea launched a ballistic missile toward Japan.", ["military-mobilized"]),
        ("The Met Office of Jamaica issued a hurricane warning for Jamaica.", []),
        ("The government of Peru declared a state of emergency over floods in the north.", []),
        ("Ecuador declared a state of emergency in Guayas province.", ["repression-applied"]),
    ],
)
def test_the_object_decides_the_act(text: str, types: list[str]) -> None:
    """One verb means another act, or none, with another object."""
    assert [m.type for m in code(text)] == types


@pytest.mark.parametrize(
    ("text", "attacks"),
    [
        ("A military helicopter crashed in northern Peru, killing six soldiers.", 0),
        ("Five soldiers were killed when a military helicopter crashed in Bolivia.", 0),
        ("Twelve Pakistani soldiers were killed in a fire at a base in Lahore, Pakistan.", 0),
        ("Two Polish soldiers were killed when a Russian drone crashed into their base in Poland.", 1),
        ("Peruvian rebels shot down a helicopter, killing six soldiers.", 1),
    ],
)
def test_a_crash_or_a_fire_is_no_attack(text: str, attacks: int) -> None:
    """Who dies of a mishap was attacked by nobody; a weapon that comes down is another matter."""
    assert [m.type for m in code(text)] == ["attack-carried-out"] * attacks


def test_an_emergency_over_a_disaster_oppresses_nobody() -> None:
    """What an emergency is declared over may stand in another sentence; one over unrest is repression still."""
    declared = "The governor of Bohol, a province of the Philippines, declared a state of emergency."
    quake = "An earthquake destroyed 300 homes on Bohol. Aftershocks followed the earthquake all night."
    assert not code(f"{quake} {declared}")
    assert [m.type for m in code(f"The council met for a third night. {declared}")] == ["repression-applied"]
