"""The one error of the embedded broker: a single line that a person can act on."""


class BrokerError(RuntimeError):
    """The embedded broker can't do what was asked; the message is one line that names the cause."""
