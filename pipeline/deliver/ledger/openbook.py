"""A workbook that people worked in, opened: every cell that says something, exactly as it stands. Untrusted input."""

from __future__ import annotations

import re
import warnings
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import Unreadable
from ...extract.guard import FILE_BYTES, Package, refusal
from .values import Cell
from .zhreader import load

_PICTURE = re.compile(r"^=(_xlfn\.)?DISPIMG\(", re.I)  # how WPS puts a picture into a cell
PICTURES, SHAPES, IN_CELLS = "图片", "图形或图表", "单元格里的图片"  # what no new workbook takes along
_DRAWN_PICTURE = re.compile(rb"[<:]pic[ >]")
FORMULA = "公式："  # how the comment of a cell begins whose formula was replaced by its value


@dataclass
class Opened:
    """One sheet.

    cells    (row, column) from 1 → cell
    widths   column from 1 → as stored
    dressed  what stands in the sheet and in no cell, in words
    """

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    dressed: list[str] = field(default_factory=list)
    merged_to: int = 0  # the last row that a merged cell reaches

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows that say something, from the top."""
        by_row: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in self.cells.items():
            by_row.setdefault(row, {})[column] = cell
        for row in sorted(by_row):
            yield row, dict(sorted(by_row[row].items()))


def open_book(path: Path, ours: Container[str] = ()) -> tuple[Opened, ...]:
    """The sheets of an .xlsx file, hidden ones too.

    ours     sheets whose formulas are our own: their values need no look

    raises   Unreadable: no such file, no workbook, protected by a password, damaged, too large; the file is only read
    """
    name = str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise refusal(name, "missing") from None
    except OSError as error:
        raise refusal(name, "unreadable", f"文件打不开（{error.strerror}）", "关闭打开着它的程序，检查权限") from None
    if len(data) > FILE_BYTES:
        raise refusal(name, "too_large")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        why = "是加了打开密码的工作簿，或旧式 .xls"
        raise refusal(name, "encrypted", why, "用 Excel 或 WPS 去掉密码，另存为 .xlsx")
    if data[:2] != b"PK":
        raise refusal(name, "unknown_type", "不是 .xlsx 工作簿", "用 Excel 或 WPS 另存为 .xlsx")
    Package(name, data).weigh("")
    try:
        return _sheets(data, ours)
    except (Unreadable, MemoryError):
        raise
    except Exception:  # openpyxl raises what its parts raise: KeyError, ValueError, ParseError, BadZipFile …
        raise refusal(name, "damaged", "工作簿已损坏，读不了", "用 Excel 或 WPS 打开修复后另存为 .xlsx") from None


def _sheets(data: bytes, ours: Container[str]) -> tuple[Opened, ...]:
    with warnings.catch_warnings():
        # of what openpyxl leaves aside in lists and lights: they are made anew
        warnings.simplefilter("ignore")
        book = load(data, values=False)
        formulas = any(
            cell.data_type == "f" for s in book.worksheets if s.title not in ours for cell in s._cells.values()
        )
        shown = load(data, values=True) if formulas else None
    out = [
        _opened(sheet, shown[sheet.title] if shown and sheet.title not in ours else None) for sheet in book.worksheets
    ]
    out += [Opened(sheet.title, dressed=["图表"]) for sheet in book.chartsheets]
    return tuple(out)


def _opened(sheet: Any, shown: Any) -> Opened:
    """One sheet. shown: the same sheet with the values of its formulas."""
    opened = Opened(sheet.title)
    pictures = False
    for place, cell in sheet._cells.items():
        value, note, link = cell.value, "", ""
        if cell.comment is not None:
            note = cell.comment.text or ""
        if cell.hyperlink is not None:
            inside = f"#{cell.hyperlink.location}" if cell.hyperlink.location else ""
            link = f"{cell.hyperlink.target or ''}{inside}"
        if cell.data_type == "f":
            # a formula says its value; in another row it would say another
            formula = str(getattr(value, "text", None) or value)
            formula = formula if formula.startswith("=") else f"={formula}"
            pictures |= bool(_PICTURE.match(formula))
            value = shown._cells[place].value if shown is not None and place in shown._cells else None
            value = formula if value is None else value
            note = "\n".join(part for part in (note, f"{FORMULA}{formula}") if part)
        if value is None and not note and not link:
            continue
        opened.cells[place] = Cell(value, note, link, "" if cell.number_format == "General" else cell.number_format)
    opened.widths = {
        n: d.width
        for d in sheet.column_dimensions.values()
        if d.customWidth and d.min and d.max
        for n in range(d.min, min(d.max, d.min + 200) + 1)
    }
    shown_pictures = bool(_DRAWN_PICTURE.search(sheet.drawn))
    opened.merged_to = max((merged.max_row for merged in sheet.merged_cells.ranges), default=0)
    # LibreOffice gives every sheet a drawing, with nothing in it
    opened.dressed = [
        what
        for what, there in (
            (PICTURES, shown_pictures),
            (SHAPES, b"Anchor" in sheet.drawn and not shown_pictures),
            (IN_CELLS, pictures),
            ("合并单元格", sheet.merged_cells.ranges),
            ("条件格式", sheet.conditional_formatting),
        )
        if there
    ]
    return opened
