"""Fetching one locked jar through the Maven client jgo.

Only the lock says what is fetched: nothing is resolved here, so no POM is read and a newly published
version changes nothing. Repositories and the local Maven repository are the client's defaults and the
user's own jgo settings.
"""

import time
from pathlib import Path

from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext

from streams.broker.errors import BrokerError
from streams.broker.lock import LockedJar

ATTEMPTS = 3
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 30


def fetch_jar(jar: LockedJar, folder: Path) -> Path:
    """Give a path to the bytes of `jar`, from the local Maven repository or downloaded below `folder`.

    The file is not checked here; `jars.py` holds it against the lock.

    Raises:
        BrokerError: no repository answered with the jar in three tries.

    """
    settings = GlobalSettings.load()
    context = MavenContext(
        repo_cache=folder,
        local_repos=[settings.repo_cache],
        remote_repos={"central": MAVEN_CENTRAL_URL} | settings.repositories,
        timeout=TIMEOUT_SECONDS,
    )
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact()
    cause = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(attempt * PAUSE_SECONDS)
            # The client takes whatever lies at the target for the whole jar, so a broken-off download has
            # to go first.
            (folder / artifact.component.path_prefix / artifact.cached_filename).unlink(missing_ok=True)
        try:
            return artifact.resolve()
        except (OSError, RuntimeError) as error:  # the client's network errors are OSErrors
            cause = type(error).__name__
    message = (
        f"can't download {jar.coordinate} ({cause}, {ATTEMPTS} tries); is the Maven repository reachable?"
    )
    raise BrokerError(message)
