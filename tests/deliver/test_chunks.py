"""Publishing and loading take a range of rows at a time: the same rows, the same bytes, and no more memory for more plans."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.deliver.parquetfile import ROWS, write_parquet
from pipeline.deliver.pgtables import record_columns
from pipeline.recordsql import key_ranges
from pipeline.schema import TABLE, TABLES, arrow_schema
from pipeline.store import Record
from tests.deliver.test_publish import PLANS, published
from tests.make_plan import make_plan

FULL = bool(os.environ.get("PROOFS"))


def test_ranges_hold_about_so_many_rows_and_leave_no_gap() -> None:
    heads = [("0a", 40), ("0b", 70), ("1c", 20), ("ff", 500), ("ffff", 1)]
    assert list(key_ranges(heads, 100)) == [(None, "0b"), ("0b", "ff"), ("ff", "ffff"), ("ffff", None)]
    assert list(key_ranges([], 100)) == [(None, None)]


@pytest.mark.parametrize("rows", [1, 7, 10**6])
def test_chunks_together_are_the_table_in_its_order(tmp_path: Path, rows: int) -> None:
    with Record(tmp_path) as record:
        for plan in (*PLANS, *(make_plan(f"更多{n}", year=2022, plan_key=str(n)) for n in range(5))):
            record.save(plan)
        for table in TABLES:
            names = ", ".join(f'"{name}"' for name in table.names)
            chunks = list(record.chunks(table.name, names, rows=rows))
            joined = pa.concat_tables(chunk.cast(arrow_schema(table.name)) for chunk in chunks)
            assert joined.equals(record.table(table.name)), table.name
            assert len(chunks) > 1 or rows > 10 or table.name == "units"


def test_a_year_has_its_own_rows_and_none_is_in_two(tmp_path: Path) -> None:
    with Record(tmp_path) as record:
        for plan in PLANS:
            record.save(plan)
        for table in TABLES:
            key = ", ".join(f'"{name}"' for name in table.key)
            found = [
                row
                for year in (2022, 2023, None)
                for c in record.chunks(table.name, key, year)
                for row in c.to_pylist()
            ]
            every = record.table(table.name).select(table.key).to_pylist()
            assert sorted(map(str, found)) == sorted(map(str, every)), table.name
        assert record.date_years() == (2022, 2023)


def test_the_bytes_do_not_depend_on_how_the_rows_were_cut(tmp_path: Path) -> None:
    schema = arrow_schema("links")
    row = {"from_id": "a", "to_id": "b", "kind": "clause", "relation": "same", "score": 0.5}
    rows = pa.Table.from_pylist([row | {"link_id": f"{n:06}"} for n in range(ROWS + 100)], schema)
    write_parquet(TABLE["links"], [rows], tmp_path / "whole")
    write_parquet(TABLE["links"], (rows.slice(n, 999) for n in range(0, rows.num_rows, 999)), tmp_path / "cut")
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "cut").read_bytes()
    file = pq.ParquetFile(tmp_path / "whole")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [ROWS, 100]
    assert file.metadata.row_group(1).column(0).statistics.min == f"{ROWS:06}"


def test_what_postgresql_cannot_have_is_marked_by_the_record_itself(tmp_path: Path) -> None:
    with Record(tmp_path) as record:
        record.save(make_plan(title="某\0区"))
        [chunk] = record.chunks("documents", record_columns(TABLE["documents"]))
    assert chunk["title"].to_pylist() == ["某\ufffd区"]


MEASURED = r"""
import re, sys
from pathlib import Path
from pipeline.deliver.publish import publish
from pipeline.store import Record
with Record(Path(sys.argv[1])) as record:
    publish(record, Path(sys.argv[1]))
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)  # ru_maxrss has the parent's in it
"""


def many(folder: Path, times: int) -> Path:
    """A record with `times` as many plans, made inside the database: every id with another document in front."""
    published(folder, *(make_plan(f"第{n}号", tasks=40, plan_key=str(n)) for n in range(25)))
    connection = duckdb.connect(str(folder / "taizhang.duckdb"))
    connection.execute(f"CREATE TEMP TABLE k AS SELECT range AS k FROM range(1, {times})")
    ids = {key for table in TABLES for key in (table.key[0], "document_id", "from_id", "to_id")} - {"unit_id"}
    ids |= {c.name for t in TABLES for c in t.columns if c.refers and c.type == "string"} - {
        "unit_id",
        "parent_unit_id",
    }
    tables = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary"
    ).fetchall()
    for (name,) in tables:
        described = connection.execute(
            f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{name}'"
        ).fetchall()
        columns = [column for (column,) in described]
        if "document_id" in columns or name == "links":
            new = [
                f"left(sha256(k || left({c}, 16)), 16) || substr({c}, 17)" if c in ids else f'"{c}"' for c in columns
            ]
            connection.execute(f"INSERT INTO {name} SELECT {', '.join(new)} FROM {name}, k")
    connection.close()
    return folder


KEPT = 256  # MB of the record's file that DuckDB may keep (pipeline/database.py)


@pytest.mark.slow
@pytest.mark.skipif(
    not FULL or not Path("/proc/self/status").exists(), reason="publishes 15,000 plans: PROOFS=1, Linux"
)
def test_memory_grows_by_what_the_database_may_keep_and_no_more(tmp_path: Path) -> None:
    peaks = {}
    for times in (120, 480):
        folder = many(tmp_path / str(times), times)
        run = subprocess.run([sys.executable, "-c", MEASURED, folder], capture_output=True, text=True, check=True)
        peaks[times] = int(run.stdout)
    assert peaks[480] - peaks[120] < KEPT, peaks
