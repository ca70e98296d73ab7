"""A folder that files are dropped into, for years: what is new in it goes into the record, once."""

from .intake import ingest as ingest
