"""Everything on one machine: what `dragoman up` starts, shows and stops."""

from streams.up.run import run

__all__ = ["run"]
