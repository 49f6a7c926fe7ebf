"""What is written to a terminal or a pipe."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def printable(text: str) -> str:
    """Return text in one line without control characters: what an article holds must not steer the terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@contextmanager
def quiet_end() -> Iterator[None]:
    """End the command without a word when whoever reads its output has had enough, as `head` does (0), or at Ctrl-C (130)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Point stdout at nothing, so that the interpreter's last flush can't fail on the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
