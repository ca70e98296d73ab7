"""The tables of the contract as PostgreSQL has them: SQL that makes them, explains them in Chinese and brings them up to date."""

from __future__ import annotations

from collections.abc import Iterator

from ..schema import PUBLISHED, SCHEMA_VERSION, Column, Table

TYPES = {
    "string": "text",
    "strings": "text[]",
    "map": "jsonb",
    "bool": "boolean",
    "int8": "smallint",
    "int16": "smallint",
    "int32": "integer",
    "int64": "bigint",
    "float64": "double precision",
    "decimal": "numeric(28, 6)",
    "date": "date",
    "timestamp": "timestamptz",
}
META = "taizhang_meta"  # which version of the schema stands here; what tells our tables from others'
_NUL = "'\ufffd'"  # PostgreSQL has no character 0


def quoted(name: str) -> str:
    """A name as SQL has it, whatever characters it is made of."""
    return '"' + name.replace('"', '""') + '"'


def tables_sql(schema: str) -> Iterator[str]:
    """What makes the empty tables, with their labels; keys come after the rows (`keys_sql`)."""
    meta = f"{quoted(schema)}.{META}"
    yield f"CREATE TABLE {meta} (name text PRIMARY KEY, value text)"
    yield f"INSERT INTO {meta} VALUES ('schema_version', '{SCHEMA_VERSION}')"
    yield f"COMMENT ON TABLE {meta} IS '台账装载信息'"
    for table in PUBLISHED:
        name = f"{quoted(schema)}.{table.name}"
        columns = (f'"{c.name}" {TYPES[c.type]}{" NOT NULL" if c.name in table.key else ""}' for c in table.columns)
        yield f"CREATE TABLE {name} ({', '.join(columns)})"
        yield f"COMMENT ON TABLE {name} IS '{table.label}'"
        for column in table.columns:
            yield f"COMMENT ON COLUMN {name}.\"{column.name}\" IS '{column.label}'"


def keys_sql(schema: str) -> Iterator[str]:
    """Primary keys, foreign keys (looked at when a load ends, so rows may come in any order) and their indexes."""
    for table in PUBLISHED:
        yield f"ALTER TABLE {quoted(schema)}.{table.name} ADD PRIMARY KEY ({_names(table.key)})"
    for table in PUBLISHED:
        for column in table.columns:
            if not column.refers:
                continue
            to, field = column.refers.split(".")
            yield (
                f'ALTER TABLE {quoted(schema)}.{table.name} ADD FOREIGN KEY ("{column.name}")'
                f' REFERENCES {quoted(schema)}.{to} ("{field}") DEFERRABLE INITIALLY DEFERRED'
            )
            if table.key[0] != column.name:
                yield f'CREATE INDEX ON {quoted(schema)}.{table.name} ("{column.name}")'


def incoming_sql(table: Table) -> str:
    """What makes the table of this transaction into which the rows of the record come."""
    columns = (f'"{c.name}" {"text" if c.type == "map" else TYPES[c.type]}' for c in table.columns)
    return f"CREATE TEMPORARY TABLE {incoming(table)} ({', '.join(columns)}) ON COMMIT DROP"


def incoming(table: Table) -> str:
    """Its name."""
    return f"taizhang_new_{table.name}"


def gone_sql(schema: str, table: Table) -> str:
    """Deletes the rows that the record has no longer, or has otherwise; gives how many."""
    ours = ", ".join(f't."{c.name}"' for c in table.columns)
    theirs = ", ".join(_value(c) for c in table.columns)
    return (
        f"WITH gone AS (DELETE FROM {quoted(schema)}.{table.name} t WHERE NOT EXISTS (SELECT FROM {incoming(table)} n"
        f" WHERE {_same(table)} AND ROW({theirs}) IS NOT DISTINCT FROM ROW({ours})) RETURNING 1) SELECT count(*) FROM gone"
    )


def come_sql(schema: str, table: Table) -> str:
    """Inserts the rows that are not there; gives how many."""
    name = f"{quoted(schema)}.{table.name}"
    theirs = ", ".join(_value(c) for c in table.columns)
    return (
        f"WITH come AS (INSERT INTO {name} ({_names(table.names)}) SELECT {theirs} FROM {incoming(table)} n WHERE NOT EXISTS"
        f" (SELECT FROM {name} t WHERE {_same(table)}) RETURNING 1) SELECT count(*) FROM come"
    )


def record_columns(table: Table) -> str:
    """The expressions by which the record gives the rows of a table as PostgreSQL can have them."""
    return ", ".join(map(_expression, table.columns))


def _expression(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "string":
        return f"replace({name}, chr(0), {_NUL}) AS {name}"
    if column.type == "strings":
        return f"list_transform({name}, lambda e: replace(e, chr(0), {_NUL})) AS {name}"
    if column.type == "map":
        return f"replace(to_json({name})::VARCHAR, '\\u0000', {_NUL}) AS {name}"
    return name


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _same(table: Table) -> str:
    return " AND ".join(f't."{name}" = n."{name}"' for name in table.key)


def _value(column: Column) -> str:
    return f'n."{column.name}"' + ("::jsonb" if column.type == "map" else "")
