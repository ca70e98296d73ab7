"""Workbooks made for tests: a grid of values and merges, or the annex of the sample as an office keeps it in a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from pipeline.extract.extract import extract

ANNEX = Path(__file__).parent.parent / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"


def made(
    rows: Iterable[Sequence[Any]], merges: Iterable[str] = (), formats: dict[str, str] | None = None, name: str = "附件"
) -> Workbook:
    """One sheet; merges as A1:E1, formats as {"D2": 'yyyy"年"m"月"'}."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    return book


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def annex(title: str = "保定市满城区2022年政务公开工作任务分工表") -> bytes:
    """The table of the sample's annex as xlsx: a title above it, section rows merged across, numbers as numbers."""
    cells = [block for block in extract(ANNEX).blocks if block.cell and block.cell.table == 0]
    rows: dict[int, list[Any]] = {}
    merges = ["A1:E1"]
    for block in cells:
        place = block.cell
        row = rows.setdefault(place.row, [None] * 5)
        row[place.col] = int(block.text) if block.text.isdigit() else block.text
        if place.col_span > 1:
            line = place.row + 2
            merges.append(f"{chr(65 + place.col)}{line}:{chr(64 + place.col + place.col_span)}{line}")
    return saved(made([[title], *rows.values()], merges))
