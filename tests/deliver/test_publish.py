"""What is published: the same bytes for the same record, whole files at any moment, readable by the usual tools."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipeline.deliver.csvfile import BOM, csv_columns, neutral, write_csv
from pipeline.deliver.publish import publish
from pipeline.deliver.whole import WholeFiles, is_temporary, write_whole
from pipeline.errors import RecordUnavailable
from pipeline.plan import Plan
from pipeline.schema import PUBLISHED, TABLE
from pipeline.store import Record
from tests.make_plan import make_plan

PLANS = (make_plan("一号"), make_plan("二号", year=2023, plan_key="b"), make_plan("三号", year=None, plan_key="c"))


def contents(folder: Path) -> dict[str, str]:
    """Name → hash of all that is published, leftovers too; the record itself apart."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("taizhang.duckdb")
    }


def published(folder: Path, *plans: Plan) -> tuple[Path, ...]:
    with Record(folder) as record:
        for plan in plans:
            record.save(plan)
        return publish(record, folder)


def with_text(*texts: str) -> Plan:
    """A plan with one task for each text; the text stands in a text, a list and a map cell."""
    rows = {name: list(rows) for name, rows in make_plan(tasks=len(texts)).rows.items()}
    for place, text in enumerate(texts):
        odd = {"text": text, "lead_units": [text, "乙"], "extra": {text: text}}
        rows["tasks"][place] = dict(rows["tasks"][place]) | odd
    return Plan(rows)


def cells(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_two_runs_in_two_time_zones_and_orders_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.deliver.test_publish import PLANS, published\n"
        "published(Path(sys.argv[1]), *PLANS[:: int(sys.argv[2])])"
    )
    for name, zone, step in (("utc", "UTC", "1"), ("shanghai", "Asia/Shanghai", "-1")):
        run = [sys.executable, "-c", code, str(tmp_path / name), step]
        subprocess.run(run, env={**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": step[-1]}, check=True)
    files = contents(tmp_path / "utc")
    assert files == contents(tmp_path / "shanghai")
    assert "parquet/tasks/plan_year=2022/tasks.parquet" in files
    assert "parquet/units/plan_year=__HIVE_DEFAULT_PARTITION__/units.parquet" in files
    assert "parquet/calendar/plan_year=2022/calendar.parquet" in files
    assert "datacontract.yaml" in files
    assert sum(name.startswith("csv/") for name in files) == len(PUBLISHED)


def test_publishing_again_touches_no_file(tmp_path: Path) -> None:
    paths = published(tmp_path, *PLANS)
    assert {path.relative_to(tmp_path).as_posix() for path in paths} == set(contents(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in paths}
    assert published(tmp_path, *PLANS) == paths
    assert {path: path.stat().st_mtime_ns for path in paths} == before


@pytest.mark.parametrize("name", list(TABLE))
def test_the_usual_readers_read_every_table_with_its_year(tmp_path: Path, name: str) -> None:
    published(tmp_path, *PLANS)
    folder = tmp_path / "parquet" / name
    connection = duckdb.connect()
    query = f"SELECT DISTINCT plan_year FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = true) ORDER BY 1"
    # a unit stands once, in the newest year that names it
    assert connection.sql(query).fetchall() == ([(2023,)] if name == "units" else [(2022,), (2023,), (None,)])
    rows = 3 if name == "units" else sum(len(plan.rows[name]) for plan in PLANS)
    hive = ds.HivePartitioning.discover()
    assert len(pd.read_parquet(folder, partitioning=hive)) == rows
    assert ds.dataset(folder, partitioning="hive").count_rows() == rows
    assert pq.read_table(folder).num_rows == rows
    shutil.rmtree(folder / "plan_year=__HIVE_DEFAULT_PARTITION__")
    assert set(pd.read_parquet(folder)["plan_year"]) == ({2023} if name == "units" else {2022, 2023})
    with Record(tmp_path) as record:
        for year in (2022, 2023):
            got = pq.ParquetFile(folder / f"plan_year={year}" / f"{name}.parquet").read()
            want = record.table_of_year(name, year)
            want = want.slice(0, 0) if (name, year) == ("units", 2022) else want
            want = want.drop_columns(["plan_year"]) if name == "documents" else want
            assert got.equals(want)
            assert (got.schema.metadata or {})[b"label"].decode() == TABLE[name].label
            assert (got.schema.field(0).metadata or {})[b"label"].decode() == TABLE[name].columns[0].label


def test_csv_is_utf8_with_bom_and_comes_back_by_csv_reader_and_pandas(tmp_path: Path) -> None:
    text = '引号"逗号,\n换行\t制表\r回车，『』😀'
    published(tmp_path, with_text(text))
    for table in PUBLISHED:
        path = tmp_path / "csv" / f"{table.name}.csv"
        assert path.read_bytes().startswith(BOM)
        assert tuple(pd.read_csv(path).columns) == table.names
    row = cells(tmp_path, "tasks")[0]
    assert row["text"] == text
    assert row["lead_units"] == f"{text}、乙"
    assert row["extra"] == f"{text}：{text}"
    assert row["supporting_units"] == row["recurrence"] == ""
    assert (row["starts_on"], row["is_ongoing"], row["seq"]) == ("2022-01-01", "false", "0")
    assert pd.read_csv(tmp_path / "csv" / "tasks.csv")["text"][0] == text
    assert cells(tmp_path, "documents")[0]["ingested_at"] == "2026-11-24T08:00:00.000000Z"
    assert Decimal(cells(tmp_path, "targets")[0]["value"]) == Decimal("-1.5")
    assert cells(tmp_path, "links")[0]["score"] == "0.875"


def test_two_entries_of_a_map_are_joined(tmp_path: Path) -> None:
    published(tmp_path, PLANS[0])
    assert cells(tmp_path, "tasks")[0]["extra"] == "备注：=1+1；项目：甲"


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r1", "\n1", "  =1", "\ufeff=1", "\u3000=1", "\u200b\x0b-1")
FULL_WIDTH = ("＝1", "＋1", "－", "＠a")
HARMLESS = ("1=1", "——", "—", "“=1”", "'=1", "任务", "　　任务", "（+1）")


def test_no_text_cell_is_a_formula_and_parquet_keeps_the_words(tmp_path: Path) -> None:
    published(tmp_path, with_text(*FORMULAS, *FULL_WIDTH))
    for text, row in zip(FORMULAS + FULL_WIDTH, cells(tmp_path, "tasks"), strict=True):
        assert row["text"] == neutral(text) == f"'{text}"
        assert row["lead_units"] == f"'{text}、乙"
        assert row["extra"] == f"'{text}：{text}"
    assert pq.read_table(tmp_path / "parquet" / "tasks")["text"].to_pylist() == list(FORMULAS + FULL_WIDTH)


def test_other_text_is_left_alone(tmp_path: Path) -> None:
    published(tmp_path, with_text(*HARMLESS))
    assert [row["text"] for row in cells(tmp_path, "tasks")] == [neutral(text) for text in HARMLESS] == list(HARMLESS)


def test_a_year_that_is_gone_and_leftovers_are_removed_and_the_users_own_files_are_not(tmp_path: Path) -> None:
    published(tmp_path, make_plan(year=2021))
    mine = [
        tmp_path / "csv" / "notes.csv",
        tmp_path / "parquet" / "tasks" / "README",
        tmp_path / "ledger" / "a.parquet",
    ]
    mine[2].parent.mkdir()
    left = [tmp_path / "csv" / ".tasks.csv.1.tmp", tmp_path / ".datapackage.json.1.tmp"]
    left.append(tmp_path / "parquet" / "tasks" / "plan_year=2021" / ".tasks.parquet.1.tmp")
    for path in (*mine, *left):
        path.write_text("x")
    published(tmp_path, make_plan(year=2022))
    assert not list(tmp_path.rglob("plan_year=2021"))
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in mine)


class Killed(BaseException):
    """Stands for a kill."""


def fails_at(n: int, error: BaseException, real: Callable[..., Any]) -> Callable[..., Any]:
    calls = iter(range(1, 10**6))

    def call(*arguments: Any, **options: Any) -> Any:
        if next(calls) == n:
            raise error
        return real(*arguments, **options)

    return call


@pytest.mark.slow
@pytest.mark.parametrize(("name", "step"), [("replace", 1), ("fsync", 5)])
def test_a_crash_at_any_step_leaves_whole_files_and_the_next_run_heals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, step: int
) -> None:
    published(tmp_path / "old", PLANS[0])
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    published(tmp_path / "new", make_plan(tasks=1), PLANS[1])
    old, new = contents(tmp_path / "old"), contents(tmp_path / "new")
    whole = set(old.values()) | set(new.values())
    real = getattr(os, name)
    for n in range(1, 500, step):
        folder = tmp_path / str(n)
        shutil.copytree(tmp_path / "old", folder)
        with Record(folder) as record:
            record.save(make_plan(tasks=1))
            record.save(PLANS[1])
            error = Killed() if n % 2 else OSError(28, "No space left on device")
            monkeypatch.setattr(os, name, fails_at(n, error, real))
            told = ""
            try:
                publish(record, folder)
            except (Killed, RecordUnavailable) as raised:
                told = f"stopped: {raised}"
            monkeypatch.undo()
            assert "\n" not in told
            assert set(contents(folder).values()) <= whole
            assert set(old) <= set(contents(folder))
            publish(record, folder)
        assert contents(folder) == new
        shutil.rmtree(folder)
        if not told:
            break
    assert 30 < n < 499


@pytest.mark.parametrize("n", [1, 12, 25])
def test_a_killed_process_leaves_whole_files_and_its_leftovers_are_swept(tmp_path: Path, n: int) -> None:
    published(tmp_path, PLANS[0])
    old = contents(tmp_path)
    code = (
        "import os, sys; from pathlib import Path; from tests.deliver.test_publish import make_plan, published\n"
        "real, calls = os.replace, iter(range(1, 999))\n"
        "os.replace = lambda a, b: os._exit(9) if next(calls) == int(sys.argv[2]) else real(a, b)\n"
        "published(Path(sys.argv[1]), make_plan(tasks=1))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path), str(n)], capture_output=True, text=True)
    assert run.returncode == (9 if n < 25 else 0), run.stderr
    killed = contents(tmp_path)
    published(tmp_path, make_plan(tasks=1))
    healed = contents(tmp_path)
    left = {name for name in killed if is_temporary(tmp_path / name)}
    assert bool(left) == (n < 25)
    assert not any(is_temporary(tmp_path / name) for name in healed)
    assert all(killed[name] in (old[name], healed[name]) for name in healed)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "csv").write_text("in the way")
    with pytest.raises(RecordUnavailable, match="→") as caught:
        published(tmp_path, PLANS[0])
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.rglob("*.parquet"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("tasks", [1, 20_000])
def test_a_full_disk_while_csv_is_written_leaves_the_record_usable(tmp_path: Path, tasks: int) -> None:
    with Record(tmp_path) as record:
        record.save(make_plan(tasks=tasks))
        with pytest.raises(OSError, match="No space left"):
            write_csv(TABLE["blocks"], record.chunks("blocks", csv_columns(TABLE["blocks"])), Path("/dev/full"))
        assert record.table("tasks").num_rows == tasks


def test_one_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a.csv", b"old")
    monkeypatch.setattr(os, "replace", fails_at(1, OSError(28, "No space left on device"), os.replace))
    with pytest.raises(RecordUnavailable):
        write_whole(tmp_path / "a.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_an_error_of_ours_inside_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), WholeFiles(tmp_path) as files:
        files.path("a/b.txt").write_text(str(1 / 0))
    assert not list(tmp_path.rglob("*.*"))


def test_an_empty_record_publishes_headers_only(tmp_path: Path) -> None:
    paths = published(tmp_path)
    assert {path.parent.name for path in paths} == {"csv", tmp_path.name}
    assert cells(tmp_path, "tasks") == []
