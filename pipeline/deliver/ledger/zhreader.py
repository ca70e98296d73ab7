"""openpyxl with what it misses of Chinese workbooks: strings exactly as typed, dates in the formats of a Chinese Excel."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS

_WRITTEN_OUT = re.compile(r"_x([0-9a-fA-F]{4})_")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# numFmtId → format, of those that mean a date in a Chinese Excel alone. source: ECMA-376 part 1, 18.8.30, zh-cn
_YEAR_MONTH, _MONTH_DAY, _CLOCK = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
_CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), _CLOCK),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
_OWN_FORMATS = 164  # the first numFmtId that a file gives itself


class _Reader(ExcelReader):
    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            self.shared_strings = shared_strings(self.archive, part.PartName[1:])

    def read_worksheets(self) -> None:
        book: Any = self.wb
        for index, style in enumerate(book._cell_styles):
            if style.numFmtId in _CHINESE:
                style.numFmtId = book._number_formats.add(_CHINESE[style.numFmtId]) + _OWN_FORMATS
                book._date_formats.add(index)
        super().read_worksheets()
        for sheet in book.worksheets:
            sheet.drawn = b"".join(
                self.archive.read(rel.target) for rel in sheet._rels if rel.Type.endswith("/drawing") and rel.target
            )


def load(data: bytes, values: bool) -> Any:
    """The workbook; each sheet has beside openpyxl's what is drawn on it, as XML (`drawn`).

    values   of formulas what they gave when it was saved, instead of the formulas
    """
    reader = _Reader(BytesIO(data), False, False, values, False, False)
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
