"""The CSV in LibreOffice Calc: every cell as it was written, no character lost, ids and labels still text."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import parse
from pipeline.deliver.publish import publish
from pipeline.plan import Plan
from pipeline.schema import PUBLISHED
from pipeline.store import Record
from tests.deliver.test_publish import published
from tests.make_plan import make_plan

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("soffice"), reason="LibreOffice is not installed (Debian: libreoffice-calc-nogui)"
    ),
]

SAMPLES = Path(__file__).parent.parent.parent / "samples"
TEXT = {"string", "strings", "map", "timestamp"}
# comma, quote, UTF-8, from the first line, language as set, text in quotes is text: what docs/bi.md recommends
IMPORT = "CSV:44,34,76,1,,0,true,false"


def opened(folder: Path, *names: str) -> dict[str, list[tuple[Any, ...]]]:
    """Table → the rows that Calc shows of its CSV."""
    made = folder / "xlsx"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / "csv" / f"{name}.csv") for name in names]
    run = [
        "soffice",
        profile,
        "--headless",
        f"--infilter={IMPORT}",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(made),
        *files,
    ]
    subprocess.run(run, check=True, capture_output=True, timeout=240)
    shown = {}
    for name in names:
        sheet = openpyxl.load_workbook(made / f"{name}.xlsx", read_only=True).worksheets[0]
        shown[name] = list(sheet.iter_rows(values_only=True))
    return shown


def written(folder: Path, name: str) -> list[list[str]]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def spelled(value: Any, kind: str) -> str:
    """A cell of Calc as the CSV would have it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool):
        return str(value).lower()
    if kind not in TEXT and isinstance(value, int | float):
        return repr(float(value))
    assert isinstance(value, str), f"{value!r} is no text any more"
    return value


def assert_same(folder: Path, *names: str) -> None:
    tables = {table.name: table for table in PUBLISHED}
    for name, rows in opened(folder, *names).items():
        lines = written(folder, name)
        assert [str(cell) for cell in rows[0]] == lines[0]
        assert len(rows) == len(lines)
        kinds = [column.type for column in tables[name].columns]
        for row, line in zip(rows[1:], lines[1:], strict=True):
            for cell, said, kind in zip(row, line, kinds, strict=True):
                number = said and kind not in TEXT and kind not in ("bool", "date")
                # XML knows one line break
                want = repr(float(said)) if number else said.replace("\r\n", "\n").replace("\r", "\n")
                assert spelled(cell, kind) == want


def test_every_cell_of_real_plans_is_shown_as_written(tmp_path: Path) -> None:
    chosen = ("130607-2022-zhengwu-gongkai/source.docx", "433100-2020-fangguanfu/source.txt")
    with Record(tmp_path) as record:
        for name in chosen:
            record.save(parse(SAMPLES / name))
        publish(record, tmp_path)
    assert_same(tmp_path, *(table.name for table in PUBLISHED))


IDS = ("1234567890123456", "0012345678901234", "7e12345678901234", "12e4567890123456", "1234567890123e12")
LABELS = ("(1)", "1-1", "1.10", "6月30日", "1/2", "１", "TRUE", "𠮷😀")


def test_ids_and_labels_that_look_like_numbers_or_dates_stay_text(tmp_path: Path) -> None:
    plans = []
    for document_id, label in zip(IDS, LABELS, strict=False):
        plan = make_plan(label, plan_key=label)
        own = plan.document.document_id
        rows = {
            table: [
                {k: v.replace(own, document_id) if isinstance(v, str) else v for k, v in row.items()} for row in rows
            ]
            for table, rows in plan.rows.items()
        }
        plans.append(Plan(rows))
    rows = {table: [dict(row) for row in rows] for table, rows in make_plan("标", tasks=len(LABELS)).rows.items()}
    for row, label in zip(rows["tasks"], LABELS, strict=True):
        row["label"] = label
    published(tmp_path, *plans, Plan(rows))
    shown = opened(tmp_path, "documents", "tasks")
    assert {row[0] for row in shown["documents"]} > set(IDS)
    assert {row[3] for row in shown["tasks"]} > set(LABELS)
    assert_same(tmp_path, "documents", "tasks", "task_units")
