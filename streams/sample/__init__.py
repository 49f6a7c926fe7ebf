"""The sample feed: raw articles of January to March 2025, with planted copies, revisions and broken lines."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def feed_files() -> list[Traversable]:
    """Give the files of the feed (JSON lines, one `articles.raw` value each) in the order of ingest."""
    feed = files(__name__) / "feed"
    return sorted((f for f in feed.iterdir() if f.name.endswith(".jsonl")), key=lambda f: f.name)


def planted() -> str:
    """Give the text of `planted.toml`, which names the copies, revisions, round-up and withdrawal in the feed."""
    return (files(__name__) / "planted.toml").read_text(encoding="utf-8")
