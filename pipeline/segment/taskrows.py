"""The rows of a task table taken one by one: section rows open sections, task rows gather their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ..model import Block, Span
from ..outline import Claim, Remark, TaskCell, TaskRow
from ..recognize.rowwords import row_word
from ..rulebook import RuleBook
from .columns import shown
from .grids import place
from .headings import Headings
from .lines import WHAT, WHO_OR_WHEN
from .tasktables import TaskTable

REPEATED = WHO_OR_WHEN | {"section"}  # the columns where 同上 stands for the cell above

# what the characters of a cell are; unit and deadline cells are claimed by the recognizers
CELL_CLAIM = {"number": "label", "task": "task", "name": "task", "detail": "task", "extra": "extra"}


@dataclass(frozen=True, slots=True)
class TableParts:
    """rows, the block roles, and the claims of one task table."""

    rows: tuple[TaskRow, ...]
    roles: dict[int, str]
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]


def table_parts(table: TaskTable, blocks: Sequence[Block], headings: Headings, book: RuleBook) -> TableParts:
    """Every row of a task table as what it is. A merged cell is one block, named by each row that it reaches."""
    rows: list[list[TaskRow]] = [[] for _ in table.columns]  # one list for each of the tables that stand side by side
    roles: dict[int, str] = {}
    claims: list[Claim] = []
    remarks: list[Remark] = []
    claimed: set[int] = set()

    def claim(seq: int, role: str) -> None:
        if seq not in claimed:
            claimed.add(seq)
            claims.append(Claim(seq, 0, len(blocks[seq].text), role))

    opened: dict[int, str] = {}  # column of sections → the words that are open
    depths: dict[str, int] = {}
    above: Mapping[int, int] = {}
    blank: list[int] = []  # the first cells of blank rows since the last task
    for row in table.grid.rows:
        kind = table.kinds[row]
        seqs = table.grid.cells(row)
        if kind in ("header", "above"):
            for seq in seqs:
                roles[seq] = "table_header" if kind == "header" else "title"
                claim(seq, "table_header" if kind == "header" else "title")
        elif kind == "section":
            for seq in seqs:
                roles[seq] = "section_row"
            filled = [seq for seq in seqs if shown(blocks[seq])]
            apart = len(filled) == 2 and place(blocks[filled[0]]).col_span == 1  # 一 | 聚焦环境
            heading = filled[1] if apart else filled[0]
            claimed.add(heading)
            headings.row(blocks[heading], shown(blocks[filled[0]]) if apart else "")
            for seq in filled:
                claim(seq, "label" if apart else "other_table")
            opened = {}
        elif kind in ("total", "note"):
            own = [seq for seq in seqs if place(blocks[seq]).row == row]
            for seq in own:
                roles[seq] = "note" if kind == "note" else "task_cell"
                claim(seq, "note" if kind == "note" else "other_table")
            if kind == "total":
                words = {"words": " ".join(shown(blocks[seq]) for seq in own if shown(blocks[seq]))[:60]}
                remarks.append(Remark("row_of_totals", own[0], 0, len(blocks[own[0]].text), words))
        elif kind in ("task", "textless"):
            meant = _meant(table, row, blocks, book, above)
            for col, seq in table.grid.at[row].items():
                if meant[col] != seq:
                    roles[seq] = "task_cell"
                    claim(seq, "structure")
            above = meant
            cells = _cells(table, meant, blocks)
            for cell in cells:
                roles.setdefault(cell.block, "task_cell")
                if cell.column == "section" and blocks[cell.block].text.strip():
                    depth = depths.setdefault(cell.header, len(depths))
                    printed = shown(blocks[cell.block])
                    if opened.get(depth) != printed:
                        within = {k: v for k, v in opened.items() if k < depth}
                        opened = {**within, depth: printed}
                        claimed.add(cell.block)
                        headings.merged(blocks[cell.block], depth)
                    else:
                        claim(cell.block, "heading")
                elif cell.column in CELL_CLAIM:
                    claim(cell.block, CELL_CLAIM[cell.column])
            if kind == "task":
                remarks += (Remark("row_blank", seq, 0, len(blocks[seq].text)) for seq in blank)
                blank = []
                for half, part in enumerate(_halves(table, cells, blocks)):
                    if part:
                        rows[half].append(TaskRow(table.grid.table, row, headings.current, part))
            else:
                first = next(seq for seq in seqs if blocks[seq].text.strip())
                for seq in seqs:
                    if place(blocks[seq]).row == row:  # who and when of nothing
                        claim(seq, "other_table")
                remarks.append(Remark("row_without_text", first, 0, len(blocks[first].text)))
        else:
            for seq in seqs:
                roles.setdefault(seq, "task_cell")
            if rows[0]:  # below a task; above one, too, if one comes
                blank += [seq for seq in seqs if place(blocks[seq]).row == row][:1]
    return TableParts(tuple(chain.from_iterable(rows)), roles, tuple(claims), tuple(remarks))


def _meant(
    table: TaskTable, row: int, blocks: Sequence[Block], book: RuleBook, above: Mapping[int, int]
) -> Mapping[int, int]:
    """Column → the block that holds its value: the one above where the cell says 同上."""
    return {
        col: above[col]
        if col in above and table.columns[col].meaning in REPEATED and row_word(blocks[seq].text, book) == "ditto"
        else seq
        for col, seq in table.grid.at[row].items()
    }


def _cells(table: TaskTable, meant: Mapping[int, int], blocks: Sequence[Block]) -> tuple[TaskCell, ...]:
    found: dict[int, TaskCell] = {}
    for col, seq in meant.items():
        column = table.columns[col]
        found.setdefault(
            seq, TaskCell(column.meaning, column.header, Span(seq, 0, len(blocks[seq].text)), blocks[seq].number_label)
        )
    return tuple(found.values())


def _halves(table: TaskTable, cells: tuple[TaskCell, ...], blocks: Sequence[Block]) -> tuple[tuple[TaskCell, ...], ...]:
    """The cells of one row, apart where the header prints all its words twice: two tables side by side."""
    heads = [column.header for column in table.columns]
    half = next((n for n in range(2, len(heads) // 2 + 1) if heads == heads[:n] * (len(heads) // n)), 0)
    if not half or any(place(blocks[cell.block]).col_span > 1 for cell in cells):
        return (cells,)
    parts = [
        tuple(cell for cell in cells if place(blocks[cell.block]).col in range(start, start + half))
        for start in range(0, len(heads), half)
    ]
    said = [any(cell.column in WHAT and shown(blocks[cell.block]) for cell in part) for part in parts]
    return tuple(part if said[i] else () for i, part in enumerate(parts))
