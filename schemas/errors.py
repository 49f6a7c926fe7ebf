"""What a processor says of an input that it cannot use."""


class Rejected(ValueError):
    """An input that can't be used, with a one-line reason fit for a dead letter or a terminal."""

    def __init__(self, reason: str) -> None:
        """Take the reason; line breaks and control characters in it become spaces, 300 characters at most."""
        line = "".join(c if c.isprintable() else " " for c in reason)
        self.reason = " ".join(line.split())[:300]
        super().__init__(self.reason)
