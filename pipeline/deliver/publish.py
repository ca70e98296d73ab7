"""Publish the record: parquet/TABLE/plan_year=YYYY/TABLE.parquet, csv/TABLE.csv and what describes them; whole files only."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ..database import make_folder, refused
from ..schema import CALENDAR, TABLES, Table
from ..store import Record
from .calendar import calendar, calendar_years
from .csvfile import csv_columns, write_csv
from .datacontract import write_datacontract
from .datapackage import write_datapackage
from .parquetfile import write_parquet
from .unmatched import write_unmatched
from .whole import WholeFiles, is_temporary

_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"  # Hive's name for null; DuckDB, Spark and pyarrow read it so


def publish(record: Record, folder: Path) -> tuple[Path, ...]:
    """Write every table of the record and the calendar into a folder; the same record gives the same bytes.

    A row goes to the plan year of its document, a link to that of the document it starts from. Units and days are
    shared by all years and stand once, so that joins over all years double no row: a unit in the newest year that
    names it, a day in its own. Rows without a year go to Hive's partition for null (`pandas.read_parquet` of a whole
    table then wants `partitioning=pyarrow.dataset.HivePartitioning.discover()`). `plan_year` is the name of the
    partition and not repeated in its files: pyarrow and pandas refuse a column that is in both.

    returns  the published files, sorted
    raises   RecordUnavailable when the folder cannot be written; every file is then its old or its new self
    """
    make_folder(folder)
    with WholeFiles(folder) as files:
        _write_tables(record, files)
        _write_calendar(record, files)
        write_unmatched(record, files.path("unmatched.csv"))
        write_datapackage(files)
        write_datacontract(files)
    published = tuple(sorted(final for final, _ in files.items()))
    _sweep(folder, set(published))
    return published


def _write_tables(record: Record, files: WholeFiles) -> None:
    years = record.years()
    for table in TABLES:
        names = ", ".join(f'"{name}"' for name in table.names)
        for year in years:
            # a table without rows is published too: a BI tool must not miss it in a quiet year
            write_parquet(table, record.chunks(table.name, names, year), files.path(_place(table, year)))
        write_csv(table, record.chunks(table.name, csv_columns(table)), files.path(f"csv/{table.name}.csv"))


def _write_calendar(record: Record, files: WholeFiles) -> None:
    years = calendar_years(record.date_years())
    for year in years:
        write_parquet(CALENDAR, [calendar(year)], files.path(_place(CALENDAR, year)))
    write_csv(CALENDAR, map(calendar, years), files.path(f"csv/{CALENDAR.name}.csv"))


def _place(table: Table, year: int | None) -> str:
    return f"parquet/{table.name}/plan_year={_NO_YEAR if year is None else year}/{table.name}.parquet"


def _sweep(folder: Path, published: set[Path]) -> None:
    """Remove what an earlier publish left: years that are gone, temporaries of a run that was killed."""
    try:
        for path in folder.glob("parquet/*/plan_year=*/*"):
            if path not in published and (path.suffix == ".parquet" or is_temporary(path)):
                path.unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # not empty: something of the user's is in it
                    path.parent.rmdir()
        for path in (
            *folder.glob(".*.csv.*.tmp"),
            *folder.glob(".*.json.*.tmp"),
            *folder.glob(".*.yaml.*.tmp"),
            *folder.glob(".*.duckdb.*.tmp*"),
            *folder.glob("csv/.*.tmp"),
        ):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(f"清不掉旧的输出文件 {error.filename}（{error.strerror}）", "检查写权限后再试") from error
