"""The rows of one plan on their way into the record: checked, and with a fingerprint by which equal ones are known."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from .plan import Plan
from .schema import Table

if TYPE_CHECKING:
    import pyarrow as pa


def check_rows(table: Table, plan: Plan, document_id: str) -> None:
    seen: set[tuple[Any, ...]] = set()
    for row in plan.rows[table.name]:
        key = tuple(row[column] for column in table.key)
        if None in key or key in seen:
            raise ValueError(f"{table.name}: key {key} is empty or occurs twice")
        if row.get("document_id", document_id) != document_id:
            raise ValueError(f"{table.name}: {key} belongs to another document than {document_id}")
        seen.add(key)


def fingerprint_of(tables: dict[str, pa.Table]) -> str:
    # of everything that the file gives; what the record itself decides is left out
    import pyarrow as pa

    digest = sha256()
    for name, table in tables.items():
        rows = table.drop_columns(["ingested_at", "is_current"]) if name == "documents" else table
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows)
        digest.update(sink.getvalue())
    return digest.hexdigest()


def with_document(units: pa.Table, document_id: str) -> pa.Table:
    import pyarrow as pa

    return units.add_column(0, "document_id", pa.array([document_id] * units.num_rows, pa.string()))
