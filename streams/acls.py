"""Who may do what on a broker with an authorizer: the rows of `data/acls.toml` for one log."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from streams.topics import catalogue

if TYPE_CHECKING:
    from streams.settings import Settings


class Grant(NamedTuple):
    """One permission: an operation of Kafka on a topic, a group or a transactional id, or on all whose names begin with `name`."""

    resource: str
    name: str
    prefixed: bool
    operation: str

    def command(self, principal: str) -> str:
        """Return the arguments by which Kafka's `kafka-acls.sh` grants it to a principal, as in `User:worker`."""
        kind = " --resource-pattern-type prefixed" if self.prefixed else ""
        return f"--add --allow-principal {principal} --operation {self.operation} --{self.resource} {self.name}{kind}"


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """Return the file as it stands: by component and resource, the operations."""
    return tomllib.loads(files("streams").joinpath("data/acls.toml").read_text("utf-8"))


def grants(settings: Settings, component: str, into: str = "") -> list[Grant]:
    """Return what a component needs on the topics of `settings`; `into` is the prefix that a replay writes to.

    Raises KeyError for a component that there isn't.
    """
    names = {"prefix": settings.topic_prefix, "group": settings.group, "into": into}
    found = []
    for resource, operations in table()[component].items():
        kind, _, pattern = resource.partition(" ")
        every = [t.full_name for t in catalogue(settings).values()] if "{each}" in pattern else [""]
        for each in every:
            name = pattern.format(each=each, **names)
            # A prefix that is empty means everything, which Kafka writes as the literal name *.
            prefixed = name.endswith("*") and name != "*"
            found += [Grant(kind, name[:-1] if prefixed else name, prefixed, op) for op in operations]
    return found
