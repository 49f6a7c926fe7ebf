"""Deterministic ids: UUIDv5 (RFC 9562) of what the thing is, so that any re-run gives the same id."""

import hashlib
from uuid import NAMESPACE_URL, UUID, uuid5

DRAGOMAN = uuid5(NAMESPACE_URL, "urn:dragoman:v1")
"""The namespace of every id here. Changing it changes every id ever published."""
_NAMESPACE = DRAGOMAN.bytes


def content_hash(text: str) -> str:
    """Return the SHA-256 of the UTF-8 text, in hex: the `version` of an article."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _uuid(*parts: str) -> str:
    """Return `str(uuid5(DRAGOMAN, ...))` of the joined parts, in half the time."""
    name = "\x1f".join(parts).encode()
    digest = bytearray(hashlib.sha1(_NAMESPACE + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50  # version 5
    digest[8] = digest[8] & 0x3F | 0x80  # the variant of RFC 9562
    hex_ = digest.hex()
    return f"{hex_[:8]}-{hex_[8:12]}-{hex_[12:16]}-{hex_[16:20]}-{hex_[20:]}"


def article_id(canonical_url: str | None, version: str) -> str:
    """Return the id of an article: of its canonical URL, or of its content hash where there is no URL."""
    return _uuid("article", canonical_url) if canonical_url else _uuid("content", version)


def mention_id(article: str, version: str, span: tuple[str, int, int], what: str, actors: str) -> str:
    """Return the id of one mention.

    `span` is (field, start, end) of the sentence; `what` the event type and its object; `actors` the stable keys of
    both sides in their order.
    """
    field, start, end = span
    return _uuid("mention", article, version, field, str(start), str(end), what, actors)


def copied_mention_id(mention: str, article: str) -> str:
    """Return the id of a mention as it stands in a copy of the article that it was coded from."""
    return _uuid("copied", mention, article)


def event_id(first_mention: str) -> str:
    """Return the id of an event, from the id of the first mention of it that was published."""
    return _uuid("event", first_mention)


def valid(identifier: str) -> bool:
    """Tell whether `identifier` is a UUID in its canonical form."""
    try:
        return str(UUID(identifier)) == identifier
    except ValueError:
        return False
