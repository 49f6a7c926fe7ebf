"""Nouns for people of several countries, who are not of the one in which they meet: "foreign ministers", "the warring parties"."""

from __future__ import annotations

from processors.coding.grammar import words

PARTIES = words("parties")
"""Words for those between whom a conflict is."""
MANY = (
    *(f"{portfolio} ministers" for portfolio in sorted(words("portfolios"))),
    " other countries",
    " other nations",
    " other states",
)
"""How phrases for people of several countries end: those who hold an office of which a country has one, and "of other states"."""


def of_several(name: str) -> bool:
    """Tell whether a name is for people of several countries: "foreign ministers", of whom each has one, "citizens of other countries"."""
    return name.lower().endswith(MANY)


def at_odds(name: str) -> bool:
    """Tell whether a name is for the parties to a conflict, wherever others speak with them: "the rival factions"."""
    return not PARTIES.isdisjoint(name.lower().split())
