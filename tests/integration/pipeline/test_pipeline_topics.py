"""The catalogue against a real broker: made once, verified ever after."""

from typing import Any

import pytest

from streams.settings import Settings
from streams.topics import TopicError, provision, verify

pytestmark = pytest.mark.integration

Log = Any  # the class stands in conftest.py, from which nothing can be imported


async def test_provisioning_twice_changes_nothing(log: Log) -> None:
    """The second run finds everything as the catalogue says."""
    report = await provision(log.settings)
    assert (report.created, len(report.found)) == ([], 11)
    assert (await verify(log.settings)).found == report.found


async def test_a_topic_that_differs_is_an_error(log: Log) -> None:
    """Another number of partitions is named in one line, not worked around."""
    other = log.but(partitions=log.settings.partitions + 1)
    with pytest.raises(TopicError, match=r"articles\.raw has 6 partitions, the catalogue says 7"):
        await verify(other.settings)


async def test_a_missing_topic_is_an_error(log: Log) -> None:
    """What is missing is named, with the command that makes it."""
    other = log.but(topic_prefix="never-made.")
    with pytest.raises(TopicError, match=r"never-made\.articles\.raw is missing.*topics provision"):
        await verify(other.settings)


async def test_a_broker_that_is_not_there_is_an_error() -> None:
    """The address is named."""
    with pytest.raises(TopicError, match=r"127\.0\.0\.1:9"):
        await provision(Settings(broker="127.0.0.1:9"))
