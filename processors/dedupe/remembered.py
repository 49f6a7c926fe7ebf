"""Encoded sketches of texts, those of the last ones remembered: many outlets print one report word for word within hours."""

from hashlib import blake2b

from processors.dedupe.sketch import make_sketch

KEPT = 4096
"""Sketches that are remembered, of 1 kB each: the partitions of a backlog are some hundred articles apart."""


class Sketches:
    """Makes sketches as bytes; one of a title, text and language that came lately is given again."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: dict[bytes, bytes] = {}

    def of(self, title: str | None, text: str, language: str | None) -> bytes:
        """Return what `make_sketch` makes of an article, encoded."""
        whole = "\0".join((language or "", title or "", text))  # a title is one line and holds no NUL
        key = blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        sketch = self._kept.get(key)
        if sketch is None:
            sketch = self._kept[key] = make_sketch(title, text, language).encode()
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return sketch
