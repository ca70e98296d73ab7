"""An older record is made one of today, in one transaction; a newer one is refused with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import migrations
from pipeline.database import FILE
from pipeline.errors import RecordUnavailable
from pipeline.recordsql import RECORD_VERSION
from pipeline.schema import TABLES, arrow_schema
from pipeline.store import Record
from tests.ingest.inboxes import put, run
from tests.make_plan import make_plan

# what version 1 wrote, frozen
FIRST = (Path(__file__).parent / "record-1.sql").read_text("utf-8")


def first_version(folder: Path) -> None:
    """A record as version 1 made it, with one plan."""
    plan = make_plan()
    with duckdb.connect(str(folder / FILE)) as connection:
        connection.execute(FIRST)
        connection.execute("INSERT INTO saves VALUES (?, 'old')", [plan.document.document_id])
        for table in TABLES:
            stored = {"units": "document_units"}.get(table.name, table.name)
            known = [row[0] for row in connection.execute(f"DESCRIBE {stored}").fetchall()]
            rows = plan.table(table.name).select([name for name in table.names if name in known])
            if table.name == "units":
                rows = rows.add_column(0, "document_id", [[plan.document.document_id] * rows.num_rows])
            connection.execute(f"INSERT INTO {stored} BY NAME SELECT * FROM rows")


def everything(record: Record) -> dict[str, Any]:
    return {table.name: record.table(table.name).to_pylist() for table in TABLES}


@pytest.mark.parametrize("read_only", [False, True])
def test_a_record_of_version_1_is_upgraded_and_loses_nothing(tmp_path: Path, read_only: bool) -> None:
    first_version(tmp_path)
    with Record(tmp_path, read_only=read_only) as record:
        rows = everything(record)
        assert record.query("SELECT value FROM meta WHERE name = 'schema_version'") == [(str(RECORD_VERSION),)]
        for table in TABLES:
            assert record.table(table.name).schema.equals(arrow_schema(table.name), check_metadata=True)
    with Record(tmp_path / "new") as record:
        record.save(make_plan())
        new = everything(record)
    with duckdb.connect() as connection:
        connection.execute(FIRST)
        known = set(connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall())
    for name, here in rows.items():
        for row, wanted in zip(here, new[name], strict=True):
            # what later versions added is empty until the file is read again
            stored = "document_units" if name == "units" else name
            assert row == {column: value if (stored, column) in known else None for column, value in wanted.items()}


def test_an_upgraded_record_is_the_same_as_a_new_one_and_takes_in_an_inbox(tmp_path: Path) -> None:
    first_version(tmp_path)
    put(tmp_path / "inbox", "甲.txt")
    _, load = run(tmp_path / "inbox", tmp_path)
    assert (load.load_id, load.read, load.published) == (1, 1, True)
    layout = "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    with Record(tmp_path) as old, Record(tmp_path / "new") as new:
        assert old.query(layout) == new.query(layout)
        assert len(old.documents()) == 2
        assert {name for (name,) in old.query("SELECT name FROM meta")} == {
            n for (n,) in new.query("SELECT name FROM meta")
        }


def test_an_upgrade_that_fails_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_version(tmp_path)
    monkeypatch.setattr(migrations, "STEPS", {1: (*migrations.STEPS[1], "SELECT error('broken')")})
    with pytest.raises(duckdb.Error, match="broken"):
        Record(tmp_path)
    monkeypatch.undo()
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT value FROM meta").fetchall() == [("1",)]
    with Record(tmp_path) as record:
        assert len(record.documents()) == 1


def test_a_column_that_the_contract_has_since_is_made(tmp_path: Path) -> None:
    first_version(tmp_path)
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        connection.execute("ALTER TABLE tasks DROP COLUMN recurrence; DROP TABLE targets")
    with Record(tmp_path) as record:
        assert record.table("tasks").column("recurrence").to_pylist() == [None] * 3
        assert record.table("targets").num_rows == 0


def test_a_record_of_a_newer_taizhang_is_refused_with_what_to_do(tmp_path: Path) -> None:
    Record(tmp_path).close()
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        connection.execute(f"UPDATE meta SET value = '{RECORD_VERSION + 1}' WHERE name = 'schema_version'")
    for read_only in (False, True):
        with pytest.raises(RecordUnavailable, match=r"较新的 taizhang .* → 升级 taizhang 后再试$"):
            Record(tmp_path, read_only=read_only)
