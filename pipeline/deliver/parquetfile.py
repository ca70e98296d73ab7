"""Parquet: the contract's types, rows in their order, statistics, Chinese labels in the metadata; a group of rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..schema import Table, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 65_536  # in a group; no more is held


def write_parquet(table: Table, chunks: Iterable[pa.Table], path: Path) -> None:
    """Write the rows of one table; the same rows give the same bytes, however they were cut into chunks."""
    import pyarrow.parquet as pq

    schema = arrow_schema(table.name)
    if "plan_year" in schema.names:
        # the name of the partition says it
        schema = schema.remove(schema.get_field_index("plan_year"))
    # settings are fixed here, not left to the defaults of a version of pyarrow
    with pq.ParquetWriter(
        path,
        schema,
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
        data_page_version="1.0",
        store_schema=True,
    ) as writer:
        for group in _groups(chunk.select(schema.names).cast(schema) for chunk in chunks):
            writer.write_table(group.combine_chunks(), row_group_size=ROWS)


def _groups(chunks: Iterable[pa.Table]) -> Iterator[pa.Table]:
    import pyarrow as pa

    held: list[pa.Table] = []
    for chunk in chunks:
        held.append(chunk)
        while sum(one.num_rows for one in held) >= ROWS:
            joined = pa.concat_tables(held)
            yield joined.slice(0, ROWS)
            held = [joined.slice(ROWS)]
    if any(one.num_rows for one in held):
        yield pa.concat_tables(held)
