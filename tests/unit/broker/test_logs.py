"""Finding the cause of a failed start."""

from pathlib import Path

from streams.broker.logs import last_error

LOG = """\
2030-01-01T00:00:00.000Z INFO  KafkaServer starting
2030-01-01T00:00:01.000Z ERROR Log first trouble
2030-01-01T00:00:02.000Z ERROR Kafka Exiting due to a fatal exception
java.lang.RuntimeException: outer
\tat kafka.Kafka.main(Kafka.java:1)
Caused by: java.net.BindException: Address already in use
\tat java.base/sun.nio.ch.Net.bind(Net.java:1)
2030-01-01T00:00:03.000Z INFO  KafkaServer shut down
"""


def test_the_last_error_comes_with_its_innermost_cause(tmp_path: Path) -> None:
    """Message and root exception in one line."""
    log = tmp_path / "broker.log"
    log.write_text(LOG, "utf-8")
    assert last_error(log, tmp_path / "none") == (
        "Kafka Exiting due to a fatal exception: Caused by: java.net.BindException: Address already in use"
    )


def test_errors_of_an_earlier_start_do_not_count(tmp_path: Path) -> None:
    """Only what was written after the offset is quoted; without any, the JVM's own last line is."""
    log, console = tmp_path / "broker.log", tmp_path / "console.log"
    log.write_text(LOG, "utf-8")
    console.write_text(
        "Error: Could not create the Java Virtual Machine.\nToo small maximum heap\n\n", "utf-8"
    )
    assert last_error(log, console, offset=log.stat().st_size) == "Too small maximum heap"


def test_a_log_that_was_rolled_over_is_read_from_its_start(tmp_path: Path) -> None:
    """An offset beyond the end means another file than the one it was taken of."""
    log = tmp_path / "broker.log"
    log.write_text("2030-01-01T00:00:01.000Z FATAL Kafka gone\n", "utf-8")
    assert last_error(log, tmp_path / "none", offset=10_000) == "Kafka gone"


def test_silence_is_said(tmp_path: Path) -> None:
    """Neither file: still one line."""
    assert last_error(tmp_path / "a", tmp_path / "b") == "it left no error message"


def test_a_long_message_is_cut(tmp_path: Path) -> None:
    """The line stays readable."""
    log = tmp_path / "broker.log"
    log.write_text(f"2030-01-01T00:00:01.000Z ERROR Kafka {'x' * 2000}\n", "utf-8")
    assert len(last_error(log, tmp_path / "none")) == 500
