"""Ingest: files, folders and standard input to `articles.raw`.

`sources` finds what there is to read, `formats` turns a file into raw records, `producer` puts them on Kafka.
"""

from streams.ingest.producer import IngestReport, ingest
from streams.ingest.sources import Item, Source, find_sources

__all__ = ["IngestReport", "Item", "Source", "find_sources", "ingest"]
