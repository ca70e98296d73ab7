"""A workbook's sheets → blocks: one table a sheet, merged cells as spans, blank rows and columns left out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..model import Block, CellPlace, Loss
from .guard import refusal

CELL_LIMIT = 2_000_000
TEXT_LIMIT = 1_000_000  # characters of one cell


@dataclass
class Worksheet:
    """One sheet as a reader took it down. Rows and columns count from 0.

    cells    (row, column) → what the cell shows; cells without words may be left out
    merges   (first row, first column, last row, last column)
    unseen   rows and columns that the file hides, as printed (第3行, C列)
    boxes    words of text boxes and drawings that float above the cells
    hidden   the sheet itself is hidden: its words are told, not read
    """

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    hidden: bool = False


def column_name(col: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


def blocks(path: str, sheets: Iterable[Worksheet]) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    """Every cell of every sheet that is shown, in reading order; rows keep the number they have in their sheet.

    Columns without a single word are closed up, rows without one are left out, so that a lone far cell costs nothing.
    raises   Unreadable (too_many_cells)
    """
    out: list[Block] = []
    losses: list[Loss] = []
    tables = 0
    for sheet in sheets:
        filled = {place: text for place, text in sheet.cells.items() if text.strip()}
        if sheet.hidden:
            words = "、".join(list(filled.values())[:5])
            losses.append(
                Loss("hidden_sheet", f"{sheet.name}：{words}" if words else sheet.name, f"工作表“{sheet.name}”")
            )
            continue
        first = len(out)
        if filled:
            merges = _merged(filled, sheet)
            for place, text in _grid(path, filled, merges, tables, len(out)):
                out.append(Block(len(out), "cell", text, cell=place))
            tables += 1
        out += [Block(len(out) + n, "textbox", text) for n, text in enumerate(sheet.boxes)]
        beside = first if len(out) > first else None
        if sheet.unseen:
            shown = "、".join(sheet.unseen[:20]) + ("等" if len(sheet.unseen) > 20 else "")
            losses.append(Loss("hidden_cells", shown, f"工作表“{sheet.name}”", beside))
        losses += [Loss(loss.code, loss.text, loss.place or f"工作表“{sheet.name}”", beside) for loss in sheet.losses]
    return tuple(out), tuple(losses)


def _merged(filled: dict[tuple[int, int], str], sheet: Worksheet) -> list[tuple[int, int, int, int]]:
    # the merges that hold; words that lie under one are not shown: told when they differ from what is
    held: list[tuple[int, int, int, int]] = []
    rows: dict[int, list[int]] = {}
    for row, col in sorted(filled):
        rows.setdefault(row, []).append(col)
    known = list(rows)
    for top, left, bottom, right in sheet.merges:
        if (top, left) == (bottom, right):
            continue
        held.append((top, left, bottom, right))
        for row in known[bisect_left(known, top) : bisect_right(known, bottom)]:
            cols = rows[row]
            for col in cols[bisect_left(cols, left) : bisect_right(cols, right)]:
                if (row, col) == (top, left) or (row, col) not in filled:
                    continue
                text = filled.pop((row, col))
                if text != filled.get((top, left), ""):
                    place = f"工作表“{sheet.name}”{column_name(col)}{row + 1}"
                    sheet.losses.append(Loss("hidden_text", text, place))
    return held


def _grid(
    path: str, filled: dict[tuple[int, int], str], merges: list[tuple[int, int, int, int]], table: int, already: int
) -> Iterable[tuple[CellPlace, str]]:
    rows = sorted({row for row, _ in filled})
    cols = sorted({col for _, col in filled})
    if already + len(rows) * len(cols) > CELL_LIMIT:
        raise refusal(path, "too_many_cells")
    close = {col: n for n, col in enumerate(cols)}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in merges:
        below = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        beside = cols[bisect_left(cols, left) : bisect_right(cols, right)]
        if not below or not beside or (below[0], beside[0]) != (top, left):
            continue  # blank as a whole, or in its anchor
        ends = {(row, col) for row in (top, below[-1]) for col in (left, beside[-1])}
        if ends & covered or ends & spans.keys():
            continue  # two merges that overlap: the first holds
        spans[top, left] = (below[-1] - top + 1, len(beside))
        covered.update((row, col) for row in below for col in beside)
        covered.discard((top, left))
    for row in rows:
        for col in cols:
            if (row, col) not in covered:
                down, across = spans.get((row, col), (1, 1))
                yield CellPlace(table, row, close[col], down, across), filled.get((row, col), "")[:TEXT_LIMIT]
