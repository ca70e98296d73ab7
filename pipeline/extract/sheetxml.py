"""Excel 2003 XML → blocks: what systems export as .xls from a template (SpreadsheetML of 2002)."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from ..model import Block, Loss
from .guard import parse_xml, refusal
from .numberformat import shown
from .workbook import CELL_LIMIT, Worksheet, blocks

S = "{urn:schemas-microsoft-com:office:spreadsheet}"
X = "{urn:schemas-microsoft-com:office:excel}"
_NAMED = {"Short Date": "yyyy/m/d", "Long Date": 'yyyy"年"m"月"d"日"', "Percent": "0.00%", "Fixed": "0.00"}


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of a workbook in one XML file, sheet by sheet. Raises Unreadable with one reason."""
    root = parse_xml(path, "", data)
    formats = {
        style.get(f"{S}ID"): _NAMED.get(code, code)
        for style in root.iter(f"{S}Style")
        for number in style.iterchildren(f"{S}NumberFormat")
        if (code := number.get(f"{S}Format"))
    }
    return (*blocks(path, [_sheet(path, sheet, formats) for sheet in root.iterchildren(f"{S}Worksheet")]), None)


def _sheet(path: str, stored: etree._Element, formats: dict[str | None, str]) -> Worksheet:
    seen = stored.find(f"{X}WorksheetOptions/{X}Visible")
    sheet = Worksheet(stored.get(f"{S}Name") or "", hidden=seen is not None and (seen.text or "") != "SheetVisible")
    row = -1
    for line in stored.iter(f"{S}Row"):
        row = _index(line, row)
        col = -1
        for cell in line.iterchildren(f"{S}Cell"):
            col = _index(cell, col)
            across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
            if across or down:
                sheet.merges.append((row, col, row + down, col + across))
            value = cell.find(f"{S}Data")
            if value is not None:
                sheet.cells[row, col] = _shown(value, formats.get(cell.get(f"{S}StyleID"), "General"))
            for note in cell.iterchildren(f"{S}Comment"):
                sheet.losses.append(Loss("comment", "".join(map(str, note.itertext())).strip(), ""))
            col += across
        if line.get(f"{S}Hidden") == "1" and any(place[0] == row for place in sheet.cells):
            sheet.unseen.append(f"第{row + 1}行")
        row += _count(line, "Span")
        if len(sheet.cells) > CELL_LIMIT:
            raise refusal(path, "too_many_cells")
    return sheet


def _shown(value: etree._Element, code: str) -> str:
    text = "".join(map(str, value.itertext()))
    kind = value.get(f"{S}Type")
    try:
        if kind == "DateTime":
            since = datetime.fromisoformat(text) - datetime(1899, 12, 30)
            return shown(since.total_seconds() / 86_400, "yyyy-mm-dd" if code == "General" else code)
        return shown(float(text), code) if kind == "Number" else text.replace("\r\n", "\n")
    except ValueError:
        return text


def _index(element: etree._Element, before: int) -> int:
    # ss:Index counts from 1 and is given only after a gap
    text = element.get(f"{S}Index") or ""
    return min(int(text), 1 << 20) - 1 if text.isdecimal() and len(text) < 9 else before + 1


def _count(element: etree._Element, name: str) -> int:
    text = element.get(f"{S}{name}") or ""
    return min(int(text), 1 << 20) if text.isdecimal() and len(text) < 9 else 0
