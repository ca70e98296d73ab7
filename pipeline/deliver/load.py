"""Load the record into a PostgreSQL server: afterwards its tables hold what the record holds, or what they held before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..database import refused
from ..schema import CALENDAR, PUBLISHED, SCHEMA_VERSION, Table, arrow_schema
from ..store import Record
from .calendar import calendar, calendar_years
from .pgtables import META, come_sql, gone_sql, incoming, incoming_sql, keys_sql, quoted, record_columns, tables_sql
from .postgresql import place, transaction

if TYPE_CHECKING:
    import pyarrow as pa
    from adbc_driver_manager.dbapi import Cursor

SCHEMA = "taizhang"  # where the tables stand on the server
_LOCK_WAIT = "10s"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    place      host:port/database
    schema     the PostgreSQL schema that holds the tables
    documents  how many documents are there now
    written    rows that were written, new or changed, over all tables
    removed    rows that were removed, gone or changed
    """

    place: str
    schema: str
    documents: int
    written: int
    removed: int


def load(record: Record, url: str, schema: str = SCHEMA) -> Loaded:
    """Bring the tables of one schema to the state of the record, in one transaction; equal rows are not touched.

    Who reads meanwhile sees the former state until the whole new one is there. Keys, foreign keys and Chinese comments
    are made with the tables, when the schema has none of ours yet.

    url     postgresql://user:password@host:port/database; what it leaves out, libpq finds in PGPASSWORD, ~/.pgpass …
    raises  CallWrong, RecordUnavailable: one line, without the password; the server's tables are then as they were
    """
    with transaction(url) as connection, connection.cursor() as cursor:
        made = _prepare(cursor, schema, place(url))
        written = removed = 0
        for table in PUBLISHED:
            cursor.execute(incoming_sql(table))
            for chunk in _chunks(record, table):
                cursor.adbc_ingest(incoming(table), chunk, mode="append", temporary=True)
            cursor.execute(f"ANALYZE {incoming(table)}")  # or it is joined as if it had a few rows
            removed += _count(cursor, gone_sql(schema, table))
            written += _count(cursor, come_sql(schema, table))
        if made:
            _run(cursor, keys_sql(schema))
        if written or removed:
            cursor.execute("ANALYZE " + ", ".join(f"{quoted(schema)}.{table.name}" for table in PUBLISHED))
        documents = _count(cursor, f"SELECT count(*) FROM {quoted(schema)}.documents")
    return Loaded(place(url), schema, documents, written, removed)


def _prepare(cursor: Cursor, schema: str, where: str) -> bool:
    """Be the only loader of the schema and see that it holds our tables; whether they had to be made."""
    cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext($1))", (f"taizhang {schema}",))
    cursor.fetchall()
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = $1", (schema,))
    there = {row[0] for row in cursor.fetchall()}
    if META not in there:
        if taken := sorted(there & {table.name for table in PUBLISHED}):
            why = f"{where} 的模式 {schema} 里已有别的程序的表 {'、'.join(taken)}"
            raise refused(why, "用 --schema 另选一个名字")
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = $1", (schema,))
        if not cursor.fetchall()[0][0]:
            cursor.execute(f"CREATE SCHEMA {quoted(schema)}")
        _run(cursor, tables_sql(schema))
        return True
    version = _count(cursor, f"SELECT value::integer FROM {quoted(schema)}.{META} WHERE name = 'schema_version'")
    if version != SCHEMA_VERSION:
        older = version < SCHEMA_VERSION
        why = (
            f"{where} 的模式 {schema} 由较{'旧' if older else '新'}的 taizhang 装载"
            f"（表结构第 {version} 版，本程序第 {SCHEMA_VERSION} 版）"
        )
        remedy = f"用 --schema 另选一个名字，或先删去旧表（DROP SCHEMA {schema} CASCADE）再装载"
        raise refused(why, remedy if older else "升级 taizhang 后再试")
    return False


def _chunks(record: Record, table: Table) -> Iterator[pa.Table]:
    import pyarrow as pa

    if table is CALENDAR:
        yield from map(calendar, calendar_years(record.date_years()))
        return
    # a map comes as JSON; what DuckDB works out has its own idea of a small integer or a decimal
    fields = [pa.field(f.name, pa.string() if pa.types.is_map(f.type) else f.type) for f in arrow_schema(table.name)]
    for chunk in record.chunks(table.name, record_columns(table)):
        yield chunk.cast(pa.schema(fields))


def _count(cursor: Cursor, query: str) -> int:
    cursor.execute(query)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return int(rows[0][0])


def _run(cursor: Cursor, statements: Iterator[str]) -> None:
    # at once: a server far away answers each question late
    body = "".join(f"{statement};\n" for statement in statements)
    cursor.execute("DO '" + f"BEGIN\n{body}END".replace("'", "''") + "'")
