"""Deflated JSON, of which all of one kind looks alike: a dictionary of what is in most of it stands in front of each."""

from __future__ import annotations

import zlib

_LEVEL = 1
"""The fastest. With the dictionary it makes a third of a mention; the best makes little less, in three times the time."""

_WINDOW = -12
"""Four kilobytes, which is more than most mentions have, without the frame of zlib's own."""

_DICTIONARY = (
    b'"fulfils":null,"thread_id":null,"cause":{"kind":"article","id":"","seq":},"status":"corroborated","superseded_by":null,'
    b'"record_time":"2025-0T00:00:00Z","rules_version":"","independent_sources":2,"mentions":["","","evidence":[],'
    b'"modality_cue":{"start":1,"end":1,"text":"will"},"modality":"planned","object":"the","attributed_to":null,'
    b'"location":{"name":"","country":"","lat":3.,"lon":1.,"granularity":"city"},'
    b'"date":{"start":"2025-0","end":"2025-0","precision":"day","basis":"explicit","text":"on Monday"},"text":" said","factual"'
    b'{"mention_id":"","type":"","cameo":"0","plover_event":"CONSULT","plover_mode":null,"goldstein":-2.0,'
    b'"source":[{"name":"","key":"person.","country":"USA","sector":"GOV","role":null,"implied":false},'
    b'"target":[{"name":"","key":"","country":"RUS","sector":"GOV","role":null,"implied":false}],"symmetric":true,"object":null,'
    b'"modality":"factual","modality_cue":null,"attributed_to":null,"location":null,'
    b'"date":{"start":"2025-0","end":"2025-0","precision":"day","basis":"publication","text":null},'
    b'"evidence":{"article_id":"","version":"","url":"https://www.","source":"","published_at":"2025-0T00:00:00Z","field":"text",'
    b'"sentence":"The  president of the  said on  that ","start":1,"end":1,"sha256":"","trigger":{"start":1,"end":1,"text":""},'
    b'"rule":"consult.meet"},"confidence":0.85}'
)
"""Part of the format: with another one, nothing that was packed can be read."""


def pack(data: bytes) -> bytes:
    """Return the data deflated."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, zdict=_DICTIONARY)
    return deflate.compress(data) + deflate.flush()


def unpack(packed: bytes) -> bytes:
    """Return what `pack` was given."""
    inflate = zlib.decompressobj(_WINDOW, zdict=_DICTIONARY)
    return inflate.decompress(packed) + inflate.flush()
