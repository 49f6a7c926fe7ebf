"""What kind of thing a common noun names, as far as this decides on who it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.bodies import CALLED

if TYPE_CHECKING:
    from collections.abc import Mapping


class Senses:
    """The word sets of the rules by which nouns are told apart, joined once for all articles."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        """Take the word sets by name; one that is missing is empty."""

        def named(name: str) -> frozenset[str]:
            return sets.get(name, frozenset())

        self.collective = named("collective")  # "his country" stands for its owner
        self.measure = named("measure") | named("settlement")
        self.nature = named("nature")
        self.water = named("water")
        self.nameless = self.nature | self.water | named("era")  # named, and acts for nobody
        self.regions = named("region")
        self.strikes = named("strikes")
        self.happenings = self.nature | self.strikes | named("mishap")
        self.arms = named("ammunition")
        self.culture = named("culture")
        self.vessels = named("vessel")
        self.claims = named("claim")
        self.parleys = named("parleys")
        self.deeds = named("deeds")
        self.conduct = named("conduct")
        self.measures = named("against_platform")  # what states do to a platform
        self.kin = named("kin")
        self.sites = named("territory")
        self.victims = named("victims")
        self.humans = named("human")
        self.pair_nouns = named("pair")
        self.states = named("states")
        self.called = {name: named(name) for name in CALLED}  # what bodies are called
        self.bodies = named("body")
