"""Plain tables as sheets to print: title, remarks, a header that is repeated, wrapped cells, A4 across, one page wide."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

BODY, HEAD, SIZE = "宋体", "黑体", 10
LINE, TALLEST = 13.5, 400.0  # points of a line and of the tallest row
MADE = datetime(2000, 1, 1)  # a workbook says no time of its own: same rows, same bytes


@dataclass(frozen=True, slots=True)
class Column:
    """A column: width in half-width characters; by_people: left empty for people to write in."""

    label: str
    width: int
    by_people: bool = False


@dataclass(frozen=True)
class Grid:
    """One sheet; `tints` a color for each row, RRGGBB or ""."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    remarks: Sequence[str] = ()
    tints: Sequence[str] = field(default=())
    paper: int = 9  # A4; 8 is A3


def grid_workbook(out: BinaryIO, grids: Sequence[Grid], title: str) -> None:
    """Write the sheets as xlsx; every cell is text, nothing in it is a formula."""
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": MADE})
        looks = _Looks(book)
        for grid in grids:
            _sheet(book.add_worksheet(grid.name), grid, looks)


class _Looks:
    # the formats of a workbook, each made once
    def __init__(self, book: Any) -> None:
        self.book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **look: Any) -> Any:
        whole = {"font_name": BODY, "font_size": SIZE, "valign": "vcenter", **look}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(whole)
        return self._made[key]


def _sheet(sheet: Any, grid: Grid, looks: _Looks) -> None:
    last = len(grid.columns) - 1
    for n, column in enumerate(grid.columns):
        sheet.set_column(n, n, column.width)
    sheet.merge_range(0, 0, 0, last, grid.title, looks.of(font_name=HEAD, font_size=16, align="center"))
    sheet.set_row(0, 30)
    width = sum(column.width for column in grid.columns)
    for n, remark in enumerate(grid.remarks, 1):
        sheet.merge_range(n, 0, n, last, remark, looks.of(text_wrap=True))
        sheet.set_row(n, LINE * _lines(remark, width) + 4)
    head = len(grid.remarks) + 1
    frame = {"border": 1, "text_wrap": True}
    for n, column in enumerate(grid.columns):
        tint = "DDEBF7" if column.by_people else "D9D9D9"
        sheet.write_string(head, n, column.label, looks.of(font_name=HEAD, align="center", bg_color=tint, **frame))
    sheet.set_row(head, 24)
    for at, row in enumerate(grid.rows, head + 1):
        tint = grid.tints[at - head - 1] if grid.tints else ""
        for n, value in enumerate(row):
            colored = {"bg_color": f"#{tint}"} if tint and not grid.columns[n].by_people else {}
            centered = {"align": "center"} if grid.columns[n].width <= 10 else {}
            sheet.write_string(at, n, value, looks.of(**frame, **colored, **centered))
        tall = max((_lines(v, c.width) for v, c in zip(row, grid.columns, strict=True)), default=1)
        sheet.set_row(at, min(TALLEST, LINE * tall + 6))
    bottom = head + max(1, len(grid.rows))
    if grid.rows:
        sheet.autofilter(head, 0, bottom, last)
    else:
        sheet.merge_range(bottom, 0, bottom, last, "（无）", looks.of(align="center", **frame))
    sheet.freeze_panes(head + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(grid.paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(head)
    sheet.print_area(0, 0, bottom, last)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _lines(text: str, room: int) -> int:
    # a little room is lost at the edge of a cell, and at the end of each line
    wide = max(2, room - 2)
    return sum(max(1, math.ceil(_width(line) / wide)) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
