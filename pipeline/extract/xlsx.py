"""xlsx → blocks: the cells as Excel shows them, read from the XML. A date keeps the precision of its number format."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from ..model import Block, Loss
from .guard import Package, refusal
from .numberformat import BUILTIN, shown
from .workbook import CELL_LIMIT, Worksheet, blocks, column_name
from .xls import read_values

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
SHEETS = 2_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class _Book:
    """What the sheets of a workbook share. formats: style index → number format code."""

    package: Package
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of a workbook, sheet by sheet. Raises Unreadable with one reason."""
    package = Package(path, data)
    main = next(iter(_related(package, "", "officeDocument")), "xl/workbook.xml")
    if main.endswith(".bin") or (main not in package and "xl/workbook.bin" in package.names):
        package.weigh("xl/")
        return (*blocks(path, read_values(path, data)), None)
    root = package.xml(main)
    if root is None:
        raise refusal(path, "xml_malformed", "工作簿没有目录部分")
    properties = root.find(f"{S}workbookPr")
    dates = properties is not None and properties.get("date1904") in ("1", "true")
    book = _Book(package, _strings(package, main), _formats(package, main), dates)
    return (*blocks(path, _sheets(book, root, main)), None)


def _related(package: Package, part: str, kind: str) -> list[str]:
    # the parts of one kind that a part points to; "" is the package itself
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = []
    for relation in root if root is not None else ():
        if (relation.get("Type") or "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            target = relation.get("Target") or ""
            found.append(
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
    return [target for target in found if target in package]


def _targets(package: Package, part: str) -> dict[str, str]:
    # relationship id → part
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    out = {}
    for relation in root if root is not None else ():
        target = relation.get("Target") or ""
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        out[relation.get("Id") or ""] = target
    return out


def _sheets(book: _Book, root: etree._Element, folder: str) -> Iterator[Worksheet]:
    targets = _targets(book.package, folder)
    entries = list(root.iter(f"{S}sheet"))
    if len(entries) > SHEETS:
        raise refusal(book.package.name, "too_many_cells", f"工作簿有 {len(entries)} 张工作表")
    for entry in entries:
        part = targets.get(entry.get(f"{R}id") or "", "")
        sheet = Worksheet(entry.get("name") or "", hidden=entry.get("state") in ("hidden", "veryHidden"))
        xml = book.package.xml(part) if part in book.package else None
        if xml is not None and xml.tag == f"{S}worksheet":
            _cells(book, xml, sheet)
            _beside(book, part, sheet)
        yield sheet


def _strings(package: Package, workbook: str) -> tuple[str, ...]:
    root = package.xml(next(iter(_related(package, workbook, "sharedStrings")), "xl/sharedStrings.xml"))
    return tuple(_words(item) for item in root) if root is not None else ()


def _words(item: etree._Element) -> str:
    # plain text or runs; readings (rPh) stand above the words and are none of them
    text = "".join(
        t.text or ""
        for child in item
        for t in ([child] if child.tag == f"{S}t" else child.iterchildren(f"{S}t") if child.tag == f"{S}r" else ())
    )
    text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _formats(package: Package, workbook: str) -> tuple[str, ...]:
    root = package.xml(next(iter(_related(package, workbook, "styles")), "xl/styles.xml"))
    if root is None:
        return ()
    own = {_int(f.get("numFmtId"), -1): f.get("formatCode") or "" for f in root.iter(f"{S}numFmt")}
    cells = root.find(f"{S}cellXfs")
    ids = [_int(xf.get("numFmtId"), 0) for xf in cells] if cells is not None else []
    return tuple(own.get(number, BUILTIN.get(number, "General")) for number in ids)


def _cells(book: _Book, xml: etree._Element, sheet: Worksheet) -> None:
    row = -1
    for line in xml.iter(f"{S}row"):
        row = _int(line.get("r"), row + 2) - 1
        col = -1
        kept = False
        for cell in line:
            place = _PLACE.match(cell.get("r") or "")
            col = _column(place[1]) if place else col + 1
            text = _shown(book, cell, sheet, row, col)
            if text:
                sheet.cells[row, col] = text
                kept = kept or bool(text.strip())
        if kept and line.get("hidden") in ("1", "true"):
            sheet.unseen.append(f"第{row + 1}行")
        if len(sheet.cells) > CELL_LIMIT:
            raise refusal(book.package.name, "too_many_cells")
    for column in xml.iter(f"{S}col"):
        if column.get("hidden") in ("1", "true"):
            first, last = _int(column.get("min"), 1), min(_int(column.get("max"), 1), 16_384)
            used = {col for _, col in sheet.cells if first - 1 <= col < last}
            sheet.unseen += [f"{column_name(col)}列" for col in sorted(used)]
    for merge in xml.iter(f"{S}mergeCell"):
        ends = _PLACE.findall(merge.get("ref") or "")
        if len(ends) == 2:
            (left, top), (right, bottom) = ends
            sheet.merges.append((int(top) - 1, _column(left), int(bottom) - 1, _column(right)))


def _shown(book: _Book, cell: etree._Element, sheet: Worksheet, row: int, col: int) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find(f"{S}is")
        return _words(inline) if inline is not None else ""
    stored = cell.find(f"{S}v")
    value = (stored.text or "") if stored is not None else ""
    if not value:
        formula = cell.find(f"{S}f")
        if formula is not None and formula.text and kind != "str":
            sheet.losses.append(
                Loss("formula_without_value", f"={formula.text}", f"工作表“{sheet.name}”{column_name(col)}{row + 1}")
            )
        return ""
    if kind == "s":
        index = _int(value, -1)
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind not in ("n", "d"):
        return value.replace("\r\n", "\n")
    style = _int(cell.get("s"), 0)
    code = book.formats[style] if 0 <= style < len(book.formats) else "General"
    try:
        if kind == "d":  # a date in words, as Strict files have it
            days = (datetime.fromisoformat(value) - datetime(1899, 12, 30)).total_seconds() / 86_400
            return shown(days, "yyyy-mm-dd" if code == "General" else code)
        return shown(float(value), code, book.from_1904)
    except ValueError:
        return value


def _beside(book: _Book, part: str, sheet: Worksheet) -> None:
    # what floats above the cells (text boxes, pictures), and comments
    for drawing in _related(book.package, part, "drawing"):
        xml = book.package.xml(drawing)
        if xml is None:
            continue
        for body in xml.iter(f"{XDR}txBody"):
            text = "\n".join("".join(t.text or "" for t in p.iter(f"{A}t")) for p in body.iter(f"{A}p")).strip()
            sheet.boxes += [text] if text else []
        if not sheet.cells and next(xml.iter(f"{XDR}pic"), None) is not None:
            sheet.losses.append(Loss("picture_only", "", ""))
    for comments in _related(book.package, part, "comments"):
        xml = book.package.xml(comments)
        for comment in xml.iter(f"{S}comment") if xml is not None else ():
            text = "".join(t.text or "" for t in comment.iter(f"{S}t")).strip()
            if text:
                sheet.losses.append(Loss("comment", text, f"工作表“{sheet.name}”{comment.get('ref') or ''}"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _int(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
