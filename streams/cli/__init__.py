"""The command line: `dragoman COMMAND`. One module per group of commands, each a thin layer over a function elsewhere.

Start-up stays fast: a command imports what it needs when it runs, so `dragoman --help` loads neither Faust nor a processor.
"""

import os
import sys

from streams.failure import Failure


def main() -> None:
    """Run the command line on `sys.argv` and exit: 0 done, 1 failed, 2 wrong usage or refused lines, 130 interrupted."""
    from streams.cli.app import app

    try:
        app()
    except Failure as failure:
        _say(str(failure))
        sys.exit(failure.status)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("DRAGOMAN_TRACEBACK"):
            raise
        _say(describe(error))
        sys.exit(1)


def describe(error: Exception) -> str:
    """Return an exception as one line: what it says where it was written for people, else with its class and how to see more."""
    text = " ".join(str(error).split())
    ours = type(error).__module__.startswith(("streams.", "schemas."))
    if text and (ours or isinstance(error, OSError)):
        return text
    return f"{type(error).__name__}: {text} (DRAGOMAN_TRACEBACK=1 shows where)"


def _say(line: str) -> None:
    print(f"dragoman: {line}", file=sys.stderr)
