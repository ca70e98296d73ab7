"""Tables of a web page: which only hold the page together, and where each cell of the others stands in its grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from ..model import CellPlace
from .htmltree import css

SPAN_LIMIT = 200
CELL_LIMIT = 2_000_000
COLUMN = 200  # characters of a cell that is a column of the page
CELLS = ("td", "th")
GROUPS = ("thead", "tbody", "tfoot")


@dataclass
class Shape:
    """A table measured from outside: characters, of them in nested tables and links; its largest cell, its paragraphs."""

    rows: int = 0
    columns: int = 0
    chars: int = 0
    nested: int = 0
    largest: int = 0
    paragraphs: int = 0
    heads: int = 0
    linked: int = 0


def holds_the_page(table: etree._Element, shape: Shape) -> bool:
    """Whether a table only places things on the page, so that its cells are read as if no table were there.

    One column, one cell, a table that mostly holds tables, or a cell of many paragraphs beside little else.
    """
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    if shape.columns <= 1 or shape.nested * 2 > shape.chars:
        return True
    if shape.linked * 5 >= shape.chars * 4 and not shape.heads:
        return True  # a menu
    if shape.heads or shape.rows > 3 or shape.columns > 3 or bordered(table):
        return False
    column = shape.largest >= COLUMN or (shape.paragraphs >= 3 and shape.largest * 2 >= COLUMN)
    return column and shape.largest * 5 >= shape.chars * 3


def bordered(table: etree._Element) -> bool:
    """Whether lines are drawn between the cells, as far as the table itself or its first cell says."""
    border = (table.get("border") or "0").strip()
    if border not in ("0", "0px", "none"):
        return True
    cell = next(table.iter(*CELLS), None)
    for element in (table, cell):
        if element is not None:
            drawn = " ".join(v for n, v in css(element.get("style") or "").items() if n.startswith("border"))
            if any(kind in drawn for kind in ("solid", "double", "windowtext", "inset", "outset")):
                return True
    return False


@dataclass
class Placed:
    """A cell while its table is being read; spans shrink to what the table turns out to hold."""

    place: CellPlace
    group_end: bool = False  # rowspan=0: down to the end of its row group


@dataclass
class Grid:
    """The places of one table, given out in reading order as a browser does; linear in the places covered.

    refuse   makes the error for a table of more than `CELL_LIMIT` places
    """

    table: int
    refuse: Callable[[], Exception]
    row: int = -1
    places: int = 0
    cells: list[Placed] = field(default_factory=list)
    _reach: dict[int, Placed] = field(default_factory=dict)  # column → the cell from above that still covers it
    _until: dict[int, int] = field(default_factory=dict)  # column → first row that it no longer covers
    _col: int = 0
    _width: int = 0
    _header: bool = False
    _group_start: int = 0

    def begin_row(self, tr: etree._Element) -> None:
        """A <tr>: header rows are those of <thead> and those of nothing but <th>."""
        self.row += 1
        self._col = 0
        own = list(tr.iterchildren(*CELLS))
        parent = tr.getparent()
        heads = bool(own) and all(cell.tag == "th" for cell in own)
        self._header = heads or (parent is not None and parent.tag == "thead")
        across = sum(span(cell, "colspan") for cell in own)
        self._until = {col: end for col, end in self._until.items() if end > self.row}
        self.places += len(self._until) + across
        if self.places > CELL_LIMIT:
            raise self.refuse()
        if own and across == self._width:
            # a full row under cells that claim to reach into it: the claim is wrong, not the row
            for col in self._until:
                self._cut(col)
            self._until.clear()

    def begin_cell(self, td: etree._Element) -> Placed:
        """The place of a <td> or <th>; its spans are final after `end`."""
        if self.row < 0:
            self.row = 0
        while self._until.get(self._col, 0) > self.row:
            self._col += 1
        across = span(td, "colspan")
        free = 1
        while free < across and self._until.get(self._col + free, 0) <= self.row:
            free += 1
        down = span(td, "rowspan", 65_534, 0)
        placed = Placed(CellPlace(self.table, self.row, self._col, max(down, 1), free, self._header), down == 0)
        self.cells.append(placed)
        end = self.row + (down or 65_534)
        for col in range(self._col, self._col + free):
            if end > self.row + 1:
                self._reach[col], self._until[col] = placed, end
        self._col += free
        self._width = max(self._width, self._col)
        return placed

    def end_group(self) -> None:
        """The end of <thead>, <tbody>, <tfoot> or of the table: no cell reaches beyond its row group."""
        below = self.row + 1
        for placed in self.cells[self._group_start :]:
            place = placed.place
            down = below - place.row if placed.group_end else min(place.row_span, below - place.row)
            placed.place = replace(place, row_span=max(down, 1))
        self._group_start = len(self.cells)
        # a stray cell may still follow in this row
        self._until = {col: below for col, end in self._until.items() if end > self.row}

    def end(self) -> None:
        """The end of the table: a cell reaches no further to the right than the last column in which one begins."""
        self.end_group()
        width = max((p.place.col for p in self.cells), default=0) + 1
        for placed in self.cells:
            place = placed.place
            if place.col + place.col_span > width:
                placed.place = replace(place, col_span=max(width - place.col, 1))

    def _cut(self, col: int) -> None:
        placed = self._reach[col]
        placed.place = replace(placed.place, row_span=max(self.row - placed.place.row, 1))
        placed.group_end = False


def span(cell: etree._Element, name: str, limit: int = SPAN_LIMIT, least: int = 1) -> int:
    """A colspan or rowspan, clamped; 1 when it is missing or no number."""
    value = cell.get(name)
    if value is None:
        return 1
    text = value.strip()[:12]
    digits = text.split(".")[0].lstrip("+")
    return min(max(int(digits), least), limit) if digits.isascii() and digits.isdigit() else 1
