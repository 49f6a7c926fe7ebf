"""Keys of state: which partition of a table each belongs to.

The local copy of a table holds all partitions of a worker in one mapping. A table with several puts the partition in front of each
key, in one byte; one with a single partition leaves its keys as they are.
"""

from __future__ import annotations


def state_key(partitions: int, partition: int, key: bytes) -> bytes:
    """Return a key of one partition as the table has it; `partitions` is how many the table has, at most 256."""
    return bytes((partition,)) + key if partitions > 1 else key


def own_key(partitions: int, key: bytes) -> tuple[int, bytes]:
    """Return the partition that a key of the table belongs to, and the key within it: the reverse of `state_key`."""
    return (key[0], key[1:]) if partitions > 1 else (0, key)
