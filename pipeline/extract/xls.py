"""xls, et → blocks, by xlrd, which knows the number formats; by calamine, which knows only the values, where that fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from importlib import import_module
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ..errors import Unreadable
from ..model import Block, Loss
from .guard import refusal
from .numberformat import plain, shown
from .workbook import CELL_LIMIT, Worksheet, blocks, column_name

_WORDS, _NUMBER, _DATE, _TRUTH, _ERROR = 1, 2, 3, 4, 5  # xlrd's kinds of cells


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of a BIFF workbook, sheet by sheet. Raises Unreadable with one reason."""
    try:
        xlrd = import_module("xlrd")
    except ImportError:
        return (*blocks(path, read_values(path, data)), None)
    try:
        with xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silent(), ragged_rows=True) as book:
            return (*blocks(path, _formatted(book)), None)
    except Unreadable:
        raise
    except Exception as error:  # whatever stops it, the next reader tries
        if "encrypted" in str(error):
            raise refusal(path, "encrypted") from None
        return (*blocks(path, read_values(path, data)), None)


class _Silent:
    """xlrd talks to a log file; nobody listens."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def _formatted(book: Any) -> Iterator[Worksheet]:
    errors = import_module("xlrd").error_text_from_code
    for stored in book.sheets():
        sheet = Worksheet(stored.name, hidden=stored.visibility != 0)
        for row in range(stored.nrows):
            for col, cell in enumerate(stored.row(row)):
                if cell.ctype == _WORDS:
                    text = cell.value.replace("\r\n", "\n").replace("\r", "\n")
                elif cell.ctype in (_NUMBER, _DATE):
                    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                    text = shown(cell.value, code, book.datemode == 1)
                elif cell.ctype == _TRUTH:
                    text = "TRUE" if cell.value else "FALSE"
                else:
                    text = errors.get(cell.value, "") if cell.ctype == _ERROR else ""
                if text:
                    sheet.cells[row, col] = text
        sheet.merges += [(top, left, bottom - 1, right - 1) for top, bottom, left, right in stored.merged_cells]
        used = {row for row, _ in sheet.cells}, {col for _, col in sheet.cells}
        sheet.unseen += [f"第{n + 1}行" for n, row in sorted(stored.rowinfo_map.items()) if row.hidden and n in used[0]]
        sheet.unseen += [
            f"{column_name(n)}列" for n, col in sorted(stored.colinfo_map.items()) if col.hidden and n in used[1]
        ]
        sheet.losses += [
            Loss("comment", note.text.strip(), f"工作表“{stored.name}”{column_name(col)}{row + 1}")
            for (row, col), note in stored.cell_note_map.items()
            if note.text.strip()
        ]
        yield sheet


def read_values(path: str, data: bytes) -> Iterator[Worksheet]:
    """The sheets by calamine: values and merged cells, dates in full (their formats are not told). Raises Unreadable."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for meta in book.sheets_metadata:
            sheet = Worksheet(meta.name, hidden="Hidden" in str(meta.visible))
            if "WorkSheet" in str(meta.typ):
                stored = book.get_sheet_by_name(meta.name)
                if stored.height * stored.width > CELL_LIMIT:
                    raise refusal(path, "too_many_cells")
                top, left = stored.start or (0, 0)
                for row, values in enumerate(stored.to_python(skip_empty_area=True)):
                    for col, value in enumerate(values):
                        if (text := _value(value)) != "":
                            sheet.cells[row + top, col + left] = text
                        if isinstance(value, date) and not sheet.losses:
                            place = f"工作表“{meta.name}”{column_name(col + left)}{row + top + 1}"
                            sheet.losses.append(Loss("dates_in_full", text, place))
                sheet.merges += [(*first, *last) for first, last in stored.merged_cell_ranges or ()]
            yield sheet
    except CalamineError as error:
        # a PasswordError, or one that only says so
        raise refusal(path, "encrypted" if "password" in str(error).lower() else "damaged") from None


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value).replace("\r\n", "\n")
