"""A workbook that people worked in, opened: every cell that says something, exactly as it stands. Untrusted input."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from ...errors import Unreadable
from ...extract.guard import FILE_BYTES, Package, refusal
from .values import Cell

_WRITTEN_OUT = re.compile(r"_x([0-9a-fA-F]{4})_")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = "公式："  # how the comment of a cell begins whose formula was replaced by its value
CELLS = 2_000_000


@dataclass
class Opened:
    """One sheet. cells: (row, column) from 1 → cell; widths: column from 1 → as stored; dressed: what is no cell."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    dressed: list[str] = field(default_factory=list)

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
    book = _load(data, values=False)
    shown: Any = None
    out = []
    for sheet in book.worksheets:
        opened = Opened(sheet.title)
        for place, cell in sheet._cells.items():
            value, note, link = cell.value, "", ""
            if cell.comment is not None:
                note = cell.comment.text or ""
            if cell.hyperlink is not None:
                link = cell.hyperlink.target or (f"#{cell.hyperlink.location}" if cell.hyperlink.location else "")
            if cell.data_type == "f":
                # a formula says its value; in another row it would say another
                formula = getattr(value, "text", value)
                value = None
                if sheet.title not in ours:
                    shown = shown or _load(data, values=True)
                    value = shown[sheet.title]._cells[place].value if place in shown[sheet.title]._cells else None
                formula = formula if str(formula).startswith("=") else f"={formula}"
                value = formula if value is None else value
                note = "\n".join(part for part in (note, f"{FORMULA}{formula}") if part)
            if value is None and not note and not link:
                continue
            shape = "" if cell.number_format == "General" else cell.number_format
            opened.cells[place] = Cell(value, note, link, shape)
        opened.widths = {
            n: d.width
            for d in sheet.column_dimensions.values()
            if d.customWidth and d.min and d.max
            for n in range(d.min, min(d.max, d.min + 200) + 1)
        }
        opened.dressed = [
            what
            for what, there in (
                ("图片", sheet._images),
                ("图表", sheet._charts),
                ("合并单元格", sheet.merged_cells.ranges),
                ("条件格式", sheet.conditional_formatting),
            )
            if there
        ]
        out.append(opened)
    return tuple(out)


def _load(data: bytes, values: bool) -> Any:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Exact(ExcelReader):
        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            if part is not None:
                self.shared_strings = shared_strings(self.archive, part.PartName[1:])

    reader = Exact(BytesIO(data), False, False, values, False, False)
    reader.read()
    return reader.wb


def shared_strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The strings of a workbook as they were typed: openpyxl leaves _x000D_ as it is and takes x005F_ out of any text."""
    from lxml import etree

    out = []
    with archive.open(part) as stream:
        context = etree.iterparse(stream, tag=f"{_MAIN}si", resolve_entities=False, no_network=True, huge_tree=True)
        for _, item in context:
            runs = [
                text.text or ""
                for text in item.iter(f"{_MAIN}t")
                # the reading of a word above it is no part of the word
                if (parent := text.getparent()) is None or parent.tag != f"{_MAIN}rPh"
            ]
            out.append(unescaped("".join(runs)))
            item.clear()
    return out


def unescaped(text: str) -> str:
    """A string of the file as the program shows it: _x000D_ is a carriage return (ECMA-376, ST_Xstring)."""
    return _WRITTEN_OUT.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text
