"""Publish the record: parquet/TABLE/plan_year=YYYY/TABLE.parquet, csv/TABLE.csv, datapackage.json; whole files only."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from ..database import make_folder, refused
from ..schema import TABLES
from ..store import Record
from .csvfile import write_csv
from .datapackage import write_datapackage
from .unmatched import write_unmatched
from .whole import WholeFiles, is_temporary

if TYPE_CHECKING:
    import pyarrow as pa

_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"  # Hive's name for null; DuckDB, Spark and pyarrow read it so


def publish(record: Record, folder: Path) -> tuple[Path, ...]:
    """Write every table of the record into a folder; the same record gives the same bytes.

    A row goes to the plan year of its document; a link to that of the document it starts from; a unit to the years of
    all documents that name it, so over all years it may occur more than once (csv/units.csv has it once). Rows without
    a year go to Hive's partition for null (`pandas.read_parquet` of a whole table then wants
    `partitioning=pyarrow.dataset.HivePartitioning.discover()`). `plan_year` is the name of the partition and not
    repeated in its files: pyarrow and pandas refuse a column that is in both.

    returns  the published files, sorted
    raises   RecordUnavailable when the folder cannot be written; every file is then its old or its new self
    """
    make_folder(folder)
    years = record.years()
    with WholeFiles(folder) as files:
        for table in TABLES:
            for year in years:
                rows = record.table_of_year(table.name, year)
                # a table without rows is published too: a BI tool must not miss it in a quiet year
                place = f"parquet/{table.name}/plan_year={_NO_YEAR if year is None else year}/{table.name}.parquet"
                _write_parquet(rows, files.path(place))
            write_csv(record, table.name, files.path(f"csv/{table.name}.csv"))
        write_unmatched(record, files.path("unmatched.csv"))
        write_datapackage(files)
    published = tuple(sorted(final for final, _ in files.items()))
    _sweep(folder, set(published))
    return published


def _write_parquet(rows: pa.Table, path: Path) -> None:
    # settings are fixed here, not left to the defaults of a version of pyarrow
    import pyarrow.parquet as pq

    if "plan_year" in rows.column_names:
        rows = rows.drop_columns(["plan_year"])
    pq.write_table(
        rows,
        path,
        row_group_size=131_072,
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
        data_page_version="1.0",
        store_schema=True,
    )


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
            *folder.glob(".*.duckdb.*.tmp*"),
            *folder.glob("csv/.*.tmp"),
        ):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(f"清不掉旧的输出文件 {error.filename}（{error.strerror}）", "检查写权限后再试") from error
