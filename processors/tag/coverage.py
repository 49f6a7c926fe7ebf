"""Which offices of which states the data knows, since when: `python -m processors.tag.coverage [YEAR]` lists the gaps from that year on.

A state is covered where its head of state or government, its foreign minister and its defence minister are known on at least nine in
ten of the fifteenths of a month from 2010, or the year asked for, to 2025.
"""

import sys
from collections.abc import Iterable
from datetime import date

from processors.tag.tables import Person, Role, load

OFFICES: dict[str, frozenset[str]] = {
    "head": frozenset({"president", "monarch", "leader", "pm"}),
    "fm": frozenset({"fm"}),
    "dm": frozenset({"dm"}),
}
"""The offices that are asked for, and the names that they have in persons.tsv."""

ENOUGH = 0.9
"""Share of the months in which an office must be filled; cabinets that fall leave it empty for a while."""

FIRST = 2010
"""The year from which on offices are wanted."""


def shares(persons: Iterable[Person], first: int, last: int) -> dict[str, dict[str, float]]:
    """Return {country: {office: share of the months from `first` to `last` in which somebody is known to hold it}}."""
    held: dict[str, dict[str, list[Role]]] = {}
    for person in persons:
        for role in person.roles:
            for office, names in OFFICES.items():
                if role.name in names and person.country is not None:
                    held.setdefault(person.country, {}).setdefault(office, []).append(role)
    days = [date(year, month, 15) for year in range(first, last + 1) for month in range(1, 13)]
    return {
        country: {
            office: sum(any(r.in_force(day) for r in offices.get(office, ())) for day in days) / len(days)
            for office in OFFICES
        }
        for country, offices in sorted(held.items())
    }


def covered(found: dict[str, dict[str, float]]) -> list[str]:
    """Return the countries of which every office is known nearly all the time."""
    return [country for country, offices in found.items() if min(offices.values()) >= ENOUGH]


def main(argv: list[str]) -> int:
    """Print one line for each country that lacks an office, and how many lack none; return the exit status."""
    found = shares(load().persons, int(argv[0]) if argv else FIRST, FIRST + 15)
    whole = covered(found)
    for country, offices in found.items():
        if country not in whole:
            lacking = ", ".join(
                f"{office} {share:.0%}" for office, share in offices.items() if share < ENOUGH
            )
            sys.stdout.write(f"{country}: {lacking}\n")
    sys.stdout.write(f"{len(whole)} countries lack no office\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
