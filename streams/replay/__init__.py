"""Replay: the recorded articles through the same stages again, one after another, into topics of their own.

The live dedupe lane wrote down its order in `articles.clean`; replaying in that order with the same rules gives the same event
log, byte for byte. With other rules it gives what the log would have been.
"""

from streams.replay.run import ReplayReport, replay

__all__ = ["ReplayReport", "replay"]
