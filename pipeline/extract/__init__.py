"""One file a format, all giving the same SourceDocument; guard.py holds the limits."""

from .extract import extract as extract
from .extract import extract_bytes as extract_bytes
