"""What a command says when it can't go on: one line, no traceback."""


class Failure(Exception):
    """A command can't do what was asked. The message is one line for a person; `status` is the exit status."""

    def __init__(self, message: str, status: int = 1) -> None:
        """Take the line and the exit status: 1, or 2 where the request itself was wrong."""
        super().__init__(" ".join(message.split()))
        self.status = status
