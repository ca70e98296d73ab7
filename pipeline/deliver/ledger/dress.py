"""Formats, fonts and paper of a ledger: 宋体 and 黑体, which Excel and WPS both have; A4 across, one page wide."""

from __future__ import annotations

from typing import Any

BODY, HEAD = "宋体", "黑体"
DATE = "yyyy-mm-dd"
GREY, HEADER, SECTION, OWN, CHANGED = "808080", "D9E2F3", "F2F2F2", "FFFFFF", "FFF2CC"
FOOTER = f'&C&"{BODY}"&9第 &P 页，共 &N 页'
A4 = 9


class Dress:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **look: Any) -> Any:
        """One format: the look of a body cell with what is said here."""
        whole = {"font_name": BODY, "font_size": 10.5, "valign": "vcenter", **look}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(whole)
        return self._made[key]

    def cell(self, **look: Any) -> Any:
        """A cell of a table: bordered, wrapped."""
        return self.of(**{"border": 1, "border_color": GREY, "text_wrap": True, **look})

    def header(self, **look: Any) -> Any:
        return self.cell(font_name=HEAD, align="center", bg_color=HEADER, **look)

    def title(self) -> Any:
        return self.of(font_name=HEAD, font_size=16, align="center")

    def remark(self, **look: Any) -> Any:
        return self.of(font_size=9, font_color="595959", **look)


def paper(sheet: Any, header: int, columns: int, rows: int) -> None:
    """A4 across, one page wide, the header row on every page, page numbers in the footer. Rows and columns from 0."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(header)
    sheet.set_footer(FOOTER)
    sheet.print_area(0, 0, max(rows, header), columns - 1)
    sheet.hide_gridlines(2)
