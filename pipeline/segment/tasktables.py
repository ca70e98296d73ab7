"""Which tables are task tables, and what each row of them is: header, section or task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Block
from ..outline import Remark
from ..recognize.headers import header
from ..recognize.numbering import numbering
from ..rulebook import RuleBook
from .grids import Grid, place

SAYS_WHAT = {"task", "name", "detail"}
SAYS_WHO_OR_WHEN = {"lead", "responsible", "supporting", "guiding", "deadline"}
HEADER_DEPTH = 4  # a title row, a note row and a two-row header


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a task table: its meaning, its header words, the block of its header (None for a carried header)."""

    meaning: str
    header: str
    block: int | None = None


@dataclass(frozen=True, slots=True)
class TaskTable:
    """kinds: row → above | header | section | task | empty; columns: one for each place of the grid's width."""

    grid: Grid
    columns: tuple[Column, ...]
    kinds: dict[int, str]
    remarks: tuple[Remark, ...]


def task_table(grid: Grid, blocks: Sequence[Block], book: RuleBook, before: TaskTable | None) -> TaskTable | None:
    """The table read as a task table; None when its header says nothing about tasks.

    before   the task table just above: a table of the same width that has no header of its own goes on with it
    """
    top = _header_rows(grid, blocks, book)
    if top:
        columns, remarks = _columns(grid, blocks, book, top)
    elif before and before.grid.width == grid.width and _goes_on(grid, blocks, before):
        columns, remarks = before.columns, ()
    else:
        return None
    meanings = {column.meaning for column in columns}
    if not (meanings & SAYS_WHAT and meanings & (SAYS_WHO_OR_WHEN | {"number"})):
        return None
    printed = {column.header for column in columns}
    kinds = {}
    for row in grid.rows:
        if top and row < top[0]:
            kinds[row] = "above"
        elif row in top:
            kinds[row] = "header"
        else:
            kinds[row] = _kind(grid, row, blocks, book, columns, printed)
    return TaskTable(grid, columns, kinds, remarks)


def _header_rows(grid: Grid, blocks: Sequence[Block], book: RuleBook) -> tuple[int, ...]:
    for row in grid.rows[:HEADER_DEPTH]:
        found = {rule.meaning["column"] for seq in grid.cells(row) if (rule := header(blocks[seq].text, book))}
        if len(found) >= 2 and found & SAYS_WHAT | found & SAYS_WHO_OR_WHEN:
            return _deepened(grid, row, blocks, book)
    return ()


def _deepened(grid: Grid, row: int, blocks: Sequence[Block], book: RuleBook) -> tuple[int, ...]:
    # a two-row header: some cells of the first row reach down, and what stands beside them are header words too
    reaches = any(place(blocks[seq]).row_span > 1 for seq in grid.cells(row))
    below = row + 1
    if reaches and below in grid.at:
        own = [seq for seq in grid.cells(below) if place(blocks[seq]).row == below and blocks[seq].text.strip()]
        if own and any(header(blocks[seq].text, book) for seq in own):
            return (row, below)
    return (row,)


def _columns(
    grid: Grid, blocks: Sequence[Block], book: RuleBook, top: tuple[int, ...]
) -> tuple[tuple[Column, ...], tuple[Remark, ...]]:
    columns: list[Column] = []
    remarks: list[Remark] = []
    for col in range(grid.width):
        seqs = list(dict.fromkeys(s for row in top if (s := grid.at[row].get(col)) is not None))
        rules = [(seq, rule) for seq in seqs if (rule := header(blocks[seq].text, book))]
        words = "".join(blocks[seqs[-1]].text.split()) if seqs else ""
        if rules:
            seq, rule = rules[-1]
            columns.append(Column(rule.meaning["column"], "".join(blocks[seq].text.split()), seq))
        elif not words:
            meaning = "number" if col == 0 and _counts(grid, blocks, col, top) else "extra"
            columns.append(Column(meaning, "", seqs[-1] if seqs else None))
        else:
            columns.append(Column("extra", words, seqs[-1]))
            text = blocks[seqs[-1]].text
            remarks.append(Remark("unknown_header", seqs[-1], 0, len(text), {"words": words}))
    return tuple(columns), tuple(dict.fromkeys(remarks)) if not remarks else _once(remarks)


def _once(remarks: list[Remark]) -> tuple[Remark, ...]:
    seen: dict[int | None, Remark] = {}
    for remark in remarks:
        seen.setdefault(remark.block, remark)
    return tuple(seen.values())


def _counts(grid: Grid, blocks: Sequence[Block], col: int, top: tuple[int, ...]) -> bool:
    values = [_shown(blocks[grid.at[row][col]]) for row in grid.rows if row not in top and col in grid.at[row]]
    numbers = [v for v in values if v.rstrip(".、").isdigit()]
    return len(numbers) * 2 > len(values)


def _goes_on(grid: Grid, blocks: Sequence[Block], before: TaskTable) -> bool:
    # the first task row continues the number column of the table above
    number = next((i for i, column in enumerate(before.columns) if column.meaning == "number"), None)
    if number is None:
        return True
    firsts = [_shown(blocks[grid.at[row][number]]) for row in grid.rows[:3] if number in grid.at[row]]
    return any(value.rstrip(".、").isdigit() for value in firsts)


def _kind(
    grid: Grid, row: int, blocks: Sequence[Block], book: RuleBook, columns: Sequence[Column], printed: set[str]
) -> str:
    cells = grid.cells(row)
    filled = [seq for seq in cells if _shown(blocks[seq])]
    if not filled:
        return "empty"
    if all("".join(blocks[seq].text.split()) in printed for seq in filled) and len(filled) > 1:
        return "header"
    # a cell that reaches down from an earlier row belongs to that row, not to what this one is
    own = [seq for seq in filled if place(blocks[seq]).row == row]
    if len(own) == 1 and len(filled) == 1:
        block = blocks[own[0]]
        wide = place(block).col_span * 2 > grid.width
        if wide or block.number_label or numbering(block.text, book):
            return "section"
    what = [seq for col, seq in grid.at[row].items() if col < len(columns) and columns[col].meaning in SAYS_WHAT]
    return "task" if any(_shown(blocks[seq]) for seq in what) else "empty" if not own else "textless"


def _shown(block: Block) -> str:
    """What a reader sees in a cell, the automatic number included."""
    return (block.number_label + block.text).strip()
