"""ods → blocks: the cells as the program that saved them showed them (OpenDocument 1.3, 9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ..model import Block, Loss
from .guard import Package, refusal
from .workbook import CELL_LIMIT, Worksheet, blocks, column_name

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABLE, TEXT, OFFICE, STYLE = (_NS % name for name in ("table", "text", "office", "style"))
_GROUPS = {f"{TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows")}
_HIDDEN = ("collapse", "filter")
_BARE_DATE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}")


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of an OpenDocument spreadsheet, sheet by sheet. Raises Unreadable with one reason."""
    package = Package(path, data)
    if (manifest := package.part("META-INF/manifest.xml")) and b"encryption-data" in manifest:
        raise refusal(path, "encrypted")
    root = package.xml("content.xml")
    if root is None:
        raise refusal(path, "xml_malformed", "文件没有正文部分")
    unseen = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        for properties in style.iterchildren(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    }
    return (*blocks(path, (_sheet(path, table, unseen) for table in root.iter(f"{TABLE}table"))), None)


def _sheet(path: str, table: etree._Element, unseen: set[str | None]) -> Worksheet:
    sheet = Worksheet(table.get(f"{TABLE}name") or "", hidden=table.get(f"{TABLE}style-name") in unseen)
    hidden_columns = _hidden_columns(table)
    top = 0
    for line in _rows(table):
        again = _count(line, "number-rows-repeated")
        cells = list(_cells(line, sheet, top))
        # a repeated row with words is a row each; a million blank ones are none
        for row in range(top, top + (again if cells else 0)):
            for col, text in cells:
                sheet.cells[row, col] = text
            if len(sheet.cells) > CELL_LIMIT:
                raise refusal(path, "too_many_cells")
        if cells and line.get(f"{TABLE}visibility") in _HIDDEN:
            sheet.unseen.append(f"第{top + 1}行")
        top += again
    used = {col for _, col in sheet.cells}
    sheet.unseen += [f"{column_name(col)}列" for col in sorted(used) if any(a <= col < b for a, b in hidden_columns)]
    return sheet


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _hidden_columns(table: etree._Element) -> list[tuple[int, int]]:
    out, at = [], 0
    for column in table.iter(f"{TABLE}table-column"):
        again = _count(column, "number-columns-repeated")
        if column.get(f"{TABLE}visibility") in _HIDDEN:
            out.append((at, at + again))
        at += again
    return out


def _cells(line: etree._Element, sheet: Worksheet, row: int) -> Iterator[tuple[int, str]]:
    col = 0
    for cell in line:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        again = _count(cell, "number-columns-repeated")
        text = _words(cell)
        for note in cell.iterchildren(f"{OFFICE}annotation"):
            place = f"工作表“{sheet.name}”{column_name(col)}{row + 1}"
            sheet.losses.append(Loss("comment", _words(note), place))
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merges.append((row, col, row + down - 1, col + across - 1))
        if text.strip():
            yield from ((col + n, _dated(cell, text)) for n in range(min(again, 20_000)))
        col += again


def _words(cell: etree._Element) -> str:
    return "\n".join("".join(_inline(p)) for p in cell.iterchildren(f"{TEXT}p"))


def _inline(p: etree._Element) -> Iterator[str]:
    yield p.text or ""
    for child in p:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c") or 1), 1000)
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag not in (f"{OFFICE}annotation", f"{TEXT}ruby-text"):
            yield from _inline(child)
        yield child.tail or ""


def _dated(cell: etree._Element, text: str) -> str:
    # 12/01/22 says not which number is the month: the stored date does
    stored = cell.get(f"{OFFICE}date-value") or ""
    return stored[:10] if stored and _BARE_DATE.fullmatch(text.strip()) else text


def _count(element: etree._Element, name: str) -> int:
    text = element.get(f"{TABLE}{name}") or "1"
    return min(max(int(text), 1), 1 << 20) if text.isdecimal() and len(text) < 9 else 1
