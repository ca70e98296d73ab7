"""The record: every plan read so far in one DuckDB file, one transaction a plan. What is published comes from here."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .database import FILE, connect, told
from .lean import without_pandas
from .plan import Plan, Row
from .recordrows import check_rows, fingerprint_of, with_document
from .recordsql import (
    CHANGED,
    CITED,
    CURRENT,
    OWN_LINKS,
    STORED,
    TITLES,
    document_of,
    key_ranges,
    of_years,
    own,
    row_order,
)
from .schema import TABLE, TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

_PATIENCE = 30.0  # seconds; a writer holds the record for a batch of plans, or while it publishes


class Record:
    """The record of an output folder; a context manager.

    folder     the output folder; made when missing
    read_only  several readers may be open at once; a writer is alone
    wait       seconds to wait for another process that holds the record; a reader waits for a writer unless told not to
    raises     RecordUnavailable, one line: locked, not a record, a newer schema version, unwritable
    """

    def __init__(self, folder: Path, *, read_only: bool = False, wait: float | None = None) -> None:
        without_pandas()
        self.path = Path(folder) / FILE
        wait = (_PATIENCE if read_only else 0.0) if wait is None else wait
        self._connection = connect(Path(folder), read_only=read_only, wait=wait)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; twice does no harm."""
        self._connection.close()

    def save(self, plan: Plan) -> bool:
        """Put one plan into the record in place of what stood there for the same document, in one transaction.

        A plan whose rows are all as recorded changes nothing: its first `ingested_at` stays.
        returns whether the record was changed
        raises  ValueError when two rows share a key or a row belongs to another document; RecordUnavailable when the
                disk refuses. The record is then as it was.
        """
        document_id = str(plan.rows["documents"][0]["document_id"])
        for table in TABLES:
            check_rows(table, plan, document_id)
        own = [row for row in plan.rows["links"] if row["kind"] in OWN_LINKS]
        plan = Plan({**plan.rows, "links": own})
        tables = {table.name: plan.table(table.name) for table in TABLES}
        fingerprint = fingerprint_of(tables)
        known = self._fetch("SELECT fingerprint FROM saves WHERE document_id = ?", document_id)
        if known and known[0][0] == fingerprint:
            return False
        tables["units"] = with_document(tables["units"], document_id)
        with told(self.path), self._registered(tables):
            self._replace(document_id, fingerprint, tables, bool(known))
        return True

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a statement gives; raises RecordUnavailable."""
        return self._fetch(sql, *values)

    def write(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """Statements with their values, in one transaction; raises RecordUnavailable, the record is then as it was."""
        with told(self.path), self._transaction() as run:
            for sql, values in statements:
                run(sql, values)

    def changes(self) -> int:
        """How many times a plan was put into the record or replaced; equal while the tables are equal."""
        return int(self._fetch("SELECT value FROM meta WHERE name = 'changes'")[0][0])

    def came(self, documents: Iterable[str]) -> tuple[dict[str, int], int]:
        """When these documents first came, those that are recorded, and when the last of all came; µs since 1970."""
        known = self._fetch(
            "SELECT document_id, epoch_us(ingested_at) FROM documents WHERE document_id IN (SELECT unnest(?))",
            list(documents),
        )
        last = self._fetch("SELECT coalesce(epoch_us(max(ingested_at)), 0) FROM documents")
        return dict(known), last[0][0]

    def put_links(self, from_id: str, to_id: str, kinds: Sequence[str], rows: Sequence[Row]) -> None:
        """Put the links from one plan to another in place of those of the same kinds that were there, in one transaction.

        from_id, to_id  document ids; every row's from_id and to_id begins with them
        """
        import pyarrow as pa

        links = pa.Table.from_pylist([dict(row) for row in rows], schema=arrow_schema("links"))
        there = "left(from_id, 16) = ? AND left(to_id, 16) = ? AND kind IN (SELECT unnest(?))"
        with told(self.path), self._registered({"links": links}), self._transaction() as run:
            run(f"DELETE FROM links WHERE {there}", [from_id, to_id, list(kinds)])
            run("INSERT INTO links BY NAME SELECT * FROM new_links")
            run(CHANGED)

    def joined(self, document_ids: Iterable[str] | None = None) -> tuple[tuple[str, str, str], ...]:
        """(from document, to document, kind) of the links between two plans; of those that touch some documents."""
        among = "" if document_ids is None else "AND (list_contains($1, a) OR list_contains($1, b))"
        query = f"""SELECT DISTINCT left(from_id, 16) AS a, left(to_id, 16) AS b, kind FROM links
                    WHERE kind NOT IN ({", ".join(map(repr, OWN_LINKS))}) {among} ORDER BY ALL"""
        return tuple(self._fetch(query, *([] if document_ids is None else [list(document_ids)])))

    def table(self, name: str, document_id: str | None = None) -> pa.Table:
        """One table, of all documents or of one, in the contract's schema and order."""
        if document_id is None:
            return self._select(name, "true", [])
        named = "unit_id IN (SELECT unit_id FROM document_units WHERE document_id = ?)"
        return self._select(name, named if name == "units" else f"{document_of(name)} = ?", [document_id])

    def table_of_year(self, name: str, year: int | None) -> pa.Table:
        """The rows of the documents of one plan year (None: of those without one), in the contract's schema and order.

        A unit belongs to the years of all documents that name it, a link to the year of the document it starts from.
        """
        documents = "(SELECT document_id FROM documents WHERE plan_year IS NOT DISTINCT FROM ?)"
        if name == "units":
            condition = f"unit_id IN (SELECT unit_id FROM document_units WHERE document_id IN {documents})"
        else:
            condition = f"{document_of(name)} IN {documents}"
        return self._select(name, condition, [year])

    def among(self, name: str, column: str, values: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of a table whose column is one of the values, in its order."""
        return self._select(name, f'"{column}" IN (SELECT unnest(?))', [list(values)]).to_pylist()  # type: ignore[no-any-return]

    def years(self) -> tuple[int | None, ...]:
        """The plan years in the record, ascending; None last, when a document has no year."""
        return tuple(row[0] for row in self._fetch("SELECT DISTINCT plan_year FROM documents ORDER BY 1 NULLS LAST"))

    def date_years(self) -> tuple[int, ...]:
        """Every year that a plan or one of its dates names, ascending."""
        dates = [(t.name, f"year({c.name})") for t in TABLES for c in t.columns if c.type == "date"]
        named = (f"SELECT {value} AS y FROM {table}" for table, value in [("documents", "plan_year"), *dates])
        query = f"SELECT DISTINCT y::INTEGER FROM ({' UNION ALL '.join(named)}) WHERE y IS NOT NULL ORDER BY 1"
        return tuple(row[0] for row in self._fetch(query))

    def chunks(self, name: str, expressions: str, *years: int | None, rows: int = 32768) -> Iterator[pa.Table]:
        """SQL expressions over the rows of a table, in its order, a range of keys of about `rows` rows at a time.

        Nothing is sorted or held beyond one range, so memory does not grow with the record.

        years   only the rows of these plan years (none given: all). A row belongs to the year of its document, a link
                to that of the document it starts from, a unit to the newest of the documents that name it.
        """
        lead = TABLE[name].sort[0]
        kept, values = of_years(name, years)
        counted = f"SELECT left({lead}, 4) AS head, count(*) FROM {name} WHERE {kept} GROUP BY 1 ORDER BY 1"
        for low, high in key_ranges(self._fetch(counted, *values), rows):
            within = f"{kept} AND (? IS NULL OR {lead} >= ?) AND (? IS NULL OR {lead} < ?)"
            query = f"SELECT {expressions} FROM {name} WHERE {within} ORDER BY {row_order(TABLE[name])}"
            with told(self.path):
                chunk: pa.Table = self._connection.sql(query, params=[*values, low, low, high, high]).to_arrow_table()
            yield chunk

    def documents(self) -> tuple[dict[str, Any], ...]:
        """The rows of `documents`, by document_id."""
        return tuple(self.table("documents").to_pylist())

    def plan(self, document_id: str) -> Plan:
        """One recorded plan; raises KeyError when the record does not have it."""
        rows = {t.name: self.table(t.name, document_id).to_pylist(maps_as_pydicts="strict") for t in TABLES}
        if not rows["documents"]:
            raise KeyError(document_id)
        return Plan(rows)

    def find(self, row_id: str) -> tuple[str, dict[str, Any]] | None:
        """The table and the row with this id, or None. A task id finds the task, not its units."""
        for table in TABLES:
            if len(table.key) == 1:
                found = self._select(table.name, f"{table.key[0]} = ?", [row_id])
                if found.num_rows:
                    return table.name, found.to_pylist(maps_as_pydicts="strict")[0]
        return None

    def _select(self, name: str, condition: str, values: list[Any]) -> pa.Table:
        table = TABLE[name]
        columns = ", ".join(f'"{column}"' for column in table.names)
        query = f"SELECT {columns} FROM {name} WHERE {condition} ORDER BY {row_order(table)}"
        with told(self.path):
            rows: pa.Table = self._connection.sql(query, params=values).to_arrow_table()
            return rows.cast(arrow_schema(name))

    def _fetch(self, query: str, *values: Any) -> list[Any]:
        with told(self.path):
            return self._connection.execute(query, values).fetchall()

    def _replace(self, document_id: str, fingerprint: str, tables: dict[str, pa.Table], known: bool) -> None:
        one = {"document": document_id}
        key = "SELECT plan_key FROM documents WHERE document_id = $document AND plan_key <> ''"
        with self._transaction() as run:
            keys = run(key, one).fetchall() if known else []
            titles = run(TITLES, {**one, "keys": [row[0] for row in keys]}).fetchall() if known else []
            for name, rows in tables.items():
                stored = STORED.get(name, name)
                if known:
                    run(f"DELETE FROM {stored} WHERE {document_of(name)} = ? AND {own(name)}", [document_id])
                if rows.num_rows:
                    run(f"INSERT INTO {stored} BY NAME SELECT * FROM new_{name}")
            run("DELETE FROM saves WHERE document_id = ?", [document_id])
            run("INSERT INTO saves VALUES (?, ?)", [document_id, fingerprint])
            touched = {**one, "keys": [row[0] for row in (*keys, *run(key, one).fetchall())]}
            run(CURRENT, touched)
            titles += run(TITLES, touched).fetchall()
            run(CITED, {**one, "titles": [title for (title,) in titles if title]})
            run(CHANGED)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Callable[..., Any]]:
        run = self._connection.execute
        run("BEGIN")
        try:
            yield run
            run("COMMIT")
        except BaseException:
            with contextlib.suppress(Exception):  # a failed COMMIT has rolled back already
                run("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _registered(self, tables: dict[str, pa.Table]) -> Iterator[None]:
        for name, rows in tables.items():
            self._connection.register(f"new_{name}", rows)
        try:
            yield
        finally:
            with contextlib.suppress(Exception):  # a connection that died keeps its first error
                for name in tables:
                    self._connection.unregister(f"new_{name}")
