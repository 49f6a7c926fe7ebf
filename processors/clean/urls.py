"""Canonical URLs: one address for one page, whatever road led a reader to it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from processors.clean.lexicon import load_toml

MAX_LENGTH = 4096
"""Longer addresses are data, not addresses; servers and browsers stop at 2,000 to 8,000."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_DOTS = re.compile(r"/\.\.?(?:/|$)")
_AMP_SEGMENT = re.compile(r"(?:/amp|\.amp)(?=/?$)|\.amp(?=\.html?$)|^/amp(?=/.)", re.IGNORECASE)


class _Rules(NamedTuple):
    dropped: frozenset[str]
    dropped_prefixes: tuple[str, ...]
    mobile: frozenset[str]
    index_files: tuple[str, ...]
    amp_caches: tuple[str, ...]


@cache
def _rules() -> _Rules:
    data = load_toml("urls.toml")
    names = [*data["tracking_parameters"], *data["amp_parameters"]]
    return _Rules(
        dropped=frozenset(name for name in names if not name.endswith("*")),
        dropped_prefixes=tuple(name[:-1] for name in names if name.endswith("*")),
        mobile=frozenset(data["mobile_labels"]),
        index_files=tuple("/" + name for name in data["index_files"]),
        amp_caches=tuple(data["amp_caches"]),
    )


def canonical_url(url: str) -> str | None:
    """Return the canonical form of an http or https address, or None if it is none.

    One page has one canonical URL: https, host in lower case (IDNA) without `www.`, mobile and AMP labels, no default port,
    no user, no fragment, dot segments resolved, percent-encoding normalised (RFC 3986, 6.2.2), no tracking or AMP parameters,
    the others sorted, no trailing slash or index file. It is an identity to compare by, and nearly always opens as well.
    """
    url = url.strip()
    if not url or len(url) > MAX_LENGTH or _NO_ADDRESS.search(url):
        return None
    rules = _rules()
    try:
        parts = urlsplit(_out_of_cache(url, rules.amp_caches))
        host, port = _host(parts.hostname or "", rules.mobile), parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    where = host if port is None or port in _DEFAULT_PORTS.values() else f"{host}:{port}"
    query = _query(parts.query, rules)
    return f"https://{where}{_path(parts.path, rules)}{'?' if query else ''}{query}"


def _out_of_cache(url: str, caches: tuple[str, ...]) -> str:
    """Return the address that an AMP cache serves, if `url` points into one, else `url`."""
    for mark in caches:
        head, found, rest = url.partition(mark)
        if found and rest and head.startswith(("https://", "http://")) and "/" not in head.split("//", 1)[1]:
            return rest if rest.startswith(("https://", "http://")) else f"https://{rest}"
    return url


def _host(host: str, mobile: frozenset[str]) -> str | None:
    """Return the host in its canonical form, or None where it can't be a host on the public web."""
    if ":" in host:
        return f"[{host}]"
    host = host.rstrip(".")
    labels = (host if host.isascii() else host.encode("idna").decode("ascii")).lower().split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004 - a name and a domain
        return None
    kept = [label for label in labels[:-2] if label not in mobile]
    return ".".join(kept + labels[-2:])


def _path(path: str, rules: _Rules) -> str:
    path = _PERCENT.sub(_normal_escape, quote(path, safe="/:@!$&'()*+,;=~-._%"))
    if _DOTS.search(path):
        path = _without_dots(path)
    path = _AMP_SEGMENT.sub("", path)
    for name in rules.index_files:
        path = path.removesuffix(name)
    return path.rstrip("/") or "/"


def _normal_escape(escape: re.Match[str]) -> str:
    """Decode an escape of an unreserved character; write any other in upper case (RFC 3986, 6.2.2)."""
    char = chr(int(escape[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else escape[0].upper()


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


def _query(query: str, rules: _Rules) -> str:
    if not query:
        return ""
    pairs = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, max_num_fields=None)
        if name.lower() not in rules.dropped and not name.lower().startswith(rules.dropped_prefixes)
    ]
    return urlencode(sorted(pairs))
