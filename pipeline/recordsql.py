"""The SQL of the record: what an empty one is made of, and what is worked out anew after each save."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .schema import SCHEMA_VERSION, TABLE, TABLES, Table

# The layout of the record: every version of the contract's columns, and one more since the tables of INTAKE came.
RECORD_VERSION = SCHEMA_VERSION + 1

OWN_LINKS = ("clause",)  # links that a plan has by itself; the others join two plans
STORED = {"units": "document_units"}  # units are stored per document and read as one view over all of them

_TYPES = {
    "string": "VARCHAR",
    "strings": "VARCHAR[]",
    "map": "MAP(VARCHAR, VARCHAR)",
    "bool": "BOOLEAN",
    "int8": "TINYINT",
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "decimal": "DECIMAL(28, 6)",
    "date": "DATE",
    "timestamp": "TIMESTAMPTZ",
}

# What the record knows beside the tables of the contract; nothing of it is published.
# files: each content that lay under a path of an inbox, from one load to another (gone_in: the load that missed it);
# refusals: contents that could not be read; loads: one row a run that had something to do, ended_at empty when it was
# broken off. `changes` counts the plans that were put in or replaced, `published` says which of these states is out.
INTAKE = (
    "INSERT INTO meta VALUES ('changes', '0'), ('published', '')",
    "CREATE TABLE files (inbox VARCHAR, path VARCHAR, sha256 VARCHAR, size BIGINT, mtime_ns BIGINT, ctime_ns BIGINT, "
    "inode BIGINT, seen_in BIGINT, gone_in BIGINT)",
    "CREATE TABLE refusals (sha256 VARCHAR, path VARCHAR, code VARCHAR, why VARCHAR, remedy VARCHAR, place VARCHAR, "
    "quarantined VARCHAR, parser_version VARCHAR, rules_version VARCHAR, load_id BIGINT)",
    "CREATE TABLE loads (load_id BIGINT, command VARCHAR, inbox VARCHAR, started_at TIMESTAMPTZ, "
    "ended_at TIMESTAMPTZ, files_seen INTEGER, files_read INTEGER, files_failed INTEGER, files_skipped INTEGER, "
    "files_waiting INTEGER, parser_version VARCHAR, rules_version VARCHAR)",
)

# One row a unit: the newest plan that knows a value gives it, so the order of saves does not matter.
_UNITS_VIEW = """
CREATE OR REPLACE VIEW units AS
SELECT unit_id, {columns}
FROM (SELECT u.*, (coalesce(d.issued_on, DATE '0001-01-01'), d.document_id) AS age
      FROM document_units u JOIN documents d USING (document_id))
GROUP BY unit_id
"""


# Exactly one current document of a plan_key; a document without a key stands for itself. $keys: the keys whose documents
# a save has changed, $document: the one that it saved.
CURRENT = """
UPDATE documents SET is_current = ranked.first
FROM (SELECT document_id, row_number() OVER (
          PARTITION BY coalesce(nullif(plan_key, ''), document_id)
          ORDER BY issued_on DESC NULLS LAST, ingested_at DESC NULLS LAST, document_id DESC) = 1 AS first
      FROM documents WHERE document_id = $document OR plan_key IN (SELECT unnest($keys))) ranked
WHERE documents.document_id = ranked.document_id AND documents.is_current IS DISTINCT FROM ranked.first
"""

_PLAIN = r"regexp_replace(title, '\s', '', 'g')"
# few titles are broken over lines, and to look for a blank is quicker than to take it out
_BROKEN = " OR ".join(f"contains(title, chr({code}))" for code in (9, 10, 12, 13, 32))

# The titles, without blanks, of the documents that a save has changed.
TITLES = f"SELECT {_PLAIN} FROM documents WHERE document_id = $document OR plan_key IN (SELECT unnest($keys))"

# Every citation that such a document makes or may be the answer to is looked at again, so that the order of saves does not
# matter; only changed rows are written. Of several documents with the cited title: the one with the cited number, then
# the current one.
CITED = f"""
UPDATE citations SET cited_document_id = found.document_id
FROM (SELECT c.citation_id, d.document_id
      FROM (SELECT *, {_PLAIN} AS plain FROM citations
            WHERE document_id = $document OR title IN (SELECT unnest($titles))
               OR (({_BROKEN}) AND {_PLAIN} IN (SELECT unnest($titles)))) c
      LEFT JOIN (SELECT *, {_PLAIN} AS plain FROM documents) d
      ON c.plain = d.plain AND c.plain <> '' AND c.document_id <> d.document_id
         AND coalesce(nullif(c.doc_number, '') = nullif(d.doc_number, ''), true)
      QUALIFY row_number() OVER (
          PARTITION BY c.citation_id
          ORDER BY c.doc_number = d.doc_number DESC NULLS LAST, d.is_current DESC, d.document_id) = 1) found
WHERE citations.citation_id = found.citation_id
  AND citations.cited_document_id IS DISTINCT FROM found.document_id
"""

CHANGED = "UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS VARCHAR) WHERE name = 'changes'"


def creation() -> str:
    """The statements that make an empty record, without BEGIN and COMMIT."""
    made = [
        "CREATE TABLE meta (name VARCHAR, value VARCHAR)",
        f"INSERT INTO meta VALUES ('schema_version', '{RECORD_VERSION}')",
        "CREATE TABLE saves (document_id VARCHAR, fingerprint VARCHAR)",
        *INTAKE,
    ]
    for table in TABLES:
        made += [table_sql(table), *(f"COMMENT ON COLUMN {at} IS '{label}'" for at, label in labels(table))]
    return "; ".join([*made, units_view()])


def table_sql(table: Table) -> str:
    """What makes one table of the contract."""
    columns = [f'"{name}" {kind}' for name, kind in columns_sql(table)]
    return f"CREATE TABLE {STORED.get(table.name, table.name)} ({', '.join(columns)})"


def columns_sql(table: Table) -> list[tuple[str, str]]:
    """The columns of one table as they are stored, with their SQL types."""
    whose = [("document_id", "VARCHAR")] if table.name in STORED else []
    return whose + [(column.name, _TYPES[column.type]) for column in table.columns]


def labels(table: Table) -> list[tuple[str, str]]:
    """table.column as it is stored, with its label."""
    stored = STORED.get(table.name, table.name)
    return [(f"{stored}.{column.name}", column.label) for column in table.columns]


def units_view() -> str:
    """What makes the view over all stored units."""
    columns = []
    for column in TABLE["units"].columns[1:]:
        name = column.name
        if name == "short_names":
            union = f"list_sort(list_distinct(flatten(list({name}) FILTER ({name} IS NOT NULL))))"
            columns.append(f"{union} AS {name}")
        elif column.type == "strings":
            known = f"arg_max(CASE WHEN len({name}) > 0 THEN {name} END, age)"
            columns.append(f"coalesce({known}, arg_max({name}, age)) AS {name}")
        else:
            columns.append(f"arg_max({name}, age) AS {name}")
    return _UNITS_VIEW.format(columns=", ".join(columns))


def own(name: str) -> str:
    # links between two plans stay when one of them is read again; lookback.py makes them anew
    return f"kind IN ({', '.join(map(repr, OWN_LINKS))})" if name == "links" else "true"


def document_of(name: str) -> str:
    # ids begin with the document's
    return "left(from_id, 16)" if name == "links" else "document_id"


def of_years(name: str, years: Sequence[int | None]) -> tuple[str, list[Any]]:
    # (condition, its values)
    if not years:
        return "true", []
    marks = " OR ".join(["{} IS NOT DISTINCT FROM ?"] * len(years))
    if name == "units":
        newest = marks.replace("{}", "max(plan_year)")
        known = f"SELECT unit_id FROM document_units JOIN documents USING (document_id) GROUP BY 1 HAVING {newest}"
        return f"unit_id IN ({known})", list(years)
    documents = f"SELECT document_id FROM documents WHERE {marks.replace('{}', 'plan_year')}"
    return f"{document_of(name)} IN ({documents})", list(years)


def key_ranges(heads: Iterable[tuple[str, int]], rows: int) -> Iterator[tuple[str | None, str | None]]:
    """Half-open ranges of keys, each of the heads that hold `rows` rows together; None is an open end.

    >>> list(key_ranges([("0a", 40), ("0b", 70), ("1c", 20)], 100))
    [(None, '0b'), ('0b', '1c'), ('1c', None)]
    """
    low, held = None, 0
    for head, count in heads:
        if held and held + count > rows:
            yield low, head
            low, held = head, 0
        held += count
    yield low, None


def row_order(table: Table) -> str:
    # the key after the sort: no two rows are equal, so no machine orders them another way
    return ", ".join(dict.fromkeys((*table.sort, *table.key)))
