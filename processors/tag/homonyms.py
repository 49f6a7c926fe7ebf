"""Names that several places share ("Georgia", "Congo", "Korean"): other names of the article tell which one is meant."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from processors.tag.lexicon import Entry, Lexicon
from processors.tag.scan import Hit, read_as


class Homonyms:
    """The compiled table `homonyms` of words.toml."""

    def __init__(self, lexicon: Lexicon, rules: Sequence[dict[str, Any]]) -> None:
        """Take rules of `form` and `needs`, or of `form`, `cues`, `unless`, and `country` (a code) or `place` (a name of places.tsv)."""
        self._forms: dict[str, tuple[frozenset[str], frozenset[str], Entry]] = {}
        self._needs: dict[str, frozenset[str]] = {}
        for rule in rules:
            usual = lexicon.entries[rule["form"]]
            if "needs" in rule:
                self._needs[usual.surface] = frozenset(rule["needs"])
                continue
            if "place" in rule:
                meant = Entry(usual.surface, place=lexicon.entries[rule["place"]].place)
            else:
                code = rule["country"]
                meant = replace(
                    usual,
                    country=code if usual.country else None,
                    adjective=code if usual.adjective else None,
                    people=code if usual.people else None,
                    capital=code if usual.capital else None,
                    place=None,
                    namesakes=(),
                )
            self._forms[usual.surface] = (frozenset(rule["cues"]), frozenset(rule["unless"]), meant)

    def resolve(self, fields: Sequence[list[Hit]]) -> list[list[Hit]]:
        """Return the hits of all fields of one article, with the reading that the article as a whole suggests."""
        present = {hit.entry.surface for hits in fields for hit in hits}
        meant = {
            form: entry
            for form, (cues, unless, entry) in self._forms.items()
            if form in present and not cues.isdisjoint(present) and unless.isdisjoint(present)
        }
        for form, needs in self._needs.items():
            if form in present and needs.isdisjoint(present):
                meant[form] = Entry(form)
        return read_as(fields, meant)
