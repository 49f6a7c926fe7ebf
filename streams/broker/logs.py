"""Reading the cause of a failed start out of what the broker wrote."""

import re
from pathlib import Path

# A line of level ERROR or FATAL (group 1) and, on the lines after it, the exception and its stack.
_ERROR = re.compile(r"^\S+ (?:ERROR|FATAL) +(.+)\n((?:(?!\S+ [A-Z]+ ).*\n)*)", re.MULTILINE)
_EXCEPTION = re.compile(r"^(?:Caused by: )?[\w.$]+(?:Exception|Error)\b.*$", re.MULTILINE)
# Kafka logs its whole configuration at a start (some 60 kB); the cause stands after it.
_TAIL_BYTES = 256 * 1024
_LONGEST = 500


def last_error(log_file: Path, console_file: Path, offset: int = 0) -> str:
    """Give the cause of a failed start as one line of at most 500 characters.

    That is the last message of level ERROR or FATAL in `log_file` after byte `offset`, with the innermost
    exception that the log gives for it; else the last line that the JVM itself printed to `console_file`;
    else a remark that there is none.
    """
    errors = _ERROR.findall(_tail(log_file, offset))
    if errors:
        message, stack = errors[-1]
        exceptions = _EXCEPTION.findall(stack)
        return ": ".join([message.strip(), *(line.strip() for line in exceptions[-1:])])[:_LONGEST]
    printed = [line.strip() for line in _tail(console_file, 0).splitlines() if line.strip()]
    return printed[-1][:_LONGEST] if printed else "it left no error message"


def _tail(path: Path, offset: int) -> str:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            # A file smaller than the offset was rolled over meanwhile.
            file.seek(max(offset if offset <= size else 0, size - _TAIL_BYTES))
            return file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
