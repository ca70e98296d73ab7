"""A plain table as a sheet: title, header that stays, filter, wrapped text with fitting rows, paper."""

from __future__ import annotations

from typing import Any

from .cells import put
from .dress import Dress, paper
from .look import height
from .values import Sheet, Value, clipped, fits

_SHORT = 16  # half-width characters: a column so narrow is centered


def write_plain(sheet: Any, table: Sheet, title: str, dress: Dress) -> list[list[Value]]:
    """Write it; gives the values of all its rows, by which they are known again."""
    header, columns = 1, len(table.headings)
    widths = [wide for _, wide in table.headings]
    for n, wide in enumerate(widths):
        sheet.set_column(n, n, wide, dress.of())
    sheet.write_string(0, 0, title, dress.of(font_name="黑体", font_size=14))
    sheet.set_row(0, 26)
    labels: list[Value] = [label for label, _ in table.headings]
    for n, label in enumerate(labels):
        put(sheet, header, n, label, {"font_name": "黑体", "align": "center", "bg_color": "D9E2F3"}, dress)
    sheet.set_row(header, 22)
    rows = [[clipped(v) if isinstance(v, str) and not fits(v) else v for v in row] for row in table.rows]
    for at, row in enumerate(rows, header + 1):
        tall, size = height(zip(row, widths, strict=False))
        sheet.set_row(at, tall)
        for n, value in enumerate(row):
            centered = {"align": "center"} if n < columns and widths[n] <= _SHORT else {}
            put(sheet, at, n, value, {"font_size": size, **centered}, dress)
    if table.remark:
        sheet.write_string(header + 1, 0, table.remark, dress.remark())
    last = header + max(len(rows), 1)
    if rows:
        sheet.autofilter(header, 0, last, columns - 1)
    sheet.freeze_panes(header + 1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
    paper(sheet, header, columns, last)
    return [[title], labels, *rows, [table.remark]]
