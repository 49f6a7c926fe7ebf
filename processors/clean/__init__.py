"""Cleaning: a raw article, as a web page or as text with noise around it, becomes headline, paragraphs and metadata."""

from processors.clean.cleaner import Cleaner
from processors.clean.decode import decode_raw
from processors.clean.urls import canonical_url

__all__ = ["Cleaner", "canonical_url", "decode_raw"]
